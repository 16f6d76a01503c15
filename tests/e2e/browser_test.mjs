// The pages in a real browser: accessible by axe's rules, at home on every width, quick, quiet, and readable by
// keyboard, on paper, without script and without its style sheet. The accessibility tree of one entry is compared with
// tests/golden/entry.aria; DAYBOOK_GOLDEN=write writes it anew, to be read before it is committed.
//
// Use: node browser_test.mjs [words of a test's name]   (after npm ci here; needs Chromium)
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(executablePath) || !existsSync(join(here, 'node_modules/axe-core'))) {
  console.log('skipped: Chromium or what npm ci brings is not here');
  process.exit(77);
}
const { chromium } = await import('playwright-core');
const axe = readFileSync(join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');
const golden = join(here, '../golden/entry.aria');

const DEMO = {
  front: '/', paged: '/page/2', entry: '/2018/3/4/half-a-minute-slow.html', long: '/2025/6/15/the-hour-is-a-public-thing.html',
  table: '/2021/5/9/the-round-with-particulars.html', gallery: '/2020/9/13/six-plants-of-the-north-face.html',
  updated: '/2020/3/29/a-clock-nobody-hears.html', arabic: '/2023/6/22/saat-jaddi.html', code: '/2021/12/21/why-the-sundial-is-right-and-i-am-paid-anyway.html',
  locked: '/2025/3/11/before-the-parish-council.html', year: '/2020/', category: '/category/clocks', tag: '/tag/hagworth', author: '/author/ruth',
  archive: '/archive', search: '/search?q=clock', nothing: '/search?q=xyzzy', page: '/about', subscribe: '/subscribe', missing: '/nowhere',
  gone: '/2019/4/1/pennies-for-sale.html', print: '/2018/3/4/half-a-minute-slow/print',
};
const THEME = [
  '/', '/about/page-image-alignment/', '/2013/01/11/markup-html-tags-and-formatting/', '/2013/01/05/markup-title-with-markup/',
  '/2009/05/15/edge-case-nested-and-mixed-lists/', '/2009/09/05/edge-case-no-title/', '/2009/10/05/title-should-not-overflow-the-content-area/',
  '/2012/01/03/template-comments/', '/2012/01/01/template-pingbacks-an-trackbacks/', '/2010/06/02/post-format-video-youtube/',
  '/2018/11/02/block-category-common/', '/2018/11/02/block-category-formatting/', '/2018/11/02/block-cover/', '/2018/11/02/block-gallery/', '/greek/',
];

const sites = spawn('python3', [join(here, 'journal_site.py'), 'demo', 'theme-unit-test'], { stdio: ['pipe', 'pipe', 'inherit'] });
const roots = JSON.parse((await createInterface({ input: sites.stdout })[Symbol.asyncIterator]().next()).value ?? '{}');
const browser = await chromium.launch({
  executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const demo = roots.demo;
const theme = roots['theme-unit-test'];  // absent where the shared imports are not here

// A page that reports what it should not do: complain, ask another host, run into a page error.
async function open(url, options = {}) {
  const { width = 1280, ...rest } = options;
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...rest });
  const page = await context.newPage();
  const faults = [];
  const requests = [];
  page.on('console', (message) => {
    const expected = message.type() === 'error' && /status of (404|410|403)/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !expected) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error}`));
  page.on('request', (request) => {
    requests.push(request);
    if (!request.url().startsWith(new URL(url).origin + '/') && !request.url().startsWith('data:')) faults.push(`asks ${request.url()}`);
  });
  const answer = await page.goto(url, { waitUntil: 'load' });
  assert.ok(answer.ok() || [DEMO.missing, DEMO.gone].some((path) => url.endsWith(path)), `${url} answers ${answer.status()}`);
  return { page, context, faults, requests };
}

async function axeOn(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'],
  }));
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)} (${n.any[0]?.message ?? n.none[0]?.message ?? v.help})`));
}

const tests = {};

tests['axe finds nothing on any kind of page, wide and narrow, light and dark'] = async () => {
  const urls = [...Object.values(DEMO).map((path) => demo + path), ...(theme ? THEME.map((path) => theme + path) : [])];
  const found = [];
  // Both widths and both colours for every page; the other two pairs for those that hold every kind of part.
  const parts = [DEMO.front, DEMO.long, DEMO.table].map((path) => demo + path);
  for (const [width, colorScheme, some] of [[320, 'dark', urls], [1280, 'light', urls], [320, 'light', parts], [1280, 'dark', parts]]) {
    const { page, context } = await open(demo + '/', { width, colorScheme });
    for (const url of some) {
      await page.goto(url, { waitUntil: 'load' });
      for (const fault of await axeOn(page)) found.push(`${new URL(url).pathname} at ${width} ${colorScheme}: ${fault}`);
    }
    await context.close();
  }
  assert.deepEqual(found, []);
};

