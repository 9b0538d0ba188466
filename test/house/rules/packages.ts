import { isBuiltin } from 'node:module';
import { importsIn } from '../imports';
import type { SourceTree } from '../source-tree';

const PEER = /^(constructs|aws-cdk-lib(\/[^/]+)?)$/;

/** `src` imports its two peers, never their internals, and modules of Node itself. */
export function packages(tree: SourceTree): string[] {
  return importsIn(tree)
    .filter(({ specifier, target }) => target === undefined && !isBuiltin(specifier))
    .filter(({ specifier }) => !PEER.test(specifier) || specifier === 'aws-cdk-lib/lib')
    .map(({ file, specifier }) => `${file} imports '${specifier}': ${ruleFor(specifier)}`);
}

function ruleFor(specifier: string): string {
  return /^(aws-cdk-lib|constructs)\//.test(specifier)
    ? 'internals of a package change without notice; import its public module'
    : 'users install aws-cdk-lib and constructs only';
}
