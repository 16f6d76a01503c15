// Every hostile payload as title, excerpt, author and site of a reference, in a real browser: nothing runs, nothing is asked
// of another host, and between the entry's references stand only the elements of the page's own template.
//
// Use: node reference_xss_test.mjs
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const payloadFile = join(process.env.DAYBOOK_SHARED ?? join(here, '../../../shared'), 'xss/payloads.jsonl');
const missing = !existsSync(payloadFile) ? 'no payloads beside the source'
  : !existsSync(executablePath) || !existsSync(join(here, 'node_modules/playwright-core')) ? 'no Chromium, or npm ci is to be run'
    : '';
if (missing !== '') {
  console.log(`skipped: ${missing}`);
  process.exit(77);
}
const { chromium } = await import('playwright-core');
const server = spawn('/usr/bin/python3', [join(here, 'reference_site.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
const line = (await createInterface({ input: server.stdout })[Symbol.asyncIterator]().next()).value;
const { root, paths, count } = JSON.parse(line);
const faults = [];
const browser = await chromium.launch({
  executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const page = await (await browser.newContext({ bypassCSP: true })).newPage(); // not the policy but the page keeps them out
page.on('pageerror', (error) => faults.push(`error: ${error}`));
page.on('dialog', (dialog) => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
page.on('request', (request) => { if (!request.url().startsWith(`${root}/`)) faults.push(`asks ${request.url()}`); });
let seen = 0;
for (const path of paths) {
  await page.goto(root + path);
  const found = await page.evaluate(() => {
    const area = document.querySelector('.references') ?? document.querySelector('#references');
    const names = {};
    const bad = [];
    for (const element of area.querySelectorAll('*')) {
      names[element.localName] = (names[element.localName] ?? 0) + 1;
      for (const { name } of element.attributes) if (/^on|^style$|^srcdoc$/.test(name)) bad.push(`${element.localName} ${name}`);
      if (element.localName === 'a' && !['http:', 'https:'].includes(element.protocol)) bad.push(`a ${element.href}`);
    }
    return { names, bad, links: area.querySelectorAll('a[href^="https://other.example/"]').length };
  });
  seen += found.links;
  for (const what of found.bad) faults.push(`${path}: ${what}`);
  const strange = Object.keys(found.names).filter((name) => !'a article cite div dl dt dd h2 h3 li ol p section span time ul blockquote bdi br small strong em'.split(' ').includes(name));
  if (strange.length > 0) faults.push(`${path}: elements ${strange}`);
}
await browser.close();
server.stdin.end();
if (seen < count) faults.push(`only ${seen} of ${count} references are there`);
for (const text of faults.slice(0, 30)) console.log('FAULT', text);
console.log(`${faults.length === 0 ? 1 : 0} passed, ${faults.length === 0 ? 0 : 1} failed (${seen} references)`);
process.exit(faults.length === 0 ? 0 : 1);
