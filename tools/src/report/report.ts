import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentsOf, ReportInput } from './contents';
import { escaped, Html, html } from './html';
import { consolePages } from './sections/console';
import { cost } from './sections/cost';
import { header } from './sections/header';
import { kept } from './sections/kept';
import { picture } from './sections/picture';
import { posture } from './sections/posture';
import { reach } from './sections/reach';

/** Style and script of the page, beside the folder of what is compiled. */
const ASSETS = join(__dirname, '..', '..', 'assets', 'report');

/** In the order in which rules overrule each other. */
const STYLES = ['page.css', 'tables.css', 'media.css'];

/** By which a report is known again. */
export const BEGINNING = `<!doctype html>
<html lang="en" class="ml-infra-report">
<head>`;

/** One page that shows an app, complete in itself: nothing of it is fetched from anywhere. */
export function reportOf(input: ReportInput): string {
  const contents = contentsOf(input);
  const style = STYLES.map(asset).join('');
  const script = asset('report.js');
  const body = [picture, cost, posture, kept, reach, consolePages].map((section) => section(contents));
  return `${BEGINNING}
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escaped(contents.title)}: cost and posture</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
${header(contents)}
${navigation()}
<main id="main" tabindex="-1">
${body.join('')}</main>
<footer><p>Made by <code>ml-infra report</code> from what <code>cdk synth</code> left. It is an estimate, not a bill.</p></footer>
<script>${script}</script>
</body>
</html>
`;
}

function asset(name: string): string {
  return readFileSync(join(ASSETS, name), 'utf8');
}

function navigation(): Html {
  return html`<nav aria-label="Sections"><ul class="sections">${SECTIONS.map(
    ([id, title]) => html`<li><a href="#${id}">${title}</a></li>`,
  )}</ul></nav>`;
}

const SECTIONS = [
  ['picture', 'Picture'],
  ['cost', 'Cost'],
  ['posture', 'Posture'],
  ['kept', 'What stays'],
  ['reach', 'Who reaches what'],
  ['console', 'Console'],
];

/** Nothing may be loaded, and nothing may run but the one style and the one script of the page. */
function policy(style: string, script: string): string {
  const [styleHash, scriptHash] = [style, script].map((text) => createHash('sha256').update(text).digest('base64'));
  return [
    `default-src 'none'`,
    `style-src 'sha256-${styleHash}'`,
    `script-src 'sha256-${scriptHash}'`,
    'img-src data:',
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}
