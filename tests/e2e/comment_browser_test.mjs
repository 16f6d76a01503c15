// Commenting in a real browser, with script and without: preview, errors, answers, change, withdrawal, remembered details; then
// every hostile payload posted as text, name and address: nothing runs and nothing is asked of another host.
//
// Use: node comment_browser_test.mjs [words of a test's name]   SCREENSHOTS=folder keeps pictures of every state.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(executablePath) || !existsSync(join(here, 'node_modules/playwright-core'))) {
  console.log('skipped: Chromium or what npm ci brings is not here');
  process.exit(77);
}
const { chromium } = await import('playwright-core');
const payloadFile = join(process.env.DAYBOOK_SHARED ?? join(here, '../../../shared'), 'xss/payloads.jsonl');

const server = spawn('python3', [join(here, 'comment_site.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
const root = (await lines.next()).value;
const tell = async (line) => {
  server.stdin.write(`${line}\n`);
  return (await lines.next()).value;
};
const FIRST = `${root}/2019/3/4/first.html`;
const SECOND = `${root}/2019/3/5/second.html`;
const browser = await chromium.launch({
  executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
// Every state that is looked at is judged by axe, light and dark, and in the end by the Nu HTML checker.
const axe = readFileSync(join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');
const states = {};
async function judge(name, html) {
  states[name] = html;
  const found = [];
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({ viewport: { width: 320, height: 900 }, colorScheme });
    const page = await context.newPage();
    await page.goto(`${root}/robots.txt`);
    await page.setContent(html);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'],
    }));
    found.push(...violations.flatMap((v) => v.nodes.map((n) => `${colorScheme} ${v.id}: ${n.html.slice(0, 160)}`)));
    if (pictures) await page.screenshot({ path: join(pictures, `${name}-${colorScheme}-320.png`), fullPage: true });
    await context.close();
  }
  assert.deepEqual(found, [], name);
}
const pictures = process.env.SCREENSHOTS;
if (pictures) mkdirSync(pictures, { recursive: true });

// A browser of its own that reports what it should not do.
async function reader(javaScriptEnabled) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled });
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (4\d\d)/.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error}`));
  page.on('dialog', (dialog) => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => { if (!request.url().startsWith(`${root}/`)) faults.push(`asks ${request.url()}`); });
  const shot = async (name) => {
    await judge(`${name}-${javaScriptEnabled ? 'script' : 'plain'}`, await page.content());
    if (!pictures) return;
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: join(pictures, `${name}-${javaScriptEnabled ? 'script' : 'plain'}-${width}.png`), fullPage: true });
    }
  };
  const noOverflow = async () => {
    await page.setViewportSize({ width: 320, height: 900 });
    assert.ok(await page.locator('html').evaluate((e) => e.scrollWidth <= 320), `${page.url()} is wider than 320 px`);
    await page.setViewportSize({ width: 1280, height: 900 });
  };
  return { context, page, faults, shot, noOverflow };
}
async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) await page.fill(`#c-${name}`, value);
}
// A click that leads to another page, which is there when this returns: under load it comes later than the click.
const go = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const create = (page) => go(page, 'button[value=create]');

