import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CodeSource, warnOfUnreachableHost } from '../code';
import { IMlNetwork, InternetAccess, MlService } from '../network';
import { requireList } from '../private/checks';
import { LIMITS } from '../private/limits-table';

const SERVICES = {
  codecommit: MlService.CODECOMMIT,
  'codecommit-git': MlService.CODECOMMIT_GIT,
  secretsmanager: MlService.SECRETS_MANAGER,
};

/** What cloning some repositories comes to. */
export interface NotebookCode {
  readonly repositories: string[];
  readonly statements: iam.PolicyStatement[];
}

/** Prepares repositories for a notebook: has the network reach them, or warns that it does not. */
export function bindCode(scope: Construct, network: IMlNetwork, sources: CodeSource[]): NotebookCode {
  const bound = sources.map((source, index) => source._bind(scope, `codeRepositories[${index}]`));
  requireList(
    scope,
    'codeRepositories',
    bound.map(({ repository }) => repository),
    0,
    1 + LIMITS.additionalRepositories.max,
  );
  for (const { services, internetHost } of bound) {
    for (const service of services) {
      network.requireService(SERVICES[service]);
    }
    if (internetHost !== undefined && network.internetAccess === InternetAccess.NONE) {
      warnOfUnreachableHost(scope, internetHost);
    }
  }
  return {
    repositories: bound.map(({ repository }) => repository),
    statements: bound.flatMap(({ statements }) => statements),
  };
}
