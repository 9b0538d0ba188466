import { createHash } from 'node:crypto';

/** Account in which everything of the scene stands. */
export const ACCOUNT = '111122223333';

/** A resource as a template has it. */
export interface TemplateResource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: the content of a template has no type
  readonly Properties: any;
}

/** A synthesized stack: what it is called, where it is deployed, and its template. */
export interface StackTemplate {
  readonly stackName: string;
  readonly region: string;
  readonly template: {
    readonly Resources: { readonly [logicalId: string]: TemplateResource };
    readonly Parameters?: { readonly [logicalId: string]: { readonly Default?: unknown } };
    readonly Outputs?: { readonly [logicalId: string]: { readonly Value: unknown } };
  };
}

/** A resource of a stack, and the stack. */
export interface PlacedResource {
  readonly stack: StackTemplate;
  readonly logicalId: string;
  readonly resource: TemplateResource;
}

/** The templates of an app, as if they were deployed: every reference has a value that looks like the real one. */
export class DeployedTemplates {
  constructor(private readonly stacks: StackTemplate[]) {}

  /** All resources of some types, in the order of the templates. */
  public ofType(...types: string[]): PlacedResource[] {
    return this.stacks.flatMap((stack) =>
      Object.entries(stack.template.Resources)
        .filter(([, resource]) => types.includes(resource.Type))
        .map(([logicalId, resource]) => ({ stack, logicalId, resource })),
    );
  }

  /** What `Ref` of a resource returns. */
  public refOf({ stack, logicalId }: PlacedResource): string {
    return this.ref(stack, logicalId) as string;
  }

  /** An attribute of a resource. */
  public attributeOf({ stack, logicalId }: PlacedResource, name: string): string {
    return this.attribute(stack, logicalId, name);
  }

  /** A value of a template with all its references replaced. */
  // biome-ignore lint/suspicious/noExplicitAny: the content of a template has no type
  public resolve(stack: StackTemplate, value: any): any {
    if (Array.isArray(value)) {
      return value.map((item) => this.resolve(stack, item)).filter((item) => item !== undefined);
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const [name, ...others] = Object.keys(value);
    if (others.length > 0 || !(name === 'Ref' || name?.startsWith('Fn::'))) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.resolve(stack, item)]));
    }
    return this.intrinsic(stack, name, value[name]);
  }

  // biome-ignore lint/suspicious/noExplicitAny: the arguments of an intrinsic function have no type
  private intrinsic(stack: StackTemplate, name: string, argument: any): unknown {
    switch (name) {
      case 'Ref':
        return this.ref(stack, argument);
      case 'Fn::GetAtt':
        return this.attribute(stack, argument[0], argument[1]);
      case 'Fn::Join':
        return this.resolve(stack, argument[1]).join(argument[0]);
      case 'Fn::If':
        return undefined; // the scene has no permissions boundary, the one thing with a condition
      case 'Fn::GetStackOutput':
        return this.output(argument.StackName, argument.Region ?? stack.region, argument.OutputName);
      default:
        throw new Error(`${stack.stackName} uses ${name}, which has no value here`);
    }
  }

  private output(stackName: string, region: string, name: string): unknown {
    const producer = this.stacks.find((stack) => stack.stackName === stackName && stack.region === region);
    const output = producer?.template.Outputs?.[name];
    if (producer === undefined || output === undefined) {
      throw new Error(`${stackName} in ${region} has no output ${name}`);
    }
    return this.resolve(producer, output.Value);
  }

  private ref(stack: StackTemplate, logicalId: string): unknown {
    const pseudo: Record<string, string> = {
      'AWS::AccountId': ACCOUNT,
      'AWS::Partition': 'aws',
      'AWS::Region': stack.region,
      'AWS::StackName': stack.stackName,
      'AWS::URLSuffix': 'amazonaws.com',
    };
    const parameter = stack.template.Parameters?.[logicalId];
    if (parameter !== undefined) {
      return this.publishedValue(stack, parameter.Default);
    }
    return pseudo[logicalId] ?? this.names(stack, logicalId).ref;
  }

  /** A parameter of type `AWS::SSM::Parameter::Value` holds what another stack of the region wrote under a name. */
  private publishedValue(stack: StackTemplate, name: unknown): unknown {
    const written = this.ofType('AWS::SSM::Parameter').find(
      (published) =>
        published.stack.region === stack.region &&
        this.resolve(published.stack, published.resource.Properties.Name) === name,
    );
    if (written === undefined) {
      throw new Error(`${stack.stackName} reads ${name}, which nobody writes in ${stack.region}`);
    }
    return this.resolve(written.stack, written.resource.Properties.Value);
  }

  private attribute(stack: StackTemplate, logicalId: string, name: string): string {
    const value = this.names(stack, logicalId).attributes?.[name];
    if (value === undefined) {
      throw new Error(`${stack.stackName}.${logicalId} has no attribute ${name} here`);
    }
    return value;
  }

  private names(stack: StackTemplate, logicalId: string): Names {
    const resource = stack.template.Resources[logicalId];
    if (resource === undefined) {
      throw new Error(`${stack.stackName} has no resource ${logicalId}`);
    }
    const { Type: type, Properties: properties } = resource;
    const digest = createHash('sha256').update(`${stack.region}/${stack.stackName}/${logicalId}`).digest('hex');
    const name = `${stack.stackName}-${logicalId}-${digest.slice(0, 12).toUpperCase()}`;
    const arn = (service: string, rest: string, region = stack.region) =>
      `arn:aws:${service}:${region}:${ACCOUNT}:${rest}`;
    switch (type) {
      case 'AWS::S3::Bucket': {
        const bucket = name.toLowerCase();
        return { ref: bucket, attributes: { Arn: `arn:aws:s3:::${bucket}` } };
      }
      case 'AWS::KMS::Key': {
        const id = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
        return { ref: id, attributes: { Arn: arn('kms', `key/${id}`) } };
      }
      case 'AWS::IAM::Role': {
        const path = this.resolve(stack, properties.Path ?? '/');
        return { ref: name, attributes: { Arn: arn('iam', `role${path}${name}`, '') } };
      }
      case 'AWS::IAM::ManagedPolicy':
        return { ref: arn('iam', `policy/${name}`, '') };
      case 'AWS::EC2::SecurityGroup':
        return { ref: `sg-${digest.slice(0, 17)}`, attributes: { GroupId: `sg-${digest.slice(0, 17)}` } };
      case 'AWS::EC2::Subnet':
        return { ref: `subnet-${digest.slice(0, 17)}` };
      case 'AWS::EC2::VPC':
        return { ref: `vpc-${digest.slice(0, 17)}` };
      case 'AWS::EC2::VPCEndpoint':
        return { ref: `vpce-${digest.slice(0, 17)}` };
      case 'AWS::Logs::LogGroup':
        return { ref: name, attributes: { Arn: arn('logs', `log-group:${name}:*`) } };
      case 'AWS::SageMaker::NotebookInstance': {
        const ref = arn('sagemaker', `notebook-instance/${name.toLowerCase()}`);
        return { ref, attributes: { NotebookInstanceName: name.toLowerCase() } };
      }
      case 'AWS::SageMaker::NotebookInstanceLifecycleConfig': {
        const ref = arn('sagemaker', `notebook-instance-lifecycle-config/${name.toLowerCase()}`);
        return { ref, attributes: { NotebookInstanceLifecycleConfigName: name } };
      }
      default:
        return { ref: name };
    }
  }
}

interface Names {
  readonly ref: string;
  readonly attributes?: { readonly [name: string]: string };
}
