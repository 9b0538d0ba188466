import * as fs from 'node:fs';
import { Duration, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { fail, requireDuration, requireKnown, requireNoAccessKey, requirePattern } from '../private/checks';
import { DURATION, Kinds, oneOf, requireKinds } from '../private/kinds';

/** When a step runs, seen from the person who opens the notebook. */
export enum LifecyclePhase {
  /**
   * Before the notebook can be opened. SageMaker gives all such work five minutes, so the steps share 240 seconds;
   * what does not fit moves to the background.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html
   */
  BLOCKING = 'blocking',

  /** While the notebook is already in use. `SETUP-STATUS.md` in JupyterLab shows how far it is. */
  BACKGROUND = 'background',
}

/** Who runs a step. */
export enum LifecycleUser {
  /** The user of the notebook, who owns the files in it. */
  EC2_USER = 'ec2-user',

  /** The superuser. What it leaves in the notebook's folders, the user cannot change. */
  ROOT = 'root',
}

/** What follows when a step fails or takes too long. */
export enum StepFailure {
  /** The next step runs, and the notebook starts: its user sees what failed and can mend it. */
  CONTINUE = 'continue',

  /** The notebook does not start. For what nobody may work without, such as a guard. */
  STOP = 'fail',
}

/** How a step runs. */
export interface LifecycleStepOptions {
  /**
   * When the step runs.
   *
   * @default LifecyclePhase.BACKGROUND
   */
  readonly phase?: LifecyclePhase;

  /**
   * Who runs the step.
   *
   * @default LifecycleUser.EC2_USER
   */
  readonly user?: LifecycleUser;

  /**
   * How long the step may take before it and its children are killed, in whole seconds: up to 240 in the blocking
   * phase, up to a day in the background.
   *
   * @default - 60 seconds in the blocking phase, an hour in the background.
   */
  readonly timeout?: Duration;

  /**
   * What follows when the step fails. Only a blocking step can keep a notebook from starting.
   *
   * @default StepFailure.CONTINUE
   */
  readonly onFailure?: StepFailure;
}

const STEP_KINDS: Kinds<LifecycleStepOptions> = {
  phase: oneOf('LifecyclePhase', LifecyclePhase),
  user: oneOf('LifecycleUser', LifecycleUser),
  timeout: DURATION,
  onFailure: oneOf('StepFailure', StepFailure),
};

/**
 * A script that runs when a notebook starts or is created. It may have any length: it is delivered as a file.
 *
 * Line endings of Windows, a byte order mark, space before `#!` and a missing first line `#!/bin/bash` are mended. A script
 * with an access key in it is refused: notebooks have a role, and other secrets belong into `secrets` of the lifecycle.
 *
 * @example
 * const lifecycle = new NotebookLifecycle(this, 'Lifecycle', {
 *   shared,
 *   onStart: [LifecycleStep.script('tools', 'pip install --user black')],
 * });
 */
export class LifecycleStep {
  /** A step written in place. `name` appears in logs: 1 to 63 characters of `A-Z`, `a-z`, `0-9`, `.`, `_` and `-`. */
  public static script(name: string, text: string, options: LifecycleStepOptions = {}): LifecycleStep {
    return new LifecycleStep(name, () => text, options);
  }

  /** A step from a file of the app, in UTF-8. A relative path starts at the folder that the app runs in. */
  public static file(name: string, path: string, options: LifecycleStepOptions = {}): LifecycleStep {
    return new LifecycleStep(
      name,
      (scope) => {
        const readable = typeof path === 'string' && !path.includes('\0');
        if (!readable || !fs.statSync(path, { throwIfNoEntry: false })?.isFile()) {
          fail(scope, 'path', 'an existing file', path);
        }
        const content = fs.readFileSync(path);
        const text = content.toString('utf8');
        return content.equals(Buffer.from(text, 'utf8')) ? text : fail(scope, 'path', 'a text in UTF-8', path);
      },
      options,
    );
  }

  private constructor(
    private readonly name: string,
    private readonly read: (scope: IConstruct) => string,
    private readonly options: LifecycleStepOptions,
  ) {}

  /**
   * The step as the bundle holds it.
   *
   * @internal
   */
  public _render(scope: IConstruct, prop: string): RenderedStep {
    const rule = '1 to 63 characters of A-Z a-z 0-9 . _ - that begin with a letter or digit';
    requireKnown(scope, `${prop}.name`, this.name, 'a file is named after it');
    requirePattern(scope, `${prop}.name`, this.name, /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, rule);
    requireKinds(scope, this.options, STEP_KINDS, prop);
    const phase = this.options.phase ?? LifecyclePhase.BACKGROUND;
    const blocking = phase === LifecyclePhase.BLOCKING;
    const timeout = this.options.timeout ?? (blocking ? Duration.minutes(1) : Duration.hours(1));
    if (timeout.isUnresolved()) {
      fail(scope, `${prop}.timeout`, 'known at synthesis, because notebooks get it in a file', 'a deploy-time value');
    }
    requireDuration(scope, `${prop}.timeout`, timeout, 'seconds', 1, blocking ? 240 : 86_400);
    const onFailure = this.options.onFailure ?? StepFailure.CONTINUE;
    if (!blocking && onFailure === StepFailure.STOP) {
      fail(scope, `${prop}.onFailure`, 'CONTINUE in the background, where the notebook has started already', 'STOP');
    }
    return {
      name: this.name,
      text: this.normalize(scope, prop),
      phase,
      user: this.options.user ?? LifecycleUser.EC2_USER,
      timeoutSeconds: timeout.toSeconds(),
      onFailure,
    };
  }

  private normalize(scope: IConstruct, prop: string): string {
    const raw = this.read(scope);
    if (typeof raw !== 'string' || raw.trim() === '' || raw.includes('\0')) {
      fail(scope, `${prop}.text`, 'a script that is not empty and has no NUL byte', raw);
    }
    if (Token.isUnresolved(raw)) {
      fail(
        scope,
        `${prop}.text`,
        'known at synthesis; read deploy-time values inside the script',
        'a deploy-time value',
      );
    }
    if (/\p{Cs}/u.test(raw)) {
      fail(scope, `${prop}.text`, 'a text that UTF-8 can hold, without halves of characters', raw);
    }
    const remedy = "the notebook has a role; give it other secrets by 'secrets' of the lifecycle";
    requireNoAccessKey(scope, `${prop}.text`, raw, remedy);
    const text = raw
      .replace(/^\uFEFF/, '')
      .replace(/\r\n?/g, '\n')
      .replace(/^\s+(?=#!)/, '')
      .trimEnd();
    return `${text.startsWith('#!') ? '' : '#!/bin/bash\n'}${text}\n`;
  }
}

/** What a bundle knows of a step. */
export interface RenderedStep {
  readonly name: string;
  readonly text: string;
  readonly phase: LifecyclePhase;
  readonly user: LifecycleUser;
  readonly timeoutSeconds: number;
  readonly onFailure: StepFailure;
}
