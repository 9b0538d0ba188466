import type { AppPlan, NotebookPlan } from './plan';
import { type Fault, type PlacedResource, pathOf, type Synthesized, synthesize, synthesizeOnce } from './synthesized';

/** A planted fault is in both of two apps, as it would be in the library. */
function first(plan: AppPlan, fault: Fault | undefined): Synthesized {
  return fault === undefined ? synthesizeOnce(plan) : synthesize(plan, fault);
}

/** Two syntheses of one app give the same bytes. */
export function isTheSameAgain(plan: AppPlan, fault?: Fault): string[] {
  const [one, other] = [first(plan, fault), synthesize(plan, fault)];
  return [...new Set([...one.texts.keys(), ...other.texts.keys()])]
    .filter((file) => one.texts.get(file) !== other.texts.get(file))
    .map((file) => `${file} differs`);
}

/** Who is listed first decides nothing: every template is the same but for the order of its keys. */
export function ignoresOrder(plan: AppPlan, fault?: Fault): string[] {
  // `first` in a plan is by name, so that this changes the order and nothing else.
  const reversed = { ...plan, notebooks: [...plan.notebooks].reverse() };
  return differences(first(plan, fault), synthesize(reversed, fault)).map(({ what }) => what);
}

/** Types that list the notebooks of a stack or base by name, where a newcomer with hours of its own comes in. */
const LISTS = ['AWS::IAM::ManagedPolicy', 'AWS::Scheduler::Schedule', 'AWS::StepFunctions::StateMachine'];

/** Properties that IAM keeps without an order. */
const SETS = ['ManagedPolicyArns', 'Roles'];

/** A stack around another one has its digest. */
const NESTED = 'AWS::CloudFormation::Stack';

/** Whoever joins or leaves changes nothing of what is there, but for the lists of hours that they are on. */
export function leavesOthersAlone(plan: AppPlan, newcomer: NotebookPlan, fault?: Fault): string[] {
  const joined = { ...plan, notebooks: [newcomer, ...plan.notebooks] };
  const hasHours = newcomer.schedule !== undefined || newcomer.uptimeMinutes !== undefined;
  return differences(first(plan, fault), synthesize(joined, fault))
    .filter(({ before }) => before !== undefined && before.Type !== NESTED)
    .filter(({ before }) => !(hasHours && LISTS.includes(before?.Type ?? '') && isOfHours(before)))
    .filter(({ before, after }) => !isAttached(before, after))
    .map(({ what }) => what);
}

/** Equal rights are one policy, which a role joins that an app brought along. */
function isAttached(before: PlacedResource | undefined, after: PlacedResource | undefined): boolean {
  const rolesOf = (policy: PlacedResource | undefined): string[] => (policy?.Properties.Roles ?? []).map(sorted);
  const [old, young] = [rolesOf(before), rolesOf(after)];
  const others = (policy: PlacedResource | undefined) => sorted({ ...policy?.Properties, Roles: [] });
  return (
    before?.Type === 'AWS::IAM::ManagedPolicy' &&
    after !== undefined &&
    old.every((role) => young.includes(role)) &&
    others(before) === others(after)
  );
}

function isOfHours(resource: PlacedResource | undefined): boolean {
  return resource !== undefined && pathOf(resource).includes('/MlHours-');
}

interface Difference {
  readonly what: string;
  readonly before?: PlacedResource;
  readonly after?: PlacedResource;
}

function differences(one: Synthesized, other: Synthesized): Difference[] {
  const [old, young] = [byPlace(one), byPlace(other)];
  return [...new Set([...old.keys(), ...young.keys()])]
    .filter((place) => sorted(old.get(place)) !== sorted(young.get(place)))
    .map((place) => ({ place, before: old.get(place), after: young.get(place) }))
    .map(({ place, before, after }) => ({ what: `${place} ${changeOf(before, after)}`, before, after }));
}

function byPlace({ resources }: Synthesized): Map<string, PlacedResource> {
  return new Map(resources.map((resource) => [`${resource.file}/${resource.logicalId}`, resource]));
}

function changeOf(before: PlacedResource | undefined, after: PlacedResource | undefined): string {
  if (before === undefined || after === undefined) {
    return before === undefined ? 'comes' : 'goes';
  }
  const properties = Object.keys({ ...before.Properties, ...after.Properties });
  const changed = properties.filter((name) => sorted(before.Properties[name]) !== sorted(after.Properties[name]));
  return `changes ${changed.length > 0 ? changed.join(', ') : 'beside its properties'}`;
}

/** JSON with the keys of every object in the order of the alphabet, and so the lists that IAM keeps as sets. */
function sorted(value: unknown): string | undefined {
  return JSON.stringify(value, (key, part) => {
    if (SETS.includes(key) && Array.isArray(part)) {
      return part.map((item) => JSON.stringify(item)).sort();
    }
    return typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part;
  });
}
