// The library in a real browser: files that are chosen, dropped and pasted, with script and without; axe over every state.
//
// Use: node admin_media_browser_test.mjs   SCREENSHOTS=folder keeps pictures of every state.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
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
const build = process.env.DAYBOOK_BUILD ?? join(here, '../../build');
const make = (...words) => execFileSync(join(build, 'make_picture'), words.map(String), { maxBuffer: 1 << 26 });
const pictures = process.env.SCREENSHOTS;
if (pictures) mkdirSync(pictures, { recursive: true });

const server = spawn('python3', [join(here, 'journal_site.py'), 'demo'], { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
const root = JSON.parse((await lines.next()).value).demo;
const browser = await chromium.launch({
  executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const axe = readFileSync(join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');

async function person(javaScriptEnabled) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(`error: ${error}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`${root}/`) && !request.url().startsWith('blob:')) faults.push(`asks ${request.url()}`);
  });
  await page.goto(`${root}/admin/sign-in?next=/admin/media`);
  await page.fill('#name', 'ada@example.org');
  await page.fill('#password', 'a long password');
  await page.click('main button');
  await page.waitForURL('**/admin/media');
  const look = async (name) => {
    const found = [];
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 900 });
        if (javaScriptEnabled) {
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => window.axe.run(document, {
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'],
          }));
          found.push(...violations.flatMap((v) => v.nodes.map((n) => `${colorScheme} ${width} ${v.id}: ${n.html.slice(0, 160)}`)));
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          if (wide > 0) found.push(`${name} is ${wide} pixels too wide at ${width}`);
        }
        if (pictures) await page.screenshot({ path: join(pictures, `${name}-${colorScheme}-${width}.png`), fullPage: true });
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 900 });
    assert.deepEqual(found, [], name);
  };
  return { page, look, done: async () => { assert.deepEqual(faults, []); await context.close(); } };
}

const file = (name, buffer, mimeType = 'image/jpeg') => ({ name, mimeType, buffer });
let failed = 0;
async function test(name, run) {
  try {
    await run();
    console.log(`ok ${name}`);
  } catch (failure) {
    ++failed;
    console.log(`FAILED ${name}\n${failure.stack}`);
  }
}

await test('without script a form adds files and says what was not taken', async () => {
  const { page, look, done } = await person(false);
  await page.setInputFiles('#file', [file('boats.jpg', make('jpeg', 1200, 800, 1))]);
  await page.click('text=Add files');
  await page.waitForURL('**/admin/media/*?new=1');
  assert.match(await page.textContent('.notice'), /1 file was added/);
  await look('item-plain');
  await page.fill('#alt', 'Two boats at the quay');
  await page.click('text=Save description');
  await page.waitForURL('**/admin/media/*?saved=1');
  assert.equal(await page.inputValue('#alt'), 'Two boats at the quay');
  assert.match(await page.inputValue('#markdown'), /^!\[Two boats at the quay\]\(\/media\/\d{4}\/boats\.jpg\)$/);
  await page.goto(`${root}/admin/media`);
  await page.setInputFiles('#file', [file('empty.jpg', Buffer.alloc(0))]);
  await page.click('text=Add files');
  assert.match(await page.textContent('#file-error'), /is empty/);
  await look('refused-plain');
  await done();
});

await test('with script files go in pieces, chosen or dropped', async () => {
  const { page, look, done } = await person(true);
  await look('library');
  let sent = 0;
  page.on('request', (request) => { sent += request.url().includes('/pieces?') ? 1 : 0; });
  await page.setInputFiles('#file', [file('hill.jpg', make('jpeg', 2000, 1500, 6))]);
  await page.click('text=Add files');
  await page.waitForURL('**/admin/media/*?new=1');
  assert.ok(sent > 1, 'it came in pieces');
  await look('item');
  await page.goto(`${root}/admin/media`);
  const bytes = [...make('png', 300, 200, 1)];
  await page.evaluate((numbers) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(numbers)], 'dropped.png', { type: 'image/png' }));
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
  }, bytes);
  await page.waitForURL('**/admin/media/*?new=1');
  assert.match(await page.textContent('h1'), /^dropped\.png$/);
  await page.goto(`${root}/admin/media`);
  await page.setInputFiles('#file', [file('broken.jpg', Buffer.from('<html>'))]);
  await page.click('text=Add files');
  await page.waitForSelector('.sent .error');
  assert.match(await page.textContent('.sent .error'), /is none/);
  await look('refused');
  await done();
});

await test('the editor takes pictures that are picked, dropped or pasted, and asks what they show', async () => {
  const { page, look, done } = await person(true);
  await page.goto(`${root}/admin/write`);
  await page.fill('#title', 'A harbour with a picture');
  await page.fill('#body', 'Before.\n\n');
  await page.click('button:has-text("Insert a picture")');
  await page.waitForSelector('dialog[open] .tiles li');
  await look('pick');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement.id === 'body');
  await page.click('button:has-text("Insert a picture")');
  await page.setInputFiles('#pick-file', [file('pier.jpg', make('jpeg', 900, 600, 1))]);
  await page.waitForSelector('#pick-alt');
  await look('describe');
  await page.fill('#pick-alt', 'A pier at [low] tide');
  await page.click('dialog button.primary');
  await page.waitForFunction(() => document.querySelector('#body').value.includes('pier.jpg'));
  assert.match(await page.inputValue('#body'), /^Before\.\n\n!\[A pier at \\\[low\\\] tide\]\(\/media\/\d{4}\/pier\.jpg\)$/);
  const bytes = [...make('png', 200, 300, 1)];
  for (const kind of ['paste', 'drop']) {
    await page.evaluate(([numbers, event]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array([...numbers, ...(event === 'drop' ? [0] : [])])], `${event}.png`, { type: 'image/png' }));
      const about = { bubbles: true, cancelable: true };
      document.querySelector('#body').dispatchEvent(event === 'paste'
        ? new ClipboardEvent('paste', { ...about, clipboardData: transfer }) : new DragEvent('drop', { ...about, dataTransfer: transfer }));
    }, [bytes, kind]);
    await page.waitForSelector('#pick-alt');
    await page.fill('#pick-alt', '');
    await page.click('dialog button.primary');
    await page.waitForFunction(() => !document.querySelector('dialog[open]'));
  }
  await page.click('button[value=publish]');
  await page.waitForURL('**/admin/**');
  await page.click('#state + a');
  await page.waitForSelector('.e-content img[alt="A pier at [low] tide"]');
  assert.equal(await page.locator('.e-content img').count() >= 2, true);
  await done();
});

await browser.close();
server.stdin.end();
process.exit(failed === 0 ? 0 : 1);
