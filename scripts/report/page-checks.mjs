// What must hold of a report in a browser. Each check says what is wrong, or nothing.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LEAST_PDF = 20_000;
const SLOWEST = 5_000; // of a machine that does much else

/** Opens a report and does what a reader would: problems, and how long it took to load and to filter. */
export async function problemsOf(browser, file, { shots } = {}) {
  const problems = [];
  const times = {};
  const views = [
    { name: 'desktop', viewport: DESKTOP, colorScheme: 'light' },
    { name: 'phone dark', viewport: PHONE, colorScheme: 'dark' },
  ];
  for (const { name, ...settings } of views) {
    const context = await browser.newContext(settings);
    const page = await context.newPage();
    const say = (problem) => problems.push(`${name}: ${problem}`);
    listen(page, file, say);
    const started = performance.now();
    await page.goto(pathToFileURL(file).href);
    times.load = Math.max(times.load ?? 0, performance.now() - started);
    if (shots) {
      await page.screenshot({ path: `${shots}-${name.replace(' ', '-')}.png`, fullPage: true });
    }
    await checkPicture(page, say);
    await checkWidth(page, settings.viewport.width, say);
    if (name === 'desktop') {
      await checkKeyboard(page, say);
      times.filter = await checkTables(page, say);
      await checkRights(page, say);
      await checkPrint(page, say);
    }
    if (name.startsWith('phone')) {
      await checkPhone(page, settings.viewport.width, say);
    }
    await checkAccess(page, say);
    await context.close();
  }
  if (times.load > SLOWEST || times.filter > SLOWEST) {
    problems.push(`load ${times.load.toFixed(0)} ms, filter ${times.filter.toFixed(0)} ms: more than ${SLOWEST} ms`);
  }
  return { problems, times };
}

