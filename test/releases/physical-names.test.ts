import { fixedNames, sharedNames } from './physical-names';
import type { RecordedStacks, RecordedTemplate } from './recorded-template';

const EMPTY: RecordedTemplate = { Parameters: {}, Mappings: {}, Conditions: {}, Resources: {}, Outputs: {} };

const holding = (Type: string, Properties: object, id = 'A'): RecordedTemplate => ({
  ...EMPTY,
  Resources: { [id]: { Type, Path: id, Properties } },
});
const alarm = (AlarmName: unknown, id?: string) => holding('AWS::CloudWatch::Alarm', { AlarmName }, id);
const joined = (...list: unknown[]) => ({ 'Fn::Join': ['', list] });
const stacksOf = (found: [stack: string, found: { verb: string }][]) => found.map(([stack, { verb }]) => [stack, verb]);

describe('a new resource with a name that is the same for all collides', () => {
  test.each<[string, RecordedTemplate]>([
    ['written out', alarm('costs')],
    ['with the region alone', alarm(joined('costs-', { Ref: 'AWS::Region' }))],
    ['with the account in a template', alarm({ 'Fn::Sub': 'costs-${AWS::AccountId}' })],
    ['whose type alone has the name of a stack', alarm('costs', 'Team')],
    ['of a type that is always named', holding('AWS::KMS::Alias', { AliasName: 'alias/ml' })],
    ['of a published value outside of a base', holding('AWS::SSM::Parameter', { Name: '/ml/x' })],
  ])('%s', (_, template) => {
    const [before, after] = [EMPTY, template].map((team) => ({ Team: team, Alarm: EMPTY }));

    expect(stacksOf(fixedNames(before, after))).toEqual([['Team', 'collides']]);
  });
});

describe('a new resource may come', () => {
  test.each<[string, RecordedTemplate, RecordedStacks?]>([
    ['without a name', alarm(undefined)],
    ['with the name of its stack', alarm('Team-costs')],
    ['with the name of its stack in other letters', holding('AWS::S3::Bucket', { BucketName: 'costs-team' })],
    ['with the name of its stack by reference', alarm(joined({ Ref: 'AWS::StackName' }, '-costs'))],
    ['with a reference to its base', alarm({ 'Fn::Sub': 'costs-${Base}' })],
    ['below the name of its base', holding('AWS::SSM::Parameter', { Name: '/ml-infra/team/new' })],
    ['with a name within a role', holding('AWS::IAM::Policy', { PolicyName: 'AB12' })],
    ['with a name that was there', alarm('costs'), { Team: alarm('costs', 'B') }],
    ['with a name that another stack had', alarm('costs'), { Team: EMPTY, Base: alarm('costs', 'B') }],
    ['in a stack that is new', alarm('costs'), {}],
  ])('%s', (_, template, before = { Team: EMPTY }) => {
    const given = JSON.parse(JSON.stringify(template));

    expect(fixedNames(before, { Team: given })).toEqual([]);
  });
});

describe('two stacks of a layout', () => {
  const both = { One: alarm('costs'), Two: alarm('costs', 'B') };

  test('may not have one name, new or not', () => {
    const each = [
      ['One', 'collides'],
      ['Two', 'collides'],
    ];

    expect(stacksOf(sharedNames({ One: EMPTY, Two: EMPTY }, both))).toEqual(each);
    expect(stacksOf(sharedNames({ One: alarm('costs') }, both))).toEqual(each);
  });

  test('may have it where they had it, or where it is of another type', () => {
    const topic = holding('AWS::SNS::Topic', { TopicName: 'costs' });

    expect(sharedNames(both, both)).toEqual([]);
    expect(sharedNames({}, { One: alarm('costs'), Two: topic })).toEqual([]);
  });
});
