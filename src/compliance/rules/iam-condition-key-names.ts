import { CodeRule } from '../compliance-rule';
import { IDENTITY_TYPES, identityStatements } from '../policy-statements';

/** Keys that exist, but that the actions they were made for no longer take, and their successors. */
const SUCCESSORS: { [key: string]: string } = {
  'sagemaker:domainsharingoutputkmskey': 'sagemaker:DomainSharingOutputKmsKeyArn',
  'sagemaker:featuregroupofflinestorekmskey': 'sagemaker:FeatureGroupOfflineStoreKmsKeyArn',
  'sagemaker:featuregrouponlinestorekmskey': 'sagemaker:FeatureGroupOnlineStoreKmsKeyArn',
  'sagemaker:outputkmskey': 'sagemaker:OutputKmsKeyArn',
  'sagemaker:volumekmskey': 'sagemaker:VolumeKmsKeyArn',
};

export const rule: CodeRule = {
  id: 'iam-condition-key-names',
  controls: [],
  title: 'Conditions on the keys of SageMaker use the names that SageMaker takes',
  severity: 'MEDIUM',
  remedy: 'Write the name that ends in Arn: with the old one an Allow allows nothing and a Deny denies nothing',
  link: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html',
  resourceTypes: IDENTITY_TYPES,
  inspect: (resource) => {
    const conditions = identityStatements(resource).flatMap(({ place, conditions: found }) =>
      found.map((condition) => ({ ...condition, location: `${place}.Condition` })),
    );
    const sagemaker = conditions.filter(({ key }) => key.startsWith('sagemaker:'));
    return sagemaker.length === 0
      ? undefined
      : sagemaker
          .filter(({ key }) => key in SUCCESSORS)
          .map(({ key, location }) => ({ location, text: `${location} must name ${SUCCESSORS[key]}, got: ${key}` }));
  },
};
