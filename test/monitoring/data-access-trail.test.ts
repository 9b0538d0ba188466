import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import { MlEnvironment } from '../../src/environment';
import { DataAccessTrail, type DataAccessTrailProps } from '../../src/monitoring';
import { MlNotebook } from '../../src/notebook';
import { MlSharedInfra } from '../../src/shared';
import { lint } from '../decisions/lint';
import { DeployedTemplates } from '../decisions/templates';
import { findingsIn } from '../shared/findings';
import { resourcesIn, type WrittenResource, type WrittenTemplate } from '../shared/templates';

const ENV = { account: '111111111111', region: 'eu-central-1' };

describe('DataAccessTrail', () => {
  let app: App;
  let stack: Stack;
  let shared: MlSharedInfra;
  beforeEach(() => define());

  test('records what is done to objects of the three buckets, and of no other', () => {
    trail();

    const { Properties } = only('AWS::CloudTrail::Trail');
    const { datasets, models, artifacts } = shared.storage;
    expect(Properties.AdvancedEventSelectors).toEqual([
      {
        Name: 'Objects of the buckets of the bases',
        FieldSelectors: [
          { Field: 'eventCategory', Equals: ['Data'] },
          { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
          {
            Field: 'resources.ARN',
            StartsWith: [datasets, models, artifacts].map((bucket) => stack.resolve(`${bucket.bucketArn}/`)),
          },
        ],
      },
    ]);
    expect(Properties.EventSelectors).toBeUndefined();
  });

  test('is on, encrypted, and notices files that were changed', () => {
    const { encryptionKey, bucket, trailArn } = trail();

    const [[id, { Properties }]] = resourcesIn(written(), 'AWS::CloudTrail::Trail');
    expect(Properties).toMatchObject({
      IsLogging: true,
      EnableLogFileValidation: true,
      KMSKeyId: stack.resolve(encryptionKey.keyArn),
      S3BucketName: stack.resolve(bucket.bucketName),
    });
    expect(Properties.TrailName).toBeUndefined();
    expect(stack.resolve(trailArn)).toEqual({ 'Fn::GetAtt': [id, 'Arn'] });
  });

  test('waits for the rights of CloudTrail, without which it cannot be made', () => {
    trail();

    const waitsFor = (only('AWS::CloudTrail::Trail') as WrittenResource & { DependsOn: string[] }).DependsOn;
    expect(waitsFor).toEqual([expect.stringMatching(/^TrailEventsPolicy/), expect.stringMatching(/^TrailPolicy/)]);
  });

  test('lets CloudTrail deliver files of the account into the bucket, and nothing else', () => {
    const { bucket } = trail();

    const arns = stack.resolve(stack.formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: '*' }));
    const [, { Properties }] = resourcesIn(written(), 'AWS::S3::BucketPolicy').find(([id]) => /TrailEvents/.test(id))!;
    const allowed = Properties.PolicyDocument.Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
    expect(allowed).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: 's3:GetBucketAcl',
        Resource: stack.resolve(bucket.bucketArn),
        Condition: { ArnLike: { 'aws:SourceArn': arns } },
      },
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: { 'Fn::Join': ['', [stack.resolve(bucket.bucketArn), '/AWSLogs/', { Ref: 'AWS::AccountId' }, '/*']] },
        Condition: {
          ArnLike: { 'aws:SourceArn': arns },
          StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' },
        },
      },
    ]);
  });

  test('sends events to a log group, into streams of CloudTrail alone', async () => {
    const { logGroup } = trail();

    const template = written();
    expect(only('AWS::CloudTrail::Trail').Properties).toMatchObject({
      CloudWatchLogsLogGroupArn: stack.resolve(logGroup!.logGroupArn),
      CloudWatchLogsRoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^TrailRole/), 'Arn'] },
    });
    const [, role] = resourcesIn(template, 'AWS::IAM::Role').find(([id]) => id.startsWith('TrailRole'))!;
    expect(role.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ]);
    const deployed = new DeployedTemplates([{ stackName: 'Team', region: ENV.region, template: template as never }]);
    const policy = deployed
      .ofType('AWS::IAM::ManagedPolicy')
      .find(({ logicalId }) => logicalId.startsWith('TrailPolicy'))!;
    const document = deployed.resolve(policy.stack, policy.resource.Properties.PolicyDocument);
    expect(document.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: expect.stringMatching(
          /^arn:aws:logs:eu-central-1:111111111111:log-group:Team-Trail\S+:log-stream:111111111111_CloudTrail_eu-central-1\*$/,
        ),
      },
    ]);
    expect(await lint({ name: 'Trail', kind: 'identity', policy: document })).toEqual([]);
  });

  test('names the owner of a session, by the query that the documentation gives', () => {
    new MlNotebook(stack, 'alice', { shared, owner: 'alice' });
    const page = readFileSync(join(__dirname, '..', '..', 'docs', 'data-safety.md'), 'utf8');
    const [, field, pattern] = /\| parse (\S+) \/(.+)\/\n/.exec(page)!;

    const deployed = new DeployedTemplates([{ stackName: 'Team', region: ENV.region, template: written() as never }]);
    const owners = deployed
      .ofType('AWS::IAM::Role')
      .map((role) => new RegExp(pattern).exec(deployed.attributeOf(role, 'Arn'))?.groups?.owner);

    expect(field).toBe('userIdentity.sessionContext.sessionIssuer.arn');
    expect(owners.filter((owner) => owner !== undefined).sort()).toEqual(['alice', 'team']);
  });

  test('takes no log group where only files are wanted', () => {
    expect(trail({ cloudWatchLogs: false }).logGroup).toBeUndefined();

    const { Properties } = only('AWS::CloudTrail::Trail');
    expect(Properties.CloudWatchLogsLogGroupArn).toBeUndefined();
    expect(resourcesIn(written(), 'AWS::Logs::LogGroup').filter(([id]) => id.startsWith('Trail'))).toEqual([]);
    expect(findingsIn(stack)).toEqual([]);
  });

  test.each([
    ['DEV', MlEnvironment.DEV, 30],
    ['PROD', MlEnvironment.PROD, 365],
    ['one without end', MlEnvironment.custom({ name: 'own', logRetention: RetentionDays.INFINITE }), undefined],
  ])('keeps events as long as logs of the base: %s', (_, environment, days) => {
    define({}, environment);
    trail();

    const expirations = resourcesIn(written(), 'AWS::S3::Bucket')
      .filter(([id]) => id.startsWith('Trail'))
      .map(([, { Properties }]) =>
        Properties.LifecycleConfiguration.Rules.flatMap(
          ({ ExpirationInDays }: { ExpirationInDays?: number }) => ExpirationInDays ?? [],
        ),
      );
    expect(expirations).toEqual(days === undefined ? [[], []] : [[days], [days]]);
    const [, logGroup] = resourcesIn(written(), 'AWS::Logs::LogGroup').find(([id]) => id.startsWith('Trail'))!;
    expect(logGroup.Properties.RetentionInDays).toBe(days);
  });

  test('can lock its events, but not for longer than they are kept', () => {
    trail({ objectLockRetention: Duration.days(90) });

    const [, events] = resourcesIn(written(), 'AWS::S3::Bucket').find(([id]) => id.startsWith('TrailEvents'))!;
    expect(events.Properties.ObjectLockConfiguration.Rule.DefaultRetention).toEqual({ Mode: 'GOVERNANCE', Days: 90 });
    expect(() => trail({ objectLockRetention: Duration.days(366) }, 'Longer')).toThrow(
      "Team/Longer: 'objectLockRetention' must be at most 365 days, after which versions of objects are to be deleted; give the environment a longer 'logRetention', got: 366 days",
    );
  });

  test('takes a key, and warns where its policy is not to be changed', () => {
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111111111111:key/k');

    expect(trail({ encryptionKey }).encryptionKey).toBe(encryptionKey);

    expect(resourcesIn(written(), 'AWS::KMS::Key').filter(([id]) => id.startsWith('Trail'))).toEqual([]);
    Annotations.fromStack(stack).hasWarning(
      '/Team/Trail',
      Match.stringLikeRegexp('let it allow CloudTrail to encrypt'),
    );
  });

  test('watches several bases, also one that was published', () => {
    const second = new MlSharedInfra(stack, 'Second');
    const published = MlSharedInfra.fromPublished(stack, 'Published', 'vision');

    trail({ bases: [shared, second, published] });

    const [selector] = only('AWS::CloudTrail::Trail').Properties.AdvancedEventSelectors;
    expect(selector.FieldSelectors[2].StartsWith).toHaveLength(9);
    expect(JSON.stringify(selector)).toContain('Publishedbucketsdatasets');
  });

  test('does not lock the stack of the base', () => {
    const other = new Stack(app, 'Audit', { env: ENV });

    new DataAccessTrail(other, 'Trail', { bases: [shared] });

    expect(JSON.stringify(Template.fromStack(other).toJSON())).not.toContain('Fn::ImportValue');
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('"Export"');
  });

  test('bounds its role like those of the base', () => {
    const permissionsBoundary = iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'bound');
    const bounded = new MlSharedInfra(stack, 'Bounded', { permissionsBoundary });

    trail({ bases: [bounded] });

    const [, role] = resourcesIn(written(), 'AWS::IAM::Role').find(([id]) => id.startsWith('TrailRole'))!;
    expect(role.Properties.PermissionsBoundary).toEqual(stack.resolve(permissionsBoundary.managedPolicyArn));
  });

  test('carries the tags of the environment', () => {
    define({}, MlEnvironment.custom({ name: 'lab', tags: { cost: '42' } }));
    trail();

    expect(only('AWS::CloudTrail::Trail').Properties.Tags).toEqual([
      { Key: 'cost', Value: '42' },
      { Key: 'ml-environment', Value: 'lab' },
    ]);
  });

  test('fails without a base, and for one that is named twice', () => {
    expect(() => trail({ bases: [] })).toThrow("Team/Trail: 'bases' must be a list of 1 to 50, got: []");
    expect(() => trail({ bases: [shared, shared] }, 'Twice')).toThrow(
      "Team/Twice: 'bases' must be a list without repetition, got: Team/Shared",
    );
    expect(() => trail({ bases: [stack as never] }, 'Odd')).toThrow("Team/Odd: 'bases' must be a list, each of a base");
  });

  test('fails for a base of another region, where the trail would see nothing', () => {
    const abroad = new Stack(app, 'Abroad', { env: { ...ENV, region: 'us-east-1' } });

    expect(() => new DataAccessTrail(abroad, 'Trail', { bases: [shared] })).toThrow(
      "Abroad/Trail: 'shared' must be a base in the same region, us-east-1, got: eu-central-1",
    );
  });

  test.each([
    ['no feature flags', {}],
    ['all recommended feature flags', { ...recommended }],
  ])('has no open finding in any pack with %s', (_, context) => {
    define(context);
    trail({ objectLockRetention: Duration.days(1) });

    expect(findingsIn(stack)).toEqual([]);
  });

  function define(context = {}, environment?: MlEnvironment) {
    app = new App({ context });
    stack = new Stack(app, 'Team', { env: ENV });
    shared = new MlSharedInfra(stack, 'Shared', { environment });
  }

  function trail(props: Partial<DataAccessTrailProps> = {}, id = 'Trail') {
    return new DataAccessTrail(stack, id, { bases: [shared], ...props });
  }

  function written(): WrittenTemplate {
    return Template.fromStack(stack).toJSON() as WrittenTemplate;
  }

  function only(type: string): WrittenResource {
    const found = resourcesIn(written(), type);
    expect(found).toHaveLength(1);
    return found[0][1];
  }
});
