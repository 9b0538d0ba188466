import type { Context } from './simulator';

/** Actions that start jobs, and the kind that each starts. */
export const CREATED: Record<string, string> = {
  'sagemaker:CreateHyperParameterTuningJob': 'hyper-parameter-tuning-job',
  'sagemaker:CreateProcessingJob': 'processing-job',
  'sagemaker:CreateTrainingJob': 'training-job',
};

/** The tags of an owner on a base, in a request or on a resource. */
export function tags(key: 'aws:RequestTag' | 'aws:ResourceTag', owner: string, base: string): Context {
  return { [`${key}/ml-owner`]: owner, [`${key}/ml-base`]: base };
}

/** A request that leaves some keys out. */
export function without(context: Context, ...keys: string[]): Context {
  return Object.fromEntries(Object.entries(context).filter(([key]) => !keys.includes(key)));
}

/** An ARN like another, in another region, and in another account. */
export function foreign(arn: string): string[] {
  return [arn.replace('eu-central-1', 'us-east-1'), arn.replace('111122223333', '444455556666')];
}
