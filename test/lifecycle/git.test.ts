import { App, Stack, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { bindGit, bindRepositories, GitCredential, GitOptions, gitInternetHosts } from '../../src/lifecycle/git';

const env = { account: '111111111111', region: 'eu-west-1' };

describe('git', () => {
  const stack = new Stack(new App(), 'Team', { env });
  const secret = new secretsmanager.Secret(stack, 'Secret');

  test('runs before the notebook opens, as root, and needs nothing for an identity', () => {
    expect(bindGit(stack, { userName: 'Team $(id)', userEmail: 'team@example.com' })).toEqual({
      name: 'git',
      user: 'root',
      phase: 'blocking',
      timeoutSeconds: 30,
      settings: { userName: 'Team $(id)', userEmail: 'team@example.com', credentials: [], codeCommitHosts: [] },
      statements: [],
      services: [],
    });
  });

  test('has no identity of its own unless one is given', () => {
    expect(bindGit(stack, {}).settings).toMatchObject({ userName: null, userEmail: null });
  });

  test('takes an identity that is known at deployment', () => {
    const userName = Token.asString({ Ref: 'Name' });

    expect(bindGit(stack, { userName }).settings.userName).toBe(userName);
  });

  test('reads the secrets of its hosts and no other', () => {
    const encryptionKey = new kms.Key(stack, 'Key');
    const own = new secretsmanager.Secret(stack, 'Own', { encryptionKey });

    const bound = bindGit(stack, {
      credentials: [
        { host: 'github.com', secret },
        { host: 'git.example.com:8443', secret: own },
      ],
    });

    expect(bound.settings.credentials).toEqual([
      { host: 'github.com', secret: secret.secretArn },
      { host: 'git.example.com:8443', secret: own.secretArn },
    ]);
    expect(bound.services).toEqual(['secretsmanager']);
    expect(bound.statements?.map(({ actions, resources }) => [actions, resources])).toEqual([
      [['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], [secret.secretArn]],
      [['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], [own.secretArn]],
      [['kms:Decrypt'], [encryptionKey.keyArn]],
    ]);
  });

  test('lets the role of the notebook into CodeCommit, unless a secret does', () => {
    const host = 'git-codecommit.eu-west-1.amazonaws.com';
    const repositories = ['a', 'b'].map((name) => ({ url: `https://${host}/v1/repos/${name}` }));

    expect(bindGit(stack, { repositories }).settings.codeCommitHosts).toEqual([host]);
    expect(bindGit(stack, { repositories, credentials: [{ host, secret }] }).settings.codeCommitHosts).toEqual([]);
  });

  test.each<[GitOptions, string]>([
    [{ userName: '' }, "'git.userName' must be one line of 1 to 255 characters without < and >, got: ''"],
    [{ userName: ' ' }, "'git.userName' must be one line of 1 to 255 characters without < and >, got: ' '"],
    [{ userName: 'a\nb' }, "'git.userName' must be one line of 1 to 255 characters without < and >, got: 'a\\nb'"],
    [{ userName: 'A <a@b>' }, "'git.userName' must be one line of 1 to 255 characters without < and >, got: A <a@b>"],
    [{ userEmail: 'team' }, "'git.userEmail' must be an e-mail address of at most 255 characters, got: team"],
    [{ userEmail: 'a b@c' }, "'git.userEmail' must be an e-mail address of at most 255 characters, got: a b@c"],
  ])('refuses the identity %j', (options, error) => {
    expect(() => bindGit(stack, options)).toThrow(`Team: ${error}`);
  });

  test.each([
    'https://github.com',
    'github.com/',
    'GitHub.com',
    '*.com',
    'a@b.com',
    '',
    'b.com\n',
    'b.com:x',
    '-b.com',
  ])('refuses the host %j', (host) => {
    expect(() => bindGit(stack, { credentials: [{ host, secret }] })).toThrow(
      "Team: 'git.credentials[0].host' must be a host in lower case, such as git.example.com, with a port if need be and nothing else of a URL, got: ",
    );
  });

  test('refuses a host twice, more than twenty, and one that is known only at deployment', () => {
    const withHosts = (...hosts: string[]) =>
      bindGit(stack, { credentials: hosts.map((host): GitCredential => ({ host, secret })) });

    expect(() => withHosts('a.com', 'a.com')).toThrow(
      "Team: 'git.credentials' must be a list without repetition, got: a.com",
    );
    expect(() => withHosts(...Array.from({ length: 21 }, (_, index) => `h${index}`))).toThrow(
      "Team: 'git.credentials' must be a list of 0 to 20, got: ",
    );
    expect(() => withHosts(Token.asString({ Ref: 'Host' }))).toThrow(
      "Team: 'git.credentials[0].host' must be known at synthesis, because notebooks get it in a file, got: a deploy-time value",
    );
  });
});

describe('repositories', () => {
  const stack = new Stack(new App(), 'Team', { env });
  const bind = (...repositories: GitOptions['repositories'] & object) => bindRepositories(stack, { repositories });

  test('are cloned in the background by the user, into folders named by their URLs', () => {
    expect(
      bind({ url: 'https://github.com/aws/tool.git' }, { url: 'https://g.it/a/', folder: 'work/a.b', branch: 'v1/x' }),
    ).toEqual({
      name: 'repositories',
      user: 'ec2-user',
      phase: 'background',
      timeoutSeconds: 3600,
      settings: {
        repositories: [
          { url: 'https://github.com/aws/tool.git', folder: 'tool', branch: null },
          { url: 'https://g.it/a/', folder: 'work/a.b', branch: 'v1/x' },
        ],
      },
      statements: [],
      services: [],
    });
  });

  test('of CodeCommit are pulled and pushed, these alone, through an endpoint', () => {
    const bound = bind(
      { url: 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/tool' },
      { url: 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/tool', folder: 'again' },
    );

    expect(bound.services).toEqual(['codecommit-git']);
    expect(bound.statements?.map(({ actions, resources }) => stack.resolve([actions, resources]))).toEqual([
      [
        ['codecommit:GitPull', 'codecommit:GitPush'],
        [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':codecommit:eu-west-1:111111111111:tool']] }],
      ],
    ]);
  });

  test('of CodeCommit in another region have no endpoint, and count as on the internet', () => {
    const repositories = [{ url: 'https://git-codecommit.us-east-1.amazonaws.com/v1/repos/tool' }];

    expect(bindRepositories(stack, { repositories }).services).toEqual([]);
    expect(gitInternetHosts(stack, { repositories })).toEqual(['git-codecommit.us-east-1.amazonaws.com']);
    const anywhere = new Stack(undefined, 'Anywhere');
    expect(gitInternetHosts(anywhere, { repositories })).toEqual([]);
    expect(bindRepositories(anywhere, { repositories }).services).toEqual(['codecommit-git']);
  });

  test('name the hosts that an isolated network does not reach, each once', () => {
    const urls = [
      'https://github.com/a/b',
      'https://github.com/a/c',
      'https://git.example.com:8443/d',
      'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/tool',
    ];

    expect(gitInternetHosts(stack, { repositories: urls.map((url) => ({ url })) })).toEqual([
      'github.com',
      'git.example.com:8443',
    ]);
    expect(gitInternetHosts(stack, {})).toEqual([]);
  });

  test.each([
    'http://github.com/a/b',
    'git@github.com:a/b.git',
    'ext::sh -c id',
    'file:///etc',
    '--upload-pack=id',
    'https://github.com/a b',
    'https://',
    `https://github.com/${'a'.repeat(1024)}`,
  ])('are not cloned from %s', (url) => {
    expect(() => bind({ url })).toThrow(
      "Team: 'git.repositories[0].url' must be an HTTPS URL (not SSH) of at most 1024 characters without user name or password; give those by 'credentials', got: ",
    );
  });

  test('never show the password of a refused URL', () => {
    expect(() => bind({ url: 'https://alice:hunter2@github.com/a/b' })).toThrow(
      /got: https:\/\/\*\*\*@github.com\/a\/b$/,
    );
  });

  test.each(['../a', 'a/../b', '/a', 'a//b', '.ml-infra', 'a/.git', '~/a', '-a', 'a\nb', '', 'a/', 'a\\b', '$(id)'])(
    'have no folder %j',
    (folder) => {
      expect(() => bind({ url: 'https://github.com/a/b', folder })).toThrow(
        "Team: 'git.repositories[0].folder' must be a folder below ~/SageMaker: letters, digits and ._+- in parts that begin with none of the marks but _, got: ",
      );
    },
  );

  test.each(['https://github.com', 'https://github.com/.git'])('need a folder where the URL %s names none', (url) => {
    expect(() => bind({ url })).toThrow("Team: 'git.repositories[0].folder' must be a folder below ~/SageMaker");
  });

  test.each(['-b', '', 'a..b', 'a b', 'a.lock', 'a~1', '/a', 'a/', '@{u}', 'a\n'])('have no branch %j', (branch) => {
    expect(() => bind({ url: 'https://github.com/a/b', branch })).toThrow(
      "Team: 'git.repositories[0].branch' must be the name of a branch or a tag, got: ",
    );
  });

  test('never share a folder, nor have one inside another', () => {
    const [one, two] = ['https://github.com/a/tool', 'https://github.com/b/tool.git'];

    expect(() => bind({ url: one }, { url: two })).toThrow(
      "Team: 'git.repositories' must be a list without repetition, got: tool",
    );
    expect(() => bind({ url: one, folder: 'a/b' }, { url: two, folder: 'a' })).toThrow(
      "Team: 'git.repositories' must be a list without a folder that is inside another, got: a/b",
    );
    expect(() => bind({ url: one, folder: 'ab' }, { url: two, folder: 'a' })).not.toThrow();
  });

  test('are at most twenty, known at synthesis, and of CodeCommit by their full URL', () => {
    const many = Array.from({ length: 21 }, (_, index) => ({ url: `https://github.com/a/r${index}` }));
    expect(() => bind(...many)).toThrow("Team: 'git.repositories' must be a list of 0 to 20, got: ");

    const known = 'must be known at synthesis, because notebooks get it in a file, got: a deploy-time value';
    const token = Token.asString({ Ref: 'X' });
    expect(() => bind({ url: token })).toThrow(`Team: 'git.repositories[0].url' ${known}`);
    expect(() => bind({ url: many[0].url, folder: token })).toThrow(`Team: 'git.repositories[0].folder' ${known}`);
    expect(() => bind({ url: many[0].url, branch: token })).toThrow(`Team: 'git.repositories[0].branch' ${known}`);

    const host = 'https://git-codecommit.eu-west-1.amazonaws.com';
    expect(() => bind({ url: `${host}/tool` })).toThrow(
      `Team: 'git.repositories[0].url' must be ${host}/v1/repos/<name> for a repository in CodeCommit, got: ${host}/tool`,
    );
  });
});
