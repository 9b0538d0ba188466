// Synthesizes an app for a report: so many notebooks on one base, or one whose names mean harm.
//
//   node scripts/report/app.cjs <number of notebooks | hostile> <folder>
const { App, CfnResource, Duration, Stack, Tags, Validations } = require('aws-cdk-lib');
const { Construct } = require('constructs');
const { MlComplianceChecks, MlNotebook, MlSharedInfra, NotebookLifecycle } = require('../..');

/** More would not fit into one stack. */
const NOTEBOOKS_PER_STACK = 150;

const [kind, outdir] = process.argv.slice(2);
const app = new App({ outdir });
Validations.of(app).addPlugins(new MlComplianceChecks({ reportOnly: true }));
if (kind === 'hostile') {
  defineHostile(new Stack(app, 'Hostile', { env: { account: '111122223333', region: 'us-east-1' } }));
} else {
  defineMany(Number(kind), { account: '111122223333', region: 'eu-central-1' });
}
app.synth();

function defineMany(count, env) {
  const base = new Stack(app, 'Base', { env });
  const shared = new MlSharedInfra(base, 'Shared');
  const lifecycle = new NotebookLifecycle(base, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
  const stacks = Array.from(
    { length: Math.ceil(count / NOTEBOOKS_PER_STACK) },
    (_, index) => new Stack(app, `Team${index}`, { env }),
  );
  for (let index = 0; index < count; index += 1) {
    const owner = `owner-${String(index).padStart(4, '0')}`;
    new MlNotebook(stacks[Math.floor(index / NOTEBOOKS_PER_STACK)], owner, { shared, lifecycle, owner });
  }
}

/** What no construct of the library takes, a template can hold. */
function defineHostile(stack) {
  const names = [
    '<script>window.harmed = 1<∕script>',
    '"><img src=x onerror="window.harmed = 1">',
    "' onmouseover='window.harmed = 1",
    ']]><!-- --> <![CDATA[',
    'a\u202etxt.exe\u2066\u200f',
    '&lt;b&gt; ${1 + 1} {{1}} \\u003cscript>',
    `</style></svg></title></textarea></script><script>window.harmed = 1</script>`.replaceAll('/', '\u2215'),
  ];
  for (const [index, name] of names.entries()) {
    const around = new Construct(stack, name);
    const role = new CfnResource(around, 'Role', {
      type: 'AWS::IAM::Role',
      properties: {
        ManagedPolicyArns: [`arn:aws:iam::aws:policy/${name}</script>`],
        Policies: [{ PolicyDocument: { Statement: statement(`${name}</script><script>window.harmed = 1</script>`) } }],
      },
    });
    const notebook = new CfnResource(around, 'Resource', {
      type: 'AWS::SageMaker::NotebookInstance',
      properties: { InstanceType: index % 2 ? `ml.${name}</script>` : 'ml.t3.medium', RoleArn: role.getAtt('Arn') },
    });
    new CfnResource(around, 'Bucket', { type: 'AWS::S3::Bucket' });
    for (const each of [role, notebook]) {
      each.addPropertyOverride('Tags', [
        { Key: 'ml-owner', Value: `${name}</td></script>` },
        { Key: 'ml-project', Value: name },
      ]);
    }
    Validations.of(notebook).acknowledge({
      id: 'MlCompliance::sagemaker-notebook-no-direct-internet-access',
      reason: `${name}</script>`,
    });
  }
  Tags.of(stack).add('ml-environment', names[0]);
}

function statement(name) {
  return [
    { Effect: 'Deny', Action: `s3:${name}`, Resource: `arn:aws:s3:::${name}`, Condition: { [name]: { [name]: name } } },
  ];
}
