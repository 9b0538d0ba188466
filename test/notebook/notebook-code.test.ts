import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { CodeSource, InternetAccess, MlNetwork, MlNotebook, MlSharedInfra } from '../../src';

const TYPE = 'AWS::SageMaker::NotebookInstance';
const url = (index: number) => `https://git.example.com/team/code-${index}.git`;

describe('the code repositories of a notebook', () => {
  let stack: Stack;
  beforeEach(() => {
    stack = new Stack(new App(), 'Team');
  });

  test.each([
    [0, undefined, undefined],
    [1, url(0), undefined],
    [2, url(0), [url(1)]],
    [4, url(0), [url(1), url(2), url(3)]],
  ])('that are %p open with the first and stand beside it with the rest', (count, first, rest) => {
    notebook(gitSources(count));

    template().hasResourceProperties(TYPE, {
      DefaultCodeRepository: first ?? Match.absent(),
      AdditionalCodeRepositories: rest ?? Match.absent(),
    });
  });

  test('fail when they are five', () => {
    expect(() => notebook(gitSources(5))).toThrow(
      /^Team\/alice: 'codeRepositories' must be a list of 0 to 4, got: \[.*code-4\.git"\]$/,
    );
  });

  test('fail when one is there twice', () => {
    expect(() => notebook([...gitSources(1), ...gitSources(1)])).toThrow(
      `Team/alice: 'codeRepositories' must be a list without repetition, got: ${url(0)}`,
    );
  });

  test('fail with the place in the list of a URL that is refused', () => {
    expect(() => notebook([...gitSources(1), CodeSource.git('http://git.example.com/x.git')])).toThrow(
      /^Team\/alice: 'codeRepositories\[1\]' must be an HTTPS URL .*, got: http:\/\/git\.example\.com\/x\.git$/,
    );
  });

  test('on a host that an isolated network cannot reach get a warning that names it', () => {
    notebook(gitSources(1));

    Annotations.fromStack(stack).hasWarning(
      '/Team/alice',
      Match.stringLikeRegexp('reaches git\\.example\\.com only if'),
    );
  });

  test.each([InternetAccess.NAT_GATEWAY, InternetAccess.NAT_INSTANCE])(
    'get no warning where the network reaches the internet by %s',
    (internetAccess) => {
      const network = new MlNetwork(stack, 'Network', { internetAccess });

      notebook(gitSources(1), network);

      Annotations.fromStack(stack).hasNoWarning('/Team/alice', Match.anyValue());
    },
  );

  test('with a secret bring the endpoint of Secrets Manager and the right to read that secret', () => {
    const secret = new secretsmanager.Secret(stack, 'Token');

    notebook([CodeSource.git(url(0), { secret })]);

    const [repository] = Object.keys(template().findResources('AWS::SageMaker::CodeRepository'));
    template().hasResourceProperties(TYPE, {
      DefaultCodeRepository: { 'Fn::GetAtt': [repository, 'CodeRepositoryName'] },
    });
    template().hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          {
            Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
            Effect: 'Allow',
            Resource: stack.resolve(secret.secretArn),
          },
        ],
      },
    });
    expect(endpoints()).toContainEqual(expect.stringMatching(/secretsmanager/));
  });

  test('in CodeCommit bring its endpoints and the right to pull and push, without a warning', () => {
    const repository = new codecommit.Repository(stack, 'Repository', { repositoryName: 'code' });

    notebook([CodeSource.codeCommit(repository)]);

    template().hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          {
            Action: ['codecommit:GetRepository', 'codecommit:GitPull', 'codecommit:GitPush'],
            Effect: 'Allow',
            Resource: stack.resolve(repository.repositoryArn),
          },
        ],
      },
    });
    expect(endpoints()).toEqual(
      expect.arrayContaining([expect.stringMatching(/codecommit"/), expect.stringMatching(/git-codecommit"/)]),
    );
    Annotations.fromStack(stack).hasNoWarning('/Team/alice', Match.anyValue());
  });

  test('share one policy and one SageMaker repository, however many notebooks clone them', () => {
    const secret = new secretsmanager.Secret(stack, 'Token');
    const shared = new MlSharedInfra(stack, 'Shared');
    const codeRepositories = [CodeSource.git(url(0), { secret })];

    for (const owner of ['alice', 'bob']) {
      new MlNotebook(stack, owner, { shared, owner, codeRepositories });
    }

    template().resourceCountIs('AWS::SageMaker::CodeRepository', 1);
    const policies = template().findResources('AWS::IAM::ManagedPolicy', {
      Properties: { PolicyDocument: { Statement: [{ Action: Match.arrayWith(['secretsmanager:GetSecretValue']) }] } },
    });
    expect(Object.keys(policies)).toHaveLength(1);
    const roles = template().findResources('AWS::IAM::Role', {
      Properties: { ManagedPolicyArns: Match.arrayWith([{ Ref: Object.keys(policies)[0] }]) },
    });
    expect(Object.keys(roles)).toHaveLength(2);
  });

  function notebook(codeRepositories: CodeSource[], network?: MlNetwork) {
    const shared = new MlSharedInfra(stack, 'Shared', { network });
    return new MlNotebook(stack, 'alice', { shared, codeRepositories });
  }

  function gitSources(count: number) {
    return Array.from({ length: count }, (_, index) => CodeSource.git(url(index)));
  }

  function endpoints(): string[] {
    const found = Object.values(template().findResources('AWS::EC2::VPCEndpoint'));
    return found.map(({ Properties }) => JSON.stringify(Properties.ServiceName));
  }

  function template() {
    return Template.fromStack(stack);
  }
});
