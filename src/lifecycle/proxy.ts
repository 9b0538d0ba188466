import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { fail, requireKnown, requireList, requirePattern } from '../private/checks';
import { BoundFeature, FeaturePeer, LifecycleFeature } from './lifecycle-feature';
import { LifecyclePhase, LifecycleUser } from './lifecycle-step';

/** The way out of a network through a proxy. */
export interface ProxyOptions {
  /**
   * Where the proxy for HTTPS listens: `http://host:port`, or `https://host:port` if the proxy itself speaks TLS. At most
   * 255 characters, without user name and password: whoever works in a notebook could read them.
   */
  readonly httpsProxy: string;

  /**
   * Where the proxy for plain HTTP listens, in the same form.
   *
   * @default - The same as `httpsProxy`.
   */
  readonly httpProxy?: string;

  /**
   * What is reached without the proxy, at most 50: host names, domains with a leading dot (`.example.com`), addresses and
   * ranges of addresses. Besides these, the notebook itself, its metadata, the VPC and the endpoints of AWS in the Region
   * are always reached directly.
   *
   * @default - Only what is always reached directly.
   */
  readonly noProxy?: string[];

  /**
   * The proxy, if it is inside the VPC: notebooks are allowed to open connections to the ports of the two URLs.
   *
   * @default - The network lets notebooks reach the proxy, which it does for port 443.
   */
  readonly peer?: ec2.IConnectable;
}

const HOST = '([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)*[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?';
const PROXY = new RegExp(`^(?=.{1,255}$)https?://(${HOST}|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}/?$`);
const DIRECT = /^(?!\*$)[A-Za-z0-9.:/[\]_-]{1,255}$/;
const RULE = 'http://host:port or https://host:port, without user name and password';

/** The variables and files that programs look for when they leave the network. `vpcCidr` is never left through them. */
export function bindProxy(scope: IConstruct, options: ProxyOptions, vpcCidr?: string): BoundFeature {
  const { httpsProxy, httpProxy = httpsProxy, noProxy = [], peer } = options;
  requireProxy(scope, 'proxy.httpsProxy', httpsProxy);
  requireProxy(scope, 'proxy.httpProxy', httpProxy);
  requireList(scope, 'proxy.noProxy', noProxy, 0, 50);
  noProxy.forEach((entry, index) => {
    const rule = 'a host, a domain with a leading dot, an address or a range of addresses';
    requirePattern(scope, `proxy.noProxy[${index}]`, entry, DIRECT, rule);
  });
  if (peer) {
    requireKnown(scope, 'proxy.httpsProxy', httpsProxy, "the port to 'peer' is part of it");
    requireKnown(scope, 'proxy.httpProxy', httpProxy, "the port to 'peer' is part of it");
  }
  return {
    name: LifecycleFeature.PROXY,
    user: LifecycleUser.ROOT,
    phase: LifecyclePhase.BLOCKING,
    timeoutSeconds: 60,
    settings: {
      httpsProxy: withoutSlash(httpsProxy),
      httpProxy: withoutSlash(httpProxy),
      noProxy,
      vpcCidr: vpcCidr ?? null,
    },
    peers: peer ? peersOf(peer, [httpsProxy, httpProxy]) : [],
  };
}

function requireProxy(scope: IConstruct, prop: string, url: string): void {
  if (Token.isUnresolved(url)) {
    return;
  }
  if (typeof url !== 'string' || !PROXY.test(url) || portOf(url) < 1 || portOf(url) > 65_535) {
    fail(scope, prop, RULE, withoutCredentials(url));
  }
}

function peersOf(peer: ec2.IConnectable, urls: string[]): FeaturePeer[] {
  return [...new Set(urls.map(portOf))].map((port) => ({
    peer,
    port: ec2.Port.tcp(port),
    description: 'Proxy of notebooks',
  }));
}

function portOf(url: string): number {
  return Number(/:([0-9]+)\/?$/.exec(url)?.[1]);
}

function withoutSlash(url: string): string {
  return Token.isUnresolved(url) ? url : url.replace(/\/$/, '');
}

/** Errors end in the logs of builds, which are no place for a password. */
export function withoutCredentials(url: unknown): unknown {
  return typeof url === 'string' ? url.replace(/\/\/[^/]*@/, '//***@') : url;
}
