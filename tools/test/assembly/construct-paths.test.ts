import { ConstructPaths, nestedStackAt, withoutResource } from '../../src/assembly/construct-paths';

const logicalId = (data: unknown) => [{ type: 'aws:cdk:logicalId', data }];
const templateFile = (data: string) => [{ type: 'aws:cdk:templateFile', data }];
const PATHS = new ConstructPaths({
  '/Lab': templateFile('Lab.template.json'),
  '/Lab/Topic/Resource': logicalId('Topic1'),
  '/Lab/Nested': templateFile('Nested.template.json'),
  '/Lab/Nested/Topic/Resource': logicalId('Topic1'),
  '/Lab/Odd': logicalId(7),
});

test('a logical id that occurs in two stacks is the construct of the stack in question', () => {
  expect(PATHS.of('Lab', 'Topic1', {})).toBe('Lab/Topic/Resource');
  expect(PATHS.of('Lab/Nested', 'Topic1', {})).toBe('Lab/Nested/Topic/Resource');
});

test('what the template says of itself comes first', () => {
  expect(PATHS.of('Lab', 'Topic1', { 'aws:cdk:path': 'Lab/Other' })).toBe('Lab/Other');
});

test('what nothing tells of is found by its logical id', () => {
  expect(PATHS.of('Lab', 'Unknown', { 'aws:cdk:path': 7 })).toBe('Lab/Unknown');
});

test('the template of a stack is known, if the manifest names it', () => {
  expect([PATHS.templateOf('Lab/Nested'), PATHS.templateOf('Lab/Topic')]).toEqual(['Nested.template.json', undefined]);
});

test('the construct around a resource is what a reader knows', () => {
  expect(['Lab/Key/Resource', 'Lab/Vpc/Default', 'Lab/Resource/Key', 'Lab/MyResource'].map(withoutResource)).toEqual([
    'Lab/Key',
    'Lab/Vpc',
    'Lab/Resource/Key',
    'Lab/MyResource',
  ]);
});

test('a nested stack stands beside its resource', () => {
  expect(nestedStackAt('Lab/N.NestedStack/N.NestedStackResource')).toBe('Lab/N');
  expect(nestedStackAt('Lab/N.NestedStack/M.NestedStackResource')).toBe('Lab/N.NestedStack/M.NestedStackResource');
});
