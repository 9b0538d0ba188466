import { mapAddress } from './addresses.mjs';

const WATCHER = 'v0rts/aws-price-watcher@c4a0470f63402104fb3793bb114a39e488eb04ec';

const recorded = (service, date, path = `processed/${service}.json`) => ({
  date,
  from: `${WATCHER}:${path}`,
  licence: 'MIT',
  upstream: mapAddress(service),
});

/** Sources of the two files that the table began with: their dates stand in no file. */
export const ORIGINS = {
  vpc: recorded('vpc', '2025-11-19'),
  s3: recorded('s3', '2025-12-02'),
  kms: recorded('kms', '2025-08-28'),
  lambda: recorded('lambda', '2025-12-02'),
  glue: recorded('glue', '2025-12-01'),
  cloudwatch: recorded('cloudwatch', '2025-12-03'),
  secretsmanager: recorded('secretsmanager', '2025-08-28'),
  sagemaker: recorded('sagemaker', '2025-12-05', 'raw/sagemaker-instances-studionotebook.json'),
  jupyterlab: {
    date: '2026-09-24',
    from: 'cloud-architect-ky/av3.0-blueprint-lab@189af6d4e7ae294409d2baee3abe25f86d46fd36:scripts/av30_instance_rates.py',
    licence: 'MIT-0',
    upstream: 'AWS Price List API, ServiceCode=AmazonSageMaker, platoinstancetype=Studio-JupyterLab',
  },
  ec2: recorded('ec2', '2025-12'),
};
