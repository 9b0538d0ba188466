import { readStack } from '../../src/assembly/read-stack';
import { plantedFiles } from './planted';

const NESTED = 'AWS::CloudFormation::Stack';

function read(template: object, artifact: object = {}) {
  const folder = plantedFiles({ 'Lab.template.json': template });
  const properties = { templateFile: 'Lab.template.json', tags: { team: 'a', 'ml-owner': 'all' } };
  return readStack(folder, 'Lab', {
    displayName: 'Prod/Lab',
    environment: 'aws://1/eu-west-1',
    properties,
    ...artifact,
  });
}

test('tags of the stack are those of each resource that does not have its own, in either form', () => {
  const [{ resources }] = read({
    Resources: {
      List: { Type: 'A', Properties: { Tags: [{ Key: 'ml-owner', Value: { Ref: 'Who' } }, { Value: 'no key' }] } },
      Map: { Type: 'B', Properties: { Tags: { 'ml-owner': 'ada' } } },
    },
  });

  expect(resources.map(({ tags }) => tags)).toEqual([
    { team: 'a', 'ml-owner': '${Who}' },
    { team: 'a', 'ml-owner': 'ada' },
  ]);
});

test('a resource without a type or properties is kept', () => {
  expect(read({ Resources: { One: {} } })[0].resources).toMatchObject([{ type: 'unknown', properties: {} }]);
});

test('a stack without resources has none', () => {
  expect(read({})[0].resources).toEqual([]);
});

test.each(['aws://unknown-account/unknown-region', undefined, 'aws://'])(
  'the environment %s tells nothing',
  (environment) => {
    const [{ account, region }] = read({}, { environment });

    expect([account, region]).toEqual([undefined, undefined]);
  },
);

test('a template whose resources are no objects is refused', () => {
  expect(() => read({ Resources: { One: 7 } })).toThrow(
    /Lab\.template\.json' must be a template whose resources are objects, got: 7 as One$/,
  );
});

test('a nested stack whose template is elsewhere stays a resource', () => {
  const Resources = { Nested: { Type: NESTED, Properties: { TemplateURL: 'https://example.org/a.json' } } };

  expect(read({ Resources })).toMatchObject([{ resources: [{ type: NESTED, path: 'Prod/Lab/Nested' }] }]);
});

test('a nested stack that contains itself is refused, not read for ever', () => {
  const Metadata = { 'aws:asset:path': 'Lab.template.json' };

  expect(() => read({ Resources: { Nested: { Type: NESTED, Metadata } } })).toThrow(
    /must be a template that is not nested in itself/,
  );
});
