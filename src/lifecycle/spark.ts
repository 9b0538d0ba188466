import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { fail, requireKnown, requireWholeNumber } from '../private/checks';
import { BoundFeature, LifecycleFeature } from './lifecycle-feature';
import { LifecyclePhase, LifecycleUser } from './lifecycle-step';
import { withoutCredentials } from './proxy';

/** Where the Spark kernels of notebooks find their cluster. */
export interface SparkOptions {
  /**
   * Address of the cluster's Livy server, such as `http://ip-10-0-0-1.eu-west-1.compute.internal:8998`, without
   * credentials. It may contain the DNS name of a cluster, which is known only at deployment; it is stored as a tag then,
   * so at most 256 characters.
   */
  readonly livyUrl: string;

  /**
   * The cluster, which notebooks get a connection to. For EMR that is the security group of its primary node.
   *
   * @default - No connection is opened. Port 443 is open anyhow.
   */
  readonly peer?: ec2.IConnectable;

  /**
   * Port of the connection to `peer`, from 1 to 65535.
   *
   * @default 8998
   */
  readonly port?: number;
}

const LIVY_PORT = 8_998;
const URL_RULE = 'http:// or https://, a host and a port on one line of at most 256 characters, without credentials';
const LIVY_URL = /^(?=.{1,256}$)https?:\/\/[A-Za-z0-9.-]+(:[0-9]{1,5})?(\/[A-Za-z0-9._~/-]*)?$/;

/** The Spark kernels of the image, Sparkmagic, with the cluster that they send code to. */
export function bindSpark(scope: IConstruct, options: SparkOptions): BoundFeature {
  const { livyUrl, peer, port } = options;
  if (!Token.isUnresolved(livyUrl) && !LIVY_URL.test(livyUrl)) {
    fail(scope, 'spark.livyUrl', URL_RULE, withoutCredentials(livyUrl));
  }
  if (port !== undefined) {
    requireKnown(scope, 'spark.port', port, 'a security group rule is named after it');
    requireWholeNumber(scope, 'spark.port', port, 1, 65_535);
    if (peer === undefined) {
      fail(scope, 'spark.port', "left out unless 'spark.peer' is given", port);
    }
  }
  return {
    name: LifecycleFeature.SPARK,
    user: LifecycleUser.EC2_USER,
    phase: LifecyclePhase.BLOCKING,
    timeoutSeconds: 30,
    settings: { livyUrl },
    peers: peer ? [{ peer, port: ec2.Port.tcp(port ?? LIVY_PORT), description: 'Livy' }] : [],
  };
}
