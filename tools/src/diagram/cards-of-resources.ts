import { isMap, listed } from 'cdk-ml-infra/lib/private/template';
import type { AssemblyResource } from '../assembly/model';
import { grouped, lastOf, nearest } from './ancestry';
import { DATA_BOX, Found, gatewayBox, Placed } from './cards-of-facts';
import { HOURS, KEY, Kind, kindOfResource, linesOf } from './kinds-table';
import { Box, Frame } from './picture';

const HOURS_SCOPE = /^((?:.*\/)?MlHours-[^/]*)\//;

/** Cards of what the library does not tell of: resources of a template, each by the path of its construct. */
export function cardsOfResources(resources: readonly AssemblyResource[], found: Found): Found {
  const covered = new Set(found.cards.flatMap(({ covers }) => covers));
  const drawn = new Set(found.drawn);
  const open = resources.filter(({ path }) => !nearest(path, (at) => covered.has(at) || undefined));
  const vpcs = open.filter(({ type, path }) => type === 'AWS::EC2::VPC' && !drawn.has(path));
  const frames = vpcs.map((vpc) => frameOf(vpc, resources));
  const ids = idsByPath(resources);
  const frameOfPath = (path: string): string | undefined =>
    nearest(path, (at) => (drawn.has(`${at}/Vpc`) ? `vpc ${at}` : frames.find(({ id }) => id === `vpc ${at}`)?.id));
  const told = new Set(found.told);
  const cards = open.flatMap((resource): Placed[] => {
    const below = nearest(resource.path, (at) => told.has(at) || undefined) ?? false;
    const kind = kindOfResource(resource.type, resource.path, below);
    if (!kind || HOURS_SCOPE.test(resource.path)) {
      return [];
    }
    const { path, logicalId, properties } = resource;
    const uses = [...new Set(referencesIn(properties).flatMap((id) => ids.get(`${resource.stack} ${id}`) ?? []))];
    const frame = frameOfPath(path) ?? uses.map(frameOfPath).find((id) => id !== undefined);
    return [
      {
        card: {
          letters: kind.letters,
          hue: kind.hue,
          noun: kind.noun,
          id: `resource ${resource.stack} ${logicalId}`,
          path,
          ...(resource.type === 'AWS::EC2::NatGateway'
            ? { title: kind.noun, lines: [lastOf(path.slice(0, path.lastIndexOf('/')))] }
            : { title: lastOf(path), lines: linesOf(kind, properties) }),
          sort: kind.noun,
        },
        box: boxOf(kind, frame),
        covers: [path],
        uses,
      },
    ];
  });
  return {
    frames,
    cards: [...hoursOf(open), ...cards],
    told: [],
    drawn: [
      ...vpcs.map(({ path }) => path),
      ...open.filter(({ type }) => type === 'AWS::EC2::Subnet').map(({ path }) => path),
    ],
  };
}

/** What the library adds to a stack for the hours of its notebooks. */
function hoursOf(resources: readonly AssemblyResource[]): Placed[] {
  const scopes = grouped(
    resources.flatMap((resource) => {
      const scope = HOURS_SCOPE.exec(resource.path)?.[1];
      return scope === undefined ? [] : [{ scope, resource }];
    }),
    ({ scope }) => scope,
  );
  return [...scopes].map(([path, members]) => {
    const scheduled = members.some(({ resource }) => resource.type === 'AWS::Scheduler::Schedule');
    const limited = members.some(({ resource }) => resource.path === `${path}/UptimeMachine`);
    const { verb, ...look } = HOURS;
    return {
      card: {
        letters: look.letters,
        hue: look.hue,
        noun: look.noun,
        id: `hours ${path}`,
        path,
        title: 'Hours',
        lines: [...(scheduled ? ['schedule'] : []), ...(limited ? ['longest time up'] : [])],
        sort: look.noun,
      },
      box: { id: 'control', column: 'control', tint: 'slate' },
      covers: [path],
      uses: [],
      verb: scheduled && verb !== undefined ? verb : 'stops',
    };
  });
}

function frameOf({ path, stack, properties }: AssemblyResource, resources: readonly AssemblyResource[]): Frame {
  const ways = /^AWS::EC2::(InternetGateway|NatGateway|TransitGatewayAttachment|EgressOnlyInternetGateway)$/;
  const open = resources.some((other) => other.stack === stack && ways.test(other.type));
  const range = properties.CidrBlock;
  return {
    id: `vpc ${path}`,
    title: ['VPC', lastOf(path), ...(typeof range === 'string' ? [range] : [])].join(' · '),
    ...(!open && { mark: 'no internet' }),
  };
}

function boxOf(kind: Kind, frame?: string): Omit<Box, 'cards'> {
  if (kind.column === 'gateways') {
    return gatewayBox(frame);
  }
  if (kind.column === 'workloads') {
    const within = frame !== undefined && { frame };
    return { id: `compute ${frame ?? ''}`, title: 'Compute', column: 'workloads', tint: 'amber', ...within };
  }
  return kind.box === undefined || kind === KEY
    ? DATA_BOX
    : { id: `services ${kind.box}`, title: kind.box, column: 'services', tint: kind.hue };
}

function idsByPath(resources: readonly AssemblyResource[]): ReadonlyMap<string, string> {
  return new Map(resources.map(({ stack, logicalId, path }) => [`${stack} ${logicalId}`, path]));
}

/** Logical ids that a value refers to. */
function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(referencesIn);
  }
  if (!isMap(value)) {
    return [];
  }
  const { Ref: ref, 'Fn::GetAtt': attribute } = value;
  return [
    ...(typeof ref === 'string' ? [ref] : []),
    ...listed(attribute)
      .slice(0, 1)
      .flatMap((id) => (typeof id === 'string' ? [id.split('.')[0]] : [])),
    ...Object.values(value).flatMap(referencesIn),
  ];
}
