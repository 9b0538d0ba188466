import { RuleCases, subject } from '../rule-cases';

const NOTEBOOK = 'AWS::SageMaker::NotebookInstance';
const STAGE = { Ref: 'Stage' };
const CONDITIONS = {
  Parameters: { Stage: { Type: 'String' } },
  Conditions: {
    IsProd: { 'Fn::Equals': [STAGE, 'prod'] },
    IsTest: { 'Fn::Not': [{ Condition: 'IsProd' }] },
  },
};

export const cases: RuleCases = {
  compliant: {
    disabled: subject('AWS::SageMaker::NotebookInstance', { RootAccess: 'Disabled' }),
  },
  nonCompliant: {
    enabled: subject('AWS::SageMaker::NotebookInstance', { RootAccess: 'Enabled' }),
    'what AWS does by default': subject('AWS::SageMaker::NotebookInstance', {}),
    'a value of another resource': subject('AWS::SageMaker::NotebookInstance', {
      RootAccess: { 'Fn::GetAtt': ['Custom', 'Root'] },
    }),
  },
  notApplicable: {
    'another type': subject('AWS::S3::Bucket', {}),
  },
  beyondGuard: {
    compliant: {
      'disabled on both branches': subject(
        NOTEBOOK,
        {
          RootAccess: { 'Fn::If': ['IsProd', 'Disabled', { 'Fn::If': ['IsTest', 'Disabled', 'Disabled'] }] },
        },
        CONDITIONS,
      ),
      'disabled by the default of a parameter': subject(
        NOTEBOOK,
        { RootAccess: { Ref: 'Root' } },
        {
          Parameters: { Root: { Type: 'String', Default: 'Disabled' } },
        },
      ),
      'enabled on a branch that is never taken': subject(
        NOTEBOOK,
        {
          RootAccess: { 'Fn::If': ['IsProd', { 'Fn::If': ['IsTest', 'Enabled', 'Disabled'] }, 'Disabled'] },
        },
        CONDITIONS,
      ),
      'enabled where the resource does not exist': {
        ...CONDITIONS,
        Resources: {
          Subject: {
            Type: NOTEBOOK,
            Condition: 'IsProd',
            Properties: { RootAccess: { 'Fn::If': ['IsProd', 'Disabled', 'Enabled'] } },
          },
        },
      },
    },
    nonCompliant: {
      'enabled on one branch': subject(
        NOTEBOOK,
        { RootAccess: { 'Fn::If': ['IsProd', 'Disabled', 'Enabled'] } },
        CONDITIONS,
      ),
      'no value on one branch': subject(
        NOTEBOOK,
        {
          RootAccess: { 'Fn::If': ['IsProd', 'Disabled', { Ref: 'AWS::NoValue' }] },
        },
        CONDITIONS,
      ),
      'enabled by one of the values that a parameter may have': subject(
        NOTEBOOK,
        { RootAccess: { Ref: 'Root' } },
        {
          Parameters: { Root: { Type: 'String', Default: 'Disabled', AllowedValues: ['Disabled', 'Enabled'] } },
        },
      ),
      'a parameter without a default': subject(
        NOTEBOOK,
        { RootAccess: { Ref: 'Root' } },
        {
          Parameters: { Root: { Type: 'String' } },
        },
      ),
      'a parameter that is looked up': subject(
        NOTEBOOK,
        { RootAccess: { Ref: 'Root' } },
        {
          Parameters: { Root: { Type: 'AWS::SSM::Parameter::Value<String>', Default: 'Disabled' } },
        },
      ),
    },
  },
};