tests['no page scrolls sideways, complains, or asks another host, at any width'] = async () => {
  const urls = Object.values(DEMO).map((path) => demo + path);
  for (const root of [demo, theme].filter(Boolean)) {
    const map = await (await fetch(root + '/sitemap.xml')).text();
    urls.push(...[...map.matchAll(/<loc>([^<]+)/g)].map((m) => m[1]));
  }
  const found = [];
  const { page, context, faults } = await open(demo + '/');
  page.removeAllListeners('request');
  for (const url of urls) {
    const foreign = (request) => { if (!request.url().startsWith(new URL(url).origin + '/')) found.push(`${url} asks ${request.url()}`); };
    page.on('request', foreign);
    await page.goto(url, { waitUntil: 'load' });
    for (const width of [320, 768, 1280, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      const wide = await page.evaluate(() => {
        const limit = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= limit) return '';
        const worst = [...document.querySelectorAll('body *')].find((e) => e.getBoundingClientRect().right > limit + 1 && !e.closest('.scroll, pre'));
        return `${document.documentElement.scrollWidth} px, ${worst?.outerHTML.slice(0, 120)}`;
      });
      if (wide) found.push(`${new URL(url).pathname} at ${width}: ${wide}`);
    }
    page.off('request', foreign);
  }
  await context.close();
  assert.deepEqual([...found, ...faults], []);
};

tests['an entry is small, asks little, and does not move while it comes'] = async () => {
  const { page, context, requests } = await open(demo + DEMO.long);
  const pictures = requests.filter((r) => r.resourceType() === 'image' && !r.url().includes('/static/'));
  const own = requests.filter((r) => !pictures.includes(r));
  assert.ok(own.length <= 3, own.map((r) => r.url()).join(' '));
  let bytes = 0;
  for (const request of own) {
    const sizes = await request.sizes();
    bytes += sizes.responseBodySize + sizes.responseHeadersSize;
  }
  assert.ok(bytes <= 40 * 1024, `${bytes} bytes`);
  assert.deepEqual(own.filter((r) => ['script', 'font'].includes(r.resourceType())).map((r) => r.url().replace(/\.[0-9a-f]{10}\.js$/, '.js')), [`${demo}/static/comment.js`]);
  await context.close();

  for (const path of [DEMO.entry, DEMO.gallery, DEMO.front]) {
    const narrow = await browser.newContext({ viewport: { width: 390, height: 800 } });
    const moving = await narrow.newPage();
    await moving.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => { for (const e of list.getEntries()) window.shift += e.value; }).observe({ type: 'layout-shift', buffered: true });
    });
    await moving.goto(demo + path, { waitUntil: 'load' });
    await moving.evaluate(async () => {
      for (let y = 0; y < document.body.scrollHeight; y += 700) { window.scrollTo({ top: y, behavior: 'instant' }); await new Promise(requestAnimationFrame); }
      await Promise.all([...document.images].map((i) => i.complete || new Promise((done) => { i.onload = i.onerror = done; })));
      await new Promise(requestAnimationFrame);
    });
    assert.equal(await moving.evaluate(() => window.shift), 0, path);
    await narrow.close();
  }
};

tests['all pictures of the demo load and keep the room that was made for them'] = async () => {
  for (const path of [DEMO.entry, DEMO.gallery, DEMO.table, DEMO.code]) {
    const { page, context } = await open(demo + path);
    const faults = await page.evaluate(async () => {
      const out = [];
      for (const image of document.images) {
        image.loading = 'eager';
        await image.decode().catch(() => {});
        if (!image.naturalWidth) out.push(`${image.src} is broken`);
        if (!image.hasAttribute('width') || !image.hasAttribute('height')) out.push(`${image.src} has no size`);
      }
      return out;
    });
    assert.deepEqual(faults, [], path);
    await context.close();
  }
};

tests['a keyboard reaches everything, the text first, and is seen everywhere'] = async () => {
  const { page, context } = await open(demo + DEMO.entry, { reducedMotion: 'reduce' });
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => { const r = document.activeElement.getBoundingClientRect(); return [document.activeElement.getAttribute('href'), r.top >= 0 && r.height > 10]; });
  assert.deepEqual(first, ['#main', true]);
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  const wanted = await page.evaluate(() => [...document.querySelectorAll('main a[href], main button, main input, main textarea, main select, aside a[href], aside button, aside input, footer a[href]')]
    .filter((e) => !e.closest('[hidden]') && e.type !== 'hidden' && e.tabIndex >= 0).length);
  const seen = new Set();
  const unseen = [];
  for (let i = 0; i < wanted + 20 && seen.size < wanted; ++i) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (e === document.body) return null;
      e.dataset.n ??= String(Math.random());
      const style = getComputedStyle(e);
      const box = e.getBoundingClientRect();
      const shown = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
      return { key: e.dataset.n, ok: shown && box.bottom > 0 && box.top < innerHeight, html: e.outerHTML.slice(0, 100) };
    });
    if (!at) break;
    seen.add(at.key);
    if (!at.ok) unseen.push(at.html);
  }
  assert.deepEqual(unseen, []);
  assert.equal(seen.size, wanted);
  await context.close();
};

