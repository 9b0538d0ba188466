import { costOf, estimateOf, reasons } from '../priced';

const TYPE = 'AWS::CloudFormation::Stack';
const PATH = 'Stack/Net.NestedStack/Net.NestedStackResource';
const UNREAD = ['its resources: the template of this nested stack was not read'];

describe('a nested stack', () => {
  test('is not free where its template was not read', () => {
    expect(reasons(costOf(TYPE, { TemplateURL: 'https://example.com/template.json' }))).toEqual(UNREAD);
    expect(reasons(estimateOf([{ type: TYPE, path: PATH }]))).toEqual(UNREAD);
  });

  test('costs nothing itself where its resources are there', () => {
    const key = { type: 'AWS::KMS::Key', stack: 'Stack/Net' };
    const included = { type: 'AWS::KMS::Key', stack: 'Stack/It' };

    expect(estimateOf([{ type: TYPE, path: PATH }, key])).toMatchObject({ monthlyTotal: 1, unpriced: [] });
    expect(estimateOf([{ type: TYPE }, included])).toMatchObject({ monthlyTotal: 1, unpriced: [] });
  });

  test('costs nothing itself where it was read and has nothing that is priced', () => {
    const stacks = [{ path: 'Stack/Net', name: 'Net' }];

    expect(reasons(estimateOf([{ type: TYPE, path: PATH }], { stacks }))).toEqual([]);
  });
});
