// Each kind of mail as a mail program with little room shows it: nothing is wider than the window, axe finds nothing, nothing is loaded
// from anywhere; its plain text has no tag and no run of empty lines.
//
// SCREENSHOTS=folder keeps pictures and texts.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finish, launch, look, open, serve, test } from './browser.mjs';

const site = await serve('mail_kinds_site.py');
const browser = await launch();
const pictures = process.env.SCREENSHOTS;

await test('each kind of mail came', async () => {
  assert.ok(site.mails.length >= 14, site.mails.map((mail) => mail.subject).join('\n'));
});
for (const [number, mail] of site.mails.entries()) {
  await test(mail.subject, async () => {
    const name = `${mail.subject.toLowerCase().replace(/[^a-z]+/g, '-').slice(0, 40)}-${number}`;
    if (pictures) writeFileSync(join(pictures, `${name}.txt`), `${mail.subject}\n\n${mail.text}`);
    assert.ok(mail.html, 'it has both forms');
    assert.doesNotMatch(mail.text, /<\/?[a-z]+[ >]|&amp;|&#|\n\n\n/i);
    const { context, page, faults } = await open(browser, 'http://nobody.invalid');
    await page.setContent(mail.html);
    const found = await look(page, name, [[600, 'light'], [320, 'light'], [600, 'dark'], [320, 'dark']]);
    // The mail program's own page has the landmarks.
    assert.deepEqual(found.filter((one) => !/ (region|landmark-one-main): /.test(one)), []);
    assert.deepEqual(faults, []);
    await context.close();
  });
}

await browser.close();
site.end();
finish();
