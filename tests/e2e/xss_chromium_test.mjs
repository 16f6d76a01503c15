// Shows sanitised hostile payloads to a real browser: no script may run, nothing may be fetched that the
// policy does not allow, no element, attribute or scheme outside the policy may stand in the page, and
// nothing may leave its container. Unit tests of the same rules are tests/sanitize_*_test.cc.
//
// Use: node xss_chromium_test.mjs TOOL PAYLOADS   (build/sanitize_payloads, a file of JSON lines)
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const shared = process.env.DAYBOOK_SHARED ?? join(here, '../../../shared');
const tool = process.argv[2] ?? join(here, '../../build/sanitize_payloads');
const payloadFile = process.argv[3] ?? join(shared, 'xss/payloads.jsonl');
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const playwright = await import('playwright-core').catch(() => null);
const missing = !existsSync(payloadFile) ? 'no payloads beside the source'
  : !existsSync(executablePath) ? 'no Chromium' : playwright === null ? 'npm install in tests/e2e first' : '';
if (missing !== '') {
  console.log(`skipped: ${missing}`);
  process.exit(77);
}
const input = readFileSync(payloadFile);
const cases = execFileSync(tool, { input, maxBuffer: 1 << 28 }).toString().trim().split('\n').map((line) => JSON.parse(line));

const reader = { a: 'href title rel', abbr: 'title', acronym: 'title', blockquote: 'cite' };
for (const name of 'b br code em i p strike strong'.split(' ')) reader[name] = '';
const rendered = { ...reader, ul: '', ol: '', li: '', pre: '' };
const author = {
  a: 'href rel hreflang', audio: 'src loop muted preload controls', blockquote: 'cite', del: 'cite datetime',
  details: 'open', iframe: 'src width height allowfullscreen sandbox loading',
  img: 'src srcset sizes alt width height loading decoding', ins: 'cite datetime', ol: 'reversed start type', q: 'cite',
  source: 'src type', td: 'colspan rowspan', th: 'colspan rowspan scope', time: 'datetime',
  track: 'kind src srclang label', span: 'aria-hidden',
  video: 'src poster width height playsinline loop muted preload controls',
};
for (const name of ('abbr b bdi bdo br caption cite code dd dfn div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i kbd li mark ' +
  'p pre s samp small strong sub summary sup table tbody tfoot thead tr u ul var wbr').split(' ')) author[name] = '';
for (const name of Object.keys(author)) author[name] += ' id class lang dir title';

const policies = {
  comment: { field: 'comment', allowed: reader, schemes: ['http:', 'https:', 'mailto:'], fetches: false },
  plain: { field: 'plain', allowed: reader, schemes: ['http:', 'https:', 'mailto:'], fetches: false },
  markdown: { field: 'markdown', allowed: rendered, schemes: ['http:', 'https:', 'mailto:'], fetches: false },
  // The page's own address is http: relative addresses resolve to it.
  author: { field: 'author', allowed: author, schemes: ['http:', 'https:', 'mailto:'], fetches: true },
  escaped: { field: 'escaped', allowed: {}, schemes: [], fetches: false },
  text: { field: 'text', allowed: {}, schemes: [], fetches: false },
};

const faults = [];
const fault = (text) => { if (faults.push(text) < 30) console.log('FAULT', text); };

// Runs in the page: everything about the containers that is not as it must be.
function inspect({ allowed, schemes }) {
  const found = [];
  const children = [...document.body.children];
  children.forEach((element, i) => {
    const wanted = i % 2 === 0 ? 'box' : 'end';
    if (element.getAttribute('class') !== wanted) found.push(`${i}: left its container`);
  });
  const look = (root, id) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT | NodeFilter.SHOW_PROCESSING_INSTRUCTION);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType !== Node.ELEMENT_NODE) { found.push(`${id}: a comment`); continue; }
      if (node.namespaceURI !== 'http://www.w3.org/1999/xhtml') { found.push(`${id}: foreign ${node.localName}`); continue; }
      if (!(node.localName in allowed)) { found.push(`${id}: <${node.localName}>`); continue; }
      const names = allowed[node.localName].split(' ');
      for (const { name, value } of node.attributes) {
        if (!names.includes(name)) found.push(`${id}: ${node.localName}[${name}]`);
        if (['href', 'src', 'cite', 'poster'].includes(name)) {
          let scheme = 'unparsable';
          try { scheme = new URL(value, document.baseURI).protocol; } catch { /* stays unparsable */ }
          if (!schemes.includes(scheme)) found.push(`${id}: ${node.localName}[${name}] ${scheme}`);
        }
      }
    }
  };
  for (const box of document.querySelectorAll('body > .box')) {
    look(box, box.dataset.id);
    const again = document.createElement('div');  // what a script on the page might do with it
    again.innerHTML = box.innerHTML;
    look(again, `${box.dataset.id} read twice`);
    if (again.innerHTML !== box.innerHTML) found.push(`${box.dataset.id}: reads differently the second time`);
  }
  return { found, boxes: document.querySelectorAll('body > .box').length, children: children.length, ran: window.ran };
}

