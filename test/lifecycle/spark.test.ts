import { App, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { bindSpark } from '../../src/lifecycle/spark';

const LIVY = 'http://ip-10-0-0-1.eu-west-1.compute.internal:8998';

describe('spark', () => {
  let stack: Stack;
  let scope: Construct;
  let cluster: ec2.ISecurityGroup;
  beforeEach(() => {
    stack = new Stack(new App(), 'Team');
    scope = new Construct(stack, 'Lifecycle');
    cluster = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Cluster', 'sg-1');
  });

  test('is configured before Jupyter opens, and needs no right and no endpoint', () => {
    expect(bindSpark(scope, { livyUrl: LIVY })).toEqual({
      name: 'spark',
      user: 'ec2-user',
      phase: 'blocking',
      timeoutSeconds: 30,
      settings: { livyUrl: LIVY },
      peers: [],
    });
  });

  test("opens the port of Livy to the cluster's security group", () => {
    const { peers } = bindSpark(scope, { livyUrl: LIVY, peer: cluster });

    expect(peers).toEqual([{ peer: cluster, port: ec2.Port.tcp(8_998), description: 'Livy' }]);
  });

  test('opens the port that it is told', () => {
    const { peers } = bindSpark(scope, { livyUrl: 'https://livy.example.com:8999/', peer: cluster, port: 8_999 });

    expect(peers?.[0].port).toEqual(ec2.Port.tcp(8_999));
  });

  test('takes the name of a cluster that is known only at deployment', () => {
    const livyUrl = `http://${Token.asString({ Ref: 'Cluster' })}:8998`;

    expect(bindSpark(scope, { livyUrl }).settings).toEqual({ livyUrl });
  });

  test.each(['http://host:8998', 'https://livy.example.com', 'https://livy.example.com/gateway/default/livy/v1'])(
    'takes the address %p',
    (livyUrl) => {
      expect(() => bindSpark(scope, { livyUrl })).not.toThrow();
    },
  );

  test.each([
    '',
    'host:8998',
    'ftp://host:8998',
    'http://',
    'http://host:port',
    'http://host:8998/a b',
    'http://host\n',
    'http://host?user=a',
    `http://${'a'.repeat(256)}`,
  ])('refuses the address %p', (livyUrl) => {
    expect(() => bindSpark(scope, { livyUrl })).toThrow(
      "Team/Lifecycle: 'spark.livyUrl' must be http:// or https://, a host and a port on one line of at most 256 characters, without credentials, got: ",
    );
  });

  test('refuses credentials in the address without repeating them', () => {
    expect(() => bindSpark(scope, { livyUrl: 'http://user:secret@host:8998' })).toThrow('got: http://***@host:8998');
  });

  test.each([0, 65_536, 1.5])('refuses the port %p', (port) => {
    expect(() => bindSpark(scope, { livyUrl: LIVY, peer: cluster, port })).toThrow(
      `Team/Lifecycle: 'spark.port' must be a whole number from 1 to 65535, got: ${port}`,
    );
  });

  test('refuses a port that is known only at deployment', () => {
    const port = Token.asNumber({ Ref: 'Port' });

    expect(() => bindSpark(scope, { livyUrl: LIVY, peer: cluster, port })).toThrow(
      "Team/Lifecycle: 'spark.port' must be known at synthesis, because a security group rule is named after it, got: a deploy-time value",
    );
  });

  test('refuses a port of nothing', () => {
    expect(() => bindSpark(scope, { livyUrl: LIVY, port: 8_998 })).toThrow(
      "Team/Lifecycle: 'spark.port' must be left out unless 'spark.peer' is given, got: 8998",
    );
  });
});
