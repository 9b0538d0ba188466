import { createHash } from 'node:crypto';
import { DefaultTokenResolver, IResolvable, IResolveContext, Reference, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * A short digest of what a value says, for construct ids: it does not depend on when the value was made, and differs
 * for resources of the same logical id in different stacks.
 */
export function fingerprint(scope: IConstruct, value: unknown): string {
  const content = Tokenization.resolve(value, { scope, resolver: new ReferencesByPath(), preparing: false });
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
}

/** Resolves references to the path of what they refer to, since a logical id says nothing about the stack. */
class ReferencesByPath extends DefaultTokenResolver {
  constructor() {
    super({ join: (left: unknown, right: unknown) => [left, right] });
  }

  public resolveToken(
    token: IResolvable,
    context: IResolveContext,
    postProcessor: Parameters<DefaultTokenResolver['resolveToken']>[2],
  ) {
    return Reference.isReference(token)
      ? `${token.target.node.path} ${token.displayName}`
      : super.resolveToken(token, context, postProcessor);
  }
}
