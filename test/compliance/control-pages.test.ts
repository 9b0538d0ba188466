import { configRule, iamGuide, sagemakerGuide, securityHub } from '../../src/compliance/control-pages';

test.each([
  [securityHub('SageMaker.4'), 'securityhub/latest/userguide/sagemaker-controls.html#sagemaker-4'],
  [securityHub('S3.6'), 'securityhub/latest/userguide/s3-controls.html#s3-6'],
  [configRule('sagemaker-model-in-vpc'), 'config/latest/developerguide/sagemaker-model-in-vpc.html'],
  [sagemakerGuide('host-vpc'), 'sagemaker/latest/dg/host-vpc.html'],
  [iamGuide('id_roles_use_passrole'), 'IAM/latest/UserGuide/id_roles_use_passrole.html'],
])('%s is a page of AWS', (url, page) => {
  expect(url).toBe(`https://docs.aws.amazon.com/${page}`);
});
