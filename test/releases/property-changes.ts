import { isDeepStrictEqual } from 'node:util';

// biome-ignore lint/suspicious/noExplicitAny: a property as a template writes it, or undefined
type Value = any;

/** Whether the new value of a property is worse than the old one. */
export type IsWorse = (old: Value, now: Value) => boolean;

/** Yes became no. What is not written is what the service takes then. */
export const turnedOff =
  (byDefault: boolean): IsWorse =>
  (old, now) =>
    isOn(old ?? byDefault) && !isOn(now ?? byDefault);

/** No became yes. */
export const turnedOn =
  (byDefault: boolean): IsWorse =>
  (old, now) =>
    !isOn(old ?? byDefault) && isOn(now ?? byDefault);

/** A number is lower. */
export const lowered =
  (byDefault: number): IsWorse =>
  (old, now) =>
    Number(now ?? byDefault) < Number(old ?? byDefault);

/** A number is higher. */
export const raised =
  (byDefault: number): IsWorse =>
  (old, now) =>
    Number(now ?? byDefault) > Number(old ?? byDefault);

/** It was written, and is not any more. */
export const removed: IsWorse = (old, now) => old !== undefined && now === undefined;

/** It was written, and is something else. One resource is the same by its name and by its ARN. */
export const changed: IsWorse = (old, now) => old !== undefined && !isDeepStrictEqual(meaningOf(old), meaningOf(now));

/** Something of a list is not in it any more, or is switched off. */
export const lacksAny: IsWorse = (old, now) => {
  const kept = listOf(now).map(meaningOf);
  const isActive = ({ Status }: Value) => Status !== 'Disabled';
  return listOf(old)
    .filter(isActive)
    .some((each) => !kept.some((other) => isDeepStrictEqual(other, meaningOf(each))));
};

/** Objects are encrypted with less, or with another key. */
export const isLessEncrypted: IsWorse = (old, now) => {
  const [before, after] = [old, now].map(
    (each) => listOf(each?.ServerSideEncryptionConfiguration)[0]?.ServerSideEncryptionByDefault ?? {},
  );
  return strengthOf(after) < strengthOf(before) || (strengthOf(before) > 0 && changed(keyOf(before), keyOf(after)));
};

/** Advanced selectors of a trail leave out events that they had. */
export const selectsLess: IsWorse = (old, now) =>
  listOf(old).some((each) => !listOf(now).some((other) => selectsAll(other, each)));

/** Whether all that one selector lets in is let in by another, as far as single fields tell. */
function selectsAll(selector: Value, other: Value): boolean {
  return listOf(selector.FieldSelectors).every(({ Field, ...rules }) =>
    listOf(other.FieldSelectors).some(
      (each) => each.Field === Field && Object.entries(rules).every(([rule, texts]) => hasAll(rule, texts, each[rule])),
    ),
  );
}

/** Conditions such as `NotEquals` let in less with each text more. */
function hasAll(rule: string, texts: Value, others: Value): boolean {
  if (others === undefined) {
    return rule.startsWith('Not') && listOf(texts).length === 0;
  }
  const [more, fewer] = rule.startsWith('Not') ? [others, texts] : [texts, others];
  return listOf(fewer).every((text) =>
    listOf(more).some((each) => isDeepStrictEqual(meaningOf(each), meaningOf(text))),
  );
}

function strengthOf({ SSEAlgorithm = 'AES256' }: Value): number {
  return ['AES256', 'aws:kms', 'aws:kms:dsse'].indexOf(SSEAlgorithm);
}

/** Without one, the key that the service has in each account. */
function keyOf({ KMSMasterKeyID = 'alias/aws/s3' }: Value): Value {
  return KMSMasterKeyID;
}

function isOn(value: Value): boolean {
  return [true, 'true', 'Enabled', 'ENABLED'].includes(value);
}

function listOf(value: Value): Value[] {
  return Array.isArray(value) ? value : [];
}

/** A value with references by what they are about. */
function meaningOf(value: Value): Value {
  const text = JSON.stringify(value ?? null, (_, node) => {
    const [id, attribute] = Array.isArray(node?.['Fn::GetAtt']) ? node['Fn::GetAtt'] : [];
    return id !== undefined && attribute === 'Arn' ? { Ref: id } : node;
  });
  return JSON.parse(text);
}
