import { App, Stack, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Acknowledged, acknowledged, acknowledgedWithPrefix } from '../../src/compliance/acknowledgements';

describe('an acknowledgement', () => {
  let app: App;
  let stack: Stack;
  let thing: Construct;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Stack');
    thing = new Construct(stack, 'Thing');
  });

  test.each<[string, string, Acknowledged]>([
    ['the bare id', 'thing-key', Acknowledged.BARE],
    ['the id with the prefix', 'Pack::thing-key', Acknowledged.PREFIXED],
    ['the prefix of another pack', 'Other::thing-key', Acknowledged.NOT],
    ['the id of another rule', 'thing-key-2', Acknowledged.NOT],
  ])('by %s', (_, id, expected) => {
    Validations.of(thing).acknowledge({ id, reason: 'tested' });

    expect(acknowledged(thing, 'Pack', 'thing-key')).toBe(expected);
  });

  test('holds below the construct, and neither above nor beside it', () => {
    Validations.of(thing).acknowledge({ id: 'thing-key', reason: 'tested' });

    const places = [stack, new Construct(stack, 'Beside'), new Construct(thing, 'Below')];

    expect(places.map((place) => acknowledged(place, 'Pack', 'thing-key'))).toEqual(['not', 'not', 'bare']);
  });

  test('is read as cores before 2.262.1 wrote it', () => {
    const key = Validations.ACKNOWLEDGED_RULES_METADATA_KEY;
    thing.node.addMetadata(key, { 'annotation::thing-key': 'tested' });

    expect(acknowledged(thing, 'Pack', 'thing-key')).toBe(Acknowledged.BARE);
  });

  test('with the prefix is found in the whole app', () => {
    Validations.of(thing).acknowledge({ id: 'Pack::thing-key', reason: 'tested' });
    Validations.of(stack).acknowledge({ id: 'thing-color', reason: 'tested' });

    expect([...acknowledgedWithPrefix(app, 'Pack')]).toEqual(['thing-key']);
  });
});
