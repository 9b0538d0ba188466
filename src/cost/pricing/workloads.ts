import { knownSwitch } from './known-values';
import type { CostedResource } from './model';

const TYPES: ReadonlySet<string> = new Set([
  'AWS::SageMaker::NotebookInstance',
  'AWS::EC2::Instance',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::SageMaker::Endpoint',
]);

/** Types of machines that are no workloads of their own. */
const OTHER_MACHINES: ReadonlySet<string> = new Set([
  'AWS::SageMaker::App',
  'AWS::SageMaker::Cluster',
  'AWS::EMR::Cluster',
]);

/** Whether resources of a type are machines, which cost by the hour. */
export function isMachine(type: string): boolean {
  return TYPES.has(type) || OTHER_MACHINES.has(type);
}

/** Whether a resource is a workload: what would need a network, buckets and keys of its own, if it did not share them. */
export function isWorkload({ type, properties }: CostedResource): boolean {
  return TYPES.has(type) && !isRouter(properties?.SourceDestCheck);
}

/** A machine that forwards what others send, such as a NAT instance, belongs to the network. */
function isRouter(sourceDestCheck: unknown): boolean {
  return sourceDestCheck !== undefined && knownSwitch(sourceDestCheck) === false;
}
