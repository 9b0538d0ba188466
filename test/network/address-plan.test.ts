import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { planSubnets } from '../../src/network/address-plan';

describe('planSubnets', () => {
  test.each([
    [16, 20, 24],
    [20, 24, 28],
    [22, 26, 28],
    [24, 28, 28],
  ])('a range of /%p has workload subnets of /%p and keeps room for public ones of /%p', (range, workload, open) => {
    const [workloads, publics] = plan({ range: `10.0.0.0/${range}` });

    expect(workloads).toMatchObject({ name: 'Workload', cidrMask: workload });
    expect(publics).toMatchObject({ name: 'Public', cidrMask: open });
  });

  test.each([
    [false, ec2.SubnetType.PRIVATE_ISOLATED],
    [true, ec2.SubnetType.PRIVATE_WITH_EGRESS],
  ])('workload subnets keep name, place and size whether the internet is reached (%p)', (internet, subnetType) => {
    const [workloads] = plan({ internet });

    expect(workloads).toEqual({ name: 'Workload', cidrMask: 20, subnetType });
  });

  test.each([true, false])(
    'the addresses of public subnets are reserved where there are none (%p)',
    (publicSubnets) => {
      const [, publics] = plan({ publicSubnets });

      expect(publics).toMatchObject({ reserved: !publicSubnets, mapPublicIpOnLaunch: false });
    },
  );

  test.each(['10.0.0.0/25', '10.0.0.0/28', '10.0.0.0/15'])('fails for range %s', (range) => {
    expect(() => plan({ range })).toThrow(
      `Default: 'ipAddresses' must be a range from /16 to /24, since SageMaker needs an address per notebook, got: ${range}`,
    );
  });

  test('takes the size of a range that IPAM gives', () => {
    const ipam = (ipv4NetmaskLength: number) =>
      planSubnets(
        new Stack(),
        ec2.IpAddresses.awsIpamAllocation({ ipv4IpamPoolId: 'pool', ipv4NetmaskLength }),
        false,
        false,
      );

    expect(ipam(20)[0].cidrMask).toBe(24);
    expect(() => ipam(28)).toThrow("'ipAddresses' must be a range from /16 to /24");
    expect(() => ipam(28)).toThrow('got: 28');
  });

  function plan({ range = '10.0.0.0/16', internet = false, publicSubnets = false }) {
    return planSubnets(new Stack(), ec2.IpAddresses.cidr(range), internet, publicSubnets);
  }
});
