// The whole way of an owner, by keyboard alone, with script and without: from an empty home over the code, the first
// entry, a picture in it and a reader's comment to the comment approved. With script axe looks at every page of the
// owner's side on the way: empty, with content, with errors and with notices.
//
// Use: node whole_way_browser_test.mjs   SCREENSHOTS=folder keeps pictures of every state.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finish, here, keyboard, launch, look, open, serve, test } from './browser.mjs';

const picture = join(here, '../../scripts/demo/media/2018/tarnhow-night.jpg');

const LISTS = ['entries', 'pages', 'media', 'waiting', 'waiting?show=spam', 'blocks', 'categories', 'tags', 'redirects', 'sidebar', 'trash'];
const PAGES = ['write', 'write?kind=page', 'site', 'settings', 'settings/address', 'look', 'statistics', 'people', 'log', 'account', 'account/codes', 'import', 'doctor'];

// Each page at two of the four, and all four in the end.
async function lookAt(page, root, paths, state, states) {
  const found = [];
  for (const path of paths) {
    const answer = await page.goto(`${root}/admin/${path}`);
    if (answer.status() !== 200) found.push(`${path} answers ${answer.status()}`);
    found.push(...await look(page, `${state}-${path.replaceAll(/\W/g, '-')}`, states));
  }
  assert.deepEqual(found, []);
}

async function wholeWay(browser, javaScriptEnabled) {
  const site = await serve('setup_site.py');
  const { root, home } = site;
  const owner = await open(browser, root, { javaScriptEnabled, timezoneId: 'Europe/Lisbon' });
  const { page } = owner;
  const keys = keyboard(page);
  const see = async (name) => {
    if (javaScriptEnabled) assert.deepEqual(await look(page, name), []);
  };

  // Nobody's yet: the code, the owner, the host.
  await page.goto(`${root}/`);
  await keys.type('#code', readFileSync(join(home, 'private/SETUP-CODE.txt'), 'utf8').split('\n')[0]);
  await keys.press();
  for (const [field, text] of Object.entries({ title: 'Low tide', owner: 'Ada Owner', email: 'ada@example.org', password: 'a long password' }))
    await keys.type(`#${field}`, text);
  await keys.press();
  if (javaScriptEnabled) await page.waitForSelector('#finish:enabled');
  await keys.press(javaScriptEnabled ? '#finish' : 'button[value=none]');
  await page.waitForSelector('form.write');
  if (javaScriptEnabled) {
    await lookAt(page, root, LISTS, 'empty', [[1280, 'dark'], [320, 'light']]);
    await page.goto(`${root}/admin/write`);
  }

  // A picture, described.
  await keys.press('header a[href$="/admin/media"]');
  await keys.to('#file');
  if (javaScriptEnabled) {
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(picture);
  } else {
    await page.setInputFiles('#file', picture);  // Playwright sees no chooser where script is off
  }
  await keys.press('#media-upload button');
  await page.waitForSelector('#alt');
  await keys.type('#alt', 'Two boats at the quay');
  await keys.press('form:has(#alt) button');
  await see('media-saved');
  const markdown = await page.inputValue('#markdown');

  // An entry with it; what is wrong is said first.
  await keys.press('header a[href$="/admin/write"]');
  await keys.press('button[value=publish]');
  assert.equal(await page.locator('#body-error').count(), 1);
  await see('write-error');
  await keys.type('#title', 'First light');
  await keys.type('#body', `## The quay\n\n${markdown}\n\nWords[^1] of the first day.\n\n## After\n\nMore.\n\n[^1]: A note below.`);
  await keys.type('#tags', 'harbour, morning');
  await keys.to('#toc');
  await page.keyboard.press('Space');
  if (javaScriptEnabled) {
    // Options are kept as the text is: in this browser at once, on the server soon after.
    await page.waitForFunction(() => /\/entries\/\d+$/.test(location.pathname), null, { timeout: 15000 });
    await page.waitForFunction(() => JSON.parse(localStorage.getItem(Object.keys(localStorage).find((k) => k.startsWith('daybook:text:')))).values['toc#on'] === true);
    await page.reload();
    assert.equal(await page.inputValue('#tags'), 'harbour, morning');
    assert.ok(await page.isChecked('#toc'));
  }
  await keys.press('button[value=publish]');
  await see('write-published');
  assert.match(await page.textContent('#links'), /reads this before it is public/);
  const entry = await page.getAttribute('#state + a', 'href');

  // A reader.
  const reader = await open(browser, root, { javaScriptEnabled });
  const hand = keyboard(reader.page);
  await reader.page.goto(new URL(entry, root).href);
  assert.equal(await reader.page.locator('.e-content img[alt="Two boats at the quay"]').count(), 1);
  assert.deepEqual(await reader.page.locator('.toc a').allTextContents(), ['The quay', 'After']);
  assert.equal(await reader.page.locator('.footnotes li').count(), 1);
  if (javaScriptEnabled) assert.deepEqual(await look(reader.page, 'entry'), []);
  const latest = () => reader.page.locator('.sidebar h2', { hasText: 'Latest comments' }).count();
  assert.equal(await latest(), 0);  // no heading over nothing
  await hand.type('#c-author', 'Cy Reader');
  await hand.type('#c-post', 'A quiet morning it was.');
  await hand.press('form button.primary');
  if (!javaScriptEnabled) await hand.press('form button.primary');
  assert.match(await reader.page.textContent('main'), /waits for the owner/);

  // The owner lets it in.
  await keys.press('header a[href$="/admin/waiting"]');
  await see('waiting-one');
  await keys.press('.queue button[value^="approve"]');
  assert.match(await page.textContent('#undo'), /1 is public now/);
  await see('waiting-undo');
  await reader.page.goto(new URL(entry, root).href);
  assert.match(await reader.page.textContent('.comments'), /A quiet morning it was/);
  assert.equal(await latest(), 1);

  if (javaScriptEnabled) {
    await lookAt(page, root, [...LISTS, ...PAGES], 'full', [[1280, 'light'], [320, 'dark']]);
    await page.goto(`${root}/admin/account`);
    await page.goto(`${root}/admin/entries`);
    await keys.press('.rows h2 a');
    await keys.press('.away button');
    await see('entry-trashed');
    await lookAt(page, root, ['trash', 'entries?show=trash'], 'trashed', [[1280, 'dark'], [320, 'light']]);
  }
  assert.deepEqual([...owner.faults, ...reader.faults], []);
  await owner.context.close();
  await reader.context.close();
  site.end();
}

const browser = await launch();
await test('with script, from an empty home to an approved comment', () => wholeWay(browser, true));
await test('without script, from an empty home to an approved comment', () => wholeWay(browser, false));
await browser.close();
finish();
