import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  LifecycleFeature,
  type LifecycleFeatureOptions,
  MlNotebook,
  MlSharedInfra,
  NotebookLifecycle,
} from '../../src';

describe('features of a lifecycle', () => {
  let stack: Stack;
  let shared: MlSharedInfra;

  beforeEach(() => {
    stack = new Stack(new App(), 'Team');
    shared = new MlSharedInfra(stack, 'Shared');
  });

  /** Construct ids end in the name of the service. */
  const endpoints = () => {
    const ids = shared.network.node.findAll().map(({ node }) => node.id);
    return ids.filter((id) => id.startsWith('Endpoint-')).map((id) => id.replace('Endpoint-', ''));
  };

  const statements = () =>
    Object.entries(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'))
      .filter(([id]) => id.startsWith('Lifecycle'))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);

  test('that need nothing add nothing to the base', () => {
    new NotebookLifecycle(stack, 'Lifecycle', { shared, environmentVariables: { A: 'a' } });
    expect(endpoints().sort()).toEqual(['logs', 's3', 'sagemaker-api', 'sagemaker-runtime', 'sts']);
    expect(statements().map(({ Action }) => Action)).toEqual(['s3:GetObject']);
  });

  test('give the base the endpoints, and the roles the rights, that they need', () => {
    const secret = new secretsmanager.Secret(stack, 'Secret');
    new NotebookLifecycle(stack, 'Lifecycle', { shared, secrets: { TOKEN: { secret } } });
    expect(endpoints()).toContain('secretsmanager');
    expect(statements().map(({ Action }) => Action)).toEqual([
      's3:GetObject',
      ['sagemaker:DescribeNotebookInstanceLifecycleConfig', 'sagemaker:ListTags'],
      ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
    ]);
  });

  test('keep a notebook from starting where they are required', () => {
    const script = (requiredFeatures?: LifecycleFeature[]) => {
      const own = new Stack(new App(), 'Own');
      const base = new MlSharedInfra(own, 'Shared');
      new NotebookLifecycle(own, 'Lifecycle', { shared: base, environmentVariables: { A: 'a' }, requiredFeatures });
      const [config] = Object.values(
        Template.fromStack(own).findResources('AWS::SageMaker::NotebookInstanceLifecycleConfig'),
      );
      return JSON.stringify(config.Properties.OnStart);
    };
    expect(script([LifecycleFeature.ENVIRONMENT])).toContain("on_error='fail'");
    expect(script()).toContain("on_error='continue'");
  });

  test('put what is known at deployment only into tags', () => {
    new NotebookLifecycle(stack, 'Lifecycle', {
      shared,
      environmentVariables: { BUCKET: shared.storage.datasets.bucketName },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::SageMaker::NotebookInstanceLifecycleConfig', {
      Tags: [{ Key: 'ml-setting-0', Value: stack.resolve(shared.storage.datasets.bucketName) }],
    });
  });

  describe('warn at synthesis of', () => {
    const warnings = () =>
      Annotations.fromStack(stack)
        .findWarning('*', Match.anyValue())
        .map(({ entry }) => String(entry.data).replace(/.*\[ack: cdk-ml-infra:(.*)\]/s, '$1'));
    const livyUrl = 'http://livy.example.com:8998';
    const proxy = { httpsProxy: 'http://proxy.example.com:3128' };
    const repositories = [{ url: 'https://git.example.com/a.git' }];

    test.each<[string, LifecycleFeatureOptions, string[]]>([
      ['a proxy that the group lets nobody reach', { proxy }, ['closedPort']],
      ['a cluster that the group lets nobody reach', { spark: { livyUrl } }, ['closedPort']],
      ['a cluster behind HTTPS', { spark: { livyUrl: 'https://livy.example.com' } }, []],
      ['packages that no index has', { pipPackages: ['polars'] }, ['noPackageIndex']],
      [
        'packages through a proxy',
        { pipPackages: ['polars'], proxy: { httpsProxy: 'https://proxy.example.com:443' } },
        [],
      ],
      ['repositories on the internet', { git: { repositories } }, ['unreachableHost']],
    ])('%s', (_, options, expected) => {
      new NotebookLifecycle(stack, 'Lifecycle', { shared, ...options });
      expect(warnings()).toEqual(expected);
    });

    test('sessions of Glue outside of the network, also behind a proxy', () => {
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('glue.amazonaws.com') });
      const options = { proxy: { httpsProxy: 'https://proxy.example.com:443' }, glueSessions: { role } };
      new NotebookLifecycle(stack, 'Lifecycle', { shared, ...options });
      expect(warnings()).toEqual(['glueOutsideNetwork']);
    });

    test('Docker on a notebook without root, and backups by a role without an owner', () => {
      const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared, dockerOnVolume: true, backup: {} });
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
      new MlNotebook(stack, 'root', { shared, lifecycle, rootAccess: true });
      new MlNotebook(stack, 'own', { shared, lifecycle, role });
      expect(warnings().sort()).toEqual(['dockerWithoutRoot', 'featureWithoutOwner']);
    });
  });
});
