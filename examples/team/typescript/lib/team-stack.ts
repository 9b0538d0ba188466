import { Duration, Size, Stack, StackProps } from 'aws-cdk-lib';
import { MlInstanceType, MlNotebook, MlSharedInfra, NotebookLifecycle } from 'cdk-ml-infra';
import { Construct } from 'constructs';

/** Five notebooks on one base without internet. Each stops after an hour in which nothing happened on it. */
export class TeamStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const shared = new MlSharedInfra(this, 'Shared');
    const lifecycle = new NotebookLifecycle(this, 'Lifecycle', { shared, idleStop: Duration.hours(1) });

    new MlNotebook(this, 'alice', { shared, lifecycle, owner: 'alice' });
    new MlNotebook(this, 'bob', { shared, lifecycle, owner: 'bob', volumeSize: Size.gibibytes(200) });
    new MlNotebook(this, 'charlie', { shared, lifecycle, owner: 'charlie', instanceType: MlInstanceType.M5_XLARGE });
    new MlNotebook(this, 'diana', { shared, lifecycle, owner: 'diana', instanceType: MlInstanceType.R5_XLARGE });
    new MlNotebook(this, 'eve', { shared, lifecycle, owner: 'eve', instanceType: MlInstanceType.G4DN_XLARGE });

    shared.addOutputs();
  }
}
