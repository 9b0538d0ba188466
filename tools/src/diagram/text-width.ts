/** Widths of Helvetica in thousandths of its size, for the characters from space to `~`. Arial and Liberation Sans have the same. */
const ASCII = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];

/** How much wider other fonts without serifs are. DejaVu Sans, by 0.17, takes a part of the margins, too. */
const SLACK = 1.11;
const BOLD = 1.14;
const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Width that a text takes at most in a font without serifs, in pixels. */
export function textWidth(text: string, size: number, bold = false): number {
  const thousandths = segmentsOf(text).reduce((sum, segment) => sum + widthOf(segment), 0);
  return (thousandths / 1000) * size * SLACK * (bold ? BOLD : 1);
}

/** A text that fits, with an ellipsis where it was too long. */
export function shortened(text: string, width: number, size: number, bold = false): string {
  return fitted(text, (candidate) => textWidth(candidate, size, bold) <= width);
}

/** The longest beginning of a text that is accepted, with an ellipsis if it is not the whole. */
export function fitted(text: string, accepts: (candidate: string) => boolean): string {
  if (accepts(text)) {
    return text;
  }
  const segments = segmentsOf(text.slice(0, 1000));
  let [fits, fails] = [0, segments.length];
  while (fails - fits > 1) {
    const middle = (fits + fails) >> 1;
    [fits, fails] = accepts(`${segments.slice(0, middle).join('')}…`) ? [middle, fails] : [fits, middle];
  }
  return `${segments.slice(0, fits).join('').trimEnd()}…`;
}

/** Columns that a text takes on a terminal. */
export function columnsOf(text: string): number {
  return segmentsOf(text).reduce((sum, segment) => sum + (WIDE.test(segment) ? 2 : 1), 0);
}

/** What people see as one character, of which a text may hold several code points. */
export function segmentsOf(text: string): string[] {
  return /^[ -~]*$/.test(text) ? [...text] : [...SEGMENTS.segment(text)].map(({ segment }) => segment);
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;

function widthOf(segment: string): number {
  return ASCII[(segment.codePointAt(0) ?? 0) - 32] ?? (WIDE.test(segment) ? 1100 : 700);
}
