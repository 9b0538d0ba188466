import { Tokenization } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { MlEnvironment } from '../environment';
import { identityOn, standsOn, tellFacts } from '../private/facts';
import { TEAM_OWNER } from '../private/identity';
import { IMlSharedInfra } from '../shared';
import { NotebookOptions } from './notebook-options';

/** What facts of a notebook are made from. */
export interface NotebookFacts {
  readonly props: NotebookOptions & { readonly shared: IMlSharedInfra };
  readonly subnet: ec2.ISubnet;
  readonly instance: sagemaker.CfnNotebookInstance;
  readonly environment: MlEnvironment;
}

/** Lets a notebook tell its machine, whose it is, where it stands and how long it runs. */
export function tellNotebook(notebook: Construct, { props, subnet, instance, environment }: NotebookFacts): void {
  const { shared, lifecycle, owner = TEAM_OWNER, project, schedule, maxUptime } = props;
  tellFacts(notebook, () => {
    const hours = schedule?._runningHours(maxUptime);
    return {
      kind: 'MlNotebook',
      // Of the resource, which an aspect or an escape hatch may have changed.
      details: [
        instance.instanceType,
        ...(instance.volumeSizeInGb === undefined
          ? []
          : [`${Tokenization.stringifyNumber(instance.volumeSizeInGb)} GiB`]),
        ...(instance.rootAccess === 'Enabled' ? ['root access'] : []),
        ...(instance.directInternetAccess === 'Enabled' ? ['direct internet access'] : []),
      ],
      identity: { ...identityOn(shared), environment: environment.name, owner, ...(project && { project }) },
      within: subnet,
      links: [standsOn(shared), ...(lifecycle ? [{ to: lifecycle, label: 'starts with' }] : [])],
      ...(hours && { hours }),
    };
  });
}
