import { differs, money, signedMoney, unitMoney } from '../../src/cost/money';

test('a sum has two decimals and separators of thousands', () => {
  expect([money(0), money(7), money(1234567.891), money(-3.5)]).toEqual(['0.00', '7.00', '1,234,567.89', '-3.50']);
});

test('nothing is never below nothing', () => {
  expect([money(-0), money(-0.0049), signedMoney(-0.004), signedMoney(0.004)]).toEqual([
    '0.00',
    '0.00',
    '0.00',
    '0.00',
  ]);
});

test('a difference has a sign', () => {
  expect([signedMoney(12.3), signedMoney(-12.3)]).toEqual(['+12.30', '-12.30']);
});

test('a price of one unit keeps what is below a cent', () => {
  expect([unitMoney(0.0000004), unitMoney(0.0116), unitMoney(1), unitMoney(0.5), unitMoney(0)]).toEqual([
    '0.0000004',
    '0.0116',
    '1.00',
    '0.50',
    '0.00',
  ]);
  expect(unitMoney(123456.789)).toBe('123,456.79');
});

test('sums differ if what is printed of their difference is more than nothing', () => {
  expect([differs(1, 1.004), differs(1, 1.006), differs(2, 1)]).toEqual([false, true, true]);
});
