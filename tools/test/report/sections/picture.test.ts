import { picture } from '../../../src/report/sections/picture';
import { assemblyOf, contentsWith, stackOf } from '../apps';

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480" viewBox="0 0 640 480">
  <desc id="d">alice &amp; bob use &lt;data&gt;</desc><text>50 % 'x' "y" #1 🙂</text>
</svg>`;

test('is an image of the size of the picture, whose text says what it shows', () => {
  const page = String(picture(contentsWith(assemblyOf([stackOf('Team')]), { svg: SVG })));

  expect(page).toContain('width="640" height="480"');
  expect(page).toContain('alt="Team: 0 notebooks in 1 stack, $0.00 per month. alice &amp; bob use &lt;data&gt;"');
});

test('holds the picture whole', () => {
  const page = String(picture(contentsWith(assemblyOf([]), { svg: SVG })));
  const [, address] = /src="data:image\/svg\+xml,([^"]*)"/.exec(page) ?? [];
  const read = decodeURIComponent(address.replaceAll('&#39;', "'"));

  expect(read.replace(/\s+/g, ' ').replaceAll('"', "'")).toBe(SVG.replace(/\s+/g, ' ').replaceAll('"', "'"));
  expect(address).not.toContain('#1');
});
