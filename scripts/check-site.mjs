// Builds the documentation site, and looks at it in a browser as a reader would: from a server on this machine, with
// everything else out of reach.
//
//   node scripts/check-site.mjs                     about a minute
//   node scripts/check-site.mjs --pictures <dir>    keeps a picture of each page that was looked at
import './install.mjs';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { pictures: { type: 'string' } } });
const { base, buildSite, dist } = await import('./site/build.mjs');
const { launch } = await import('./browser.mjs');

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const complaints = [];

console.log(await buildSite());
const server = await listening();
const browser = await launch();
try {
  await look();
} finally {
  await browser.close();
  server.close();
}
if (complaints.length > 0) {
  console.error(`The site in a browser:\n${complaints.map((each) => `  ${each}`).join('\n')}`);
  process.exit(1);
}
console.log('pass     site: pages, search, dark mode and phone width in a browser');

async function look() {
  const wide = await opened({ viewport: { width: 1280, height: 900 } });
  await welcomed(wide);
  await shown(wide, 'overview.html', 'cdk-ml-infra', 'overview');
  await shown(wide, 'cost.html', 'What it costs', 'cost');
  await shown(wide, 'api/typescript/MlNotebook.html', 'MlNotebook', 'api');
  await shown(wide, 'api/python/MlNotebook.html', 'MlNotebook', 'python');
  await searched(wide, 'idle stop', 'idle-stop.html');
  await darkened(wide);
  const phone = await opened({ viewport: { width: 390, height: 844 } });
  await shown(phone, 'quick-reference.html', 'Quick reference', 'phone');
  const overflow = await phone.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow <= 0, `at phone width, the page is ${overflow} pixels too wide`);
}

/** A page that tells what it misses, and that reaches nothing but the server. */
async function opened(options) {
  const page = await browser.newPage(options);
  page.on('console', (message) => message.type() === 'error' && complaints.push(`${page.url()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on(
    'response',
    (response) => response.status() >= 400 && complaints.push(`${response.status()}: ${response.url()}`),
  );
  await page.route('**/*', (route) => {
    const url = route.request().url();
    if (url.startsWith(address()) || url.startsWith('data:')) {
      return route.continue();
    }
    complaints.push(`${page.url()} asks for ${url}`);
    return route.abort();
  });
  return page;
}

async function shown(page, file, heading, picture) {
  await page.goto(`${address()}${file}`, { waitUntil: 'networkidle' });
  const title = page.locator('.vp-doc h1').first();
  const text = (await title.isVisible()) ? (await title.innerText()).replace(/\u200b/g, '').trim() : '';
  expect(text === heading, `${page.url()} has the heading '${text}', not '${heading}'`);
  const cut = await page
    .locator('.vp-doc div[class*="language-"]:not(.language-) pre:visible')
    .evaluateAll((blocks) => blocks.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length);
  expect(cut === 0, `${page.url()} cuts ${cut} blocks of code`);
  await pictured(page, picture);
}

/** The page that the address of the site shows: buttons that lead to the next pages, and an icon. */
async function welcomed(page) {
  await page.goto(address(), { waitUntil: 'networkidle' });
  const buttons = await page.locator('.VPHero .actions a').count();
  expect(buttons === 3, `the home page has ${buttons} buttons, not 3`);
  const icon = await page.locator('link[rel="icon"]').getAttribute('href');
  const { status } = await page.evaluate((url) => fetch(url).then(({ status }) => ({ status })), icon);
  expect(status === 200, `the icon ${icon} is not there`);
  await pictured(page, 'home');
}

async function searched(page, words, file) {
  await page.goto(address(), { waitUntil: 'networkidle' });
  await page.locator('.VPNavBarSearch button').click();
  await page.locator('.VPLocalSearchBox input').fill(words);
  const hit = page.locator(`.VPLocalSearchBox .result[href*="${file}"]`).first();
  const found = await hit.waitFor({ timeout: 15_000 }).then(
    () => true,
    () => false,
  );
  expect(found, `the search does not find ${file} for '${words}'`);
  await pictured(page, 'search');
  await page.keyboard.press('Escape');
}

async function darkened(page) {
  const color = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto(`${address()}cost.html`, { waitUntil: 'networkidle' });
  const before = await color();
  await page.locator('.VPSwitchAppearance:visible').first().click();
  await page.waitForFunction(() => document.documentElement.classList.contains('dark'));
  expect((await color()) !== before, `the dark mode has the background of the light one, ${before}`);
  await pictured(page, 'dark');
}

async function pictured(page, name) {
  if (values.pictures) {
    await page.screenshot({ path: path.join(values.pictures, `${name}.png`) });
  }
}

function expect(holds, complaint) {
  if (!holds) {
    complaints.push(complaint);
  }
}

function address() {
  return `http://127.0.0.1:${server.address().port}${base}`;
}

/** Serves files as a plain host does, such as GitHub Pages. */
async function listening() {
  const files = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url, 'http://site').pathname).replace(/\/$/, '/index.html');
    const file = path.join(dist, path.normalize(`/${asked.slice(base.length)}`));
    if (!asked.startsWith(base) || !existsSync(file) || statSync(file).isDirectory()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => files.listen(0, '127.0.0.1', resolve));
  return files;
}
