/** The page of a control of Security Hub, such as `SageMaker.1`. */
export function securityHub(control: string): string {
  const [service] = control.toLowerCase().split('.');
  return `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html#${control.toLowerCase().replace('.', '-')}`;
}

/** The page of a managed rule of AWS Config, such as `sagemaker-model-in-vpc`. */
export function configRule(name: string): string {
  return `https://docs.aws.amazon.com/config/latest/developerguide/${name}.html`;
}

/** A page of the developer guide of SageMaker. */
export function sagemakerGuide(page: string): string {
  return `https://docs.aws.amazon.com/sagemaker/latest/dg/${page}.html`;
}

/** A page of the user guide of IAM. */
export function iamGuide(page: string): string {
  return `https://docs.aws.amazon.com/IAM/latest/UserGuide/${page}.html`;
}
