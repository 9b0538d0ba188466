import { AssemblyStack } from '../assembly/model';
import { isUnread } from './access';
import { Piece, Target } from './references';
import { fieldsOfArn, outside } from './variables';

/** Something that a right reaches. */
export interface Place {
  /** Such as `S3 bucket`; empty where the name says it. */
  readonly kind: string;

  /** Path of a construct of the app, or the name in the ARN. */
  readonly name: string;

  /** Parts of it, such as `users/alice/*`; none where all of it is meant. */
  readonly within: readonly string[];
}

/**
 * Where an entry of a statement's resources leads.
 *
 * @param actions tell the service where the entry does not
 * @param stack whose account and region go without saying
 */
export function placeOf(pieces: readonly Piece[], actions: readonly string[], stack: AssemblyStack): Place {
  const [first, ...rest] = pieces;
  if (typeof first === 'object') {
    return ofTarget(first, rest);
  }
  const arn = fieldsOfArn(literal(pieces));
  if (!arn) {
    return withoutArn(literal(pieces), actions);
  }
  const [, , service, region, account, name] = arn;
  if (service !== 's3' || region !== '' || account !== '') {
    return { kind: serviceName(service), name: `${name}${elsewhere(account, region, stack)}`, within: [] };
  }
  const second = pieces[1];
  if (typeof second === 'object' && isBucket(second) && fieldsOfArn(first)?.[5] === '') {
    return ofTarget(second, pieces.slice(2));
  }
  const slash = outside(name, '/');
  const bucket = slash < 0 ? name : name.slice(0, slash);
  const prefix = slash < 0 ? '' : name.slice(slash + 1);
  return { kind: 'S3 bucket', name: bucket === '*' ? 'any bucket' : bucket, within: prefix === '' ? [] : [prefix] };
}

/** A resource of the app, or what begins with its ARN: only what follows a slash or colon is a part of it. */
function ofTarget(target: Target, rest: readonly Piece[]): Place {
  const { resource, attribute, name } = target;
  const kind = kindOf(resource.type);
  const isItself = attribute === undefined || attribute === 'Arn';
  const itself = isItself ? name : `${name}.${attribute}`;
  const after = literal(rest);
  if (resource.type.startsWith('Custom::') || resource.type === 'AWS::CloudFormation::CustomResource') {
    return { kind, name: `${literal([target])}${after} (${UNKNOWN})`, within: [] };
  }
  if (after === '' || /^[/:]/.test(after)) {
    return { kind, name: itself, within: after.length > 1 ? [after.slice(1)] : [] };
  }
  const slash = outside(after, '/:');
  const named = `{${itself}}${slash < 0 ? after : after.slice(0, slash)}`;
  return { kind, name: named, within: slash < 0 ? [] : [after.slice(slash + 1)] };
}

/** What the deployment makes of an entry may be `*`. */
const UNKNOWN = 'could not be read: may be anything';

function withoutArn(text: string, actions: readonly string[]): Place {
  const services = [...new Set(actions.map((action) => (isUnread(action) ? '*' : action.split(':')[0].toLowerCase())))];
  const kind = services.includes('*') ? serviceName('*') : services.map(serviceName).join(', ');
  if (/^\*+$/.test(text)) {
    return { kind, name: 'everything', within: [] };
  }
  return { kind, name: text.startsWith('arn:') || !text.startsWith('{') ? text : `${text} (${UNKNOWN})`, within: [] };
}

/** Account and region where they are not those of the stack. */
function elsewhere(account: string, region: string, stack: AssemblyStack): string {
  const own = ['', stack.account ?? '{account}', stack.region ?? '{region}'];
  const ofAccount =
    account === own[0] || account === own[1] ? '' : ` of ${account === '*' ? 'any account' : `account ${account}`}`;
  const inRegion = region === own[0] || region === own[2] ? '' : ` in ${region === '*' ? 'any region' : region}`;
  return `${ofAccount}${inRegion}`;
}

/** Pieces as text, with the resources of the app in braces, as their paths have slashes of their own. */
function literal(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') {
        return piece;
      }
      return `{${piece.name}${piece.attribute === undefined ? '' : `.${piece.attribute}`}}`;
    })
    .join('');
}

function isBucket({ resource, attribute }: Target): boolean {
  return resource.type === 'AWS::S3::Bucket' && attribute === undefined;
}

/** The same places, each once, with all parts that are meant of it. */
export function merged(places: readonly Place[]): Place[] {
  const found = new Map<string, Place[]>();
  for (const place of places) {
    const key = JSON.stringify([place.kind, place.name]);
    const same = found.get(key) ?? [];
    found.set(key, same);
    same.push(place);
  }
  return [...found.values()].map((same) => {
    const within = [...new Set(same.flatMap((place) => place.within))];
    const whole = within.length > 0 && same.some((place) => place.within.length === 0);
    return { ...same[0], within: whole && !within.includes('itself') ? ['itself', ...within] : within };
  });
}

/** A bucket without what is in it, where a denial or an exception means no more. */
export function wholly(place: Place): Place {
  const { kind, name, within } = place;
  const more = within.length > 0 || name === 'any bucket' || name.endsWith('*');
  return kind === 'S3 bucket' && !more ? { ...place, within: ['itself'] } : place;
}

/** Everything, with the exception of some places. */
export function allBut(places: readonly Place[]): Place {
  const names = places.map(({ kind, name, within }) => {
    const parts = within.length > 0 ? `: ${within.join(', ')}` : '';
    return `${kind && `${kind} `}${name}${parts}`;
  });
  return { kind: '', name: `everything but ${names.join(' and ')}`, within: [] };
}

function kindOf(type: string): string {
  return KINDS.get(type) ?? type.replace(/^AWS::/, '').replace('::', ' ');
}

function serviceName(prefix: string): string {
  return SERVICES.get(prefix) ?? prefix;
}

const KINDS = new Map([
  ['AWS::S3::Bucket', 'S3 bucket'],
  ['AWS::KMS::Key', 'KMS key'],
  ['AWS::Logs::LogGroup', 'log group'],
  ['AWS::IAM::Role', 'IAM role'],
  ['AWS::SNS::Topic', 'SNS topic'],
  ['AWS::SecretsManager::Secret', 'secret'],
  ['AWS::ECR::Repository', 'ECR repository'],
  ['AWS::Lambda::Function', 'Lambda function'],
]);

const SERVICES = new Map([
  ['*', 'every service'],
  ['s3', 'S3'],
  ['kms', 'KMS'],
  ['sagemaker', 'SageMaker'],
  ['logs', 'CloudWatch Logs'],
  ['cloudwatch', 'CloudWatch'],
  ['ec2', 'EC2'],
  ['ecr', 'ECR'],
  ['iam', 'IAM'],
  ['sts', 'STS'],
  ['ssm', 'Systems Manager'],
  ['glue', 'Glue'],
  ['athena', 'Athena'],
  ['secretsmanager', 'Secrets Manager'],
  ['codecommit', 'CodeCommit'],
  ['codeartifact', 'CodeArtifact'],
  ['elasticfilesystem', 'EFS'],
  ['lambda', 'Lambda'],
  ['states', 'Step Functions'],
  ['sns', 'SNS'],
  ['sqs', 'SQS'],
  ['events', 'EventBridge'],
]);
