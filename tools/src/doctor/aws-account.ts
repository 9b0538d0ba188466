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

/** What trickles, or goes on without an end, is no answer either. */
const LONGEST_SECONDS = 20;
const MOST_PAGES = 50;

/** STS has to be asked somewhere. Its regional endpoints answer everywhere alike. */
const ANY_REGION = 'us-east-1';

/** Quotas of services without regions are kept in one. */
const REGION_OF_GLOBAL: { readonly [service: string]: string | undefined } = { iam: 'us-east-1' };

/** The account that the environment variables and the files of the AWS CLI sign in to. */
export class AwsAccount implements Account {
  private readonly known = new Map<string, Promise<Quotas>>();

  constructor(private readonly region: string = ANY_REGION) {}

  public async caller(): Promise<Caller> {
    const client = new STSClient({ region: this.region, ...PATIENCE });
    const { Account: account = '', Arn: arn = '' } = await within(
      client,
      client.send(new GetCallerIdentityCommand({})),
    );
    if (!/^\d{12}$/.test(account)) {
      throw new Error('the answer is not one of AWS: it names no account');
    }
    return { account, arn };
  }

  public async parameter(region: string, name: string): Promise<string | undefined> {
    const client = new SSMClient({ region, ...PATIENCE });
    try {
      const { Parameter: found } = await within(client, client.send(new GetParameterCommand({ Name: name })));
      return found?.Value;
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
    const pages = async (paginate: typeof paginateListServiceQuotas) => {
      const client = new ServiceQuotasClient({ region, ...PATIENCE });
      return within(client, valuesOf(paginate({ client }, { ServiceCode: service })));
    };
    const values = await pages(paginateListAWSDefaultServiceQuotas);
    try {
      return { values: new Map([...values, ...(await pages(paginateListServiceQuotas))]), areDefaults: false };
    } catch {
      return { values, areDefaults: true };
    }
  }
}

/** An answer that comes in time; else the connection is given up. */
async function within<T>(client: { destroy(): void }, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `no answer within ${LONGEST_SECONDS} seconds`;
    timer = setTimeout(
      () => reject(Object.assign(new Error(message), { name: 'TimeoutError' })),
      LONGEST_SECONDS * 1000,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
    client.destroy();
  }
}

async function valuesOf(pages: AsyncIterable<{ Quotas?: ServiceQuota[] }>): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  let page = 0;
  for await (const { Quotas: quotas = [] } of pages) {
    page++;
    if (page > MOST_PAGES) {
      throw new Error(`more than ${MOST_PAGES} pages`);
    }
    for (const { QuotaName: name, Value: value } of quotas) {
      if (name !== undefined && value !== undefined) {
        found.set(name.toLowerCase(), value);
      }
    }
  }
  return found;
}
