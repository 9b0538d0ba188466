import { apiBreaks } from './api-breaks';

/** The API of a library without dependencies: a construct-like class, its props and an enum. */
const API = {
  schema: 'jsii/0.10.0',
  name: 'planted',
  version: '0.1.0',
  jsiiVersion: '6.0.0',
  fingerprint: '*',
  license: 'Apache-2.0',
  author: { name: 'a', roles: ['author'] },
  description: 'd',
  homepage: 'h',
  repository: { type: 'git', url: 'u' },
  docs: { stability: 'experimental' },
  types: {
    'planted.Props': {
      assembly: 'planted',
      fqn: 'planted.Props',
      name: 'Props',
      kind: 'interface',
      datatype: true,
      docs: { stability: 'experimental' },
      properties: [property('size', 'number', true), property('owner', 'string', true)],
    },
    'planted.Thing': {
      assembly: 'planted',
      fqn: 'planted.Thing',
      name: 'Thing',
      kind: 'class',
      docs: { stability: 'experimental' },
      initializer: { parameters: [{ name: 'props', type: { fqn: 'planted.Props' } }] },
      methods: [{ name: 'open', docs: { stability: 'experimental' } }],
    },
  },
};

test('an API that stays as it is breaks nothing', async () => {
  expect(await apiBreaks([{ version: '0.1.0', assembly: API }], API)).toEqual([]);
});

test('an API that grows breaks nothing', async () => {
  expect(await found(withProps([...properties(), property('more', 'string', true)]))).toEqual([]);
});

test.each<[string, object, string]>([
  ['removes a prop', withProps(properties().slice(1)), 'removed:planted.Props.size'],
  [
    'makes a prop required',
    withProps([property('size', 'number'), properties()[1]]),
    'strengthened:planted.Props.size',
  ],
  [
    'adds a prop that is required',
    withProps([...properties(), property('new', 'string')]),
    'strengthened:planted.Props.new',
  ],
  [
    'takes another type',
    withProps([property('size', 'string', true), properties()[1]]),
    'strengthened:planted.Props.size',
  ],
  ['removes a method', withThing({ methods: [] }), 'removed:planted.Thing.open'],
  ['removes a class', { ...API, types: { 'planted.Props': API.types['planted.Props'] } }, 'removed:planted.Thing'],
])('an API that %s breaks code of an earlier release', async (_, today, key) => {
  expect(await found(today)).toContainEqual(
    expect.objectContaining({ verb: 'breaks', what: 'API', name: key, place: { release: '0.1.0' } }),
  );
});

test('what jsii-diff does not look at breaks code, too', async () => {
  const protectedly = withThing({ initializer: { ...API.types['planted.Thing'].initializer, protected: true } });

  expect(await found(protectedly)).toContainEqual(
    expect.objectContaining({
      verb: 'breaks',
      what: 'API',
      name: 'planted.Thing.constructor',
      place: { release: '0.1.0' },
    }),
  );
});

test('each release is compared for itself', async () => {
  const older = withProps(properties().slice(1));
  const releases = [
    { version: '0.1.0', assembly: older },
    { version: '0.2.0', assembly: API },
  ];

  const breaks = await apiBreaks(releases, older);

  expect(new Set(breaks.map(({ place }) => place?.release))).toEqual(new Set(['0.2.0']));
});

function found(today: object) {
  return apiBreaks([{ version: '0.1.0', assembly: API }], today);
}

function withProps(changed: object[]): object {
  const { 'planted.Props': props, ...types } = API.types;
  return { ...API, types: { ...types, 'planted.Props': { ...props, properties: changed } } };
}

function withThing(changed: object): object {
  const { 'planted.Thing': thing, ...types } = API.types;
  return { ...API, types: { ...types, 'planted.Thing': { ...thing, ...changed } } };
}

function properties(): object[] {
  return API.types['planted.Props'].properties;
}

function property(name: string, primitive: string, optional?: boolean): object {
  return {
    name,
    type: { primitive },
    immutable: true,
    abstract: true,
    docs: { stability: 'experimental' },
    ...(optional && { optional }),
  };
}
