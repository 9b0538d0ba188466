import { deployed, differences } from './differences';

describe('the differences of two templates', () => {
  test('are none for equal ones, in whatever order keys stand', () => {
    expect(differences({ a: [1, { b: 'c' }], d: null }, { d: null, a: [1, { b: 'c' }] })).toEqual([]);
  });

  test('say where a value is new, changed or gone', () => {
    const before = { Team: { gone: 1, same: 'x', list: ['one', 'two'] } };
    const after = { Team: { same: 'x', list: ['one', 'three', 'four'], new: { Ref: 'Key' } } };

    expect(differences(before, after)).toEqual([
      '/Team/gone: 1 -> nothing',
      '/Team/list/1: ..."wo" -> ..."hree"',
      '/Team/list/2: nothing -> "four"',
      '/Team/new: nothing -> {"Ref":"Key"}',
    ]);
  });

  test('are not the order of actions and resources of a policy, but what comes and goes', () => {
    const statement = (Action: string[], Resource: unknown[]) => ({ Statement: [{ Action, Resource }] });
    const before = statement(['s3:Get', 's3:Put'], [{ Ref: 'A' }, '*']);

    expect(differences(before, statement(['s3:Put', 's3:Get'], ['*', { Ref: 'A' }]))).toEqual([]);
    expect(differences(before, statement(['s3:Put', 's3:List'], ['*', { Ref: 'A' }]))).toEqual([
      '/Statement/0/Action: without "s3:Get"',
      '/Statement/0/Action: with "s3:List"',
    ]);
  });
});

describe('a template as it is deployed', () => {
  const known = { 'AWS::Region': 'eu-central-1', 'AWS::Partition': 'aws' };

  test('has the region in place of references to it, however they are written', () => {
    const join = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':', { Ref: 'AWS::Region' }]] };
    const sub = { 'Fn::Sub': 'arn:${AWS::Partition}:${AWS::Region}' };

    expect(deployed({ one: join, list: [sub] }, known)).toEqual({
      one: 'arn:aws:eu-central-1',
      list: ['arn:aws:eu-central-1'],
    });
  });

  test('keeps what is not known', () => {
    const value = {
      join: { 'Fn::Join': ['/', ['a', { Ref: 'AWS::Region' }, { Ref: 'Bucket' }, 'b']] },
      sub: { 'Fn::Sub': '${AWS::Region} ${AWS::AccountId}' },
    };

    expect(deployed(value, known)).toEqual({
      join: { 'Fn::Join': ['/', ['a/eu-central-1', { Ref: 'Bucket' }, 'b']] },
      sub: { 'Fn::Sub': 'eu-central-1 ${AWS::AccountId}' },
    });
  });
});
