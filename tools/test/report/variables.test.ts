import { fieldsOfArn, outside, partsOf } from '../../src/report/variables';

test('a text is taken apart at its variables, and put together is itself', () => {
  const text = 'a/${b}${c:d}/${e${f}${g';

  expect(partsOf(text).map(({ variable }) => variable)).toEqual([undefined, 'b', 'c:d', undefined, 'f', undefined]);
  expect(
    partsOf(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
  expect(partsOf('')).toEqual([]);
});

test('characters in braces are not outside of them', () => {
  expect(outside('{a/b}c/d', '/')).toBe(6);
  expect(outside('${a:b}', ':')).toBe(-1);
  expect(outside('}/', '/')).toBe(1);
});

test('an ARN has six fields, of which the last may have colons', () => {
  expect(fieldsOfArn('arn:aws:x:{"a":1}:1:b:c')).toEqual(['arn', 'aws', 'x', '{"a":1}', '1', 'b:c']);
  expect(fieldsOfArn('arn:aws:x')).toBeUndefined();
  expect(fieldsOfArn('a:b:c:d:e:f')).toBeUndefined();
});

test.each(['${', '${a', '}', '{', '${}'])('50,000 times %s takes little time', (text) => {
  const long = text.repeat(50_000);
  const started = performance.now();
  partsOf(long);
  outside(long, '/');
  fieldsOfArn(long);

  expect(performance.now() - started).toBeLessThan(1_000);
});
