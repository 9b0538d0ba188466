import { Duration, Size } from 'aws-cdk-lib';
import { JobRules, MlEnvironment, MlInstanceType, NotebookSchedule } from 'cdk-ml-infra';
import { EnvironmentStackProps } from './environment-stack';

/** What jobs look like before they may touch what customers depend on. */
const CAREFUL_JOBS: JobRules = { interContainerTrafficEncryption: true, maxRuntime: Duration.days(1) };

/** People try things: cheap machines in office hours, short jobs on few kinds of machines. */
export const DEV: EnvironmentStackProps = {
  description: 'Machine learning: development',
  tags: { 'cost-center': 'ml-research' },
  environment: MlEnvironment.DEV,
  owners: ['alice', 'bob', 'charlie'],
  instanceType: MlInstanceType.T3_MEDIUM,
  volumeSize: Size.gibibytes(20),
  schedule: NotebookSchedule.weekdays({ start: '08:00', stop: '19:00', timeZone: 'Europe/Berlin' }),
  maxUptime: Duration.hours(12),
  jobs: { instanceTypes: [MlInstanceType.M5_XLARGE, MlInstanceType.G4DN_XLARGE], maxRuntime: Duration.hours(4) },
};

/** The rehearsal: built and watched like production, on smaller machines. */
export const STAGING: EnvironmentStackProps = {
  description: 'Machine learning: staging',
  tags: { 'cost-center': 'ml-platform', 'data-classification': 'confidential' },
  environment: MlEnvironment.STAGING,
  owners: ['forecast', 'scoring'],
  instanceType: MlInstanceType.M5_XLARGE,
  volumeSize: Size.gibibytes(50),
  maxUptime: Duration.days(2),
  jobs: CAREFUL_JOBS,
  alarmEmail: 'ml-staging@example.com',
};

/** Owners are services that people run together. Everything is kept, watched, and its data access recorded. */
export const PROD: EnvironmentStackProps = {
  description: 'Machine learning: production',
  tags: { 'cost-center': 'ml-platform', 'data-classification': 'confidential', 'business-owner': 'analytics' },
  terminationProtection: true,
  environment: MlEnvironment.PROD,
  owners: ['forecast', 'scoring'],
  instanceType: MlInstanceType.M5_2XLARGE,
  volumeSize: Size.gibibytes(200),
  jobs: CAREFUL_JOBS,
  alarmEmail: 'ml-production@example.com',
  recordDataAccess: true,
};
