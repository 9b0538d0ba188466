import {
  App,
  CfnDynamicReference,
  CfnDynamicReferenceService,
  CfnParameter,
  Fn,
  Lazy,
  SecretValue,
  Stack,
  Token,
  Tokenization,
} from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { MlSharedInfra } from '../../src';
import { requireStable } from '../../src/private/stability';

const SSM = 'AWS::SSM::Parameter::Value<String>';
const RULE =
  'a value that changes with the app alone, since a notebook for which it changes is replaced by an empty one';
const WRITE_OUT = 'write it out, or read it at synthesis with StringParameter.valueFromLookup';

describe('requireStable', () => {
  let app: App;
  let stack: Stack;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Team');
  });

  test.each<[string, (stack: Stack) => string, string, string]>([
    [
      'an SSM parameter',
      (scope) => ssm.StringParameter.valueForStringParameter(scope, '/team/key'),
      WRITE_OUT,
      'the SSM parameter /team/key',
    ],
    [
      'a version of an SSM parameter',
      (scope) => ssm.StringParameter.valueForStringParameter(scope, '/team/key', 3),
      WRITE_OUT,
      '{{resolve:ssm:/team/key:3}}',
    ],
    [
      'an SSM parameter inside a text',
      (scope) => `arn:aws:kms:eu-west-1:1:key/${ssm.StringParameter.valueForStringParameter(scope, '/team/key')}`,
      WRITE_OUT,
      'the SSM parameter /team/key',
    ],
    [
      'one of a list of SSM parameters',
      (scope) => Fn.select(0, ssm.StringListParameter.valueForTypedListParameter(scope, '/team/keys')),
      WRITE_OUT,
      'the SSM parameter /team/keys',
    ],
    [
      'an SSM parameter that the deployer names',
      (scope) => new CfnParameter(scope, 'Key', { type: SSM }).valueAsString,
      WRITE_OUT,
      'the SSM parameter of a template parameter',
    ],
    [
      'an SSM parameter that is written as text',
      (scope) => {
        new CfnParameter(scope, 'Key', { type: SSM, default: '/team/key' });
        return Token.asString({ Ref: 'Key' });
      },
      WRITE_OUT,
      'the SSM parameter /team/key',
    ],
    [
      'an SSM parameter that is substituted into a text',
      (scope) => {
        new CfnParameter(scope, 'Key', { type: SSM, default: '/team/key' });
        return Fn.sub('arn:aws:kms:${AWS::Region}:1:key/${Key}');
      },
      WRITE_OUT,
      'the SSM parameter /team/key',
    ],
    [
      'an SSM parameter below a lazy value',
      (scope) => Lazy.string({ produce: () => ssm.StringParameter.valueForStringParameter(scope, '/team/key') }),
      WRITE_OUT,
      'the SSM parameter /team/key',
    ],
    [
      'a dynamic reference',
      () => new CfnDynamicReference(CfnDynamicReferenceService.SSM, '/team/key').toString(),
      WRITE_OUT,
      '{{resolve:ssm:/team/key}}',
    ],
    [
      'a dynamic reference that is written out',
      () => 'x{{resolve:ssm:/team/key}}',
      WRITE_OUT,
      '{{resolve:ssm:/team/key}}',
    ],
    [
      'a secret',
      () => SecretValue.secretsManager('key').unsafeUnwrap(),
      WRITE_OUT,
      '{{resolve:secretsmanager:key:SecretString:::}}',
    ],
    [
      'a zone by its place',
      () => Fn.select(1, Fn.getAzs()),
      "name it, such as 'eu-central-1a'",
      'a zone by its place in Fn::GetAZs',
    ],
    [
      'the first zone of a stack without a region',
      (scope) => scope.availabilityZones[0],
      "name it, such as 'eu-central-1a'",
      'a zone by its place in Fn::GetAZs',
    ],
    [
      'a zone by its place on a condition',
      () => Fn.conditionIf('Known', 'eu-west-1a', Fn.select(1, Fn.getAzs())).toString(),
      "name it, such as 'eu-central-1a'",
      'a zone by its place in Fn::GetAZs',
    ],
  ])('fails for %s, with the remedy', (_, value, remedy, got) => {
    expect(() => requireStable(stack, 'encryptionKey', value(stack))).toThrow(
      new Error(`Team: 'encryptionKey' must be ${RULE}; ${remedy}, got: ${got}`),
    );
  });

  test('fails for the SSM parameter of another stack', () => {
    const value = ssm.StringParameter.valueForStringParameter(new Stack(app, 'Other'), '/team/key');

    expect(() => requireStable(stack, 'encryptionKey', value)).toThrow('got: the SSM parameter /team/key');
  });

  test.each<[string, (stack: Stack) => string | undefined]>([
    ['nothing', () => undefined],
    ['a text', () => 'arn:aws:kms:eu-west-1:111122223333:key/1'],
    ['a text in braces', () => '{{notebook}}'],
    ['a parameter that the deployer fills in', (scope) => new CfnParameter(scope, 'Key').valueAsString],
    [
      'the name of an SSM parameter',
      (scope) => new CfnParameter(scope, 'Key', { type: 'AWS::SSM::Parameter::Name' }).valueAsString,
    ],
    ['an attribute', (scope) => new kms.Key(scope, 'Key').keyArn],
    ['a reference', (scope) => new kms.Key(scope, 'Key').keyId],
    ['a reference that is written as text', () => Token.asString({ Ref: 'Key' })],
    ['a pseudo parameter', (scope) => `${scope.stackName}-${scope.region}`],
    ['an attribute in a text', (scope) => `${new kms.Key(scope, 'Key').keyArn}-1`],
    ['an attribute of another stack', (scope) => new kms.Key(new Stack(scope.node.root as App, 'Other'), 'Key').keyArn],
    ['an export', () => Fn.importValue('key')],
    ['a row of a mapping', () => Fn.findInMap('Keys', 'eu-west-1', 'arn')],
    ['a lazy value', () => Lazy.string({ produce: () => 'key' })],
    [
      'the key of a published base',
      (scope) => MlSharedInfra.fromPublished(scope, 'Shared', 'vision').encryptionKey.keyArn,
    ],
    [
      'a key that was looked up at synthesis',
      (scope) => {
        const here = new Stack(scope.node.root as App, 'Here', {
          env: { account: '111122223333', region: 'eu-west-1' },
        });
        return ssm.StringParameter.valueFromLookup(here, '/team/key');
      },
    ],
  ])('takes %s', (_, value) => {
    expect(() => requireStable(stack, 'encryptionKey', value(stack))).not.toThrow();
  });

  test('resolves tokens alone, since thousands of notebooks ask', () => {
    const resolve = jest.spyOn(Tokenization, 'resolve');

    requireStable(stack, 'notebookName', 'alice-1');
    const before = resolve.mock.calls.length;
    requireStable(stack, 'notebookName', stack.stackId);

    expect([before, resolve.mock.calls.length]).toEqual([0, 1]);
    resolve.mockRestore();
  });
});