// Runs in the page: each payload alone in the places of a whole page where text from readers stands.
function inspectPages(items) {
  const found = [];
  const frame = document.createElement('iframe');
  document.body.append(frame);
  for (const { id, escaped, text, url, comment } of items) {
    const page = frame.contentDocument;
    page.open();
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'fetch']) {
      frame.contentWindow[name] = () => found.push(`${id}: ran in a page`);
    }
    page.write(`<!doctype html><html><head><title>${escaped}</title><meta name="description" content="${text}"></head><body>` +
      `<input type="text" value="${escaped}"><textarea>\n${escaped}</textarea><h3>${text}</h3>` +
      `<a ${url === '' ? '' : `href="${url}"`} title='${escaped}'>${escaped}</a><div>${comment}</div><hr></body></html>`);
    page.close();
    const shape = [...page.documentElement.children].map((e) => e.localName).join() + ':' +
      [...page.head.children].map((e) => e.localName).join() + ':' + [...page.body.children].map((e) => e.localName).join();
    if (shape !== 'head,body:title,meta:input,textarea,h3,a,div,hr') found.push(`${id}: page ${shape}`);
    const link = page.querySelector('body > a');
    if (link !== null && (link.attributes.length !== (url === '' ? 1 : 2) || link.children.length !== 0 ||
        (url !== '' && !['http:', 'https:', 'mailto:'].includes(link.protocol)))) found.push(`${id}: link`);
    for (const element of page.querySelectorAll('*')) {
      for (const { name } of element.attributes) if (name.startsWith('on')) found.push(`${id}: ${name}`);
    }
  }
  frame.remove();
  return found;
}

const browser = await playwright.chromium.launch({
  executablePath,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const context = await browser.newContext();
const page = await context.newPage();
let html = '';
let policy = null;
let batch = '';
const home = 'http://journal.test/2007/3/19/page.html';
await page.route('**/*', (route) => {
  const request = route.request();
  if (request.url() === home && request.isNavigationRequest() && request.frame() === page.mainFrame()) {
    return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html });
  }
  const type = request.resourceType();
  const frame = type === 'document' && request.frame() !== page.mainFrame();
  if (!(policy?.fetches && (type === 'image' || type === 'media' || type === 'texttrack' || type === 'other' || frame))) {
    fault(`${batch}: fetched ${type} ${request.url()}`);
  }
  return route.abort();
});
await page.addInitScript(() => {
  window.ran = [];
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'fetch']) window[name] = () => window.ran.push(name);
});
page.on('dialog', (dialog) => { fault(`${batch}: dialog`); dialog.dismiss(); });
page.on('popup', () => fault(`${batch}: pop-up`));
page.on('pageerror', (error) => fault(`${batch}: a script failed: ${error.message}`));
page.on('console', (message) => {
  if (!/net::|Failed to load|sandbox/.test(message.text())) fault(`${batch}: console: ${message.text()}`);
});

const size = 200;
for (const [name, chosen] of Object.entries(policies)) {
  await page.goto('about:blank');  // what the last page still fetches is no fault of this one
  for (let from = 0; from < cases.length; from += size) {
    policy = chosen;
    batch = `${name} ${from}`;
    const part = cases.slice(from, from + size);
    html = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>t</title></head><body>' +
      part.map((item) => `<div class="box" data-id="${item.id}">${item[chosen.field]}</div><i class="end"></i>`).join('') + '</body></html>';
    await page.goto(home, { waitUntil: 'domcontentloaded' });
    // Autofocus, focus and pointer events must find nothing to start either.
    await page.keyboard.press('Tab');
    await page.mouse.move(200, 100);
    const result = await page.evaluate(inspect, { allowed: chosen.allowed, schemes: chosen.schemes });
    for (const text of result.found) fault(`${name} ${text}`);
    if (result.boxes !== part.length || result.children !== 2 * part.length) fault(`${batch}: containers leaked`);
    if (result.ran.length > 0) fault(`${batch}: ran ${result.ran}`);
    if (page.url() !== home) fault(`${batch}: went to ${page.url()}`);
  }
}
await page.goto('about:blank');
policy = null;
html = '<!doctype html><title>t</title><body></body>';
await page.goto(home);
for (let from = 0; from < cases.length; from += size) {
  batch = `pages ${from}`;
  for (const text of await page.evaluate(inspectPages, cases.slice(from, from + size))) fault(text);
}
await browser.close();
console.log(`${cases.length} payloads, ${Object.keys(policies).length} policies and whole pages: ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