const tests = {};
tests['the form for one\'s own website takes the place of the other, and nothing typed is lost'] = async () => {
  const { context, page, faults, shot, noOverflow } = await reader(true);
  await page.goto(FIRST);
  await fill(page, { author: 'Half Author', post: 'Half written text' });
  await page.click('text=My response is on my own website');
  await page.waitForSelector('#r-url:visible');
  assert.equal(page.url().split('#')[0], FIRST);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'r-title');
  assert.ok(!await page.isVisible('#c-post'));
  await shot('swapped');
  await noOverflow();
  await page.fill('#r-title', 'Mine');
  await page.click('text=I want to leave a comment directly');
  await page.waitForSelector('#c-post:visible');
  assert.equal(await page.inputValue('#c-post'), 'Half written text');
  assert.equal(await page.inputValue('#c-author'), 'Half Author');
  assert.equal(await page.locator('#post').count(), 1);
  await page.click('text=My response is on my own website');
  assert.equal(await page.inputValue('#r-title'), 'Mine');
  await go(page, 'section.post:not([hidden]) button.primary');
  await page.waitForURL('**/respond');
  assert.ok(await page.isVisible('#r-url-error'));
  assert.deepEqual(faults, []);
  await context.close();
};
for (const script of [true, false]) {
  const how = script ? 'with script' : 'without script';
  const text = (words) => `${words} ${how}`;

  tests[`posts ${how}`] = async () => {
    const { page, faults, shot, noOverflow } = await reader(script);
    await page.goto(SECOND);
    await shot('entry');
    await noOverflow();
    await fill(page, { author: 'Ann Reader', url: 'example.com', post: text('A thought') });
    if (script) await page.waitForFunction(() => document.querySelector('input[name=signature]').value !== '');
    await create(page);
    if (!script) {
      assert.match(await page.textContent('main'), /Check your comment\. It is not posted yet: press Create Post once more\./);
      assert.equal(await page.textContent('#comment-preview .body p'), text('A thought'));
      await shot('check');
      await noOverflow();
      await create(page);
    }
    assert.match(page.url(), /\/comment\/receipt\/[0-9a-f]{32}$/);
    assert.match(await page.textContent('main'), /Your comment is public\./);
    await shot('receipt');
    await noOverflow();
    await page.reload();
    await page.goto(SECOND);
    assert.equal(await page.locator('.comment .body', { hasText: text('A thought') }).count(), 1);
    assert.deepEqual(faults, []);
  };

  tests[`previews ${how}`] = async () => {
    const { page, faults } = await reader(script);
    await page.goto(SECOND);
    await fill(page, { author: 'Pre', post: text('<b>Only</b> seen') });
    await go(page, 'button[value=preview]');
    assert.equal(await page.textContent('#comment-preview b'), 'Only');
    assert.equal(await page.inputValue('#c-post'), text('<b>Only</b> seen'));
    await page.goto(SECOND);
    assert.equal(await page.locator('.comment', { hasText: text('Only seen') }).count(), 0);
    assert.deepEqual(faults, []);
  };

  tests[`errors are led to and keep everything ${how}`] = async () => {
    const { page, faults, shot, noOverflow } = await reader(script);
    await page.goto(SECOND);
    const post = text('Two\n\n  lines & "quotes"');
    await fill(page, { email: 'not an address', url: 'nor this one', post });
    await create(page);
    assert.match(await page.title(), /^Error: /);
    assert.equal(await page.locator('#errors li').count(), 3);
    if (script) assert.equal(await page.evaluate(() => document.activeElement.id), 'errors');
    await page.click('#errors a[href="#c-email"]');
    assert.equal(await page.inputValue('#c-email'), 'not an address');
    assert.equal(await page.inputValue('#c-url'), 'nor this one');
    assert.equal(await page.inputValue('#c-post'), post);
    assert.equal(await page.getAttribute('#c-author', 'aria-invalid'), 'true');
    await shot('errors');
    await noOverflow();
    assert.deepEqual(faults, []);
  };

  tests[`answers a comment ${how}`] = async () => {
    const { page, faults, shot } = await reader(script);
    await page.goto(FIRST);
    await page.click('a.reply');
    if (script) assert.equal(page.url(), FIRST);
    await shot('reply');
    await fill(page, { author: 'Ben', post: text('An answer') });
    if (script) await page.waitForFunction(() => document.querySelector('input[name=signature]').value !== '');
    await create(page);
    if (!script) await create(page);
    await page.goto(FIRST);
    assert.equal(await page.locator('.comments ol ol .body', { hasText: text('An answer') }).count(), 1);
    assert.deepEqual(faults, []);
  };

  tests[`changes and withdraws ${how}`] = async () => {
    const { page, faults, shot, noOverflow } = await reader(script);
    await page.goto(SECOND);
    await fill(page, { author: 'Cleo', email: `cleo-${script}@example.org`, post: text('First version') });
    if (script) await page.waitForFunction(() => document.querySelector('input[name=signature]').value !== '');
    await create(page);
    if (!script) await create(page);
    const receipt = page.url();
    await page.goto(await tell('link'));
    await shot('confirm');
    await noOverflow();
    await go(page, 'main form button');
    assert.match(page.url(), /\/comment\/mine$/);
    await shot('mine');
    await noOverflow();
    await page.goto(receipt);
    assert.match(await page.textContent('main'), /You can change it until/);
    await go(page, 'a[href*="/comment/edit/"]');
    await shot('edit');
    await page.fill('#e-post', text('Second version'));
    await go(page, 'button[value=save]');
    assert.match(await page.textContent('main'), /Your comment was changed\./);
    await page.goto(SECOND);
    assert.equal(await page.locator('.comment .body', { hasText: text('Second version') }).count(), 1);
    await page.goto(receipt);
    await go(page, 'a[href*="/comment/edit/"]');
    await go(page, 'button[value=withdraw]');
    assert.match(await page.textContent('main'), /Your comment was withdrawn\./);
    await page.goto(`${root}/comment/erase`);
    await shot('erase');
    await noOverflow();
    await page.goto(SECOND);
    assert.equal(await page.locator('.comment .body', { hasText: text('Second version') }).count(), 0);
    assert.deepEqual(faults, []);
  };
}

tests['details are remembered in the browser until they are forgotten'] = async () => {
  const { page, faults, shot } = await reader(true);
  await page.goto(SECOND);
  assert.equal(await page.isVisible('#c-forget'), false);
  await fill(page, { author: 'Refused', email: 'not an address', post: 'Remember me' });
  await go(page, 'button[value=preview]');
  await page.waitForSelector('#errors');
  await page.goto(SECOND);
  assert.equal(await page.inputValue('#c-author'), '');
  assert.equal(await page.locator('#c-forget').count(), 0);
  await fill(page, { author: 'Memory', email: 'memory@example.org', url: 'https://memory.example', post: 'Remember me' });
  await go(page, 'button[value=preview]');
  await page.waitForSelector('#comment-preview');
  await page.waitForLoadState();
  await page.goto(FIRST);
  assert.equal(await page.inputValue('#c-author'), 'Memory');
  assert.equal(await page.inputValue('#c-email'), 'memory@example.org');
  await shot('remembered');
  await page.click('#c-forget');
  assert.equal(await page.inputValue('#c-author'), '');
  assert.equal(await page.isVisible('#c-forget'), false);
  await page.reload();
  assert.equal(await page.inputValue('#c-author'), '');
  assert.deepEqual(faults, []);
};