tests['a wide table scrolls by itself, by keyboard too'] = async () => {
  const { page, context } = await open(demo + DEMO.table, { width: 320 });
  const region = page.getByRole('group', { name: 'Table' }).first();
  await region.focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.activeElement.scrollLeft > 0);
  await context.close();
};

tests['without script it all works: search, paging, an entry behind a password'] = async () => {
  const { page, context } = await open(demo + '/', { javaScriptEnabled: false });
  await page.getByRole('complementary').getByRole('searchbox').fill('pendulum');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search?q=pendulum');
  assert.ok(await page.locator('.results li').count() > 1);
  await page.goto(demo + '/');
  await page.getByRole('link', { name: 'Older »' }).click();
  await page.waitForURL('**/page/2');
  await page.goto(demo + DEMO.locked);
  await page.getByLabel('Password').fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByText('This is not the password of this entry.').waitFor();
  await page.getByLabel('Password').fill('fusee');
  await page.getByRole('button', { name: 'Open entry' }).click();
  await page.locator('.e-content').waitFor();
  assert.equal(await page.getByLabel('Password').count(), 0);
  await context.close();
};

tests['paper shows the entry, no sidebar and no form, and writes addresses out'] = async () => {
  const { page, context } = await open(demo + DEMO.long);
  await page.emulateMedia({ media: 'print' });
  const visible = await page.evaluate(() => [...document.querySelectorAll('aside, form, nav, .skip, button, input')].filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 80)));
  assert.deepEqual(visible, []);
  assert.ok(await page.locator('h1').isVisible());
  const after = (where) => page.evaluate((path) => [...document.querySelectorAll(`${path} .body a[href^=http]`)].map(
    (a) => getComputedStyle(a, '::after').content), where);
  for (const content of await after('.entry >')) assert.match(content, /href|http/);
  // In comments an address most often is its own text.
  assert.deepEqual((await after('.comments')).filter((content) => content !== 'none'), []);
  await page.goto(demo + DEMO.print);
  await page.emulateMedia({ media: 'screen' });
  assert.equal(await page.locator('aside, form, nav').count(), 0);
  assert.match(await page.locator('footer').innerText(), /half-a-minute-slow\.html/);
  await context.close();
};

tests['without its style sheet a page is still in order'] = async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  await page.route('**/static/**', (route) => route.abort());
  await page.goto(demo + DEMO.entry);
  const text = (await page.evaluate(() => document.body.innerText)).replace(/\s+/g, ' ');
  const order = ['Half a Minute Slow', 'Main', 'Sunday Mar 4 2018', 'Half a minute slow', 'The clock at Hagworth', 'Filed in Day to day, Winter',
    'View Printer Friendly Version Email Article to Friend', 'References (1)', 'Reader Comments (4)', 'The keeper', 'Read Think Learn Laugh'];
  let at = 0;
  for (const piece of order) {
    const found = text.indexOf(piece, at);
    assert.ok(found >= 0, `${piece} is not in order`);
    at = found + piece.length;
  }
  assert.ok(await page.evaluate(() => document.querySelector('h1').checkVisibility()));
  await context.close();
};

tests['movement is only for those who want it, and dark is dark'] = async () => {
  const { page, context } = await open(demo + DEMO.entry, { reducedMotion: 'reduce', colorScheme: 'dark' });
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), 'auto');
  const lightness = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g).reduce((a, b) => a + Number(b), 0));
  assert.ok(lightness < 150);
  await context.close();
};

tests['those who listen hear the entry page as it was agreed'] = async () => {
  const { page, context } = await open(demo + DEMO.entry);
  const snapshot = (await page.locator('body').ariaSnapshot()).replaceAll(demo, '').replaceAll(encodeURIComponent(demo), '') + '\n';
  await context.close();
  if (process.env.DAYBOOK_GOLDEN === 'write') {
    mkdirSync(dirname(golden), { recursive: true });
    writeFileSync(golden, snapshot);
  }
  assert.equal(snapshot, readFileSync(golden, 'utf8'));
};

let passed = 0;
let failed = 0;
const only = process.argv.slice(2).join(' ');
try {
  for (const [name, test] of Object.entries(tests)) {
    if (!name.includes(only)) continue;
    try {
      await test();
      passed += 1;
    } catch (error) {
      failed += 1;
      console.log(`FAILED: ${name}\n${error.message}\n`);
    }
  }
} finally {
  await browser.close();
  sites.stdin.end();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
