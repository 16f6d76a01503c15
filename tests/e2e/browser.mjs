// What tests in a real browser begin with: Chromium, a site served by a Python program beside this file, pages that
// report what they should not do, axe, and a hand that only has a keyboard. Not a test.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const here = dirname(fileURLToPath(import.meta.url));
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(executablePath) || !existsSync(join(here, 'node_modules/axe-core'))) {
  console.log('skipped: Chromium or what npm ci brings is not here');
  process.exit(77);
}
const { chromium } = await import('playwright-core');
const axe = readFileSync(join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');
const pictures = process.env.SCREENSHOTS;
if (pictures) mkdirSync(pictures, { recursive: true });

export const launch = () => chromium.launch({
  executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

// A program of tests/e2e that prints one line of JSON and serves until its standard input ends. Some answer to lines.
export async function serve(program, ...words) {
  const server = spawn('/usr/bin/python3', [join(here, program), ...words], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const { value } = await lines.next();
  const tell = async (...line) => {
    server.stdin.write(`${line.join(' ')}\n`);
    return (await lines.next()).value;
  };
  return { ...JSON.parse(value), tell, end: () => server.stdin.end() };
}

// A page of its own context. `faults` collects errors, complaints and requests to anybody but `root`.
export async function open(browser, root, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-US', ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(`error: ${error}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !/status of 4\d\d/.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`${root}/`) && !/^(blob|data):/.test(request.url())) faults.push(`asks ${request.url()}`);
  });
  return { context, page, faults };
}

// What axe and a ruler find on the page as it stands, at each [width, colours]. SCREENSHOTS=folder keeps pictures.
export async function look(page, name, states = [[1280, 'light'], [320, 'dark'], [1280, 'dark'], [320, 'light']]) {
  const found = [];
  await page.evaluate(axe);
  for (const [width, colorScheme] of states) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const { violations } = await page.evaluate(() => window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'],
    }));
    found.push(...violations.flatMap((v) => v.nodes.map((n) => `${name} ${colorScheme} ${width} ${v.id}: ${n.html.slice(0, 160)}`)));
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) found.push(`${name} is ${over} pixels too wide at ${width}`);
    if (pictures) await page.screenshot({ path: join(pictures, `${name}-${colorScheme}-${width}.png`), fullPage: true });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
  return found;
}

export function keyboard(page) {
  const to = async (selector) => {
    for (let n = 0; n < 200; ++n) {
      if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`Tab never reaches ${selector} on ${page.url()}`);
  };
  return {
    to,
    async type(selector, text) {
      await to(selector);
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(text);
    },
    // What leads to another page.
    async press(selector, key = 'Enter') {
      if (selector) await to(selector);
      await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
    },
  };
}

let passed = 0, failed = 0;
export async function test(name, run) {
  try {
    await run();
    ++passed;
    console.log(`ok ${name}`);
  } catch (failure) {
    ++failed;
    console.log(`FAILED ${name}\n${failure.stack}`);
  }
}
export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}
