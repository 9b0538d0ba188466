import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { estimateOf } from '../../src/assembly/estimate-of';
import { readAssembly } from '../../src/assembly/read-assembly';
import { readStack } from '../../src/assembly/read-stack';
import { plantedFiles } from './planted';

const NESTED = 'AWS::CloudFormation::Stack';

function read(template: object, artifact: object = {}) {
  const folder = plantedFiles({ 'Lab.template.json': template });
  const properties = { templateFile: 'Lab.template.json', tags: { team: 'a', 'ml-owner': 'all' } };
  return readStack({ root: folder, paths: new Set() }, folder, 'Lab', {
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

/** Stacks `0`, `1` and so on, each of which nests the next so many times. */
function nestingStacks(depth: number, each: number) {
  const templates = [...Array(depth + 1).keys()].map((level) => {
    const ids = level < depth ? [...Array(each).keys()] : [];
    const Metadata = { 'aws:asset:path': `${level + 1}.json` };
    return [
      `${level}.json`,
      { Resources: Object.fromEntries(ids.map((id) => [`N${id}`, { Type: NESTED, Metadata }])) },
    ];
  });
  const folder = plantedFiles(Object.fromEntries(templates));
  return readStack({ root: folder, paths: new Set() }, folder, 'Lab', { properties: { templateFile: '0.json' } });
}

test('nested stacks are read in as many levels and as many times as can be deployed, and no more', () => {
  expect(nestingStacks(5, 2)).toHaveLength(63);
  expect(() => nestingStacks(20, 2)).toThrow(/must be one of at most 2500 nested stacks of an app, got: more$/);
  expect(nestingStacks(20, 1)).toHaveLength(21);
  expect(() => nestingStacks(21, 1)).toThrow(/21\.json' must be nested in at most 20 stacks, got: 21 around Lab/);
});

test.each(['Prod/Lab', 'Prod/Lab/One'])('a nested stack that claims the path %s of another is refused', (path) => {
  const folder = plantedFiles({ 'N.json': {} });
  const nested = (own: string) => ({
    Type: NESTED,
    Metadata: { 'aws:asset:path': 'N.json', 'aws:cdk:path': own },
  });
  writeTemplate(folder, { One: nested('Prod/Lab/One'), Two: nested(path) });

  expect(() => readLab(folder)).toThrow(/must be a template whose nested stack has a path of its own/);
});

test('a tag of a nested stack says what its parents pass for its parameters', () => {
  const tagged = (Ref: string) => ({ Type: 'A', Properties: { Tags: [{ Key: 'ml-base', Value: { Ref } }] } });
  const nested = (file: string, Parameters: object) => ({
    Type: NESTED,
    Properties: { Parameters },
    Metadata: { 'aws:asset:path': file },
  });
  const Inner = nested('Inner.json', { given: { Ref: 'base' }, two: 'b' });
  const folder = plantedFiles({
    'Outer.json': { Resources: { One: tagged('base'), Inner } },
    'Inner.json': { Resources: { One: tagged('given'), Two: tagged('two'), Own: tagged('missing') } },
  });
  writeTemplate(folder, { Own: tagged('Shared'), Outer: nested('Outer.json', { base: { Ref: 'Shared' } }) });

  const resources = readLab(folder).flatMap((stack) => stack.resources);
  expect(resources.map(({ tags, properties }) => [tags['ml-base'], properties.Tags])).toEqual(
    ['Shared', 'Shared', 'Shared', 'b', 'missing'].map((name) => {
      const known = name === 'b';
      return [known ? 'b' : `\${${name}}`, [{ Key: 'ml-base', Value: known ? 'b' : { Ref: name } }]];
    }),
  );
});

test('a loop of a template is a resource without a price', () => {
  const folder = plantedFiles({
    'manifest.json': {
      artifacts: { Lab: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Lab.template.json' } } },
    },
  });
  writeTemplate(folder, { 'Fn::ForEach::Topics': ['Name', ['A', 'B'], { '${Name}': { Type: 'AWS::SNS::Topic' } }] });

  expect(estimateOf(readAssembly(folder)).unpriced).toMatchObject([
    { constructPath: 'Lab/Fn::ForEach::Topics', reason: 'loops of templates are not unfolded' },
  ]);
});

test('a resource keeps its condition and the whole path of its construct', () => {
  const one = { Type: 'A', Condition: 'IsProd', Metadata: { 'aws:cdk:path': 'Prod/Lab/One/Resource' } };

  expect(read({ Resources: { One: one } })[0].resources).toMatchObject([
    { path: 'Prod/Lab/One', fullPath: 'Prod/Lab/One/Resource', condition: 'IsProd' },
  ]);
});

test('a path of more levels than a tree has is refused', () => {
  const at = (levels: number) => ({ One: { Metadata: { 'aws:cdk:path': Array(levels).fill('a').join('/') } } });

  expect(read({ Resources: at(1000) })[0].resources).toHaveLength(1);
  expect(() => read({ Resources: at(20_000) })).toThrow(/at most 1000 levels deep, got: 20000 levels$/);
});

function writeTemplate(folder: string, Resources: object): void {
  writeFileSync(join(folder, 'Lab.template.json'), JSON.stringify({ Resources }));
}

function readLab(folder: string) {
  const properties = { templateFile: 'Lab.template.json' };
  return readStack({ root: folder, paths: new Set() }, folder, 'Lab', { displayName: 'Prod/Lab', properties });
}
