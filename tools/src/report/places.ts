import { Piece, textOf } from './references';

/** Something that a right reaches. */
export interface Place {
  /** Such as `S3 bucket`. */
  readonly kind: string;

  /** Path of a construct of the app, or the name in the ARN. */
  readonly name: string;

  /** Parts of it, such as `users/alice/*`; none where all of it is meant. */
  readonly within: readonly string[];
}

/** Where an entry of a statement's resources leads. `actions` tell the service where it does not. */
export function placeOf(pieces: readonly Piece[], actions: readonly string[]): Place {
  const bucket = bucketIn(pieces);
  if (bucket) {
    return bucket;
  }
  const [first, ...rest] = pieces;
  if (typeof first === 'object') {
    const within = textOf(rest).replace(/^[/:]/, '');
    return { kind: kindOf(first.resource.type), name: first.resource.path, within: within ? [within] : [] };
  }
  const text = textOf(pieces);
  const [, service, , account, name] = /^arn:[^:]*:([^:]*):([^:]*):([^:]*):(.*)$/.exec(text) ?? [];
  if (service === undefined) {
    const services = [...new Set(actions.map((action) => action.split(':')[0]))];
    return { kind: services.map(serviceName).join(', '), name: text === '*' ? 'everything' : text, within: [] };
  }
  return { kind: serviceName(service), name: account === '*' ? `${name} of any account` : name, within: [] };
}

/** A bucket by its ARN, `arn:aws:s3:::` and its name, or `arn:aws:s3:::` and a literal name. */
function bucketIn(pieces: readonly Piece[]): Place | undefined {
  const [first, second] = pieces;
  if (typeof first !== 'string' || !/^arn:[^:]*:s3:::/.test(first)) {
    return undefined;
  }
  const start = first.replace(/^arn:[^:]*:s3:::/, '');
  if (start === '' && typeof second === 'object') {
    return placeOf(pieces.slice(1), []);
  }
  // A variable of a policy may hold a slash of its own.
  const [, name, prefix] = /^((?:\$\{[^}]*\}|[^/])*)\/?(.*)$/s.exec(textOf([start, ...pieces.slice(1)])) ?? [];
  return { kind: 'S3 bucket', name: name === '*' ? 'any bucket' : name, within: prefix === '' ? [] : [prefix] };
}

/** The same places, each once, with all parts that are meant of it. */
export function merged(places: readonly Place[]): Place[] {
  const found = new Map<string, Place[]>();
  for (const place of places) {
    const key = `${place.kind} ${place.name}`;
    found.set(key, [...(found.get(key) ?? []), place]);
  }
  return [...found.values()].map((same) => {
    const within = same.flatMap((place) => place.within);
    const whole = within.length > 0 && same.some((place) => place.within.length === 0);
    return { ...same[0], within: whole ? ['itself', ...within] : within };
  });
}

function kindOf(type: string): string {
  return KINDS[type] ?? type.replace(/^AWS::/, '').replace('::', ' ');
}

function serviceName(prefix: string): string {
  return SERVICES[prefix] ?? prefix;
}

const KINDS: { [type: string]: string } = {
  'AWS::S3::Bucket': 'S3 bucket',
  'AWS::KMS::Key': 'KMS key',
  'AWS::Logs::LogGroup': 'log group',
  'AWS::IAM::Role': 'IAM role',
  'AWS::SNS::Topic': 'SNS topic',
  'AWS::SecretsManager::Secret': 'secret',
  'AWS::ECR::Repository': 'ECR repository',
  'AWS::Lambda::Function': 'Lambda function',
};

const SERVICES: { [prefix: string]: string } = {
  s3: 'S3',
  kms: 'KMS',
  sagemaker: 'SageMaker',
  logs: 'CloudWatch Logs',
  cloudwatch: 'CloudWatch',
  ec2: 'EC2',
  ecr: 'ECR',
  iam: 'IAM',
  sts: 'STS',
  ssm: 'Systems Manager',
  glue: 'Glue',
  athena: 'Athena',
  secretsmanager: 'Secrets Manager',
  codecommit: 'CodeCommit',
  codeartifact: 'CodeArtifact',
  elasticfilesystem: 'EFS',
  lambda: 'Lambda',
  states: 'Step Functions',
  sns: 'SNS',
  sqs: 'SQS',
  events: 'EventBridge',
};
