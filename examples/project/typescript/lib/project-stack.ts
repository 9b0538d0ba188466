import { Duration, Size, Stack, StackProps } from 'aws-cdk-lib';
import { MlInstanceType, MlNotebook, MlSharedInfra, NotebookLifecycle, PackageIndex } from 'cdk-ml-infra';
import { Construct } from 'constructs';
import { PACKAGE_REPOSITORY, PACKAGE_SERVICES, packageDomain } from './package-repository';

/** What a project needs, whatever base it stands on. */
export interface ProjectOptions extends StackProps {
  /** Name of the project: owner of its notebooks and data, and the tag `ml-project` of its costs. */
  readonly project: string;

  /** Who works on it, each on a notebook. */
  readonly members: string[];

  /** Machine of each notebook. */
  readonly instanceType: MlInstanceType;

  /** Volume of each notebook. It holds the packages too, and can grow, but not shrink. */
  readonly volumeSize: Size;

  /** Packages of the field, with their versions. */
  readonly packages: string[];
}

/** A project on a base. */
export interface ProjectStackProps extends ProjectOptions {
  /** Name of the stack that published the base. */
  readonly base: string;
}

/** The notebooks of one project, deployed and destroyed without any other stack. */
export class ProjectStack extends Stack {
  constructor(scope: Construct, id: string, props: ProjectStackProps) {
    super(scope, id, props);
    const { base, project, members, instanceType, volumeSize } = props;
    const shared = MlSharedInfra.fromPublished(this, 'Shared', base, { services: PACKAGE_SERVICES });
    const lifecycle = new NotebookLifecycle(this, 'Lifecycle', {
      shared,
      idleStop: Duration.hours(1),
      packageIndex: PackageIndex.codeArtifact({ domain: packageDomain(base), repository: PACKAGE_REPOSITORY }),
      pipPackages: props.packages,
      kernelName: `Python (${project})`,
      backup: {},
    });
    for (const member of members) {
      new MlNotebook(this, member, { shared, lifecycle, owner: project, project, instanceType, volumeSize });
    }
  }
}
