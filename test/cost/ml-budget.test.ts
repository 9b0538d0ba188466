import { App, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { MlBudget, MlBudgetProps, MlCostEstimate, MlCostLimit, MlNotebook, MlSharedInfra } from '../../src';
import { factsBelow } from '../../src/private/facts';

const FRANKFURT = { account: '111111111111', region: 'eu-central-1' };
const MAIL = { emails: ['ml-team@example.com'] };
const TYPE = 'AWS::Budgets::Budget';

describe('MlBudget', () => {
  let app: App;
  let stack: Stack;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Team', { env: FRANKFURT });
  });

  test('is the estimate and a fifth, for what carries the tag of the base', () => {
    base();
    foreignNotebook(stack);
    const { byBase } = MlCostEstimate.of(stack);
    budget();

    expect(written()).toEqual({
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Unit: 'USD', Amount: upToTheCent(byBase.vision * 1.2) },
      CostFilters: { TagKeyValue: ['user:ml-base$vision'] },
    });
    expect(byBase.none).toBe(42.34);
  });

  test('counts what is defined after it', () => {
    budget();
    const shared = base();
    new MlNotebook(stack, 'alice', { shared, owner: 'alice' });

    expect(amount()).toBe(upToTheCent(MlCostEstimate.of(stack).monthlyTotal * 1.2));
  });

  test('watches all bases together, each once', () => {
    base('vision', 'Vision');
    base('speech', 'Speech');
    budget();

    expect(written().CostFilters.TagKeyValue).toEqual(['user:ml-base$speech', 'user:ml-base$vision']);
  });

  test('watches the base that a stack of notebooks stands on', () => {
    const shared = base();
    const other = new Stack(app, 'Other', { env: FRANKFURT });
    new MlNotebook(other, 'alice', { shared, owner: 'alice' });
    new MlBudget(other, 'Budget', MAIL);

    expect(written(other)).toMatchObject({
      BudgetLimit: { Amount: 50.81 },
      CostFilters: { TagKeyValue: ['user:ml-base$vision'] },
    });
  });

  test('covers an app if told to', () => {
    const shared = base();
    new MlNotebook(new Stack(app, 'Other', { env: FRANKFURT }), 'alice', { shared, owner: 'alice' });
    budget({ covers: app, marginPercent: 0 });

    expect(amount()).toBe(MlCostEstimate.of(app).monthlyTotal);
  });

  test('watches a base of another app, whose tag only the deployment knows', () => {
    const shared = MlSharedInfra.fromPublished(stack, 'Read', 'vision');
    new MlNotebook(stack, 'alice', { shared, owner: 'alice' });
    budget();

    expect(written()).toMatchObject({
      BudgetLimit: { Amount: 50.81 },
      CostFilters: { TagKeyValue: [stack.resolve(`user:ml-base$${shared.baseName}`)] },
    });
  });

  test('watches the whole account if told to, and counts what carries no tag', () => {
    foreignNotebook(stack);
    budget({ wholeAccount: true, marginPercent: 0 });

    expect(written()).toEqual({
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Unit: 'USD', Amount: 42.34 },
    });
  });

  test('takes an amount as it is', () => {
    base();
    budget({ monthlyUsd: 300.5 });

    expect(amount()).toBe(300.5);
  });

  test.each([
    [0, 42.34],
    [7.5, 45.52],
    [1000, 465.74],
  ])('adds %p percent, up to the next cent', (marginPercent, expected) => {
    foreignNotebook(stack);
    budget({ wholeAccount: true, marginPercent });

    expect(amount()).toBe(expected);
  });

  test('tells at 80 and 100 percent spent, and at 100 forecast, unless asked otherwise', () => {
    base();
    budget();

    expect(notifications()).toEqual(['ACTUAL 80', 'ACTUAL 100', 'FORECASTED 100']);
    expect(resource().NotificationsWithSubscribers[0]).toEqual({
      Notification: {
        NotificationType: 'ACTUAL',
        ComparisonOperator: 'GREATER_THAN',
        ThresholdType: 'PERCENTAGE',
        Threshold: 80,
      },
      Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'ml-team@example.com' }],
    });
  });

  test('tells when it is asked to', () => {
    base();
    budget({ alertAtPercent: [50], forecastAtPercent: [] });

    expect(notifications()).toEqual(['ACTUAL 50']);
  });

  test('tells a topic, after AWS may publish to it', () => {
    base();
    const topic = new sns.Topic(stack, 'Topic');
    budget({ topic });

    const policy = stack.getLogicalId(topic.node.findChild('Policy').node.defaultChild as sns.CfnTopicPolicy);
    expect(resource().NotificationsWithSubscribers[2].Subscribers).toEqual([
      { SubscriptionType: 'EMAIL', Address: 'ml-team@example.com' },
      { SubscriptionType: 'SNS', Address: stack.resolve(topic.topicArn) },
    ]);
    expect(Object.values(Template.fromStack(stack).findResources(TYPE))[0].DependsOn).toContain(policy);
    Template.fromStack(stack).hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: { Statement: [Match.objectLike({ Principal: { Service: 'budgets.amazonaws.com' } })] },
    });
  });

  test('says its amount when the app is synthesized', () => {
    foreignNotebook(stack);
    budget({ wholeAccount: true });
    new MlBudget(stack, 'Fixed', { ...MAIL, wholeAccount: true, monthlyUsd: 10 });

    app.synth();

    const found = Annotations.fromStack(stack);
    const said = (text: string) => Match.stringLikeRegexp(`^The budget is ${text}`);
    found.hasInfo('/Team/Budget', said('50\\.81 USD a month, the estimate with 20 % on top\\.'));
    found.hasInfo('/Team/Fixed', said('10\\.00 USD a month\\.'));
    found.hasNoWarning('*', Match.anyValue());
  });

  test.each<[string, Partial<MlBudgetProps>, boolean]>([
    ['warns of a machine that has no price', { wholeAccount: true }, true],
    ['does not care for it with an amount that is stated', { wholeAccount: true, monthlyUsd: 100 }, false],
    ['does not care for it without a base to watch it by', {}, false],
  ])('%s', (_, props, warns) => {
    base();
    foreignNotebook(stack, 'ml.new1.large');
    budget(props);

    app.synth();

    const warning = Match.stringLikeRegexp(
      "the amount leaves out machines whose price is not known; state 'monthlyUsd', .*: Team/foreign \\(no price of ml.new1.large .*\\) \\[ack: cdk-ml-infra:unpricedMachines\\]$",
    );
    expect(Annotations.fromStack(stack).findWarning('/Team/Budget', warning)).toHaveLength(warns ? 1 : 0);
  });

  test.each<[string, Partial<MlBudgetProps>, boolean]>([
    ['warns that it assumes a region', {}, true],
    ['is content with a region that is stated', { region: 'eu-central-1' }, false],
    ['is content with an amount that is stated', { monthlyUsd: 100 }, false],
  ])('%s where only the deployment knows it', (_, props, warns) => {
    const agnostic = new Stack(app, 'Agnostic');
    foreignNotebook(agnostic);
    new MlBudget(agnostic, 'Budget', { ...MAIL, wholeAccount: true, ...props });

    app.synth();

    const warning = Match.stringLikeRegexp('the amount follows from prices of us-east-1');
    expect(Annotations.fromStack(agnostic).findWarning('/Agnostic/Budget', warning)).toHaveLength(warns ? 1 : 0);
  });

  test('fails synthesis where there is no tag to watch, or nothing to count', () => {
    foreignNotebook(stack);
    budget();
    expect(() => app.synth()).toThrow(
      "Team/Budget: 'wholeAccount' must be true, because nothing in Team stands on a base whose tag could be watched, got: undefined",
    );

    app = new App();
    stack = new Stack(app, 'Team', { env: FRANKFURT });
    budget({ wholeAccount: true });
    expect(() => app.synth()).toThrow(
      "Team/Budget: 'monthlyUsd' must be stated, because no known cost of Team is watched, got: undefined",
    );
  });

  test('is in no estimate and no limit, its own among them', () => {
    base();
    const before = MlCostEstimate.of(stack);
    budget();
    new MlCostLimit(stack, 'Limit', { monthlyUsd: before.monthlyTotal });

    expect(() => app.synth()).not.toThrow();
    expect(MlCostEstimate.of(stack).items).toEqual(before.items);
    expect(MlCostEstimate.of(stack).unpriced).toEqual(before.unpriced);
  });

  const deployTime = Token.asNumber({ Ref: 'Number' });
  test.each<[string, object, string]>([
    ['no reader', { emails: undefined }, "'emails' must be given where 'topic' is not, .*, got: undefined"],
    ['an empty list of readers', { emails: [] }, "'emails' must be given where 'topic' is not, .*, got: \\[\\]"],
    [
      '11 addresses',
      { emails: Array.from({ length: 11 }, (_, n) => `${n}@example.com`) },
      "'emails' must be a list of 1 to 10",
    ],
    ['an address twice', { emails: ['a@b.c', 'a@b.c'] }, "'emails' must be a list without repetition, got: a@b.c"],
    ['what is no address', { emails: ['ml-team'] }, "'emails' must be mail addresses such as .*, got: ml-team"],
    ['an address with a break', { emails: ['a@b.c\n'] }, "'emails' must be mail addresses such as"],
    ['an amount of 0', { monthlyUsd: 0 }, "'monthlyUsd' must be an amount in USD that is more than 0, got: 0"],
    ['no number', { monthlyUsd: Number.NaN }, "'monthlyUsd' must be an amount in USD that is more than 0, got: NaN"],
    ['a deploy-time amount', { monthlyUsd: deployTime }, "'monthlyUsd' must be known at synthesis"],
    ['a margin below 0', { marginPercent: -1 }, "'marginPercent' must be a percentage from 0 to 1000, got: -1"],
    ['no margin', { marginPercent: Number.NaN }, "'marginPercent' must be a percentage from 0 to 1000, got: NaN"],
    ['a deploy-time margin', { marginPercent: deployTime }, "'marginPercent' must be known at synthesis"],
    [
      'a margin on an amount',
      { monthlyUsd: 1, marginPercent: 5 },
      "'marginPercent' must be left out where 'monthlyUsd' is given",
    ],
    ['0 percent', { alertAtPercent: [0] }, "'alertAtPercent' must be a whole number from 1 to 1000, got: 0"],
    ['half a percent', { forecastAtPercent: [99.5] }, "'forecastAtPercent' must be a whole number from 1 to 1000"],
    ['a deploy-time percent', { alertAtPercent: [deployTime] }, "'alertAtPercent' must be known at synthesis"],
    ['a percent twice', { alertAtPercent: [80, 80] }, "'alertAtPercent' must be a list without repetition, got: 80"],
    [
      'six alerts',
      { alertAtPercent: [1, 2, 3, 4, 5] },
      "'alertAtPercent' must be 1 to 5 percents together with .*, got: 6 of them",
    ],
    [
      'no alert',
      { alertAtPercent: [], forecastAtPercent: [] },
      "'alertAtPercent' must be 1 to 5 percents .*, got: 0 of them",
    ],
    ['a region of no form', { region: 'Frankfurt' }, "'region' must be a region such as eu-central-1, got: Frankfurt"],
    ['what is no construct', { covers: {} }, "'covers' must be a construct, such as an app or a stack, got: "],
  ])('refuses %s', (_, props, message) => {
    expect(() => budget(props)).toThrow(new RegExp(`^Team/Budget: ${message}`));
  });

  test('refuses a topic of another account, and one whose messages need a group', () => {
    const theirs = sns.Topic.fromTopicArn(stack, 'Theirs', 'arn:aws:sns:eu-central-1:222222222222:theirs');
    const fifo = new sns.Topic(stack, 'Fifo', { fifo: true });

    expect(() => budget({ topic: theirs })).toThrow(
      "Team/Budget: 'topic' must be a topic of the account of the budget, 111111111111, got: one of 222222222222",
    );
    expect(() => new MlBudget(stack, 'Other', { topic: fifo })).toThrow("Team/Other: 'topic' must be a standard topic");
  });

  test('tells what it is', () => {
    const topic = new sns.Topic(stack, 'Topic');
    budget({ topic });
    new MlBudget(stack, 'Fixed', { ...MAIL, monthlyUsd: 10 });

    expect(factsBelow(stack)).toMatchObject([
      { kind: 'MlBudget', details: ['from the estimate'], links: [{ to: 'Team/Topic', label: 'alerts' }] },
      { kind: 'MlBudget', details: ['10.00 USD a month'] },
    ]);
  });

  function budget(props: object = {}) {
    return new MlBudget(stack, 'Budget', { ...MAIL, ...props });
  }

  function base(baseName = 'vision', id = 'Shared') {
    return new MlSharedInfra(stack, id, { baseName });
  }

  function foreignNotebook(scope: Construct, instanceType = 'ml.t3.medium') {
    const roleArn = 'arn:aws:iam::111111111111:role/jobs';
    new sagemaker.CfnNotebookInstance(scope, 'foreign', { instanceType, roleArn });
  }

  function resource(of = stack) {
    return Object.values(Template.fromStack(of).findResources(TYPE))[0].Properties;
  }

  function written(of?: Stack) {
    return resource(of).Budget;
  }

  function amount() {
    return written().BudgetLimit.Amount;
  }

  function notifications() {
    const all: { Notification: { NotificationType: string; Threshold: number } }[] =
      resource().NotificationsWithSubscribers;
    return all.map(({ Notification: { NotificationType, Threshold } }) => `${NotificationType} ${Threshold}`);
  }
});

function upToTheCent(amount: number) {
  return Math.ceil(Math.round(amount * 1e4) / 100) / 100;
}
