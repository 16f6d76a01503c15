// The pages about the site in a real browser: accessible by axe's rules at both widths and in both colours, no wider
// than the window, without complaints on the console. DAYBOOK_PICTURES=folder keeps a picture of each.
//
// Use: node admin_settings_browser_test.mjs [words of a path]   (after npm ci here; needs Chromium)
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
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

const sites = spawn('python3', [join(here, 'journal_site.py'), 'demo'], { stdio: ['pipe', 'pipe', 'inherit'] });
const { demo } = JSON.parse((await createInterface({ input: sites.stdout })[Symbol.asyncIterator]().next()).value);
const browser = await chromium.launch({
  executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

// path, then what is done on it before it is looked at
const PAGES = [
  ['/admin/settings'],
  ['/admin/settings', async (page) => {
    await page.fill('#f-permalink', 'nothing');
    await page.fill('#f-front-entries', '1000');
    await page.click('button[value=save]');
  }, 'settings-wrong'],
  ['/admin/settings/address'],
  ['/admin/settings/address', async (page) => {
    await page.fill('#f-url', 'https://elsewhere.example/journal');
    await page.click('button[value=preview]');
  }, 'address-preview'],
  ['/admin/sidebar'],
  ['/admin/sidebar', async (page) => {
    await page.fill('#f-links', 'javascript:alert(1) No');
    await page.click('form[action$="/navigation"] button');
  }, 'sidebar-wrong'],
  ['/admin/sidebar', async (page) => page.click('.rows .name a'), 'section'],
  ['/admin/categories'],
  ['/admin/categories', async (page) => page.click('.rows .name a'), 'category'],
  ['/admin/tags'],
  ['/admin/tags', async (page) => page.click('.rows .name a'), 'tag'],
  ['/admin/redirects'],
  ['/admin/redirects', async (page) => {
    await page.fill('#f-from', '/a');
    await page.fill('#f-to', 'javascript:alert(1)');
    await page.click('button[value=add]');
  }, 'redirects-wrong'],
  ['/admin/look'],
  ['/admin/look', async (page) => {
    await page.fill('#f-theme-ink', '#bbbbbb');
    await page.click('button[value=preview]');
  }, 'look-weak'],
  ['/admin/look/template?file=parts%2Fopen.tpl'],
  ['/admin/look/template?file=archive.tpl', async (page) => {
    await page.fill('#f-text', 'nothing');
    await page.click('button[value=save]');
  }, 'template-wrong'],
  ['/admin/statistics'],
  ['/admin/trash'],
  ['/privacy'],
];

let failed = 0;
const only = process.argv[2] ?? '';
for (const [width, colorScheme] of [[1280, 'light'], [320, 'dark'], [1280, 'dark'], [320, 'light']]) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !/status of 422/.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error}`));
  await page.goto(demo + '/admin/sign-in');
  await page.fill('#name', 'ada@example.org');
  await page.fill('#password', 'a long password');
  await page.click('main button');
  for (const [path, act, name] of PAGES) {
    const called = name ?? path.replace(/^\/(admin\/)?/, '').replaceAll('/', '-').replace(/\?.*/, '');
    if (!called.includes(only)) continue;
    faults.length = 0;
    const answer = await page.goto(demo + path);
    if (answer.status() !== 200) faults.push(`answers ${answer.status()}`);
    try {
      if (act) await act(page);
    } catch (error) {
      faults.push(String(error).slice(0, 300));
    }
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'],
    }));
    faults.push(...violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)} (${n.any[0]?.message ?? v.help})`)));
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) faults.push(`${over} pixels wider than the window`);
    if (process.env.DAYBOOK_PICTURES) await page.screenshot({ path: join(process.env.DAYBOOK_PICTURES, `${called}-${width}-${colorScheme}.png`), fullPage: true });
    if (faults.length) {
      failed += 1;
      console.log(`not ok: ${called} at ${width}, ${colorScheme}\n  ${faults.join('\n  ')}`);
    }
  }
  await context.close();
}
await browser.close();
sites.stdin.end();
assert.equal(failed, 0);
console.log('ok');
