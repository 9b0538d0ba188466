import { counted, listedShortly, plainText, usd } from '../../src/diagram/plain-text';
import { HOSTILE } from './sample';

test.each(HOSTILE)('nothing in %j acts on what shows it, and it stays one line', (hostile) => {
  expect(plainText(hostile)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]|\p{Cs}/u);
});

test('keeps what people write', () => {
  expect(plainText('会社 👩‍💻 naïve שלום <b>')).toBe('会社 👩‍💻 naïve שלום <b>');
});

test('writes sums, counts and lists', () => {
  expect([usd(1350.5), counted(1, 'card'), counted(2000, 'card')]).toEqual(['$1,350.50', '1 card', '2,000 cards']);
  expect([listedShortly(['a', 'b'], 2), listedShortly(['a', 'b', 'c'], 2)]).toEqual(['a, b', 'a, b and 1 more']);
});
