// From an upload to shared hosting to the first entry in a real browser, with script and without: what the shipped page and
// the server say on the way, as an owner meets it who left out dot files and permissions. axe looks at each page.
//
// Use: node hosting_browser_test.mjs   SCREENSHOTS=folder keeps pictures; RELEASE=folder tries a release (DAYBOOK_LONG).
import assert from 'node:assert/strict';
import { finish, launch, look, open, serve, test } from './browser.mjs';

async function setUpAndPublish(page, site, root) {
  await page.fill('#code', await site.tell('code'));
  await page.click('main button.primary');
  for (const [field, text] of Object.entries({ title: 'Low tide', owner: 'Ada Owner', email: 'ada@example.org', password: 'a long password' }))
    await page.fill(`#${field}`, text);
  await page.click('main button.primary');
  await page.waitForURL('**/admin/setup/host');
  const script = await page.$('#finish');
  if (script && await script.isVisible()) {
    await page.waitForSelector('#finish:enabled', { timeout: 60000 });
    await page.click('#finish');
  } else {
    await page.click('button[value=none]');
  }
  await page.waitForSelector('form.write');
  await page.fill('[name=title]', 'Down to the mud');
  await page.fill('[name=body]', 'The boats lie on their sides.');
  await page.click('button[value=publish]');
  await page.waitForLoadState();
  await page.goto(`${root}/`);
  assert.match(await page.textContent('main'), /The boats lie on their sides/);
  // In its own style, wherever that comes from.
  assert.ok(await page.evaluate(() => document.styleSheets[0].cssRules.length > 20));
}

async function mended(browser, javaScriptEnabled) {
  const site = await serve('hosting_site.py');
  const { page, faults, context } = await open(browser, site.root, { javaScriptEnabled });
  const see = async (name) => {
    if (javaScriptEnabled) assert.deepEqual(await look(page, name), []);
  };
  await page.goto(`${site.root}/`);
  assert.equal(await page.textContent('h1'), 'Daybook is not running here yet');
  assert.match(await page.textContent('main ol li'), /rename htaccess.txt to .htaccess/);
  await see('hosting-not-yet');
  await site.tell('rename', 'htaccess.txt', '.htaccess');
  assert.equal((await page.goto(`${site.root}/`)).status(), 500);
  assert.match(await page.textContent('main ol li'), /permissions 0755/);
  await see('hosting-permissions');
  await site.tell('chmod', 'daybook.cgi');
  await page.goto(`${site.root}/`);
  assert.equal(new URL(page.url()).pathname, '/admin/setup');
  await setUpAndPublish(page, site, site.root);
  assert.deepEqual(faults.filter((f) => !/status of 500/.test(f)), []);
  await context.close();
  site.end();
}

const browser = await launch();
await test('what the pages say, with script', () => mended(browser, true));
await test('what the pages say, without script', () => mended(browser, false));
await test('where programs run without a file .htaccess, the shipped page leads to the journal', async () => {
  const site = await serve('hosting_site.py', 'runs-cgi');
  const { page, context } = await open(browser, site.root);
  await site.tell('chmod', 'daybook.cgi');
  await page.goto(`${site.root}/`);
  await page.waitForURL('**/daybook.cgi/admin/setup');
  await setUpAndPublish(page, site, `${site.root}/daybook.cgi`);
  await context.close();
  site.end();
});
await browser.close();
finish();
