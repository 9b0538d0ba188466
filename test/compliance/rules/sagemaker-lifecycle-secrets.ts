import { RuleCases, subject } from '../rule-cases';

// Put together, so that no scanner takes this file for a leak.
const KEY = ['AKIA', 'IOSFODNN7EXAMPLE'].join('');
const PEM = ['-----BEGIN RSA PRIV', 'ATE KEY-----'].join('');
const notebook = (hook: string, Content: unknown) =>
  subject('AWS::SageMaker::NotebookInstanceLifecycleConfig', { [hook]: [{ Content }] });
const encoded = (text: string) => Buffer.from(text).toString('base64');
const studio = (text: string) =>
  subject('AWS::SageMaker::StudioLifecycleConfig', { StudioLifecycleConfigContent: encoded(text) });

export const cases: RuleCases = {
  compliant: {
    'a script without any': notebook('OnStart', encoded('#!/bin/sh\naws s3 ls\n')),
    'a script that CloudFormation encodes': notebook('OnCreate', {
      'Fn::Base64': { 'Fn::Sub': 'echo ${AWS::Region}' },
    }),
    'a script of Studio': studio('echo hello'),
    'no script': subject('AWS::SageMaker::NotebookInstanceLifecycleConfig', {}),
  },
  nonCompliant: {
    'an access key at start': notebook('OnStart', encoded(`export AWS_ACCESS_KEY_ID=${KEY}\n`)),
    'a private key at creation, encoded by CloudFormation': notebook('OnCreate', {
      'Fn::Base64': { 'Fn::Join': ['\n', ['cat <<END', PEM, { Ref: 'AWS::Region' }]] },
    }),
    'a script of Studio': studio(`aws configure set aws_access_key_id ${KEY}`),
  },
  notApplicable: {
    'another resource': subject('AWS::SageMaker::NotebookInstance', {}),
  },
};
