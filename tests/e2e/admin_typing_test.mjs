// Typing at the owner's side in a real browser while everything that can die dies: the browser, the server, the session. At most the
// last five seconds of typing are lost, two windows lose nothing, and the page says where the text is.
//
// Use: node admin_typing_test.mjs [words of a test's name]   DAYBOOK_LONG=1: fifty kills instead of six.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
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
const KILLS = process.env.DAYBOOK_LONG ? 50 : 6;
const LOST_MS = 5000;

const server = spawn('python3', [join(here, 'admin_typing_site.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
const next = async () => JSON.parse((await lines.next()).value);
const { root, name, password } = await next();
const tell = (line) => { server.stdin.write(`${line}\n`); return next(); };
const until = async (what, condition, ms = 20000) => {
  for (const limit = Date.now() + ms; ;) {
    const found = await condition();
    if (found) return found;
    assert.ok(Date.now() < limit, `waited in vain for ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
};

const profile = mkdtempSync(join(tmpdir(), 'daybook-typing-'));
let context;
async function open() {
  context = await chromium.launchPersistentContext(profile, {
    executablePath, viewport: { width: 1280, height: 900 },
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}
async function signIn(page) {
  await page.fill('#name', name);
  await page.fill('#password', password);
  await page.click('main button.primary');
}
// An editor page, whatever has to be done to get there.
async function write(address) {
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  await page.goto(address);
  if (page.url().includes('/sign-in')) {
    await signIn(page);
    await page.waitForSelector('#write');
  }
  return page;
}
const state = (page) => page.textContent('#state');
const text = (page) => page.inputValue('#body');
const idOf = (page) => Number(page.url().match(/entries\/(\d+)/)[1]);
const settled = (page) => until('the text on the server', async () => (await tell(`texts ${idOf(page)}`)).includes(await text(page)));

// Words with numbers, and when each was there.
function typist() {
  const typed = [];
  return {
    typed,
    async some(page, count) {
      await page.focus('#body');
      for (let i = 0; i < count; i++) {
        await page.keyboard.type(`w${typed.length} `, { delay: 15 });
        typed.push(Date.now());
      }
    },
    // What stands there is a beginning of what was typed, and what is missing was typed just before.
    check(shown, dead, what) {
      const words = shown.trim().split(/\s+/).filter(Boolean);
      if (words.length && words.at(-1) !== `w${words.length - 1}`) words.pop();  // half of it was typed
      words.forEach((word, i) => assert.equal(word, `w${i}`, what));
      const lost = typed.slice(words.length);
      assert.ok(lost.length === 0 || lost[0] >= dead - LOST_MS,
        `${what}: ${lost.length} words are lost, the first typed ${dead - lost[0]} ms before`);
      typed.length = words.length;
      return { lost: lost.length, whole: words.map((word) => `${word} `).join('') };
    },
  };
}

const tests = {
  'kills of browser, server and session lose at most five seconds': async () => {
    await open();
    let page = await write(`${root}/admin/write`);
    const hand = typist();
    await hand.some(page, 40);
    await until('an address of its own', () => /entries\/\d+/.test(page.url()));
    const address = page.url();
    const kinds = ['browser', 'server', 'session'];
    let lost = 0;
    for (let i = 0; i < KILLS; i++) {
      const kind = i < 3 ? kinds[i] : kinds[Math.floor(Math.random() * 3)];
      await hand.some(page, 10 + Math.floor(Math.random() * 150));
      const dead = Date.now();
      if (kind === 'browser') {
        // Nothing is said to it beforehand: its whole process group, at once.
        const pid = await browserPid();
        process.kill(pid, 'SIGKILL');
        await context.close().catch(() => {});
        await open();
        page = await write(address);
      } else if (kind === 'server') {
        await tell('stop');
        await hand.some(page, 20);
        await until('the page to say so', async () => (await state(page)).startsWith('Kept in this browser'));
        await tell('start');
        await hand.some(page, 1);
      } else {
        await tell('sign-out');
        await hand.some(page, 20);
        await until('the page to say so', async () => (await state(page)).startsWith('You were signed out.'));
        const [other] = await Promise.all([context.waitForEvent('page'), page.click('#state a')]);
        await signIn(other);
        await other.waitForURL(/\/admin/);
        await other.close();
        await hand.some(page, 1);
      }
      const left = hand.check(await text(page), dead, `kill ${i} (${kind})`);
      lost += left.lost;
      await page.fill('#body', left.whole);
      await page.focus('#body');
      await page.keyboard.press('Control+End');
    }
    await hand.some(page, 5);
    await settled(page);
    assert.match(await state(page), /^Saved .+\.$/);
    console.log(`${KILLS} kills, ${lost} words of ${hand.typed.length} typed again`);
    await context.close();
  },

  'two windows keep both texts': async () => {
    await open();
    const first = await write(`${root}/admin/write`);
    await first.fill('#title', 'Shared');
    await first.fill('#body', 'As it was');
    await first.click('button[value=save]');
    await first.waitForSelector('.notice');
    const second = await write(first.url());
    await second.fill('#body', 'In the second window');
    await settled(second);
    await first.fill('#body', 'In the first window');
    await settled(first);
    const id = idOf(first);
    for (const one of ['In the first window', 'In the second window'])
      assert.ok((await tell(`texts ${id}`)).includes(one), one);
    await second.click('button[value=save]');
    await second.waitForSelector('.notice');
    await first.click('button[value=save]');
    await first.waitForSelector('.other');
    assert.match(await first.textContent('.alert'), /changed in another window/);
    assert.equal(await first.inputValue('#other-text'), 'In the second window');
    assert.equal(await text(first), 'In the first window');
    await context.close();
  },

  'what was typed and not saved stands in the form again': async () => {
    await open();
    const page = await write(`${root}/admin/write`);
    await page.fill('#title', 'Half done');
    await page.fill('#body', 'Saved');
    await page.click('button[value=save]');
    await page.waitForSelector('.notice');
    const address = page.url().split('?')[0];
    await page.fill('#body', 'Saved, and then some more');
    await settled(page);
    await page.close();
    const clean = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
    context = await clean.newContext({ javaScriptEnabled: false });  // another browser, without script
    const again = await write(address);
    assert.equal(await text(again), 'Saved, and then some more');
    assert.match(await again.textContent('main .notice'), /^This is your text as you typed it until .+\. It is not saved/);
    await again.click('.notice a');
    assert.equal(await text(again), 'Saved');
    await clean.close();
  },

  'tools, shortcuts, the count of words and the text as readers see it': async () => {
    const clean = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
    context = await clean.newContext();
    const page = await write(`${root}/admin/write`);
    await page.fill('#title', 'Tools');
    await page.fill('#body', 'plain words here');
    await page.evaluate(() => document.getElementById('body').setSelectionRange(6, 11));
    await page.keyboard.press('Control+b');
    assert.equal(await text(page), 'plain **words** here');
    await page.click('.tools button:has-text("Italic")');
    assert.equal(await text(page), 'plain ***words*** here');
    assert.match(await page.textContent('.tools'), /Words: 3/);
    await page.click('.tools button:has-text("Show beside")');
    await page.waitForSelector('.live em');
    await page.keyboard.press('Control+s');
    await page.waitForSelector('.notice');
    assert.match(page.url(), /entries\/\d+\?done=saved/);
    await clean.close();
  },
};

// The one that has our profile: playwright does not tell.
async function browserPid() {
  const { execFileSync } = await import('node:child_process');
  const found = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n')
    .filter((line) => line.includes(`--user-data-dir=${profile}`) && !line.includes('--type='));
  return Number(found[0].trim().split(/\s+/)[0]);
}

let failed = 0;
const chosen = Object.entries(tests).filter(([test]) => process.argv.slice(2).every((word) => test.includes(word)));
for (const [test, run] of chosen) {
  try {
    await run();
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${test}\n${error.stack}`);
    await context?.close().catch(() => {});
  }
}
console.log(`${chosen.length - failed} passed, ${failed} failed`);
server.stdin.end();
rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
process.exit(failed ? 1 : 0);
