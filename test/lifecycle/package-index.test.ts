import { App, Lazy, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { bindPackageIndex, CodeArtifactIndexOptions, PackageIndex } from '../../src/lifecycle/package-index';

const INDEX = 'https://pypi.example.com/simple';
const RUNS = { name: 'package_index', user: 'root', phase: 'blocking', timeoutSeconds: 60 };
const RULE = 'an HTTPS URL without user name, password, query and fragment';

describe('PackageIndex', () => {
  let stack: Stack;
  let lifecycle: Construct;
  beforeEach(() => {
    stack = new Stack(new App(), 'Stack', { env: { account: '123456789012', region: 'eu-west-1' } });
    lifecycle = new Construct(stack, 'Lifecycle');
  });

  describe('url', () => {
    test('is set before the notebook opens, and needs no rights', () => {
      expect(bind(PackageIndex.url(INDEX))).toEqual({
        ...RUNS,
        settings: { kind: 'url', url: INDEX, secret: null, condaChannels: [] },
        statements: [],
        services: [],
      });
    });

    test('with a secret lets notebooks read that secret, and decrypt it', () => {
      const encryptionKey = new kms.Key(stack, 'Key');
      const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey });

      const { settings, statements, services } = bind(PackageIndex.url(INDEX, { secret }));

      expect(settings.secret).toBe(secret.secretArn);
      expect(services).toEqual(['secretsmanager']);
      expect(statements?.map((statement) => stack.resolve(statement.toJSON()))).toEqual([
        {
          Effect: 'Allow',
          Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
          Resource: stack.resolve(secret.secretArn),
        },
        { Effect: 'Allow', Action: 'kms:Decrypt', Resource: stack.resolve(encryptionKey.keyArn) },
      ]);
    });

    test('passes on channels of conda', () => {
      const condaChannels = ['conda-forge', 'https://conda.example.com/a~b/c%20d'];

      expect(bind(PackageIndex.url(INDEX, { condaChannels })).settings.condaChannels).toEqual(condaChannels);
    });

    test('may be known only at deployment', () => {
      const url = Lazy.string({ produce: () => INDEX });

      expect(bind(PackageIndex.url(url)).settings.url).toBe(url);
    });

    test.each([
      ['nothing', '', "''"],
      ['plain HTTP', 'http://pypi.example.com', 'http://pypi.example.com'],
      ['a password', 'https://alice:pw@pypi.example.com', 'https://***@pypi.example.com'],
      ['a query', `${INDEX}?a=b`, `${INDEX}?a=b`],
      ['a fragment', `${INDEX}#a`, `${INDEX}#a`],
      ['a newline', `${INDEX}\n`, `'${INDEX}\\n'`],
      ['a command', 'https://$(id)/simple', 'https://$(id)/simple'],
      ['a port that is too large', 'https://host:99999/', 'https://host:99999/'],
      ['513 characters', `https://host/${'a'.repeat(500)}`, `https://host/${'a'.repeat(500)}`],
    ])('fails for %s, and shows it without its password', (_what, url, shown) => {
      expect(() => bind(PackageIndex.url(url))).toThrow(
        new Error(`Stack/Lifecycle: 'packageIndex' must be ${RULE}, got: ${shown}`),
      );
    });

    test.each(['defaults', '', 'Conda Forge', 'http://conda.example.com', 'https://a:b@c', '-c', '../x'])(
      'fails for the channel %p',
      (channel) => {
        expect(() => bind(PackageIndex.url(INDEX, { condaChannels: ['conda-forge', channel] }))).toThrow(
          "Stack/Lifecycle: 'packageIndex.condaChannels[1]' must be an HTTPS URL without credentials, or the name of a channel other than 'defaults', got: ",
        );
      },
    );

    test('fails for a channel that is known only at deployment, and for too many', () => {
      const later = Lazy.string({ produce: () => 'conda-forge' });
      const many = Array.from({ length: 21 }, (_, index) => `channel-${index}`);

      expect(() => bind(PackageIndex.url(INDEX, { condaChannels: [later] }))).toThrow(
        "'packageIndex.condaChannels[0]' must be known at synthesis",
      );
      expect(() => bind(PackageIndex.url(INDEX, { condaChannels: many }))).toThrow('must be a list of 0 to 20');
    });
  });

  describe('codeArtifact', () => {
    test('lets notebooks read that repository, by tokens of its domain, over two endpoints', () => {
      const { settings, statements, services, ...feature } = bind(repository());

      expect(feature).toEqual(RUNS);
      expect(settings).toEqual({
        kind: 'codeArtifact',
        domain: 'team',
        repository: 'Python.3',
        domainOwner: null,
        region: null,
        condaChannels: [],
      });
      expect(services).toEqual(['codeartifact-api', 'codeartifact-repositories']);
      const arn = (resource: string) =>
        stack.resolve(`arn:${stack.partition}:codeartifact:eu-west-1:123456789012:${resource}`);
      expect(statements?.map((statement) => stack.resolve(statement.toJSON()))).toEqual([
        { Effect: 'Allow', Action: 'codeartifact:GetAuthorizationToken', Resource: arn('domain/team') },
        {
          Effect: 'Allow',
          Action: ['codeartifact:GetRepositoryEndpoint', 'codeartifact:ReadFromRepository'],
          Resource: arn('repository/team/Python.3'),
        },
        {
          Effect: 'Allow',
          Action: 'sts:GetServiceBearerToken',
          Resource: '*',
          Condition: { StringEquals: { 'sts:AWSServiceName': 'codeartifact.amazonaws.com' } },
        },
      ]);
    });

    test('may be of another account', () => {
      const { settings, statements, services } = bind(repository({ domainOwner: '999999999999' }));

      expect(settings.domainOwner).toBe('999999999999');
      expect(services).toHaveLength(2);
      const resources = statements?.slice(0, 2).flatMap((statement) => statement.resources);
      expect(resources?.every((arn) => arn.includes(':codeartifact:eu-west-1:999999999999:'))).toBe(true);
    });

    test('of another Region takes no endpoints, which would not reach it', () => {
      const { settings, statements, services } = bind(repository({ region: 'us-gov-east-1' }));

      expect([settings.region, services]).toEqual(['us-gov-east-1', []]);
      expect(statements?.[0].resources[0]).toContain(':codeartifact:us-gov-east-1:123456789012:domain/team');
      expect(bind(repository({ region: 'eu-west-1' })).services).toHaveLength(2);
    });

    test('of any Region takes endpoints in a stack whose Region is not known', () => {
      lifecycle = new Construct(new Stack(new App(), 'Anywhere'), 'Lifecycle');

      expect(bind(repository({ region: 'eu-west-1' })).services).toHaveLength(2);
    });

    test('may be known only at deployment', () => {
      const domain = Lazy.string({ produce: () => 'team' });

      expect(bind(repository({ domain })).settings.domain).toBe(domain);
    });

    test.each([
      ['domain', 'a', '2 to 50 characters of a-z 0-9 - that begin with a letter and do not end with -'],
      ['domain', 'Team', '2 to 50 characters of a-z 0-9 - that begin with a letter and do not end with -'],
      ['domain', 'team-', '2 to 50 characters of a-z 0-9 - that begin with a letter and do not end with -'],
      ['domain', 'a'.repeat(51), '2 to 50 characters of a-z 0-9 - that begin with a letter and do not end with -'],
      ['repository', 'a', '2 to 100 characters of A-Z a-z 0-9 . _ - that begin with a letter or digit'],
      ['repository', '-a', '2 to 100 characters of A-Z a-z 0-9 . _ - that begin with a letter or digit'],
      ['repository', 'a/b', '2 to 100 characters of A-Z a-z 0-9 . _ - that begin with a letter or digit'],
      ['repository', 'a'.repeat(101), '2 to 100 characters of A-Z a-z 0-9 . _ - that begin with a letter or digit'],
      ['domainOwner', '12345', '12 digits'],
      ['region', 'Ireland', 'a Region'],
    ])('fails when %s is %s', (prop, value, rule) => {
      expect(() => bind(repository({ [prop]: value }))).toThrow(
        new Error(`Stack/Lifecycle: 'packageIndex.${prop}' must be ${rule}, got: ${value}`),
      );
    });

    test('fails for a channel of conda that is none', () => {
      expect(() => bind(repository({ condaChannels: ['defaults'] }))).toThrow(
        "'packageIndex.condaChannels[0]' must be",
      );
    });
  });

  function repository(options: Partial<CodeArtifactIndexOptions> = {}) {
    return PackageIndex.codeArtifact({ domain: 'team', repository: 'Python.3', ...options });
  }

  function bind(index: PackageIndex) {
    return bindPackageIndex(lifecycle, index);
  }
});
