import {
  paginateListAWSDefaultServiceQuotas,
  paginateListServiceQuotas,
  type ServiceQuota,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Account, Caller, Quotas } from './account';

/** A person waits: what does not answer by then is said not to answer. */
const PATIENCE = { requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 }, maxAttempts: 2 };

/** STS has to be asked somewhere. Its regional endpoints answer everywhere alike. */
const ANY_REGION = 'us-east-1';

/** Quotas of services without regions are kept in one. */
const REGION_OF_GLOBAL: { readonly [service: string]: string | undefined } = { iam: 'us-east-1' };

/** The account that the environment variables and the files of the AWS CLI sign in to. */
export class AwsAccount implements Account {
  private readonly known = new Map<string, Promise<Quotas>>();

  constructor(private readonly region: string = ANY_REGION) {}

  public async caller(): Promise<Caller> {
    const { Account: account = '', Arn: arn = '' } = await new STSClient({
      region: this.region,
      ...PATIENCE,
    }).send(new GetCallerIdentityCommand({}));
    return { account, arn };
  }

  public async parameter(region: string, name: string): Promise<string | undefined> {
    try {
      const answer = await new SSMClient({ region, ...PATIENCE }).send(new GetParameterCommand({ Name: name }));
      return answer.Parameter?.Value;
    } catch (error) {
      if (error instanceof ParameterNotFound) {
        return undefined;
      }
      throw error;
    }
  }

  public quotas(region: string, service: string): Promise<Quotas> {
    const place = REGION_OF_GLOBAL[service] ?? region;
    const key = `${place} ${service}`;
    const quotas = this.known.get(key) ?? this.read(place, service);
    this.known.set(key, quotas);
    return quotas;
  }

  /** The defaults of AWS, and over them what the account has of its own. Names differ in case. */
  private async read(region: string, service: string): Promise<Quotas> {
    const client = new ServiceQuotasClient({ region, ...PATIENCE });
    const values = await valuesOf(paginateListAWSDefaultServiceQuotas({ client }, { ServiceCode: service }));
    try {
      const own = await valuesOf(paginateListServiceQuotas({ client }, { ServiceCode: service }));
      return { values: new Map([...values, ...own]), areDefaults: false };
    } catch {
      return { values, areDefaults: true };
    }
  }
}

async function valuesOf(pages: AsyncIterable<{ Quotas?: ServiceQuota[] }>): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for await (const { Quotas: quotas = [] } of pages) {
    for (const { QuotaName: name, Value: value } of quotas) {
      if (name !== undefined && value !== undefined) {
        found.set(name.toLowerCase(), value);
      }
    }
  }
  return found;
}
