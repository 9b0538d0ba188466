import { type Decision, decisions } from './decision';
import type { Scene } from './scene';

const ASSUME = 'sts:AssumeRole';
const OTHERS = ['ec2.amazonaws.com', 'glue.amazonaws.com', 'lambda.amazonaws.com'];

/** Who may become a role: one service, on behalf of this account. */
export function trustDecisions(scene: Scene): Decision[] {
  const here = { 'aws:SourceAccount': '111122223333' };
  const elsewhere = { 'aws:SourceAccount': '444455556666' };
  const running = ['alice@dev', 'team@dev', 'guest@dev', 'alice@prod', 'alice-job@dev', 'alice-model@dev'];
  const pipelines = ['alice-pipeline@dev', 'guest-pipeline@dev'];
  const flowLogs = scene.callersLike(/FlowLogs/);
  const trust = (names: string[]) => names.map((name) => `trust/${name}`);
  return decisions([
    ['sagemaker.amazonaws.com', 'may', ASSUME, trust([...running, ...pipelines]), here],
    ['states.amazonaws.com', 'may', ASSUME, trust(pipelines), here],
    ['vpc-flow-logs.amazonaws.com', 'may', ASSUME, trust(flowLogs), here],

    ['sagemaker.amazonaws.com', 'may not', ASSUME, trust([...running, ...pipelines, ...flowLogs]), elsewhere],
    ['sagemaker.amazonaws.com', 'may not', ASSUME, trust([...running, ...pipelines])],
    ['states.amazonaws.com', 'may not', ASSUME, trust(pipelines), elsewhere],
    ['states.amazonaws.com', 'may not', ASSUME, trust(pipelines)],
    ['states.amazonaws.com', 'may not', ASSUME, trust(running), here],
    ['vpc-flow-logs.amazonaws.com', 'may not', ASSUME, trust(flowLogs), elsewhere],
    ['vpc-flow-logs.amazonaws.com', 'may not', ASSUME, trust(flowLogs)],
    [OTHERS, 'may not', ASSUME, trust([...running, ...pipelines, ...flowLogs]), here],
    [['alice@dev', 'bob@dev', 'stranger'], 'may not', ASSUME, trust([...running, ...pipelines])],
    [['sagemaker.amazonaws.com'], 'may not', ['sts:TagSession', 'sts:SetSourceIdentity'], trust(running), here],
    ['stranger', 'may not', ['sts:TagSession', 'sts:SetSourceIdentity'], trust([...pipelines, ...flowLogs])],
  ]);
}
