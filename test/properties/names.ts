import { ofType, type PlacedResource, placeOf, type Synthesized } from './synthesized';

/** Properties that name something in the account and region, or in the account. */
const PHYSICAL_NAMES = ['AWS::SSM::Parameter Name', 'AWS::SageMaker::NotebookInstance NotebookInstanceName'];

/** What a group says of itself can never change without replacing it, and the notebooks in it. */
const DESCRIPTIONS = ['Machine learning workloads', 'Interface endpoints of machine learning workloads'];

/** Nothing collides: names, rules of a group, endpoints of a VPC, tags of a resource. */
export function namesNothingTwice(app: Synthesized): string[] {
  const names = app.resources.flatMap((each) =>
    Object.entries(each.Properties ?? {})
      .filter(([property]) => PHYSICAL_NAMES.includes(`${each.Type} ${property}`))
      .map(([property, value]) => `${each.Type} ${property} ${JSON.stringify(value)}`),
  );
  const endpoints = ofType(app, 'AWS::EC2::VPCEndpoint').map(
    ({ Properties }) => `endpoint of ${JSON.stringify([Properties.VpcId, Properties.ServiceName])}`,
  );
  const tags = app.resources.flatMap((each) =>
    [each.Properties?.Tags ?? []]
      .flat()
      .filter((tag: { Key?: string }) => tag.Key !== undefined)
      .map((tag: { Key: string }) => `${placeOf(each)} tag ${tag.Key}`),
  );
  return repeated([...names, ...endpoints, ...tags, ...rulesOf(app)]).map((name) => `${name} is there twice`);
}

/** Apps and stacks are never locked to each other. */
export function locksNoStack({ texts, templates }: Synthesized): string[] {
  const imports = [...texts].filter(([, text]) => text.includes('Fn::ImportValue')).map(([file]) => `${file} imports`);
  const exported = [...templates].flatMap(([file, { Outputs = {} }]) =>
    Object.entries(Outputs)
      .filter(([, output]) => (output as { Export?: unknown }).Export !== undefined)
      .map(([name]) => `${file} exports ${name}`),
  );
  return [...imports, ...exported];
}

/** The groups of notebooks and endpoints say the same in every app. */
export function describesGroupsAlike(app: Synthesized): string[] {
  return ofType(app, 'AWS::EC2::SecurityGroup')
    .filter(({ logicalId }) => !/Nat/.test(logicalId)) // of NAT instances, in which no workload stands
    .filter(
      ({ Properties }) => !DESCRIPTIONS.includes(Properties.GroupDescription) || Properties.GroupName !== undefined,
    )
    .map((group) => `${placeOf(group)} says ${JSON.stringify(group.Properties.GroupDescription)}`);
}

/** A partition is written only where the core writes it: where the region is known and a feature flag asks for it. */
export function writesNoPartition({ texts, plan }: Synthesized): string[] {
  const { region, recommendedFlags } = plan;
  const allowed = region !== undefined && recommendedFlags ? partitionOf(region) : undefined;
  return [...texts].flatMap(([file, text]) =>
    [...text.matchAll(/\barn:(aws[a-z-]*):[^"]*/g)]
      .filter(([, partition]) => partition !== allowed)
      .map(([arn]) => `${file} has ${arn}`),
  );
}

function partitionOf(region: string): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** Rules as EC2 compares them, which refuses a second one: without their descriptions. */
function rulesOf(app: Synthesized): string[] {
  return (['Ingress', 'Egress'] as const).flatMap((direction) => {
    const alone = ofType(app, `AWS::EC2::SecurityGroup${direction}`).map(({ file, Properties }) =>
      ruleOf(file, direction, Properties.GroupId, Properties),
    );
    const inside = ofType(app, 'AWS::EC2::SecurityGroup').flatMap((group) =>
      (group.Properties[`SecurityGroup${direction}`] ?? []).map((rule: object) =>
        ruleOf(group.file, direction, groupId(group), rule),
      ),
    );
    return [...alone, ...inside];
  });
}

function ruleOf(file: string, direction: string, group: unknown, rule: object): string {
  const { Description: _description, GroupId: _group, ...others } = rule as { [name: string]: unknown };
  const sorted = Object.entries(others).sort(([one], [other]) => (one < other ? -1 : 1));
  return `${direction} of ${file} ${JSON.stringify([group, sorted])}`;
}

function groupId({ logicalId }: PlacedResource): unknown {
  return { 'Fn::GetAtt': [logicalId, 'GroupId'] };
}

function repeated(names: string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
