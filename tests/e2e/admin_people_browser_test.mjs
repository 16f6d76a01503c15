// The queue and the pages about people in a real browser, by keyboard alone; axe over every state, at 320 and 1280 pixels, light and dark.
//
// Use: node admin_people_browser_test.mjs   SCREENSHOTS=folder keeps pictures of every state.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(executablePath) || !existsSync(join(here, 'node_modules/playwright-core'))) {
  console.log('skipped: Chromium or what npm ci brings is not here');
  process.exit(77);
}
const { chromium } = await import('playwright-core');
const pictures = process.env.SCREENSHOTS;
if (pictures) mkdirSync(pictures, { recursive: true });
const axe = readFileSync(join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');

const server = spawn('python3', [join(here, 'admin_queue_site.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
const root = (await lines.next()).value;
const browser = await chromium.launch({
  executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

const faults = [];
const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
const page = await context.newPage();
page.on('pageerror', (error) => faults.push(`error: ${error}`));
page.on('console', (message) => {
  if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(`console: ${message.text()}`);
});
page.on('request', (request) => { if (!request.url().startsWith(`${root}/`)) faults.push(`asks ${request.url()}`); });

async function look(name) {
  const found = [];
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'],
      }));
      found.push(...violations.flatMap((v) => v.nodes.map((n) => `${colorScheme} ${width} ${v.id}: ${n.html.slice(0, 160)}`)));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) found.push(`${name} is ${wide} pixels too wide at ${width}`);
      if (pictures) await page.screenshot({ path: join(pictures, `${name}-${colorScheme}-${width}.png`), fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
  assert.deepEqual(found, [], name);
}

// By Tab alone to what fits, with a limit.
async function tab_to(selector) {
  for (let n = 0; n < 200; ++n) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
  }
  assert.fail(`Tab never reaches ${selector}`);
}
// Presses a key that leads to another page.
async function press(key) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
}

function totp(secret, shift = 0) {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + shift));
  const hash = createHmac('sha1', key).update(counter).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}

let failed = 0;
async function test(name, run) {
  try {
    await run();
    assert.deepEqual(faults.splice(0), []);
    console.log(`ok ${name}`);
  } catch (failure) {
    ++failed;
    console.log(`FAILED ${name}\n${failure.stack}`);
  }
}

await test('signing in by keyboard', async () => {
  await page.goto(`${root}/admin/sign-in?next=/admin/waiting`);
  await look('sign-in');
  await page.keyboard.type('ada@example.org');
  await page.keyboard.press('Tab');
  await page.keyboard.type('a long password');
  await press('Enter');
  assert.equal(await page.textContent('h1'), 'Waiting');
  await look('waiting');
});

await test('the queue is worked through with keys, which can be turned off', async () => {
  const keys = () => page.$$eval('.queue > li', (items) => items.map((item) => item.id));
  const all = await keys();
  await page.keyboard.press('?');
  assert.ok(await page.isVisible('#keys'));
  await look('keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  assert.equal(await page.evaluate(() => document.activeElement.id), all[1]);
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  assert.equal(await page.evaluate(() => document.activeElement.id), all[0]);
  await press('a');
  assert.deepEqual(await keys(), all.slice(1));
  assert.match(await page.textContent('#undo'), /1 is public now/);
  await look('undo');
  await press('u');
  assert.deepEqual(await keys(), all);
  for (const key of 'jxjxj') await page.keyboard.press(key);
  await press('s');
  assert.deepEqual(await keys(), all.slice(2));
  await press('u');
  await page.click('#keys-open');
  await page.click('#keys-on');
  await page.keyboard.press('Escape');
  for (const key of 'jja') await page.keyboard.press(key);
  assert.deepEqual(await keys(), all);
  await page.keyboard.press('?');
  await page.click('#keys-on');
  await page.click('#keys-close');
  await page.check('#all');
  assert.equal(await page.$$eval('.queue input:checked', (boxes) => boxes.length), all.length);
  await page.goto(`${root}/admin/waiting?show=spam`);
  await look('spam');
  await page.goto(`${root}/admin/waiting?show=trash`);
  await look('trash');
});

await test('one thing is answered and blocked with Tab and Enter', async () => {
  await page.goto(`${root}/admin/waiting`);
  await tab_to('.queue .more');
  await press('Enter');
  await look('item');
  await tab_to('textarea');
  await page.keyboard.type('Thank you.');
  await tab_to('button');
  await press('Enter');
  assert.match(await page.textContent('.notice'), /Your answer is public/);
  await tab_to('[name=kind]');
  await page.keyboard.press('Space');
  await tab_to('[action$="/block"] button');
  await press('Enter');
  assert.match(await page.textContent('.notice'), /It is on the block list/);
  await page.goto(`${root}/admin/blocks`);
  await look('blocks');
});

let secret;
await test('codes from an app are turned on and asked for', async () => {
  await page.goto(`${root}/admin/account`);
  await look('account');
  await page.goto(`${root}/admin/account/codes`);
  await look('codes-off');
  secret = (await page.inputValue('#secret')).replaceAll(' ', '');
  await page.fill('#code', '000000');
  await page.fill('#password', 'a long password');
  await page.click('button[value=on]');
  await look('codes-wrong');
  await page.fill('#code', totp(secret, -1));
  await page.fill('#password', 'a long password');
  await page.click('button[value=on]');
  await page.waitForSelector('.codes');
  await look('codes-shown');
  await page.click('main button');
  await page.goto(`${root}/admin/account/codes`);
  await look('codes-on');
  await page.click('footer button');
  await page.waitForURL('**/sign-in');
  await page.fill('#name', 'ada@example.org');
  await page.fill('#password', 'a long password');
  await page.click('main button');
  await page.waitForSelector('#code');
  await look('code');
  await page.keyboard.type(totp(secret));
  await press('Enter');
  assert.match(await page.textContent('footer'), /Ada Owner/);
});

await test('people and the log', async () => {
  await page.goto(`${root}/admin/people`);
  await look('people');
  await page.fill('#name', 'Eve');
  await page.fill('#email', 'not one');
  await page.click('main .primary');
  await look('people-wrong');
  await page.fill('#email', 'eve@example.org');
  await page.click('main .primary');
  await page.waitForURL('**?done=added');
  await look('person');
  const link = await page.inputValue('#link');
  await page.goto(`${root}/admin/people/1`);
  await look('person-owner');
  await page.goto(`${root}/admin/log`);
  await look('log');
  await page.goto(link);
  await look('choose-password');
  await page.goto(`${root}/admin/recover/r1.1.x`);
  await look('link-dead');
});

await test('the ways back in', async () => {
  await page.goto(`${root}/admin/recover`);
  await look('recover');
  await page.goto(`${root}/admin/reset`);
  await look('reset-none');
  server.stdin.write('reset\n');
  await lines.next();
  await page.goto(`${root}/admin/reset`);
  await look('reset-begin');
  await page.click('main button');
  await page.waitForSelector('#code');
  await look('reset-code');
  await context.clearCookies();
  await page.goto(`${root}/admin/sign-in`);
  await look('sign-in-reset');
});

await browser.close();
server.stdin.end();
process.exit(failed === 0 ? 0 : 1);
