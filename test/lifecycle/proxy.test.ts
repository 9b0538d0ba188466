import { App, Aws, CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { bindProxy, ProxyOptions } from '../../src/lifecycle/proxy';

const URL_OF_PROXY = 'http://proxy.corp:3128';
const RULE = 'http://host:port or https://host:port, without user name and password';

describe('bindProxy', () => {
  let stack: Stack;
  let lifecycle: Construct;
  beforeEach(() => {
    stack = new Stack(new App(), 'Stack');
    lifecycle = new Construct(stack, 'Lifecycle');
  });

  test('is one proxy for all, before the notebook opens, and needs no rights', () => {
    expect(bind()).toEqual({
      name: 'proxy',
      user: 'root',
      phase: 'blocking',
      timeoutSeconds: 60,
      settings: { httpsProxy: URL_OF_PROXY, httpProxy: URL_OF_PROXY, noProxy: [], vpcCidr: null },
      peers: [],
    });
  });

  test('passes on a proxy for plain HTTP and what is reached directly', () => {
    const noProxy = ['git.corp', '.team.corp', '10.1.0.0/16', '10.1.0.1', '[fd00::1]', 'host:8080'];
    const { settings } = bind({ httpProxy: 'http://plain.corp:80/', noProxy }, '10.0.0.0/16');

    expect(settings).toEqual({
      httpsProxy: URL_OF_PROXY,
      httpProxy: 'http://plain.corp:80',
      noProxy,
      vpcCidr: '10.0.0.0/16',
    });
  });

  test('lets deploy-time values through, which the notebook looks at', () => {
    const host = new CfnParameter(stack, 'Proxy').valueAsString;

    const { settings } = bind({ httpsProxy: host, noProxy: [Aws.URL_SUFFIX] }, host);

    expect(settings).toEqual({ httpsProxy: host, httpProxy: host, noProxy: [Aws.URL_SUFFIX], vpcCidr: host });
  });

  test.each([
    'http://10.0.0.1:3128',
    'https://proxy.corp:443',
    'http://[fd00::1]:3128',
    'http://p:1',
    'http://p:65535/',
  ])('accepts %s', (httpsProxy) => {
    expect(bind({ httpsProxy }).settings.httpsProxy).toBe(httpsProxy.replace(/\/$/, ''));
  });

  test.each([
    ['nothing', '', "''"],
    ['no port', 'http://proxy.corp', 'http://proxy.corp'],
    ['no scheme', 'proxy.corp:3128', 'proxy.corp:3128'],
    ['another scheme', 'socks5://proxy.corp:1080', 'socks5://proxy.corp:1080'],
    ['user name and password', 'http://alice:pw@proxy.corp:3128', 'http://***@proxy.corp:3128'],
    ['a path', 'http://proxy.corp:3128/a', 'http://proxy.corp:3128/a'],
    ['port 0', 'http://proxy.corp:0', 'http://proxy.corp:0'],
    ['a port that is too large', 'http://proxy.corp:65536', 'http://proxy.corp:65536'],
    ['a command', 'http://$(id):80', 'http://$(id):80'],
    ['a newline', 'http://proxy.corp:80\n', "'http://proxy.corp:80\\n'"],
    ['256 characters', `http://${'a.'.repeat(123)}a:80`, `http://${'a.'.repeat(123)}a:80`],
  ])('fails for a proxy with %s, and shows it without its password', (_what, url, shown) => {
    for (const prop of ['httpsProxy', 'httpProxy']) {
      expect(() => bind({ [prop]: url })).toThrow(
        new Error(`Stack/Lifecycle: 'proxy.${prop}' must be ${RULE}, got: ${shown}`),
      );
    }
  });

  test.each(['*', '', 'a b', 'a,b', '$(id)', 'a"', 'ü.corp', 'a'.repeat(256)])(
    'fails for %p beside the proxy',
    (entry) => {
      expect(() => bind({ noProxy: ['ok.corp', entry] })).toThrow(
        "Stack/Lifecycle: 'proxy.noProxy[1]' must be a host, a domain with a leading dot, an address or a range of addresses, got: ",
      );
    },
  );

  test('fails for more than 50 places beside the proxy', () => {
    const noProxy = Array.from({ length: 51 }, (_, index) => `host-${index}`);

    expect(() => bind({ noProxy })).toThrow("'proxy.noProxy' must be a list of 0 to 50");
    expect(() => bind({ noProxy: noProxy.slice(1) })).not.toThrow();
  });

  test('opens the ports to a proxy in the VPC, each once', () => {
    const peer = ec2.Peer.ipv4('10.0.0.1/32');
    const ports = (options: Partial<ProxyOptions>) => bind({ peer, ...options }).peers?.map(({ port }) => `${port}`);

    expect(ports({})).toEqual(['3128']);
    expect(ports({ httpProxy: 'http://proxy.corp:80' })).toEqual(['3128', '80']);
    expect(bind({ peer }).peers).toEqual([{ peer, port: ec2.Port.tcp(3128), description: 'Proxy of notebooks' }]);
  });

  test.each(['httpsProxy', 'httpProxy'])(
    'fails for a proxy in the VPC whose %s is known only at deployment',
    (prop) => {
      const url = Lazy.string({ produce: () => URL_OF_PROXY });

      expect(() => bind({ peer: ec2.Peer.anyIpv4(), httpProxy: URL_OF_PROXY, [prop]: url })).toThrow(
        `'proxy.${prop}' must be known at synthesis, because the port to 'peer' is part of it, got: a deploy-time value`,
      );
    },
  );

  function bind(options: Partial<ProxyOptions> = {}, vpcCidr?: string) {
    return bindProxy(lifecycle, { httpsProxy: URL_OF_PROXY, ...options }, vpcCidr);
  }
});
