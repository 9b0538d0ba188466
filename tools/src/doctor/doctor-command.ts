import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Assembly } from '../assembly/model';
import { readAssembly } from '../assembly/read-assembly';
import { EXIT, Refusal } from '../refusal';
import { shown, Terminal } from '../terminal';
import { Diagnosis, problem, State, skipped } from './diagnosis';
import { checkApp, checkAssembly, checkCli, checkNode } from './machine';

interface Options {
  readonly region?: string;
  readonly offline?: boolean;
  readonly json?: boolean;
}

const SIGNS: { readonly [state in State]: string } = { ok: '✓', warning: '!', problem: '✗', skipped: '-' };

/** Defines `ml-infra doctor`. */
export function doctorCommand(command: Command, terminal: Terminal): void {
  command
    .description('Checks that an app can be deployed from here: Node.js, CDK CLI, credentials, bootstrap, quotas.')
    .argument('[folder]', 'what `cdk synth` wrote', 'cdk.out')
    .option('--region <region>', 'where stacks go that name no region (default: AWS_REGION)')
    .option('--offline', 'ask nothing of AWS')
    .option('--json', 'print the result as JSON')
    .action((folder: string, options: Options) => doctor(resolve(folder), options, terminal));
}

async function doctor(folder: string, { region, offline, json }: Options, terminal: Terminal): Promise<void> {
  const here = process.cwd();
  const { diagnosis, assembly } = lookAt(folder);
  const diagnoses = [checkNode(), checkCli(here), checkApp(here), diagnosis];
  if (offline) {
    diagnoses.push(skipped('AWS', 'not asked, because of --offline'));
  } else {
    const place = region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
    diagnoses.push(
      ...(await terminal.progress('Asking AWS', async () => {
        process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // it is for those who install the SDK
        // The SDK takes longer to load than all else.
        const [{ AwsAccount }, { examineAccount }] = await Promise.all([
          import('./aws-account.js'),
          import('./examine.js'),
        ]);
        return examineAccount(new AwsAccount(place), assembly, place);
      })),
    );
  }
  terminal.write(json ? `${JSON.stringify(diagnoses, undefined, 2)}\n` : written(diagnoses, terminal));
  const problems = diagnoses.filter(({ state }) => state === 'problem').length;
  if (problems > 0) {
    const message = `ml-infra doctor: ${problems === 1 ? '1 problem' : `${problems} problems`}`;
    throw new Refusal(EXIT.EXCEEDED, message, true);
  }
}

/** What is wrong with an assembly is one problem beside others. */
function lookAt(folder: string): { diagnosis: Diagnosis; assembly?: Assembly } {
  const diagnosis = checkAssembly(folder);
  if (diagnosis.state !== 'ok') {
    return { diagnosis };
  }
  try {
    return { diagnosis, assembly: readAssembly(folder) };
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    return { diagnosis: problem(diagnosis.check, error.message, 'npx cdk synth') };
  }
}

function written(diagnoses: readonly Diagnosis[], { colors }: Terminal): string {
  const paint = { ok: colors.green, warning: colors.yellow, problem: colors.red, skipped: colors.dim };
  const width = diagnoses.reduce((most, { check }) => Math.max(most, check.length), 0);
  return diagnoses
    .map(({ check, state, found, remedy }) => {
      const line = `${paint[state](SIGNS[state])} ${shown(check).padEnd(width)}  ${shown(found)}\n`;
      return remedy === undefined ? line : `${line}  ${' '.repeat(width)}  ${colors.bold(`→ ${shown(remedy)}`)}\n`;
    })
    .join('');
}
