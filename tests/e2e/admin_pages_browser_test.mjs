// Every page of the owner's side that a link leads to, and what each of its forms answers to nonsense: with and, with DAYBOOK_LONG=1,
// without script, axe finds nothing, nothing is wider than the window, nobody else is asked. Then both widths and both
// colours of each, else one.
//
// Use: node admin_pages_browser_test.mjs [words of a path]   (after npm ci here; needs Chromium)
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finish, here, launch, look, open, serve, test } from './browser.mjs';

const site = await serve('journal_site.py', 'demo');
const root = site.demo, only = process.argv[2] ?? '';
const browser = await launch();

// As the site map has them: "{id}" stands for what differs between pages of one kind.
const patterns = [...readFileSync(join(here, '../../handlers/admin/routes.cc'), 'utf8')
  .matchAll(/\{kGet, "([^"]+)", \w+, Least::(\w+)/g)].map(([, pattern, least]) => ({
  pattern, least, matches: new RegExp(`^${pattern.replace(/\{[^}]+\}/g, '[^/]+')}$`),
}));
// No pages: files, answers to scripts, what only who is not signed in is shown, and what has to be asked for first
// (admin_mail_test.py).
const notPages = /^\/admin\/(sign-in|setup|recover|reset|import\/state|backup\/(state|file)|upgrade\/state|media\/(list|pieces)|doctor\/authorization|feed|preview|subscribers\.csv|mail\/test)/;

async function signIn(page) {
  await page.goto(`${root}/admin/sign-in`);
  await page.fill('#name', 'ada@example.org');
  await page.fill('#password', 'a long password');
  await Promise.all([page.waitForNavigation(), page.click('main button')]);
}
async function makeRevision(page) {
  await page.goto(`${root}/admin`);
  await page.click('main a[href*="/admin/entries/"]');
  await page.locator('textarea[name=body]').fill('Another text');
  await Promise.all([page.waitForNavigation(), page.click('button[value=save]')]);
}
// What is there once a reader wrote, and an issue of the newsletter was begun.
async function makeMessageAndIssue(page) {
  await page.goto(`${root}/contact`);
  await page.fill('#a-author', 'Bea');
  await page.fill('#a-post', 'Hello.\n\nYour garden is fine.');
  await Promise.all([page.waitForNavigation(), page.click('main button.primary')]);
  if (await page.$('#a-post')) await Promise.all([page.waitForNavigation(), page.click('main button.primary')]);
  await page.goto(`${root}/admin/mailings`);
  await Promise.all([page.waitForNavigation(), page.click('button[value=issue]')]);
}
const name = (path) => path.replace(/^\/admin\/?/, '').replace(/[^\w]+/g, '-') || 'admin';

// One page of each kind, by the links that lead there.
async function crawl(page) {
  const found = new Map(), seen = new Set(), waiting = ['/admin'];
  while (waiting.length) {
    const path = waiting.shift();
    const kind = patterns.find((p) => p.matches.test(path.replace(/\?.*/, '')))?.pattern;
    const once = kind + path.replace(/^[^?]*/, '').replace(/=[^&]*/g, '');
    if (!kind || seen.has(once) || notPages.test(path)) continue;
    seen.add(once);
    const answer = await page.goto(root + path);
    if (!(answer.headers()['content-type'] ?? '').startsWith('text/html')) continue;
    assert.equal(answer.status(), 200, path);
    found.set(path, kind);
    const links = await page.$$eval('a[href]', (all) => all.map((a) => a.href));
    waiting.push(...links.filter((l) => l.startsWith(`${root}/admin`)).map((l) => l.slice(root.length).replace(/#.*/, '')));
  }
  return found;
}

const every = Boolean(process.env.DAYBOOK_LONG);
for (const javaScriptEnabled of every ? [true, false] : [true]) {
  const told = javaScriptEnabled ? 'with script' : 'without script';
  const { page, faults } = await open(browser, root);
  // Only the page's own scripts are kept away: axe is one, too.
  if (!javaScriptEnabled) await page.route('**/*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  await signIn(page);
  if (javaScriptEnabled) {
    await makeRevision(page);
    await makeMessageAndIssue(page);
  }
  let pages = new Map();
  await test(`every kind of page is reached, ${told}`, async () => {
    pages = await crawl(page);
    const missing = patterns.filter((p) => p.least !== 'Anyone' && !notPages.test(p.pattern) && ![...pages.values()].includes(p.pattern));
    assert.deepEqual(missing.map((p) => p.pattern), []);
  });
  for (const path of pages.keys()) {
    if (!path.includes(only)) continue;
    await test(`${path} ${told}`, async () => {
      await page.goto(root + path);
      const states = javaScriptEnabled ? [[320, 'dark'], [1280, 'light']] : [[1280, 'dark'], [320, 'light']];
      assert.deepEqual(await look(page, `${name(path)}${javaScriptEnabled ? '' : '-plain'}`, every ? states : states.slice(0, 1)), []);
      assert.deepEqual(faults.splice(0), []);
    });
    if (!javaScriptEnabled) continue;
    await test(`${path}: what its forms say to nonsense`, async () => {
      await page.goto(root + path);
      const forms = await page.$$eval('main form[method=post]', (all) => all.length);
      for (let n = 0; n < forms; ++n) {
        await page.goto(root + path);
        const filled = await page.evaluate((which) => {
          const form = document.querySelectorAll('main form[method=post]')[which];
          const fields = [...form.querySelectorAll('input:is([type=text],[type=email],[type=url],[type=password],[type=number],:not([type])),textarea')]
            .filter((field) => field.offsetParent && !field.readOnly && !field.disabled);
          for (const field of fields) {
            if (field.type !== 'textarea') field.type = 'text';
            field.value = ' <b>: javascript:\u0007';
          }
          form.noValidate = true;
          const button = form.querySelector('button:not([type=button])');
          if (!fields.length || !button) return false;
          window.press = () => form.requestSubmit(button);
          return true;
        }, n);
        if (!filled) continue;
        const [answer] = await Promise.all([
          page.waitForNavigation({ timeout: 3000 }).catch(() => null), page.evaluate(() => window.press()),
        ]);
        if (!answer || answer.status() < 400) continue;
        assert.equal(answer.status(), 422, `form ${n}`);
        assert.deepEqual(await look(page, `${name(path)}-wrong${n || ''}`, every ? [[320, 'light'], [1280, 'dark']] : [[320, 'light']]), []);
        faults.length = 0;
      }
    });
  }
  await page.context().close();
}
await browser.close();
site.end();
finish();