function listen(page, file, say) {
  const own = pathToFileURL(file).href;
  page.on('console', (message) => say(`the console says: ${message.text()}`));
  page.on('pageerror', (error) => say(`error in the page: ${error.message}`));
  page.on('dialog', (dialog) => {
    say(`a dialog says: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== own && !request.url().startsWith('data:')) {
      say(`it asks for ${request.url()}`);
    }
  });
}

/** Counts colours, since an image that is broken or empty has a size, too. */
async function checkPicture(page, say) {
  const image = page.locator('#picture img');
  await image.scrollIntoViewIfNeeded();
  const { colours, alt, box } = await image.evaluate((img) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [300, 300];
    const context = canvas.getContext('2d');
    context.drawImage(img, 0, 0, 300, 300);
    const { data } = context.getImageData(0, 0, 300, 300);
    const seen = new Set();
    for (let at = 0; at < data.length; at += 4) {
      seen.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
    }
    const { left, right, top, bottom } = img.getBoundingClientRect();
    const visible = left < innerWidth && right > 0 && top < innerHeight && bottom > 0;
    return { colours: seen.size, alt: img.alt, box: visible && right - left };
  });
  if (colours < 20 || !box || box < 250 || alt.length < 20) {
    say(`the picture has ${colours} colours, ${box} pixels of width in view and the text '${alt}'`);
  }
}

async function checkWidth(page, width, say) {
  await unfold(page);
  const used = await page.evaluate(() => document.documentElement.scrollWidth);
  if (used > width) {
    say(`the page is ${used} pixels wide in a window of ${width}`);
  }
}

/** Without scrolling sideways, a reader sees the whole menu, what each cost is, and that the picture goes on. */
async function checkPhone(page, width, say) {
  const beyond = (selector) =>
    page
      .locator(selector)
      .evaluateAll((all, most) => all.filter((each) => each.getBoundingClientRect().right > most).length, width);
  const cut = (await beyond('nav a')) + (await beyond('#costs tr > :nth-child(2)'));
  const hints = await page.locator('#picture .narrow:visible').count();
  if (cut > 0 || hints !== 1) {
    say(`${cut} links of the menu or sums are cut, ${hints} hints that the picture is wider`);
  }
  const broken = await page.evaluate(() =>
    [...document.querySelectorAll('.data td, .data th')].flatMap((cell) => {
      const [text] = [...cell.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      const word = /^\p{L}+/u.exec(text?.data ?? '')?.[0] ?? '';
      const range = document.createRange();
      if (text) {
        range.setStart(text, 0);
        range.setEnd(text, word.length);
      }
      return new Set([...range.getClientRects()].map(({ top }) => top)).size > 1 ? [word] : [];
    }),
  );
  if (broken.length > 0) {
    say(`${broken.length} words are broken, such as ${broken[0]}`);
  }
}

async function unfold(page) {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) {
      details.open = true;
    }
  });
}

async function checkKeyboard(page, say) {
  await page.evaluate(() => scrollTo(0, 0));
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement?.getAttribute('href'));
  if (first !== '#main') {
    say(`the first Tab leads to ${first} and not to the link that skips the header`);
  }
  const radios = page.locator('.views input');
  if ((await radios.count()) > 1) {
    await radios.first().focus();
    await page.keyboard.press('ArrowRight');
    const shown = await page.locator('.view:visible').evaluateAll((views) => views.map(({ className }) => className));
    const [, second] = await radios.evaluateAll((all) => all.map(({ id }) => id.replace('by-', 'view-')));
    if (shown.length !== 1 || !shown[0].includes(second)) {
      say(`the right arrow key shows ${shown.join()} and not ${second}`);
    }
  }
}

/** Sorts and filters each table, and compares with what its rows say. */
async function checkTables(page, say) {
  let slowest = 0;
  for (const data of await page.locator('.data').all()) {
    const id = await data.locator('table').getAttribute('id');
    const read = () => rowsOf(data);
    const select = data.locator('select');
    const grouped = await select.inputValue();
    if (grouped !== '-1') {
      await checkGroups(data, id, say);
    }
    await select.selectOption('-1');
    const all = await read();
    for (const [column, heading] of (await data.locator('thead th').all()).entries()) {
      const button = heading.locator('button');
      const orders = [];
      for (let click = 0; click < 2; click += 1) {
        await button.click();
        const rows = await read();
        const direction = await heading.getAttribute('aria-sort');
        orders.push(direction);
        if (
          rows.length !== all.length ||
          !isSorted(
            rows.map((row) => row[column]),
            direction,
          )
        ) {
          say(`${id}: column ${column + 1} is not ${direction}`);
        }
      }
      if (new Set(orders).size !== 2 || orders.includes(null)) {
        say(`${id}: two clicks on column ${column + 1} say ${orders.join(', ')}`);
      }
    }
    if (all.length === 0) {
      say(`${id}: a table without groups shows no row`);
      continue;
    }
    const word = String(all[all.length - 1][0]).toLowerCase();
    const expected = all.filter((row) =>
      word.split(/\s+/).every((each) => row.join('\n').toLowerCase().includes(each)),
    );
    const started = performance.now();
    await data.locator('input').fill(word);
    const found = await read();
    slowest = Math.max(slowest, performance.now() - started);
    const status = await data.locator('.status').textContent();
    if (found.length !== expected.length || (found.length < all.length && !status.includes(' of '))) {
      say(`${id}: the filter '${word}' shows ${found.length} of ${expected.length} rows and says '${status}'`);
    }
    await data.locator('input').fill('nothing holds this');
    if ((await read()).length > 0) {
      say(`${id}: a filter that nothing matches shows rows`);
    }
    await data.locator('input').fill('');
    await select.selectOption(grouped);
  }
  return slowest;
}

async function checkGroups(data, id, say) {
  const [button] = await data.locator('tr.group button').all();
  const before = (await rowsOf(data)).length;
  await button.click();
  const opened = (await rowsOf(data)).length;
  const count = Number(/\(([\d,]+)\)$/.exec(await button.textContent())[1].replaceAll(',', ''));
  await button.click();
  const closed = (await rowsOf(data)).length;
  if (before !== 0 || opened !== count || closed !== 0) {
    say(`${id}: groups show ${before}, ${opened} and ${closed} rows instead of 0, ${count} and 0`);
  }
}

function rowsOf(data) {
  return data
    .locator('tbody')
    .evaluateAll((bodies) =>
      bodies.flatMap((body) =>
        [...body.rows]
          .filter((row) => row.className !== 'group' && row.offsetHeight > 0)
          .map((row) => [...row.cells].map((cell) => (cell.dataset.v ? Number(cell.dataset.v) : cell.textContent))),
      ),
    );
}

function isSorted(values, direction) {
  const { compare } = new Intl.Collator('en', { numeric: true });
  const sign = direction === 'descending' ? -1 : 1;
  return values.every((value, index) => {
    const before = values[index - 1];
    return index === 0 || sign * (typeof value === 'number' ? value - before : compare(value, before)) >= 0;
  });
}

/** What is typed leaves the roles that it names, or the rights that say it. */
async function checkRights(page, say) {
  const filter = page.locator('#reach-filter');
  const count = () => page.locator('#reach .fold tbody tr:visible').count();
  if ((await filter.count()) === 0) {
    return;
  }
  const all = await count();
  await filter.fill('nothing holds this');
  const none = await count();
  await filter.fill('kms');
  const some = await count();
  await filter.fill('');
  if (none !== 0 || some > all || (await count()) !== all) {
    say(`rights: ${all} rows, with a filter ${some}, with one that nothing matches ${none}`);
  }
}

async function checkPrint(page, say) {
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  const { controls, folded } = await page.evaluate(() => {
    const shown = (element) => element.checkVisibility() && element.getBoundingClientRect().height > 0;
    for (const details of document.querySelectorAll('details')) {
      details.open = false;
    }
    return {
      controls: [...document.querySelectorAll('nav, .controls')].filter(shown).length,
      folded: [...document.querySelectorAll('.fold table')].filter((table) => !shown(table)).length,
    };
  });
  const { length } = await page.pdf({ preferCSSPageSize: true });
  await page.emulateMedia({ media: 'screen' });
  if (controls > 0 || folded > 0 || length < LEAST_PDF) {
    say(`printed: ${controls} controls, ${folded} tables folded away, ${length} bytes`);
  }
}

/** Asks axe about the page as it is with everything open. */
async function checkAccess(page, say) {
  await unfold(page);
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { violations: found } = await globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
      resultTypes: ['violations'],
    });
    return found.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 2).map(({ html }) => html.slice(0, 160))}`);
  });
  for (const violation of violations) {
    say(`axe: ${violation}`);
  }
  if (await page.evaluate(() => 'harmed' in globalThis)) {
    say('a name of the app ran as a script');
  }
}
