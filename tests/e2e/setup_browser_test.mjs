// The first run in a real browser, from an empty home to the editor, with script and without; axe over every state, at
// 1280 and 320 pixels, light and dark.
//
// Use: node setup_browser_test.mjs   SCREENSHOTS=folder keeps pictures of every state.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, unlinkSync } from 'node:fs';
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
const browser = await chromium.launch({
  executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

async function begin(javaScriptEnabled) {
  const server = spawn('/usr/bin/python3', [join(here, 'setup_site.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const site = JSON.parse((await lines.next()).value);
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 }, javaScriptEnabled, locale: 'en-US', timezoneId: 'Europe/Lisbon',
  });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(`error: ${error}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`${site.root}/`)) faults.push(`asks ${request.url()}`);
  });
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
        const script = javaScriptEnabled ? '' : '-plain';
        if (pictures) await page.screenshot({ path: join(pictures, `${name}${script}-${colorScheme}-${width}.png`), fullPage: true });
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 900 });
    assert.deepEqual(found, [], name);
  };
  const done = async () => {
    assert.deepEqual(faults, []);
    await context.close();
    server.stdin.end();
  };
  return { site, page, look, done, code: () => readFileSync(join(site.home, 'private/SETUP-CODE.txt'), 'utf8').split('\n')[0] };
}

async function stepsOneAndTwo({ site, page, look, code }) {
  await page.goto(`${site.root}/`);
  assert.equal(new URL(page.url()).pathname, '/admin/setup');
  await look('setup-1-code');
  await page.fill('#code', 'ABCD-EFGH-JKMN-PQRS-TVWX-YZ01');
  await page.click('main button.primary');
  assert.match(await page.textContent('#code-error'), /not the code/);
  await look('setup-1-wrong');
  await page.fill('#code', code().toLowerCase());
  await page.click('main button.primary');
  await page.waitForSelector('#title');
  await look('setup-2-owner');
  await page.fill('#title', 'Low tide');
  await page.fill('#password', 'short');
  await page.click('main button.primary');
  assert.match(await page.textContent('#password-error'), /5 characters; at least 10/);
  assert.equal(await page.inputValue('#title'), 'Low tide');
  await look('setup-2-errors');
  await page.fill('#owner', 'Ada Owner');
  await page.fill('#email', 'ada@example.org');
  await page.fill('#password', 'a long password');
}

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

await test('with script: the zone is the browser’s, the canary is asked for, an export comes in pieces, and it ends in the editor', async () => {
  const run = await begin(true);
  const { site, page, look, done } = run;
  await stepsOneAndTwo(run);
  assert.match(await page.textContent('summary'), /English, times of Europe\/Lisbon/);
  await page.click('main button.primary');
  await page.waitForURL('**/admin/setup/host');
  await page.waitForSelector('#finish:enabled');
  assert.match(await page.textContent('#canary-said'), /did not get it/);
  await look('setup-3-host');

  const sent = [];
  page.on('request', (request) => {
    if (request.url().includes('/admin/import/pieces')) sent.push(Number(request.headers()['content-length'] ?? 0));
  });
  await page.setInputFiles('#export', site.export);
  await page.click('#import-upload button');
  await page.waitForURL('**/admin/setup/host?added=*');
  assert.ok(sent.every((size) => size <= 100 * 1024), String(sent));
  await page.waitForSelector('#finish:enabled');
  assert.ok(await page.isChecked('[name=file]'));
  await look('setup-3-file');
  await page.click('#finish');
  await page.waitForURL('**/admin/import');
  await page.waitForSelector('.report', { timeout: 60000 });
  assert.match(await page.textContent('.report'), /entries: 300 found = 300 taken/);
  await look('import-done');
  await page.click('main a.primary');
  await page.waitForSelector('form.write');
  assert.ok(!existsSync(join(site.home, 'private/SETUP-CODE.txt')));
  assert.deepEqual(readdirSync(join(site.home, 'private')).filter((name) => name.startsWith('canary-')), []);
  await page.goto(`${site.root}/admin/doctor`);
  await page.waitForSelector('[data-finding=authorization] .good');
  await look('doctor');
  await page.goto(`${site.root}/admin/import`);
  await page.click('main button.quiet');
  await page.waitForSelector('#import-upload');
  await look('import-offered');
  await page.goto(`${site.root}/admin/setup`);
  assert.doesNotMatch(page.url(), /setup/);
  await done();
});

await test('a private folder that can be fetched is found by the browser, and blocks', async () => {
  const run = await begin(true);
  const { site, page, look, done } = run;
  await stepsOneAndTwo(run);
  await page.click('main button.primary');
  await page.waitForURL('**/admin/setup/host');
  await page.waitForSelector('#finish:enabled');
  // As if the web server handed the folder out: the same bytes, at an address that is asked for.
  const canary = readdirSync(join(site.home, 'private')).find((name) => name.startsWith('canary-'));
  copyFileSync(join(site.home, 'private', canary), join(site.home, 'public/static', canary));
  await page.route(`**/private/${canary}`, async (route) => {
    const answer = await route.fetch({ url: `${site.root}/static/${canary}` });
    await route.fulfill({ response: answer });
  });
  await page.reload();
  await page.waitForSelector('#canary.alert');
  assert.match(await page.textContent('#canary-said'), /Everyone can read your private files/);
  assert.ok(await page.isVisible('#canary .mend'));
  assert.ok(await page.isDisabled('#finish'));
  await look('setup-3-open');
  await page.goto(`${site.root}/admin`);
  assert.match(page.url(), /admin/);
  unlinkSync(join(site.home, 'public/static', canary));
  await done();
});

await test('without script: the same forms, pictures instead of fetching, an upload in one piece, a page that comes again', async () => {
  const run = await begin(false);
  const { site, page, look, done } = run;
  await stepsOneAndTwo(run);
  await page.click('summary');
  await page.fill('#zone', 'Nowhere/Else');
  await page.click('main button.primary');
  assert.match(await page.textContent('#zone-error'), /no zone of that name/);
  await page.fill('#zone', 'Europe/Lisbon');
  await page.click('main button.primary');
  await page.waitForURL('**/admin/setup/host');
  await look('setup-3-host');
  await page.click('button[value=red]');
  assert.match(await page.textContent('.alert'), /comes out of your private folder/);
  await look('setup-3-red');
  await page.setInputFiles('#export', site.export);
  await page.click('#import-upload button');
  await page.waitForURL('**/admin/setup/host?added=*');
  await page.click('button[value=none]');
  await page.waitForURL('**/admin/import');
  await page.waitForSelector('.report', { timeout: 60000 });
  assert.match(await page.textContent('.report'), /entries: 300 found = 300 taken/);
  await page.click('main a.primary');
  await page.waitForSelector('form.write');
  await done();
});

await browser.close();
console.log(`${3 - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
