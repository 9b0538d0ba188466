import type { Estimate, Sharing } from 'cdk-ml-infra/lib/cost/pricing';
import type { Assembly } from '../assembly/model';
import { alike } from './alike';
import { RoleGroup, roleGroups } from './roles';
import { ageOf, Total, totalOf } from './total';

/** What a report is made of. */
export interface ReportInput {
  readonly assembly: Assembly;
  readonly estimate: Estimate;
  readonly sharing: Sharing;

  /** The picture of the app. */
  readonly svg: string;

  /** @default - what the names of the stacks have in common */
  readonly title?: string;

  /**
   * Where stacks will be whose region only the deployment knows.
   *
   * @default - nobody says it
   */
  readonly askedRegion?: string;

  /**
   * By which the age of prices is judged.
   *
   * @default - the day on which the report is written
   */
  readonly today?: Date;
}

/** What a report shows, from which its sections take what they need. */
export interface Contents extends ReportInput {
  readonly title: string;

  /** The total in words, and what it is without. */
  readonly total: Total;

  /** Said behind the date of prices that are old. */
  readonly age?: string;

  /** Regions that are known; `agnostic` tells whether there are others. */
  readonly regions: readonly string[];
  readonly agnostic: boolean;
  readonly notebooks: number;
  readonly owners: readonly string[];
  readonly groups: readonly RoleGroup[];
}

export function contentsOf(input: ReportInput): Contents {
  const { stacks } = input.assembly;
  const resources = stacks.flatMap((stack) => stack.resources);
  const workloads = resources.filter(({ type }) => !type.startsWith('AWS::IAM::'));
  return {
    ...input,
    title: input.title ?? nameOf(stacks.filter(({ nestedIn }) => nestedIn === undefined).map(({ path }) => path)),
    total: totalOf(input.estimate),
    age: ageOf(input.estimate, input.today ?? new Date()),
    regions: distinct(stacks.flatMap(({ region }) => region ?? [])),
    agnostic: stacks.some(({ region }) => region === undefined),
    notebooks: resources.filter(({ type }) => type === 'AWS::SageMaker::NotebookInstance').length,
    owners: distinct(workloads.flatMap(({ tags }) => tags['ml-owner'] ?? [])),
    groups: alike(roleGroups(input.assembly), input.assembly),
  };
}

/** What the paths of stacks begin with, or the first of them and how many more there are. */
function nameOf(paths: readonly string[]): string {
  const [first = 'App', ...others] = paths;
  const length = others.reduce((most, path) => Math.min(most, commonStart(first, path)), first.length);
  const common = others.length === 0 ? first : /^(.*[\p{L}\p{N}])[^\p{L}\p{N}]*$/u.exec(first.slice(0, length))?.[1];
  return common !== undefined && common.length > 2 ? common : `${first} and ${others.length} more`;
}

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) {
    length += 1;
  }
  return length;
}

export function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
