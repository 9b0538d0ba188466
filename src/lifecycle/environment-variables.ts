import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';
import {
  fail,
  requireKnown,
  requireNoAccessKey,
  requirePattern,
  requireProps,
  requireWholeNumber,
} from '../private/checks';
import { readSecret } from '../private/secrets';
import { BoundFeature, LifecycleFeature } from './lifecycle-feature';
import { LifecyclePhase, LifecycleUser } from './lifecycle-step';

/** A secret that becomes an environment variable. */
export interface SecretVariable {
  /** The secret. Whoever works in the notebook can read all of it. */
  readonly secret: secretsmanager.ISecret;

  /**
   * Field of the secret, where its value is a JSON object.
   *
   * @default - The whole value.
   */
  readonly jsonField?: string;
}

const SECRET_PROPS: { [name in keyof Required<SecretVariable>]: true } = { secret: true, jsonField: true };
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,126}$/;
const RESERVED =
  /^(HOME|PATH|SHELL|USER|LOGNAME|LD_.*|BASH.*|ENV|IFS|PS4|SHELLOPTS|PROMPT_COMMAND|PYTHON(HOME|PATH|STARTUP)|AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN))$/;

/** Variables for terminals and kernels; those of `secrets` are fetched whenever one starts, and kept nowhere. */
export function bindEnvironment(
  scope: IConstruct,
  variables: { readonly [name: string]: string },
  secrets: { readonly [name: string]: SecretVariable },
): BoundFeature {
  requireWholeNumber(scope, 'environmentVariables (count)', Object.keys(variables).length, 0, 200);
  requireWholeNumber(scope, 'secrets (count)', Object.keys(secrets).length, 0, 20);
  for (const [name, value] of Object.entries(variables)) {
    requireVariable(scope, 'environmentVariables', name, value);
  }
  for (const [name, secret] of Object.entries(secrets)) {
    requireName(scope, 'secrets', name);
    requireProps(scope, `secrets.${name}`, secret, SECRET_PROPS);
    if (name in variables) {
      fail(scope, 'secrets', "a list without names that 'environmentVariables' has", name);
    }
  }
  return {
    name: LifecycleFeature.ENVIRONMENT,
    user: LifecycleUser.ROOT,
    phase: LifecyclePhase.BLOCKING,
    timeoutSeconds: 30,
    settings: {
      variables,
      secrets: Object.fromEntries(
        Object.entries(secrets).map(([name, { secret, jsonField }]) => [
          name,
          { id: secret.secretArn, field: jsonField ?? null },
        ]),
      ),
    },
    statements: Object.values(secrets).flatMap(({ secret }) => readSecret(secret)),
    services: Object.keys(secrets).length > 0 ? ['secretsmanager'] : [],
  };
}

/** Requires a variable that a shell takes, without what would break the notebook or does not belong into a file. */
export function requireVariable(scope: IConstruct, prop: string, name: string, value: string): void {
  requireName(scope, prop, name);
  requirePattern(scope, `${prop}.${name}`, value, /^\P{Cc}{0,4096}$/u, 'at most 4096 characters on one line');
  requireNoAccessKey(scope, `${prop}.${name}`, value, "give secrets by 'secrets'");
}

function requireName(scope: IConstruct, prop: string, name: string): void {
  requireKnown(scope, prop, name, 'notebooks get the names in a file');
  const rule = 'named by 1 to 127 letters, digits and underscores that do not begin with a digit';
  requirePattern(scope, prop, name, NAME, rule);
  if (RESERVED.test(name)) {
    fail(scope, prop, 'without names that the system itself uses', name);
  }
}
