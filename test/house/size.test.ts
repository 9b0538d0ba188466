import { size } from './rules/size';
import { planted, repository } from './source-tree';

describe('size', () => {
  test('is kept by this repository', () => {
    expect(size(repository('src'))).toEqual([]);
  });

  test('holds for no file at all', () => {
    expect(size(planted({}))).toEqual([]);
  });

  test('holds for one file of 400 lines among short ones', () => {
    expect(
      size(planted({ 'src/cost/a.ts': lines(400), 'src/cost/b.ts': lines(100), 'src/cost/c.ts': lines(100) })),
    ).toEqual([]);
  });

  test('fails for a file of 401 lines', () => {
    expect(
      size(planted({ 'src/cost/a.ts': lines(401), 'src/cost/b.ts': lines(1), 'src/cost/c.ts': lines(1) })),
    ).toEqual(['src/cost/a.ts must have at most 400 lines, got: 401']);
  });

  test('does not count tables, nor what is no source', () => {
    const long = lines(9000);

    expect(
      size(planted({ 'src/cost/price-table.ts': long, 'test/cost/a.test.ts': long, 'package-lock.json': long })),
    ).toEqual([]);
  });

  test('fails for a median of more than 100 lines, of an odd and of an even number of files', () => {
    const odd = { 'src/cost/a.ts': lines(90), 'src/cost/b.ts': lines(101), 'src/cost/c.ts': lines(200) };
    const even = { ...odd, 'src/cost/d.ts': lines(104) };

    expect(size(planted(odd))).toEqual(['the files of src must have a median of at most 100 lines, got: 101']);
    expect(size(planted(even))).toEqual(['the files of src must have a median of at most 100 lines, got: 102.5']);
  });

  function lines(count: number): string {
    return 'x\n'.repeat(count);
  }
});
