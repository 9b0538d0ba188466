import {
  changed,
  type IsWorse,
  isLessEncrypted,
  lacksAny,
  lowered,
  raised,
  removed,
  selectsLess,
  turnedOff,
  turnedOn,
} from './property-changes';

/** A property that an update may not make worse, although it is updated in place. */
export interface GuardedProperty {
  /** Its name, with those that it stands in before it: `PublicAccessBlockConfiguration.BlockPublicAcls`. */
  readonly property: string;

  /** What users lose, as the end of a sentence. */
  readonly loses: string;

  /** Whether the new value is worse than the old one. */
  readonly isWorse: IsWorse;
}

const UNSEEN = 'nobody sees any more what was done';
const OTHER_KEY = 'who has rights on the old key alone cannot read what is written from then on';

const BUCKET: GuardedProperty[] = [
  { property: 'BucketEncryption', loses: `objects are encrypted less, or ${OTHER_KEY}`, isWorse: isLessEncrypted },
  ...['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].map((name) => ({
    property: `PublicAccessBlockConfiguration.${name}`,
    loses: 'a policy or an ACL can open it to everybody',
    isWorse: turnedOff(false),
  })),
  { property: 'LoggingConfiguration', loses: UNSEEN, isWorse: changed },
  { property: 'ReplicationConfiguration.Rules', loses: 'new objects have no copy', isWorse: lacksAny },
  {
    property: 'ObjectLockConfiguration.Rule.DefaultRetention.Mode',
    loses: 'who may delete is another',
    isWorse: changed,
  },
  { property: 'OwnershipControls', loses: 'objects of others are theirs, and ACLs count', isWorse: changed },
];

const TRAIL: GuardedProperty[] = [
  { property: 'IsLogging', loses: UNSEEN, isWorse: turnedOff(false) },
  { property: 'AdvancedEventSelectors', loses: UNSEEN, isWorse: selectsLess },
  { property: 'EventSelectors', loses: UNSEEN, isWorse: lacksAny },
  { property: 'InsightSelectors', loses: UNSEEN, isWorse: lacksAny },
  { property: 'S3BucketName', loses: 'its history is in two buckets', isWorse: changed },
  { property: 'S3KeyPrefix', loses: 'its history is in two folders', isWorse: changed },
  { property: 'CloudWatchLogsLogGroupArn', loses: 'what reads the log group finds nothing new', isWorse: changed },
  { property: 'EnableLogFileValidation', loses: 'nobody can prove that it is unchanged', isWorse: turnedOff(false) },
  { property: 'KMSKeyId', loses: OTHER_KEY, isWorse: changed },
  { property: 'IsMultiRegionTrail', loses: UNSEEN, isWorse: turnedOff(false) },
  { property: 'IncludeGlobalServiceEvents', loses: UNSEEN, isWorse: turnedOff(true) },
  { property: 'IsOrganizationTrail', loses: UNSEEN, isWorse: turnedOff(false) },
];

const NOTEBOOK: GuardedProperty[] = [
  { property: 'LifecycleConfigName', loses: 'it starts without what its owner set up', isWorse: removed },
  { property: 'RoleArn', loses: 'its owner has other rights', isWorse: changed },
  { property: 'RootAccess', loses: 'its owner can change what guards it', isWorse: turnedOn(true) },
  { property: 'DirectInternetAccess', loses: 'data can leave it', isWorse: turnedOn(true) },
  { property: 'KmsKeyId', loses: 'its volume is encrypted otherwise', isWorse: changed },
  {
    property: 'InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion',
    loses: 'credentials of its role can be read by a request that is redirected',
    isWorse: lowered(1),
  },
];

/** Properties by type. What has a replacement for its reason is found as such. */
export const GUARDED_PROPERTIES: Record<string, GuardedProperty[]> = {
  'AWS::Budgets::Budget': [
    { property: 'NotificationsWithSubscribers', loses: 'fewer people are told, or later', isWorse: lacksAny },
  ],
  'AWS::CloudTrail::EventDataStore': [
    { property: 'IngestionEnabled', loses: UNSEEN, isWorse: turnedOff(true) },
    { property: 'TerminationProtectionEnabled', loses: 'it can be deleted', isWorse: turnedOff(true) },
    { property: 'AdvancedEventSelectors', loses: UNSEEN, isWorse: selectsLess },
    { property: 'KmsKeyId', loses: OTHER_KEY, isWorse: changed },
  ],
  'AWS::CloudTrail::Trail': TRAIL,
  'AWS::DynamoDB::Table': [
    { property: 'DeletionProtectionEnabled', loses: 'it can be deleted', isWorse: turnedOff(false) },
    {
      property: 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
      loses: 'what is overwritten cannot be brought back',
      isWorse: turnedOff(false),
    },
  ],
  'AWS::EC2::VPCEndpoint': [
    { property: 'PrivateDnsEnabled', loses: 'clients without internet find no service', isWorse: turnedOff(false) },
  ],
  'AWS::EFS::FileSystem': [
    { property: 'BackupPolicy.Status', loses: 'it has no new backups', isWorse: turnedOff(false) },
  ],
  'AWS::IAM::Role': [
    { property: 'PermissionsBoundary', loses: 'nothing bounds its rights, or something else', isWorse: changed },
    { property: 'MaxSessionDuration', loses: 'sessions end sooner', isWorse: lowered(3600) },
  ],
  'AWS::KMS::Key': [
    { property: 'Enabled', loses: 'what it has encrypted cannot be read', isWorse: turnedOff(true) },
    { property: 'EnableKeyRotation', loses: 'one key encrypts more and more', isWorse: turnedOff(false) },
    { property: 'RotationPeriodInDays', loses: 'one key encrypts more and more', isWorse: raised(365) },
    { property: 'PendingWindowInDays', loses: 'less time is left to cancel its deletion', isWorse: lowered(30) },
  ],
  'AWS::Logs::LogGroup': [
    { property: 'KmsKeyId', loses: `it is encrypted less, or ${OTHER_KEY}`, isWorse: changed },
    { property: 'DeletionProtectionEnabled', loses: 'it can be deleted', isWorse: turnedOff(false) },
  ],
  'AWS::S3::Bucket': BUCKET,
  'AWS::SNS::Topic': [
    { property: 'KmsMasterKeyId', loses: 'it is encrypted less, or publishers cannot write to it', isWorse: changed },
  ],
  'AWS::SageMaker::NotebookInstance': NOTEBOOK,
  'AWS::SecretsManager::Secret': [{ property: 'KmsKeyId', loses: OTHER_KEY, isWorse: changed }],
};
