import { refuse } from '../refusal';

// A digit never follows a dash, so that two names never have the same form in Pascal case.
const PATTERN = /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/;
const LONGEST = 40; // 128 of a stack's name are left to the rest of it and to what is put together from it
const RULE =
  `1 to ${LONGEST} lower-case letters, digits and single dashes, ` +
  'with a letter at the start and after each dash, which npm, PyPI, Maven, Go and CloudFormation all take';

// What npm would take for a dependency of the app, and what Windows keeps for devices.
const PACKAGES = ['aws-cdk', 'aws-cdk-lib', 'cdk-ml-infra', 'cdk-ml-infra-tools', 'constructs'];
const DEVICES = /^(con|prn|aux|nul|(com|lpt)[0-9])$/;

// A module of Go with such a name cannot be built: `ambiguous import`.
const GO_LIBRARY =
  'bufio bytes cmp context crypto embed encoding errors expvar flag fmt hash html image io iter log maps math mime net ' +
  'os path plugin reflect regexp runtime slices sort strconv strings structs sync syscall testing time unicode unique ' +
  'unsafe weak cmd internal vendor main all std';
const TAKEN = new Set([...PACKAGES, ...GO_LIBRARY.split(' ')]);

/** Requires a name that packages and stacks can have in every language. */
export function requireAppName(name: string): void {
  if (name.length > LONGEST || !PATTERN.test(name)) {
    refuse('new', 'name', `${RULE}${remedy(name)}`, name);
  }
  if (TAKEN.has(name) || DEVICES.test(name)) {
    refuse('new', 'name', `a name that no package, no part of Go and no device of Windows has (give --name)`, name);
  }
}

/** `my-team` as `MyTeam`. */
export function pascalCase(name: string): string {
  return name.replace(/(^|-)([a-z0-9])/g, (_, _dash, letter: string) => letter.toUpperCase());
}

function remedy(name: string): string {
  const better = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '')
    .replace(/-(?=[0-9])/g, '');
  return better.length <= LONGEST && PATTERN.test(better) ? ` (give --name ${better})` : ' (give --name)';
}
