import { breakable, html, joined } from '../../src/report/html';
import { HOSTILE } from './apps';

test('text is escaped, in attributes too, and HTML is not escaped again', () => {
  const inner = html`<b>${HOSTILE}</b>`;

  expect(String(html`<p title="${HOSTILE}">${inner}</p>`)).toBe(
    '<p title="&lt;script&gt;&quot;&#39;&amp;]]&gt;&lt;/td&gt;\\u202e">' +
      '<b>&lt;script&gt;&quot;&#39;&amp;]]&gt;&lt;/td&gt;\\u202e</b></p>',
  );
});

test.each([
  ['\u0000', '\\u0000'],
  ['\u2066\u2069', '\\u2066\\u2069'],
  ['\u200f', '\\u200f'],
  ['a\nb\tc', 'a b c'],
  ['\ud800', '\ufffd'],
  ['日本語 עברית 😀', '日本語 עברית 😀'],
])('%j stands on a page as %j', (text, expected) => {
  expect(String(html`${text}`)).toBe(expected);
});

test('lists follow each other, and nothing is nothing', () => {
  expect(String(html`${[1, html`<br>`, ['a']]}${undefined}${false}${0}`)).toBe('1<br>a0');
  expect(String(joined(['<', '>'], html`<hr>`))).toBe('&lt;<hr>&gt;');
});

test('a path may go on in the next line after a slash, a name where a word of it begins', () => {
  expect(String(breakable('A/<b>/C'))).toBe('A/<wbr>&lt;b&gt;/<wbr>C');
  expect(String(breakable('SageMaker NotebookInstance'))).toBe('Sage<wbr>Maker Notebook<wbr>Instance');
});
