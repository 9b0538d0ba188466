import { join } from 'node:path';
import { objectOf, readObject, textIn } from '../assembly/json-files';
import type { Assembly, AssemblyStack } from '../assembly/model';

/** Where stacks are deployed to; undefined is what the credentials say. */
export interface Place {
  readonly account?: string;
  readonly region?: string;
}

/** What a deployment needs of the bootstrap stack of a place. */
export interface BootstrapNeed extends Place {
  readonly version: number;

  /** Name of the SSM parameter that holds the version. */
  readonly parameter: string;
}

/** How many of something an app has in a region, against a quota. */
export interface QuotaNeed extends Place {
  readonly service: string;

  /** Name of the quota as Service Quotas spells it. */
  readonly quota: string;
  readonly count: number;
}

const NOTEBOOK = 'AWS::SageMaker::NotebookInstance';

/** Each bootstrap that the stacks of an assembly name, once. */
export function bootstrapNeeds(assembly: Assembly): BootstrapNeed[] {
  return unique(needsIn(assembly.folder));
}

/** The quotas that an app can be told to fill by itself; what else stands in the account is not known. */
export function quotaNeeds({ stacks }: Assembly): QuotaNeed[] {
  return [...byPlace(stacks)].flatMap(([, [first, ...others]]) => {
    const { account, region } = first;
    const resources = [first, ...others].flatMap((stack) => stack.resources);
    const counts = new Map<string, { service: string; quota: string; count: number }>();
    const add = (service: string, quota: string) => {
      const key = `${service} ${quota}`;
      counts.set(key, { service, quota, count: (counts.get(key)?.count ?? 0) + 1 });
    };
    for (const { type, properties } of resources) {
      if (type === NOTEBOOK) {
        add('sagemaker', 'Total number of notebook instances');
        if (typeof properties.InstanceType === 'string') {
          add('sagemaker', `${properties.InstanceType} for notebook instance usage`);
        }
      } else if (type === 'AWS::EC2::VPC') {
        add('vpc', 'VPCs per Region');
      } else if (type === 'AWS::EC2::EIP') {
        add('ec2', 'EC2-VPC Elastic IPs');
      } else if (type === 'AWS::IAM::Role') {
        add('iam', 'Roles per account');
      }
    }
    return [...counts.values()].map((need) => ({ ...need, account, region }));
  });
}

function byPlace(stacks: readonly AssemblyStack[]): Map<string, AssemblyStack[]> {
  const places = new Map<string, AssemblyStack[]>();
  for (const stack of stacks) {
    const key = `${stack.account} ${stack.region}`;
    places.set(key, [...(places.get(key) ?? []), stack]);
  }
  return places;
}

function needsIn(folder: string): BootstrapNeed[] {
  const { artifacts } = readObject(join(folder, 'manifest.json'));
  return Object.values(objectOf(artifacts)).flatMap((artifact) => {
    const { type, properties, environment } = objectOf(artifact);
    const { directoryName, requiresBootstrapStackVersion, bootstrapStackVersionSsmParameter } = objectOf(properties);
    if (type === 'cdk:cloud-assembly' && textIn(directoryName)) {
      return needsIn(join(folder, directoryName as string));
    }
    const parameter = textIn(bootstrapStackVersionSsmParameter);
    return type === 'aws:cloudformation:stack' && parameter && typeof requiresBootstrapStackVersion === 'number'
      ? [{ ...placeIn(environment), version: requiresBootstrapStackVersion, parameter }]
      : [];
  });
}

function placeIn(environment: unknown): Place {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(String(environment)) ?? [];
  return { account: known(account), region: known(region) };
}

function known(text: string | undefined): string | undefined {
  return text === undefined || text.startsWith('unknown-') ? undefined : text;
}

function unique(needs: BootstrapNeed[]): BootstrapNeed[] {
  return [...new Map(needs.map((need) => [JSON.stringify(need), need])).values()];
}
