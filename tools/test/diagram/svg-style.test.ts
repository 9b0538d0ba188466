import { styleSheet } from '../../src/diagram/svg-style';

const [light, dark] = styleSheet().split('@media (prefers-color-scheme:dark)');
const HUES = [...light.matchAll(/\.mlp \.(\w+)-tile\{/g)].map(([, hue]) => hue);

function colourOf(sheet: string, selector: string, property = 'fill'): string {
  const rules = [...sheet.matchAll(/([^{}]+)\{([^{}]*)\}/g)].filter(([, name]) => name.trim() === `.mlp ${selector}`);
  return rules.flatMap(([, , body]) => new RegExp(`(?:^|;)${property}:(#\\w+)`).exec(body)?.[1] ?? []).at(-1) ?? '';
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(a: string, b: string): number {
  const [darker, lighter] = [a, b].map(luminance).sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const hex = colour.length === 4 ? colour.replace(/\w/g, '$&$&') : colour;
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each([
  ['light', light],
  ['dark', dark],
])('in %s', (_, sheet) => {
  test('text can be read on page and card', () => {
    for (const [ink, paper] of [
      ['text', '.page'],
      ['text', '.card'],
      ['.s', '.page'],
      ['.s', '.card'],
    ]) {
      expect(contrast(colourOf(sheet, ink), colourOf(sheet, paper))).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(HUES)('letters on a tile and titles on a box of %s can be read', (hue) => {
    expect(contrast('#ffffff', colourOf(sheet, `.${hue}-tile`))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colourOf(sheet, `.${hue}-ink`), colourOf(sheet, `.${hue}-box`))).toBeGreaterThanOrEqual(4.5);
  });

  test('arrows stand out from the page', () => {
    expect(contrast(colourOf(sheet, '.line', 'stroke'), colourOf(sheet, '.page'))).toBeGreaterThanOrEqual(3);
  });
});

test('nothing outside of the picture is styled, and nothing is loaded', () => {
  const selectors = [...styleSheet().matchAll(/([^{}]+)\{[^{}]*:[^{}]*\}/g)].map(([, selector]) => selector.trim());

  expect(selectors.filter((selector) => !selector.startsWith('.mlp'))).toEqual([]);
  expect(styleSheet()).not.toMatch(/url|@import|var\(/);
});
