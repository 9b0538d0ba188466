import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { fail, requireKnown, requirePattern, requireProps } from '../private/checks';
import { identityOn, tellFacts } from '../private/facts';
import { BASE, FLAG, Kinds, LIST, mapOf, NUMBER, PROPS, required, requireKinds } from '../private/kinds';
import { LIMITS } from '../private/limits-table';
import { IMlSharedInfra } from '../shared';
import { FleetStacks } from './fleet-stacks';
import { MlNotebook } from './ml-notebook';
import { NOTEBOOK_KINDS, NotebookOptions } from './notebook-options';
import { warnOfLargeDeployment } from './notebook-quotas';

/** Properties of an `MlNotebookFleet`. */
export interface MlNotebookFleetProps {
  /** The base that the notebooks stand on. */
  readonly shared: IMlSharedInfra;

  /**
   * One notebook for each owner, with the owner as its id. The order does not matter.
   *
   * @default - Only the notebooks of `notebooks`.
   */
  readonly owners?: string[];

  /**
   * Notebooks by id, each with what differs from `defaults`. An id has 1 to 63 characters of `A-Z`, `a-z`, `0-9`, `.`,
   * `_`, `@`, `+`, `=` and `-`, and is also the owner, unless the entry names one. The order does not matter. Another
   * id makes another notebook.
   *
   * @default - Only the notebooks of `owners`.
   */
  readonly notebooks?: { [id: string]: NotebookOptions };

  /**
   * What all notebooks are. What the entry of a notebook gives replaces it, prop by prop. `owner`, `notebookName`
   * and `restoreFrom` are refused: they are of one notebook.
   *
   * @default - What an `MlNotebook` is by default.
   */
  readonly defaults?: NotebookOptions;

  /**
   * Whether a notebook belongs to its id when its entry names no owner. If not, it belongs to nobody and uses
   * `shared.notebookRole`, and `owners` must be left out.
   *
   * @default true
   */
  readonly owned?: boolean;

  /**
   * Nested stacks to spread the notebooks over, from 2 to 100, for more notebooks than one stack takes: plan 150 of them
   * per stack. The id of a notebook alone decides on its stack, so that others come and go beside it. Choose once:
   * another number moves some notebooks, and a notebook that moves is a new one with an empty volume.
   *
   * @default - The notebooks stand in the stack of the fleet, which takes about 220 with an owner each.
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
   */
  readonly stacks?: number;
}

const FLEET_KINDS: Kinds<MlNotebookFleetProps> = {
  shared: required(BASE),
  owners: LIST,
  notebooks: mapOf(PROPS),
  defaults: PROPS,
  owned: FLAG,
  stacks: NUMBER,
};

/** What cannot be the same for all. */
const OF_ONE_NOTEBOOK = ['owner', 'notebookName', 'restoreFrom'] as const;

/** `addOutputs` of a notebook adds three. */
const MOST_WITH_OUTPUTS = Math.floor(LIMITS.stackOutputs.max / 3);

/** How many ids an error lists. */
const LISTED = 5;

/** A notebook to define, and the prop that asked for it. */
interface Member {
  readonly id: string;
  readonly prop: string;
  readonly options: NotebookOptions;
}

/**
 * Notebooks for many people on one base: from a list of owners, a map of notebooks, or both.
 *
 * Each is an `MlNotebook` that depends on its own entry alone. Removing an entry removes that notebook, and the role
 * of its owner if nothing else in the stack needs it; no other notebook changes.
 *
 * @example
 * const lifecycle = new NotebookLifecycle(this, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
 * const team = new MlNotebookFleet(this, 'Team', {
 *   shared,
 *   owners: ['alice', 'bob'],
 *   notebooks: { nlp: { owner: 'carol', instanceType: MlInstanceType.G5_XLARGE } },
 *   defaults: { lifecycle },
 * });
 * team.notebook('nlp').addOutputs();
 */
export class MlNotebookFleet extends Construct {
  /** The notebooks by id. */
  public readonly notebooks: { [id: string]: MlNotebook };

  constructor(scope: Construct, id: string, props: MlNotebookFleetProps) {
    super(scope, id);
    requireKinds(this, props, FLEET_KINDS);
    const { shared, defaults = {} } = props;
    requireKinds(this, defaults, NOTEBOOK_KINDS, 'defaults');
    shared._requireUsableBy(this);
    for (const prop of OF_ONE_NOTEBOOK) {
      if (defaults[prop] !== undefined) {
        fail(this, `defaults.${prop}`, "left out, since it is of one notebook: give it in 'notebooks'", defaults[prop]);
      }
    }
    const stacks = new FleetStacks(this, props.stacks);
    const members = this.membersOf(props, defaults).sort((one, other) => (one.id < other.id ? -1 : 1));
    this.requireOneSpelling(members);
    this.notebooks = Object.fromEntries(
      members.map(({ id, options }) => [id, new MlNotebook(stacks.scopeOf(id), id, { ...options, shared })]),
    );
    if (props.stacks !== undefined) {
      warnOfLargeDeployment(this, members.length + this.countRoles(members));
    }
    tellFacts(this, () => ({
      kind: 'MlNotebookFleet',
      details: [members.length === 1 ? '1 notebook' : `${members.length} notebooks`],
      identity: identityOn(shared),
    }));
  }

