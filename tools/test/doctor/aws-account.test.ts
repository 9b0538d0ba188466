import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { AwsAccount } from '../../src/doctor/aws-account';

const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Arn>arn:aws:iam::111111111111:user/alice</Arn><UserId>A</UserId><Account>111111111111</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** What AWS answers, by the operation and the last part of the token of a page. */
const ANSWERS: { readonly [operation: string]: { readonly status?: number; readonly body: object } } = {
  'AmazonSSM.GetParameter': { body: { Parameter: { Name: 'version', Value: '30' } } },
  'ServiceQuotasV20190624.ListAWSDefaultServiceQuotas': {
    body: { Quotas: [{ QuotaName: 'VPCs per Region', Value: 5 }], NextToken: 'more' },
  },
  'ServiceQuotasV20190624.ListAWSDefaultServiceQuotas more': { body: { Quotas: [{ QuotaName: 'Rare', Value: 0 }] } },
  'ServiceQuotasV20190624.ListServiceQuotas': { body: { Quotas: [{ QuotaName: 'VPCs per Region', Value: 20 }] } },
};

let server: Server;
let identity: string;
let asked: string[];
let answers: typeof ANSWERS;
const before = { ...process.env };

beforeEach(async () => {
  asked = [];
  identity = IDENTITY;
  answers = ANSWERS;
  server = createServer((request, response) => {
    let sent = '';
    request.on('data', (part) => {
      sent += part;
    });
    request.on('end', () => {
      const target = request.headers['x-amz-target'];
      if (typeof target !== 'string') {
        response.setHeader('Content-Type', 'text/xml');
        response.end(identity);
        return;
      }
      const { NextToken: page, ServiceCode: service } = JSON.parse(sent);
      const region = /\/\d{8}\/([^/]+)\//.exec(String(request.headers.authorization))?.[1];
      asked.push([target, page, service, region].filter(Boolean).join(' '));
      const { status = 200, body } = answers[[target, page].filter(Boolean).join(' ')];
      response.statusCode = status;
      response.setHeader('Content-Type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});

afterEach(async () => {
  process.env = { ...before };
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('the caller is who the credentials belong to', async () => {
  expect(await new AwsAccount('eu-central-1').caller()).toEqual({
    account: '111111111111',
    arn: 'arn:aws:iam::111111111111:user/alice',
  });
});

test('an answer that names no account is none', async () => {
  identity = '<html><body>Sign in to the network of the hotel</body></html>';

  await expect(new AwsAccount('eu-central-1').caller()).rejects.toThrow();
});

test('quotas without an end are given up', async () => {
  const endless = { body: { Quotas: [{ QuotaName: 'A', Value: 1 }], NextToken: 'again' } };
  const operation = 'ServiceQuotasV20190624.ListAWSDefaultServiceQuotas';
  answers = { [operation]: endless, [`${operation} again`]: endless };

  await expect(new AwsAccount().quotas('eu-west-3', 'vpc')).rejects.toThrow(/pages|token/i);
});

test('a parameter is read in its region', async () => {
  expect(await new AwsAccount().parameter('eu-west-3', '/cdk-bootstrap/hnb659fds/version')).toBe('30');
  expect(asked).toEqual(['AmazonSSM.GetParameter eu-west-3']);
});

test('a parameter that is not there is nothing, and one that may not be read is an error', async () => {
  const refused = (type: string) => {
    answers = { 'AmazonSSM.GetParameter': { status: 400, body: { __type: type, message: type } } };
    return new AwsAccount().parameter('eu-west-3', 'version');
  };

  expect(await refused('ParameterNotFound')).toBeUndefined();
  await expect(refused('AccessDeniedException')).rejects.toThrow('AccessDeniedException');
});

test('quotas are those of the account where it has its own, else the defaults, from all pages', async () => {
  const quotas = await new AwsAccount().quotas('eu-west-3', 'vpc');

  const values = [
    ['vpcs per region', 20],
    ['rare', 0],
  ] as const;
  expect(quotas).toEqual({ values: new Map(values), areDefaults: false });
});

test('quotas are the defaults where those of the account may not be read', async () => {
  const refused = { status: 400, body: { __type: 'AccessDeniedException' } };
  answers = { ...ANSWERS, 'ServiceQuotasV20190624.ListServiceQuotas': refused };

  const { values, areDefaults } = await new AwsAccount().quotas('eu-west-3', 'vpc');
  expect([values.get('vpcs per region'), areDefaults]).toEqual([5, true]);
});

test('quotas of a service are asked for once per region, and those of IAM in its only one', async () => {
  const account = new AwsAccount();
  await Promise.all(['eu-west-1', 'eu-west-3', 'eu-west-3'].map((region) => account.quotas(region, 'iam')));

  expect(asked).toHaveLength(3);
  expect(asked.every((each) => each.endsWith('iam us-east-1'))).toBe(true);
});
