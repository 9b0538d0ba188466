import {
  paginateListAWSDefaultServiceQuotas,
  paginateListServiceQuotas,
  type ServiceQuota,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Account, Caller } from './account';

/** A person waits: what does not answer by then is said not to answer. */
const PATIENCE = { requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 }, maxAttempts: 2 };

/** STS has to be asked somewhere. Its regional endpoints answer everywhere alike. */
const ANY_REGION = 'us-east-1';

/** Quotas of services without regions are kept in one. */
const REGION_OF_GLOBAL: { readonly [service: string]: string | undefined } = { iam: 'us-east-1' };

/** The account that the environment variables and the files of the AWS CLI sign in to. */
export class AwsAccount implements Account {
  private readonly known = new Map<string, Promise<ReadonlyMap<string, number>>>();

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

  public quotas(region: string, service: string): Promise<ReadonlyMap<string, number>> {
    const place = REGION_OF_GLOBAL[service] ?? region;
    const key = `${place} ${service}`;
    const quotas = this.known.get(key) ?? this.read(place, service);
    this.known.set(key, quotas);
    return quotas;
  }

  /** An account has values of its own for some quotas, and the defaults of AWS for the rest. Names differ in case. */
  private async read(region: string, service: string): Promise<ReadonlyMap<string, number>> {
    const client = new ServiceQuotasClient({ region, ...PATIENCE });
    const found = new Map<string, number>();
    for (const paginate of [paginateListAWSDefaultServiceQuotas, paginateListServiceQuotas]) {
      for await (const { Quotas = [] } of paginate({ client }, { ServiceCode: service })) {
        for (const { QuotaName: name, Value: value } of Quotas as ServiceQuota[]) {
          if (name !== undefined && value !== undefined) {
            found.set(name.toLowerCase(), value);
          }
        }
      }
    }
    return found;
  }
}
