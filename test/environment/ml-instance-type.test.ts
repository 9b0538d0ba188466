import { CfnParameter, Stack } from 'aws-cdk-lib';
import { MlInstanceType } from '../../src/environment';

describe('MlInstanceType', () => {
  const stack = new Stack();

  test('constants have the names that AWS gives them', () => {
    const constants = Object.entries(MlInstanceType).filter(([, type]) => type instanceof MlInstanceType);

    expect(constants.length).toBeGreaterThan(10);
    for (const [constant, type] of constants) {
      expect(type.name).toBe(`ml.${constant.toLowerCase().replace('_', '.')}`);
      expect(() => type._requireNotebook(stack, 'instanceType')).not.toThrow();
    }
  });

  test.each(['ml.g6.xlarge', 'ml.p4d.24xlarge', 'ml.r7i.48xlarge', 'ml.inf2.xlarge', 'ml.trn1.2xlarge'])(
    'of takes the newer size %s',
    (name) => {
      const type = MlInstanceType.of(name);

      expect(type.name).toBe(name);
      expect(() => type._requireNotebook(stack, 'instanceType')).not.toThrow();
    },
  );

  test.each([
    ['t3.medium', 't3.medium'],
    ['', "''"],
    ['ml.t3', 'ml.t3'],
    ['ML.T3.MEDIUM', 'ML.T3.MEDIUM'],
    ['ml.t3.medium ', "'ml.t3.medium '"],
    ['ml..medium', 'ml..medium'],
  ])('fails for %j at the construct that takes it, and not before', (name, shown) => {
    const type = MlInstanceType.of(name);

    expect(() => type._requireNotebook(stack, 'instanceType')).toThrow(
      `Default: 'instanceType' must be a SageMaker instance type such as 'ml.t3.medium', with the prefix ml., got: ${shown}`,
    );
  });

  test.each(['ml.p2.xlarge', 'ml.p3.2xlarge', 'ml.p3dn.24xlarge', 'ml.inf1.xlarge', 'ml.g3.4xlarge'])(
    'fails for %s, on which notebooks no longer run',
    (name) => {
      expect(() => MlInstanceType.of(name)._requireNotebook(stack, 'instanceType')).toThrow(
        `Default: 'instanceType' must be a type that notebooks on Amazon Linux 2023 can run on, so none of ml.p2, ml.p3, ml.p3dn, ml.inf1, ml.g3, got: ${name}`,
      );
    },
  );

  test('accepts a size that is known only at deployment', () => {
    const name = new CfnParameter(stack, 'Size').valueAsString;

    expect(() => MlInstanceType.of(name)._requireNotebook(stack, 'instanceType')).not.toThrow();
  });
});
