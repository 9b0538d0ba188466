import type { RecordedTemplate } from './recorded-template';
import { replacementsOf } from './replacements';

type Properties = { [name: string]: unknown };

const EMPTY: RecordedTemplate = { Parameters: {}, Mappings: {}, Conditions: {}, Resources: {}, Outputs: {} };
const GROUP = (description: string) => ({ GroupDescription: description });

describe('what refers to something that is replaced is replaced with it', () => {
  test.each<[string, unknown]>([
    ['in a list', [{ 'Fn::GetAtt': ['G', 'GroupId'] }]],
    ['by name', [{ Ref: 'G' }]],
    ['within a text', [{ 'Fn::Join': ['', ['sg-', { Ref: 'G' }]] }]],
    ['within a choice', [{ 'Fn::If': ['C', { Ref: 'G' }, 'sg-1'] }]],
    ['within a template', [{ 'Fn::Sub': '${G.GroupId}' }]],
    ['within a template with values', [{ 'Fn::Sub': ['${G}-${v}', { v: 1 }] }]],
  ])('%s', (_, SecurityGroupIds) => {
    const [before, after] = ['a', 'b'].map((description) => templateOf(GROUP(description), { SecurityGroupIds }));

    expect([...replacementsOf(before, after)]).toEqual([
      ['G', ['GroupDescription']],
      ['N', ['SecurityGroupIds']],
    ]);
  });

  test('but not what names something else', () => {
    const [before, after] = ['a', 'b'].map((description) =>
      templateOf(GROUP(description), { SecurityGroupIds: [{ 'Fn::Sub': '${!G} ${Group}' }] }),
    );

    expect([...replacementsOf(before, after).keys()]).toEqual(['G']);
  });

  test('over several steps, also where the first only may be replaced', () => {
    const chain = (InstanceTenancy: string): RecordedTemplate => ({
      ...EMPTY,
      Resources: {
        V: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16', InstanceTenancy }),
        S: resource('AWS::EC2::Subnet', { VpcId: { Ref: 'V' } }),
        N: resource('AWS::SageMaker::NotebookInstance', { SubnetId: { Ref: 'S' } }),
      },
    });

    expect([...replacementsOf(chain('default'), chain('dedicated')).keys()]).toEqual(['V', 'S', 'N']);
  });
});

describe('template parameters and mappings are seen through', () => {
  const read = (name: string, value: string): RecordedTemplate => ({
    ...templateOf(GROUP('a'), { SubnetId: { Ref: name } }),
    Parameters: { [name]: { Type: 'AWS::SSM::Parameter::Value<String>', Default: value } },
  });
  const mapped = (value: string): RecordedTemplate => ({
    ...templateOf(GROUP('a'), { SubnetId: { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'id'] } }),
    Mappings: { M: { 'eu-central-1': { id: value } } },
  });

  test('another value replaces', () => {
    expect([...replacementsOf(read('P', '/a'), read('P', '/b')).keys()]).toEqual(['N']);
    expect([...replacementsOf(mapped('a'), mapped('b')).keys()]).toEqual(['N']);
  });

  test('another id of the parameter replaces nothing', () => {
    expect([...replacementsOf(read('P', '/a'), read('Q', '/a')).keys()]).toEqual([]);
  });
});

function templateOf(group: Properties, notebook: Properties): RecordedTemplate {
  return {
    ...EMPTY,
    Resources: {
      G: resource('AWS::EC2::SecurityGroup', group),
      N: resource('AWS::SageMaker::NotebookInstance', notebook),
    },
  };
}

function resource(Type: string, Properties: Properties) {
  return { Type, Path: Type, Properties };
}
