import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Token } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { MlCostEstimate, MlUsage, MlUsageProps } from '../../src/cost';
import { TOTAL_MEASURES } from '../../src/cost/pricing/measures-table';

const REGION = 'eu-central-1';
const HOURLY = 0.058;

describe('MlUsage', () => {
  let app: App;
  let stack: Stack;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Team', { env: { account: '111111111111', region: REGION } });
  });

  test.each<[keyof MlUsageProps, unknown, string]>([
    ['notebookHours', -1, 'hours from 0 to 744, got: -1'],
    ['notebookHours', 745, 'hours from 0 to 744, got: 745'],
    ['instanceHours', Number.NaN, 'hours from 0 to 744, got: NaN'],
    ['endpointHours', Number.POSITIVE_INFINITY, 'hours from 0 to 744, got: Infinity'],
    ['vpcEndpointGb', -0.1, 'a number from 0 to 1000000000000, got: -0.1'],
    ['s3GetRequests', Number.NaN, 'a number from 0 to 1000000000000, got: NaN'],
    ['lambdaRequests', Number.POSITIVE_INFINITY, 'a number from 0 to 1000000000000, got: Infinity'],
    ['s3GetRequests', 1e12 + 1, 'a number from 0 to 1000000000000, got: 1000000000001'],
    ['customMetrics', '5', 'a number, got: 5'],
    ['kmsRequests', Token.asNumber({ Ref: 'Count' }), 'known at synthesis, because costs are summed up then'],
  ])('refuses %s of %p', (measure, value, rule) => {
    expect(() => MlUsage.set(stack, { [measure]: value })).toThrow(`Team: 'usage.${measure}' must be ${rule}`);
  });

  test('calls an app so, which has no path', () => {
    expect(() => MlUsage.set(app, { notebookHours: -1 })).toThrow(/^the app: 'usage.notebookHours' must be/);
  });

  test('takes the largest number that estimates take', () => {
    new s3.Bucket(stack, 'Bucket');
    MlUsage.set(stack, { s3GetRequests: 1e12 });

    expect(MlCostEstimate.of(stack).items).toMatchObject([{ quantity: 1e12, stated: true }]);
  });

  test('refuses a measure that it does not know, and says which it knows', () => {
    expect(() => MlUsage.set(stack, { notebook_hours: 8 } as MlUsageProps)).toThrow(
      /^Team: 'usage' must be with no props but notebookHours, .*, got: notebook_hours$/,
    );
  });

  test.each([undefined, null, 8, []])('refuses %j in place of measures', (usage) => {
    expect(() => MlUsage.set(stack, usage as MlUsageProps)).toThrow("Team: 'usage' must be a set of props");
  });

  test('refuses what is no construct', () => {
    expect(() => MlUsage.set({} as Construct, {})).toThrow("MlUsage: 'scope' must be a construct");
  });

  test('takes 0 and the longest month', () => {
    expect(() => MlUsage.set(stack, { notebookHours: 0, instanceHours: 744, s3StorageGb: 0.5 })).not.toThrow();
  });

  test('adds measures to those of the construct, and refuses to state one twice', () => {
    notebook('alice');
    MlUsage.set(stack, { notebookHours: 100 });
    MlUsage.set(stack, { vpcEndpointGb: 400 });

    expect(total()).toBe(5.8 + 4);
    expect(() => MlUsage.set(stack, { notebookHours: 200 })).toThrow(
      "Team: 'usage.notebookHours' must be stated once for a construct, where 100 is stated, got: 200",
    );
  });

  test('takes the hours that are stated nearest to a notebook', () => {
    MlUsage.set(app, { notebookHours: 100 });
    const [alice] = ['alice', 'bob'].map(notebook);
    MlUsage.set(alice, { notebookHours: 500 });

    expect(total()).toBeCloseTo((100 + 500) * HOURLY, 6);
    expect(MlCostEstimate.of(alice).monthlyTotal).toBe(29);
  });

  test.each(['Default', 'Resource', 'other'])('adds up use of a bucket and of its resource, called %s', (id) => {
    const bucket = new s3.Bucket(stack, id);
    new s3.Bucket(stack, 'Beside');
    MlUsage.set(bucket, { s3StorageGb: 10 });
    MlUsage.set(bucket.node.defaultChild!, { s3StorageGb: 5 });

    const { items, byUse } = MlCostEstimate.of(stack);

    expect(items.map(({ quantity }) => quantity).sort()).toEqual([10, 5]);
    expect(byUse.filter(({ measure }) => measure === 's3StorageGb')).toMatchObject([{ constructPath: 'Team/Beside' }]);
  });

  test('holds for a part of what it is stated for by the hour, and not as a total', () => {
    MlUsage.set(app, { notebookHours: 100, vpcEndpointGb: 400 });
    notebook('alice');

    expect(MlCostEstimate.of(stack).monthlyTotal).toBe(5.8);
  });

  test('knows each total that prices know', () => {
    for (const measure of Object.keys(TOTAL_MEASURES)) {
      expect(() => MlUsage.set(stack, { [measure]: 1 })).not.toThrow();
    }
  });

  test('is told to the tools, also by an app without a construct of this library', () => {
    MlUsage.set(app, { vpcEndpointGb: 400 });
    MlUsage.set(notebook('alice'), { notebookHours: 8 });

    const { directory } = app.synth();

    expect(JSON.parse(readFileSync(join(directory, 'ml-infra.json'), 'utf8')).constructs).toEqual([
      { path: '', stack: '', kind: 'MlUsage', usage: { vpcEndpointGb: 400 } },
      { path: 'Team/alice', stack: 'Team', kind: 'MlUsage', usage: { notebookHours: 8 } },
    ]);
  });

  function total() {
    return MlCostEstimate.of(app).monthlyTotal;
  }

  /** A notebook of somebody else. Its volume has no known price in this region. */
  function notebook(id: string) {
    const roleArn = 'arn:aws:iam::111111111111:role/jobs';
    return new sagemaker.CfnNotebookInstance(stack, id, { instanceType: 'ml.t3.medium', roleArn });
  }
});
