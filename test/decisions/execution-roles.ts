import { Duration, type Stack } from 'aws-cdk-lib';
import {
  ExecutionRoleUse,
  type IMlSharedInfra,
  MlEnvironment,
  MlExecutionRole,
  MlInstanceType,
  MlPermissionsBoundary,
  MlSharedInfra,
} from '../../src';

/** Tells by its logical id what a role is for. */
export const USE = /^(Job|Model|Pipeline)[a-z0-9]+[0-9A-F]{8}$/;

/** Roles for jobs, models and pipelines of some owners, or of the team, such as `alice-job@dev`. */
export function defineExecutionRoles(scope: Stack, shared: IMlSharedInfra, owners: (string | undefined)[]): void {
  for (const owner of owners) {
    const role = (word: string, use: ExecutionRoleUse) =>
      new MlExecutionRole(scope, `${word}-${owner ?? 'team'}`, { shared, owner, use });
    role('Job', ExecutionRoleUse.JOB);
    role('Model', ExecutionRoleUse.MODEL);
    role('Pipeline', ExecutionRoleUse.PIPELINE);
  }
}

/** A base with all rules for jobs, whose roles are bounded. */
export function strictBase(scope: Stack): MlSharedInfra {
  const boundary = new MlPermissionsBoundary(scope, 'Boundary', {
    regions: ['eu-central-1'],
    additionalActions: ['athena:GetQueryExecution'],
  });
  return new MlSharedInfra(scope, 'Shared', {
    environment: MlEnvironment.PROD,
    permissionsBoundary: boundary.policy,
    jobs: {
      networkIsolation: true,
      interContainerTrafficEncryption: true,
      instanceTypes: [MlInstanceType.M5_XLARGE, MlInstanceType.C5_XLARGE],
      maxRuntime: Duration.hours(8),
      encryptedVolumes: true,
      encryptedOutput: true,
    },
  });
}
