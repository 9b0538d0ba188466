import type { Decision } from './decision';
import type { Scene } from './scene';
import type { Context } from './simulator';

/** AWS keeps images in accounts of its own, a VPC may be that of another account, and a role is in no region. */
const OF_ANY_ACCOUNT = /^(ec2|ecr):/;
const IN_ANY_REGION = /^(ec2):/;

/** Whoever may do something here may not do it in another account, nor in another region. */
export function twinDecisions(scene: Scene, decisions: Decision[]): Decision[] {
  const twins = decisions
    .filter(({ allowed, through, caller }) => allowed && through === undefined && /@/.test(caller))
    .flatMap((decision) => [...accountTwin(scene, decision), ...regionTwin(scene, decision)]);
  const byRequest = new Map(twins.map((twin) => [JSON.stringify(twin), twin]));
  return [...byRequest.values()];
}

function accountTwin(scene: Scene, decision: Decision): Decision[] {
  const { arn } = scene.target(decision.on);
  const other = arn.replace(':111122223333:', ':444455556666:');
  return other === arn || OF_ANY_ACCOUNT.test(decision.action) ? [] : [twin(scene, decision, other)];
}

/** The boundary of the administrator goes by the region of the request, whatever the ARN says. */
function regionTwin(scene: Scene, decision: Decision): Decision[] {
  const { arn } = scene.target(decision.on);
  const other = arn.replace(/:(eu-central-1|us-east-1):/, ':ap-south-1:');
  const isFree = IN_ANY_REGION.test(decision.action) && !isBoundedCreator(decision.caller);
  return other === arn || isFree || decision.caller === 'admin@strict' ? [] : [twin(scene, decision, other)];
}

function isBoundedCreator(name: string): boolean {
  return /^(bounded|granted)-/.test(name);
}

function twin(scene: Scene, { caller, action, on, context }: Decision, arn: string): Decision {
  const tags = Object.entries(scene.target(on).tags).map(([name, value]) => [`aws:ResourceTag/${name}`, value]);
  const all: Context = { ...Object.fromEntries(tags), ...context };
  return { caller, action, on: arn, allowed: false, context: all };
}
