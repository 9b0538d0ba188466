// Finds Chromium for what has to be seen in a real browser, and starts it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium as playwright } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const OPTIONS = [
  '--no-sandbox', // it would need rights that root in a container does not have
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Path of Chromium: that of the variable CHROMIUM, else where it usually is. On Debian and Ubuntu it is installed if it
 * is missing and this process may do that.
 */
export function chromium() {
  const { CHROMIUM } = process.env;
  if (CHROMIUM) {
    return existsSync(CHROMIUM) ? CHROMIUM : fail(`the variable CHROMIUM names ${CHROMIUM}, where nothing is`);
  }
  return found() ?? (installed() ? found() : undefined) ?? fail('Chromium is missing');
}

/** Starts Chromium without a window. Whoever starts it closes it. */
export function launch() {
  return playwright.launch({ executablePath: chromium(), headless: true, args: OPTIONS });
}

function found() {
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...PLACES, ...onPath].find((path) => existsSync(path));
}

function installed() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return false;
  }
  console.log('Installing Chromium (apt-get install chromium) ...');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ].every((words) => spawnSync('apt-get', words, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0);
}

function fail(problem) {
  throw new Error(`${problem}: install Chromium or Chrome, and set CHROMIUM to the path of its program`);
}
