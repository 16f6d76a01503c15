// The whole way of mail in a real browser: subscribing, confirming from the captured mail, the mail of a new entry, leaving by one
// click, mailing an entry to a friend, the friend's "never", a message to the owner. Every captured mail passed Python's strict
// policy on the way (mail_way_site.py).
//
// SCREENSHOTS=folder keeps pictures of the pages and of the mails as HTML.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finish, here, launch, look, open, test } from './browser.mjs';

const server = spawn('/usr/bin/python3', ['-W', 'ignore', join(here, 'mail_way_site.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
const root = (await lines.next()).value;
const tell = async (line) => {
  server.stdin.write(`${line}\n`);
  return JSON.parse((await lines.next()).value);
};
const one = async (count = 1) => {
  const mails = await tell('mails');
  assert.equal(mails.length, count, JSON.stringify(mails.map((mail) => [mail.to, mail.headers.subject])));
  return mails[0];
};
const linkIn = (mail, part) => mail.text.match(new RegExp(`${root}${part}\\S+`))[0];
const browser = await launch();
const ENTRY = `${root}/2019/3/4/first`;

async function asReader(run, options = {}) {
  const { context, page, faults } = await open(browser, root, options);
  await run(page);
  assert.deepEqual(faults, []);
  await context.close();
}
// On a page of its own, without the journal's rules for pages. A mail program shows it inside a page that has the landmarks.
async function lookAtMail(name, mail) {
  const { context, page, faults } = await open(browser, root);
  await page.setContent(mail.html);
  const found = await look(page, name, [[600, 'light'], [320, 'light'], [600, 'dark'], [320, 'dark']]);
  assert.deepEqual(found.filter((one) => !/ (region|landmark-one-main): /.test(one)), []);
  if (process.env.SCREENSHOTS) writeFileSync(join(process.env.SCREENSHOTS, `${name}.txt`), mail.text);
  assert.deepEqual(faults, []);
  await context.close();
}
const press = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);

for (const javaScriptEnabled of [true, false]) {
  const who = javaScriptEnabled ? 'with script' : 'without script';
  const bea = `bea.${javaScriptEnabled}@other.test`;

  await test(`${who}: subscribes, confirms from the mail, gets the entry, leaves by one click`, async () => {
    await asReader(async (page) => {
      await page.goto(`${root}/subscribe`);
      await page.fill('#s-email', bea);
      await press(page, 'form[action$="/subscribe"] button.primary');
      const mail = await one();
      assert.equal(mail.to, bea);
      await page.goto(linkIn(mail, '/subscribe/confirm/'));
      await press(page, 'button.primary');
      await tell(`publish News ${who}`);
      assert.deepEqual(await tell('mails'), [], 'not before its time');
      await tell('due');
      const letter = await one();
      assert.equal(letter.to, bea);
      assert.match(letter.text, /Fresh and good\./);
      const leave = letter.headers['list-unsubscribe'].replace(/[<>]/g, '');
      assert.equal(letter.headers['list-unsubscribe-post'], 'List-Unsubscribe=One-Click');
      for (const method of ['GET', 'HEAD']) await fetch(leave, { method });
      assert.deepEqual(await tell(`count select status from subscriber where email = '${bea}'`), [[1]]);
      const answer = await fetch(leave, { method: 'POST', body: 'List-Unsubscribe=One-Click',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'https://mail.example' } });
      assert.equal(answer.status, 200);
      assert.deepEqual(await tell(`count select status from subscriber where email = '${bea}'`), [[2]]);
      if (javaScriptEnabled) {
        await lookAtMail('mail-entry', letter);
        await lookAtMail('mail-confirm', mail);
      }
    }, { javaScriptEnabled: true });
  });

  await test(`${who}: mails an entry to a friend, who ends all mail from here`, async () => {
    const carl = `carl.${javaScriptEnabled}@third.test`;
    await asReader(async (page) => {
      await page.goto(`${ENTRY}.html`);
      await press(page, 'text=Email Article to Friend');
      if (javaScriptEnabled) assert.deepEqual(await look(page, 'friend-form'), []);
      await page.fill('#a-author', 'Bea');
      await page.fill('#a-email', bea);
      await page.fill('#a-friend', 'not an address');
      await page.fill('#a-note', 'I thought of you.');
      const signed = javaScriptEnabled && page.waitForFunction(() => document.querySelector('[name=signature]').value);
      await signed;
      await press(page, 'main button.primary');
      assert.match(await page.title(), /^Error:/);
      assert.equal(await page.inputValue('#a-note'), 'I thought of you.');
      if (javaScriptEnabled) assert.deepEqual(await look(page, 'friend-error'), []);
      await page.fill('#a-friend', carl);
      await press(page, 'main button.primary');
      if (await page.$('#a-friend')) await press(page, 'main button.primary');  // the check
      assert.match(await page.textContent('.notice'), /A message is on its way to/);
      const ask = await one();
      assert.equal(ask.to, bea);
      await page.goto(linkIn(ask, '/comment/friend/'));
      if (javaScriptEnabled) assert.deepEqual(await look(page, 'friend-confirm'), []);
      await press(page, 'button.primary');
      assert.match(await page.textContent('.notice'), /The entry is on its way\./);
      const mail = await one();
      assert.equal(mail.to, carl);
      assert.match(mail.text, /“I thought of you\.”/);
      // Known by now: no question any more.
      await page.goto(`${ENTRY}/mail`);
      await page.fill('#a-author', 'Bea');
      await page.fill('#a-email', bea);
      await page.fill('#a-friend', `dan.${javaScriptEnabled}@third.test`);
      await press(page, 'main button.primary');
      if (await page.$('#a-friend')) await press(page, 'main button.primary');
      assert.match(await page.textContent('.notice'), /The entry is on its way\./);
      await one();
      await page.goto(linkIn(mail, '/unsubscribe/all/'));
      if (javaScriptEnabled) assert.deepEqual(await look(page, 'friend-never'), []);
      await press(page, 'button.primary');
      assert.match(await page.textContent('.notice'), /will never write to carl/);
      if (javaScriptEnabled) await lookAtMail('mail-friend', mail);
    }, { javaScriptEnabled });
  });

  await test(`${who}: writes to the owner`, async () => {
    await asReader(async (page) => {
      await page.goto(`${root}/contact`);
      if (javaScriptEnabled) assert.deepEqual(await look(page, 'contact'), []);
      await page.fill('#a-author', 'Bea');
      await page.fill('#a-post', `Hello ${who}.\n\nYour garden is fine.`);
      await press(page, 'main button.primary');
      if (await page.$('#a-post')) await press(page, 'main button.primary');
      assert.match(await page.textContent('.notice'), /Your message is with the owner\./);
      const mail = await one();
      assert.equal(mail.to, 'ada@example.org');
      if (javaScriptEnabled) await lookAtMail('mail-message', mail);
    }, { javaScriptEnabled });
  });
}

await browser.close();
server.stdin.end();
finish();
