/** What no drawing may pass on: it ends a line, steers a terminal, is invisible or turns the direction of writing. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]|\p{Cs}/gu;

/** Joins emoji and letters of some scripts; alone it does nothing. */
const JOINERS = /[\u200c\u200d]/;

/** A text on one line, in which nothing acts on what draws it. */
export function plainText(text: string): string {
  return text
    .replace(/[\t\n\r]+/g, ' ')
    .replace(UNSEEN, (character) => (JOINERS.test(character) ? character : '\ufffd'));
}

/** A sum as people write it. */
export function usd(amount: number): string {
  return `$${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** `1 card`, `2 cards`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

/** As many as fit, and how many did not. */
export function listedShortly(names: readonly string[], most: number): string {
  return names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}