tests['waiting, closed and refused pages'] = async () => {
  const { page, context, shot, noOverflow } = await reader(false);
  await tell('set comments.hold all');
  await page.goto(SECOND);
  await fill(page, { author: 'Dora', post: 'To be held' });
  await create(page);
  await create(page);
  assert.match(await page.textContent('main'), /waits for the owner/);
  await shot('waiting');
  await noOverflow();
  await page.goto(SECOND);
  await fill(page, { author: 'Dora', post: 'Closed meanwhile' });
  await tell('set comments closed');
  await create(page);
  assert.match(await page.textContent('main'), /Comments closed while you were writing/);
  await shot('closed-meanwhile');
  await page.goto(SECOND);
  await shot('closed');
  await tell('set comments open');
  await tell('set comments.hold none');
  await page.goto(SECOND);
  await context.setExtraHTTPHeaders({ 'Sec-Fetch-Site': 'cross-site' });
  await fill(page, { author: 'Dora', post: 'From elsewhere' });
  await create(page);
  await shot('foreign');
};

tests['every state is right HTML'] = async () => {
  const jar = join(here, 'node_modules/vnu-jar/build/dist/vnu.jar');
  assert.ok(existsSync(jar), 'npm ci brings the checker');
  const folder = mkdtempSync(join(tmpdir(), 'daybook-states-'));
  for (const [name, html] of Object.entries(states)) writeFileSync(join(folder, `${name}.html`), html);
  const said = execFileSync('java', ['-Xss4m', '-jar', jar, '--format', 'json', '--exit-zero-always', '--stdout', folder]);
  rmSync(folder, { recursive: true });
  const found = JSON.parse(said).messages.filter((m) => m.type !== 'info' || m.subType === 'warning');
  assert.deepEqual(found.map((m) => `${m.url.split('/').pop()} ${m.message} … ${m.extract}`), []);
};

tests['hostile payloads do nothing as text, name or address'] = async () => {
  if (!existsSync(payloadFile)) return;
  const payloads = readFileSync(payloadFile, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  const post = async (address, values) => fetch(address, {
    method: 'POST', redirect: 'manual', body: new URLSearchParams(values), headers: { 'Sec-Fetch-Site': 'same-origin' },
  });
  const sign = /data-sign="([^"]+)"/.exec(await (await fetch(FIRST)).text())[1];
  const action = FIRST.replace('.html', '/comment');
  const signature = await (await fetch(root + sign)).text();
  let stored = 0;
  const previews = [];
  const one = async ({ payload }, number) => {
    for (const values of [{ author: `${payload.slice(0, 45)} ${number}`, post: payload, url: '' },
      { author: `U${number}`, post: `address ${number}`, url: payload }]) {
      const answer = await post(action, { ...values, email: '', signature, action: 'create' });
      assert.ok([303, 400, 413, 422].includes(answer.status), `${answer.status} for ${payload}`);
      if (answer.status === 303) stored += 1;
      else if (previews.length < 40) previews.push(await answer.text());
    }
  };
  const waiting = payloads.entries();
  await Promise.all(Array.from({ length: 4 }, async () => {
    for (const [number, item] of waiting) await one(item, number);
  }));
  assert.ok(stored > payloads.length * 0.8, `${stored} of ${payloads.length} stored`);
  for (const script of [true, false]) {
    const { page, faults } = await reader(script);
    await page.goto(FIRST, { waitUntil: 'load' });
    await page.goto(`${root}/`, { waitUntil: 'load' });
    for (const html of previews) {
      await page.route('**/probe', (route) => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }));
      await page.goto(`${root}/probe`, { waitUntil: 'load' });
      await page.unroute('**/probe');
    }
    assert.deepEqual(faults, []);
  }
  const { page } = await reader(false);
  await page.goto(FIRST);
  const allowed = 'A ABBR B BLOCKQUOTE CODE EM I S STRONG P BR'.split(' ');
  const tags = await page.locator('.comment .body *').evaluateAll((all) => [...new Set(all.map((e) => e.tagName))]);
  assert.deepEqual(tags.filter((tag) => !allowed.includes(tag)), []);
};

let failed = 0;
const chosen = Object.entries(tests).filter(([name]) => process.argv.slice(2).every((word) => name.includes(word)));
for (const [name, run] of chosen) {
  try {
    await run();
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n${error.stack}`);
  }
}
console.log(`${chosen.length - failed} passed, ${failed} failed`);
await browser.close();
server.stdin.end();
process.exit(failed ? 1 : 0);
