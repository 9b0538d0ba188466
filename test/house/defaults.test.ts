import { defaults } from './rules/defaults';
import { planted, repository } from './source-tree';

describe('defaults', () => {
  test('are supplied by ?? in this repository', () => {
    expect(defaults(repository('src'))).toEqual([]);
  });

  test.each([
    'const count = props.count ?? 2;',
    'if (props.a || props.b) { go(); }',
    'if ((props.a || props.b) && props.c) { go(); }',
    'if (props.c && (props.a || props.b)) { go(); }',
    'while (props.a || props.b) { go(); }',
    'do { go(); } while (props.a || props.b);',
    'for (; props.a || props.b;) { go(); }',
    'const x = props.a || props.b ? 1 : 2;',
    'const x = !(props.a || props.b);',
    'const x = list.filter((one) => one.a || one.b);',
    'const x = list.some((one) => one.a || one.b);',
    'const x = a === 1 || b;',
    'const x = a < 1 || a > 2 || b;',
    'const x = !a || b;',
    'const x = Token.isUnresolved(a) || b;',
    "const x = a.startsWith('ml.') || b;",
    'const x = (a === 1 && b === 2) || c;',
    'const isolated = a === 1; return isolated || b;',
    'function f(isolated: boolean, b: boolean) { return isolated || b; }',
  ])('may say %s', (text) => {
    expect(defaults(treeOf(text))).toEqual([]);
  });

  test.each([
    ['const count = props.count || 2;', 'props.count || 2'],
    ['const on = props.on || true;', 'props.on || true'],
    ['call({ name: props.name || id });', 'props.name || id'],
    ['return props.name || id;', 'props.name || id'],
    ['const x = props.a || props.b || 2;', 'props.a || props.b || 2'],
    ['const x = (props.a || 2) + 1;', 'props.a || 2'],
    ['if ((props.a || 2) > 1) { go(); }', 'props.a || 2'],
    ['if (is(props.a || 2)) { go(); }', 'props.a || 2'],
    ['if (ok) { set(props.a || 2); }', 'props.a || 2'],
    ['const x = ok ? props.a || 2 : 3;', 'props.a || 2'],
    ['const x = list.map((one) => one.a || 2);', 'one.a || 2'],
    ['const x = (props.a && props.b) || 2;', '(props.a && props.b) || 2'],
    ["const x = props.tags?.includes('x') || fallback;", "props.tags?.includes('x') || fallback"],
    ['function f(a?: boolean) { return a || true; }', 'a || true'],
    ['function f(name = props.name || id) { return name; }', 'props.name || id'],
    ['props.count ||= 2;', 'props.count ||= 2'],
    ['const text = `${props.name || id}`;', 'props.name || id'],
  ])('must not say %s', (text, found) => {
    expect(defaults(treeOf(text))).toContain(`src/network/ml-network.ts:2: '${found}' must use ?? for its default`);
  });

  test('do not trust a name that is a boolean in one place and something else in another', () => {
    const text = 'const a = (one: boolean) => one || fallback; const b = (one: string) => one || fallback;';

    expect(defaults(treeOf(text))).toHaveLength(2);
  });

  function treeOf(text: string) {
    return planted({ 'src/network/ml-network.ts': `\n${text}` });
  }
});
