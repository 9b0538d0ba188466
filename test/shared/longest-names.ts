/** What intrinsic functions come to at the longest: an account, a region, a partition, else the ARN of a bucket or key. */
const LENGTHS: { readonly [name: string]: number } = {
  'AWS::AccountId': 12,
  'AWS::Partition': 10,
  'AWS::Region': 14,
  'AWS::URLSuffix': 16,
};

/** The text of a policy as long as it can become at deployment. */
export function longest(policy: unknown): string {
  return JSON.stringify(policy, (_key, value) => {
    if (value?.Ref !== undefined || value?.['Fn::GetAtt'] !== undefined) {
      return 'x'.repeat(LENGTHS[value.Ref] ?? 90);
    }
    return value?.['Fn::Join'] === undefined ? value : joined(value['Fn::Join'][1]);
  });
}

function joined(parts: unknown[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : JSON.parse(longest(part)))).join('');
}
