import { MlService } from 'cdk-ml-infra';

// What a base and its projects agree on. A project that moves to a repository of its own takes this file along.

/** Repository of CodeArtifact that notebooks install from: the network has no way to PyPI itself. */
export const PACKAGE_REPOSITORY = 'python';

/** What the network must reach for that. */
export const PACKAGE_SERVICES = [MlService.CODEARTIFACT_API, MlService.CODEARTIFACT_REPOSITORIES];

/** Domain of the repository, one per base in an account and region: `sea-lion-base` for `SeaLionBase`. */
export function packageDomain(base: string): string {
  return base.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();
}
