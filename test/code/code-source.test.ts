import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { CodeSource } from '../../src/code';
import { warnOfUnreachableHost } from '../../src/code/code-source';

const URL_OF_REPOSITORY = 'https://github.com/aws/amazon-sagemaker-examples.git';

describe('CodeSource', () => {
  let stack: Stack;
  let notebook: Construct;
  beforeEach(() => {
    stack = new Stack(new App(), 'Stack');
    notebook = new Construct(stack, 'Notebook');
  });

  test('a repository without secret is cloned by its URL, and defines nothing', () => {
    const bound = bind(CodeSource.git(URL_OF_REPOSITORY));

    expect(bound).toEqual({
      repository: URL_OF_REPOSITORY,
      services: [],
      statements: [],
      internetHost: 'github.com',
    });
    expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
  });

  test.each(['https://git.example.com', 'https://git.example.com:8443/a/b.git', 'https://host/a?b=c', longUrl(1024)])(
    'accepts %s',
    (url) => {
      expect(bind(CodeSource.git(url)).repository).toBe(url);
    },
  );

  test.each([
    ['nothing', '', "''"],
    ['plain HTTP', 'http://github.com/a.git', 'http://github.com/a.git'],
    ['SSH', 'git@github.com:a/b.git', 'git@github.com:a/b.git'],
    ['no host', 'https://', 'https://'],
    ['no host but a path', 'https:///a', 'https:///a'],
    ['a user name', 'https://alice@github.com/a.git', 'https://***@github.com/a.git'],
    ['user name and password', 'https://alice:pw@github.com/a', 'https://***@github.com/a'],
    ['a user name behind a slash', 'https://a/b@github.com', 'https://a/b@github.com'],
    ['a space', 'https://github.com/a b', 'https://github.com/a b'],
    ['a newline', 'https://github.com/a\n', "'https://github.com/a\\n'"],
    ['NUL', 'https://github.com/a\0b', "'https://github.com/a\\u0000b'"],
    ['a word for a port', 'https://host:port/a', 'https://host:port/a'],
    ['a port that is too large', 'https://host:99999/a', 'https://host:99999/a'],
    ['half an address', 'https://[::1/a', 'https://[::1/a'],
    ['1025 characters', longUrl(1025), longUrl(1025)],
  ])('fails for a URL with %s, and shows it', (_what, url, shown) => {
    const source = CodeSource.git(url);

    expect(() => bind(source)).toThrow(
      new Error(
        `Stack/Notebook: 'codeRepositories[0]' must be an HTTPS URL of at most 1024 characters without user name or password; give those by a secret, got: ${shown}`,
      ),
    );
  });

  test('accepts a URL that is known only at deployment, of whose host it cannot tell', () => {
    const url = new CfnParameter(stack, 'Url').valueAsString;

    const bound = bind(CodeSource.git(url));

    expect(bound.repository).toBe(url);
    expect(bound.internetHost).toBeUndefined();
  });

  test('a secret is tied to its URL by one resource per stack, however many notebooks clone it', () => {
    const secret = new secretsmanager.Secret(stack, 'Secret');

    const names = ['One', 'Other'].map(
      (id) => CodeSource.git(URL_OF_REPOSITORY, { secret })._bind(new Construct(stack, id), 'code').repository,
    );

    const template = Template.fromStack(stack);
    expect(names[0]).toBe(names[1]);
    template.resourceCountIs('AWS::SageMaker::CodeRepository', 1);
    template.hasResourceProperties('AWS::SageMaker::CodeRepository', {
      GitConfig: { RepositoryUrl: URL_OF_REPOSITORY, SecretArn: stack.resolve(secret.secretArn) },
      CodeRepositoryName: Match.absent(),
    });
  });

  test('two URLs, and two secrets for one URL, are tied apart', () => {
    const [one, other] = ['A', 'B'].map((id) => new secretsmanager.Secret(stack, id));

    bind(CodeSource.git(URL_OF_REPOSITORY, { secret: one }));
    bind(CodeSource.git(URL_OF_REPOSITORY, { secret: other }));
    bind(CodeSource.git('https://github.com/a.git', { secret: one }));

    Template.fromStack(stack).resourceCountIs('AWS::SageMaker::CodeRepository', 3);
  });

  test('the id of that resource does not depend on what else the app has', () => {
    const idAfter = (others: number) => {
      stack = new Stack(new App(), 'Stack');
      const url = new CfnParameter(stack, 'Url').valueAsString;
      Array.from({ length: others }, (_, index) => new CfnParameter(stack, `P${index}`).valueAsString);
      const secret = new secretsmanager.Secret(stack, 'Secret');
      CodeSource.git(url, { secret })._bind(stack, 'code');
      return Object.keys(Template.fromStack(stack).findResources('AWS::SageMaker::CodeRepository'));
    };

    expect(idAfter(3)).toEqual(idAfter(0));
  });

  test('a secret takes the right to read that one secret, and its service', () => {
    const secret = new secretsmanager.Secret(stack, 'Secret');

    const { statements, services } = bind(CodeSource.git(URL_OF_REPOSITORY, { secret }));

    expect(services).toEqual(['secretsmanager']);
    expect(statements.map((statement) => stack.resolve(statement.toStatementJson()))).toEqual([
      {
        Effect: 'Allow',
        Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
        Resource: stack.resolve(secret.secretArn),
      },
    ]);
  });

  test('a secret with a key takes the right to decrypt with it', () => {
    const encryptionKey = new kms.Key(stack, 'Key');
    const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey });

    const { statements } = bind(CodeSource.git(URL_OF_REPOSITORY, { secret }));

    expect(statements.map(({ actions }) => actions)).toContainEqual(['kms:Decrypt']);
    expect(statements.flatMap(({ resources }) => resources)).toContain(encryptionKey.keyArn);
  });

  test('a secret that is known by name is matched with the six characters that AWS appends, no more', () => {
    const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'git');

    const [{ resources }] = bind(CodeSource.git(URL_OF_REPOSITORY, { secret })).statements;

    expect(JSON.stringify(stack.resolve(resources))).toMatch(/:secret:git-\?{6}"/);
  });

  test('a repository in CodeCommit may be pulled and pushed, through its two services', () => {
    const repository = new codecommit.Repository(stack, 'Code', { repositoryName: 'code' });

    const bound = bind(CodeSource.codeCommit(repository));

    expect(bound).toMatchObject({
      repository: repository.repositoryCloneUrlHttp,
      services: ['codecommit', 'codecommit-git'],
    });
    expect(bound.internetHost).toBeUndefined();
    expect(bound.statements.map((statement) => stack.resolve(statement.toStatementJson()))).toEqual([
      {
        Effect: 'Allow',
        Action: ['codecommit:GetRepository', 'codecommit:GitPull', 'codecommit:GitPush'],
        Resource: stack.resolve(repository.repositoryArn),
      },
    ]);
  });

  test('a host that may be out of reach is named in a warning, with the ways out', () => {
    warnOfUnreachableHost(notebook, 'github.com');

    Annotations.fromStack(stack).hasWarning(
      '/Stack/Notebook',
      Match.stringLikeRegexp("reaches github.com only if it is inside the VPC.*CodeCommit.*'internetAccess'"),
    );
  });

  function bind(source: CodeSource) {
    return source._bind(notebook, 'codeRepositories[0]');
  }

  function longUrl(length: number): string {
    return 'https://github.com/'.padEnd(length, 'a');
  }
});
