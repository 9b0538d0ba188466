import { createHash } from 'node:crypto';
import { CfnTag, Stack, TagManager, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { fail, requirePattern } from './checks';

/** Tag with the person or team that a resource belongs to. */
export const OWNER_TAG = 'ml-owner';

/** Tag with the shared base that a resource stands on. */
export const BASE_TAG = 'ml-base';

/** Tag with the environment, such as prod. */
export const ENVIRONMENT_TAG = 'ml-environment';

/** What IAM puts in place of the caller's own owner tag. Wildcards in a tag's value stay literal. */
export const CALLING_OWNER = `\${aws:PrincipalTag/${OWNER_TAG}}`;

/** What IAM puts in place of the caller's own base tag. */
export const CALLING_BASE = `\${aws:PrincipalTag/${BASE_TAG}}`;

/** Owner of what belongs to nobody in particular: notebooks without an `owner`. */
export const TEAM_OWNER = 'team';

/** Requires a name that is safe as an S3 prefix, an IAM path and a tag. */
export function requireOwner(scope: IConstruct, prop: string, owner: string): void {
  const rule = '1 to 63 characters of A-Z a-z 0-9 . _ @ + = - that begin with a letter or digit, without ..';
  requirePattern(scope, prop, owner, /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._@+=-]{0,62}$/, rule);
  if (Token.isUnresolved(owner)) {
    fail(scope, prop, 'known at synthesis, because roles and prefixes are named after it', 'a deploy-time value');
  }
  if (owner in {}) {
    fail(
      scope,
      prop,
      'a name that JavaScript has no meaning of its own for, since constructs are named after it',
      owner,
    );
  }
  if (owner.toLowerCase() === TEAM_OWNER) {
    fail(scope, prop, `a name other than '${TEAM_OWNER}', which stands for notebooks without an owner`, owner);
  }
}

/** Condition that holds for what carries the owner and base tags of the caller. */
export function ownedByCaller(key: 'aws:ResourceTag' | 'aws:RequestTag'): { [operator: string]: unknown } {
  return { StringEquals: { [`${key}/${OWNER_TAG}`]: CALLING_OWNER, [`${key}/${BASE_TAG}`]: CALLING_BASE } };
}

/** Path of the roles of one owner, or of the calling owner when `owner` is `CALLING_OWNER`. */
export function rolePath(baseName: string, owner: string): string {
  return `/ml-infra/${baseName}/${owner}/`;
}

/**
 * Where a base stands, in words that no other base of the account and region has: stack names are unique there. A
 * digest tells apart what dashes do not, such as `Shared` in stack `ml-dev` and `dev/Shared` in stack `ml`.
 */
export function placeOf(base: IConstruct): string {
  const stack = outermost(Stack.of(base));
  const prefix = Token.isUnresolved(stack.stackName) ? stack.node.path : stack.stackName;
  const place = `${prefix}${base.node.path.slice(stack.node.path.length)}`;
  const words = place.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const digest = createHash('sha256').update(place).digest('hex').slice(0, 8);
  return /^[A-Za-z0-9]+\/[A-Za-z0-9]+$/.test(place) && place.length <= 60 ? words : `${words.slice(0, 51)}-${digest}`;
}

/** A nested stack has a name that is known at deployment only; the one around it is named in the app. */
function outermost(stack: Stack): Stack {
  return stack.nestedStackParent ? outermost(stack.nestedStackParent) : stack;
}

/** Tags in the form of L1 resources. */
export function tagList(tags: { readonly [key: string]: string }): CfnTag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

/** Above what aspects of the app can set: rights follow from these tags. */
export const IDENTITY_TAG_PRIORITY = 1_000;

/** Sets the tags that decide who reaches what, so that no tag of the app can replace them. */
export function setIdentityTags(tags: TagManager, baseName: string, environmentName: string, owner: string): void {
  tags.setTag(BASE_TAG, baseName, IDENTITY_TAG_PRIORITY);
  tags.setTag(ENVIRONMENT_TAG, environmentName, IDENTITY_TAG_PRIORITY);
  tags.setTag(OWNER_TAG, owner, IDENTITY_TAG_PRIORITY);
}
