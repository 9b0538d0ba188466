import { allow, managedPolicy } from '../policy-cases';
import { RuleCases } from '../rule-cases';

const SUBNETS = { 'sagemaker:VpcSubnets': ['subnet-1', 'subnet-2'] };
const create = (condition: { [operator: string]: object }) =>
  managedPolicy(allow('sagemaker:CreateTrainingJob', '*', condition));

export const cases: RuleCases = {
  compliant: {
    'with Null': create({
      'ForAllValues:StringEquals': SUBNETS,
      Null: { 'sagemaker:VpcSubnets': 'false' },
    }),
    'with Null as a boolean, and the key in other letters': create({
      'ForAllValues:StringEquals': SUBNETS,
      Null: { 'sagemaker:vpcsubnets': false },
    }),
    'with ForAnyValue': create({ 'ForAllValues:StringEquals': SUBNETS, 'ForAnyValue:StringEquals': SUBNETS }),
  },
  nonCompliant: {
    alone: create({ 'ForAllValues:StringEquals': SUBNETS }),
    'with Null for another key': create({
      'ForAllValues:StringEquals': SUBNETS,
      Null: { 'sagemaker:VpcSecurityGroupIds': 'false' },
    }),
    'with the opposite of Null': create({
      'ForAllValues:StringEquals': SUBNETS,
      Null: { 'sagemaker:VpcSubnets': 'true' },
    }),
  },
  notApplicable: {
    'tags, which may be missing': create({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['project'] } }),
    'a Deny': managedPolicy({
      Effect: 'Deny',
      Action: 'sagemaker:CreateTrainingJob',
      Resource: '*',
      Condition: { 'ForAllValues:StringNotEquals': SUBNETS },
    }),
    'another operator': create({ StringEquals: SUBNETS }),
  },
};
