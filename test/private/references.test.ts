import { App, CfnOutput, CrossStackReferences, NestedStack, ReferenceStrength, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { Construct } from 'constructs';
import { referWeakly } from '../../src/private/references';

describe('referWeakly', () => {
  test.each([
    ['no flag', {}],
    ['all recommended flags', flags],
  ])('another stack reads a value without locking its stack: %s', (_what, context) => {
    const app = new App({ context });
    const [base, user] = [new Stack(app, 'Base'), new Stack(app, 'User')];
    const bucket = new s3.Bucket(base, 'Bucket');

    referWeakly(base);
    new CfnOutput(user, 'Name', { value: bucket.bucketName });

    const [baseTemplate, userTemplate] = [Template.fromStack(base).toJSON(), Template.fromStack(user).toJSON()];
    expect(JSON.stringify(userTemplate)).not.toContain('Fn::ImportValue');
    expect(JSON.stringify(userTemplate.Outputs.Name)).toContain('Fn::GetStackOutput');
    expect(Object.values(baseTemplate.Outputs)).toHaveLength(1);
    expect(JSON.stringify(baseTemplate.Outputs)).not.toContain('Export');
  });

  test('holds for a nested stack', () => {
    const app = new App();
    const [base, user] = [new Stack(app, 'Base'), new Stack(app, 'User')];
    const nested = new NestedStack(base, 'Nested');
    const bucket = new s3.Bucket(nested, 'Bucket');

    referWeakly(nested);
    new CfnOutput(user, 'Name', { value: bucket.bucketName });

    const templates = [base, user].map((stack) => JSON.stringify(Template.fromStack(stack).toJSON())).join();
    expect(templates).toContain('Fn::GetStackOutput');
    expect(templates).not.toMatch(/"Export"|Fn::ImportValue/);
  });

  test.each([
    ['of the same stack without a lock', 'Base', 'Fn::GetStackOutput'],
    ['of a stack of its own as the app has it', 'Elsewhere', 'Fn::ImportValue'],
  ])('what was handed over is read %s', (_what, place, way) => {
    const app = new App();
    const [base, user] = [new Stack(app, 'Base'), new Stack(app, 'User')];
    const bucket = new s3.Bucket(place === 'Base' ? base : new Stack(app, place), 'Bucket');

    referWeakly(new Construct(base, 'Ours'), [bucket, undefined]);
    new CfnOutput(user, 'Name', { value: bucket.bucketName });

    expect(JSON.stringify(Template.fromStack(user).toJSON())).toContain(way);
  });

  test('an export stays beside the new way where the app says so, so that it can go in a second deployment', () => {
    const app = new App();
    const [base, user] = [new Stack(app, 'Base'), new Stack(app, 'User')];
    const bucket = new s3.Bucket(base, 'Bucket');

    referWeakly(base);
    CrossStackReferences.of(bucket.node.defaultChild as s3.CfnBucket).produce(ReferenceStrength.BOTH);
    new CfnOutput(user, 'Name', { value: bucket.bucketName });

    expect(JSON.stringify(Template.fromStack(user).toJSON())).toContain('Fn::GetStackOutput');
    expect(JSON.stringify(Template.fromStack(base).toJSON())).toContain('"Export"');
  });

  test('changes nothing outside of its scope', () => {
    const app = new App();
    const [base, user] = [new Stack(app, 'Base'), new Stack(app, 'User')];
    const [ours, theirs] = ['Ours', 'Theirs'].map((id) => new s3.Bucket(base, id));

    referWeakly(ours);
    new CfnOutput(user, 'Name', { value: theirs.bucketName });

    expect(JSON.stringify(Template.fromStack(user).toJSON())).toContain('Fn::ImportValue');
  });
});