  /** The notebook with an id. Throws when the fleet has none, and names ids that look alike. */
  public notebook(id: string): MlNotebook {
    if (!Object.hasOwn(this.notebooks, id)) {
      fail(this, 'id', `the id of a notebook of the fleet: ${this.suggestions(id)}`, id);
    }
    return this.notebooks[id];
  }

  /**
   * Adds the name, the ARN and the address in the console of each notebook to the outputs of the stack that it stands
   * in. Throws where these are more than 66 notebooks: CloudFormation takes 200 outputs per stack.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
   */
  public addOutputs(): void {
    const notebooks = Object.values(this.notebooks);
    const counts = new Map<Stack, number>();
    for (const stack of notebooks.map((notebook) => Stack.of(notebook))) {
      const count = (counts.get(stack) ?? 0) + 1;
      counts.set(stack, count);
      if (count > MOST_WITH_OUTPUTS) {
        const rule = `at most ${MOST_WITH_OUTPUTS} in a stack for outputs of all of them; call addOutputs() of those that need it`;
        fail(this, 'notebooks', rule, `more in ${stack.node.path}`);
      }
    }
    for (const notebook of notebooks) {
      notebook.addOutputs();
    }
  }

  private membersOf(props: MlNotebookFleetProps, defaults: NotebookOptions): Member[] {
    const { owners = [], notebooks = {}, owned = true } = props;
    requireKnown(this, 'owners', owners, 'notebooks are named after them');
    if (!owned && owners.length > 0) {
      fail(this, 'owners', "left out when 'owned' is false; name the notebooks in 'notebooks'", owners);
    }
    const listed = new Set<string>();
    for (const id of owners) {
      this.requireId('owners', id);
      if (listed.has(id)) {
        fail(this, 'owners', 'a list without repetition', id);
      }
      listed.add(id);
    }
    const ofList = owners.map((id) => ({ id, prop: 'owners', options: { ...defaults, owner: id } }));
    const ofMap = Object.entries(notebooks).map(([id, entry]) => {
      requireProps(this, `notebooks.${id}`, entry, NOTEBOOK_KINDS);
      requireKinds(this, entry, NOTEBOOK_KINDS, `notebooks.${id}`);
      this.requireId('notebooks', id);
      if (listed.has(id)) {
        fail(this, 'notebooks', "without ids that 'owners' lists too", id);
      }
      const options = { ...defaults, ...withoutGaps(entry) };
      const owner = options.owner ?? (owned ? id : undefined);
      return { id, prop: `notebooks.${id}.owner`, options: { ...options, owner } };
    });
    return [...ofList, ...ofMap];
  }

  private requireId(prop: 'owners' | 'notebooks', id: string): void {
    requireKnown(this, prop, id, 'notebooks are named after it');
    const rule = 'ids of 1 to 63 characters of A-Z a-z 0-9 . _ @ + = - that begin with a letter or digit, without ..';
    requirePattern(this, prop, id, /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._@+=-]{0,62}$/, rule);
  }

  /** Roles are compared within a stack only, and the notebooks of an owner may stand in several. */
  private requireOneSpelling(members: Member[]): void {
    const spellings = new Map<string, string>();
    for (const { prop, options } of members) {
      const owner = options.owner ?? '';
      const other = spellings.get(owner.toLowerCase()) ?? owner;
      if (other !== owner) {
        fail(this, prop, `spelled as elsewhere, '${other}', since IAM does not tell letter cases apart`, owner);
      }
      spellings.set(owner.toLowerCase(), owner);
    }
  }

  private countRoles(members: Member[]): number {
    const owned = members.filter(({ options }) => options.owner !== undefined && options.role === undefined);
    return new Set(owned.map(({ id, options }) => `${Stack.of(this.notebooks[id]).node.path} ${options.owner}`)).size;
  }

  private suggestions(id: string): string {
    const ids = Object.keys(this.notebooks);
    const near = ids.filter((other) => differences(id.toLowerCase(), other.toLowerCase()) <= 2).slice(0, LISTED);
    const listed = near.length > 0 ? near : ids.slice(0, LISTED);
    const rest = ids.length - listed.length;
    return `${listed.length > 0 ? listed.join(', ') : 'it has none'}${rest > 0 ? ` or one of ${rest} others` : ''}`;
  }
}

/** Without props that are there but undefined, which would hide a default. */
function withoutGaps(options: NotebookOptions): NotebookOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** How many letters have to be changed, added or taken away to make one text of another (Levenshtein). */
function differences(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let line = 0; line < one.length; line++) {
    const next = [line + 1];
    for (let column = 0; column < other.length; column++) {
      const change = row[column] + (one[line] === other[column] ? 0 : 1);
      next.push(Math.min(change, row[column + 1] + 1, next[column] + 1));
    }
    row = next;
  }
  return row[other.length];
}
