import { knownSwitch } from './known-values';
import type { CostedResource } from './model';

const TYPES: ReadonlySet<string> = new Set([
  'AWS::SageMaker::NotebookInstance',
  'AWS::EC2::Instance',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::SageMaker::Endpoint',
]);

/** Whether a resource is a workload: what would need a network, buckets and keys of its own, if it did not share them. */
export function isWorkload({ type, properties }: CostedResource): boolean {
  return TYPES.has(type) && !isRouter(properties?.SourceDestCheck);
}

/** A machine that forwards what others send, such as a NAT instance, belongs to the network. */
function isRouter(sourceDestCheck: unknown): boolean {
  return sourceDestCheck !== undefined && knownSwitch(sourceDestCheck) === false;
}
