// The pictures of the guide: the way through setup with an empty home, and the owner's pages of the demo. scripts/guide-pictures
// calls it with the folder to write to.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch, open, serve } from '../tests/e2e/browser.mjs';

const folder = process.argv[2];
const browser = await launch();
const view = { viewport: { width: 1000, height: 700 }, timezoneId: 'Europe/Lisbon' };
const shot = (page, name, fullPage = false) => page.screenshot({ path: join(folder, `${name}.png`), fullPage });
const sign = async (page, root) => {
  await page.goto(`${root}/admin/sign-in`);
  await page.fill('#name', 'ada@example.org');
  await page.fill('#password', 'a long password');
  await page.click('main button.primary');
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
};

const empty = await serve('setup_site.py');
const { page, context } = await open(browser, empty.root, view);
await page.goto(`${empty.root}/`);
await shot(page, 'setup-code');
await page.fill('#code', readFileSync(join(empty.home, 'private/SETUP-CODE.txt'), 'utf8').split('\n')[0]);
await page.click('main button.primary');
await page.waitForSelector('#title');
await page.fill('#title', 'Low tide');
await page.fill('#owner', 'Ada Owner');
await page.fill('#email', 'ada@example.org');
await page.fill('#password', 'a long password');
await shot(page, 'setup-owner');
await page.click('main button.primary');
await page.waitForURL('**/admin/setup/host');
await page.waitForSelector('#finish:enabled');
await shot(page, 'setup-host', true);
await page.setInputFiles('#export', empty.export);
await page.click('#import-upload button');
await page.waitForURL('**/admin/setup/host?added=*');
await page.waitForSelector('#finish:enabled');
await page.click('#finish');
await page.waitForURL('**/admin/import');
await page.waitForSelector('.report', { timeout: 60000 });
await shot(page, 'import');
await context.close();
empty.end();

const demo = await serve('journal_site.py', 'demo');
const owner = await open(browser, demo.demo, view);
await sign(owner.page, demo.demo);
await owner.page.goto(`${demo.demo}/admin/write`);
await owner.page.fill('[name=title]', 'The lamp on the pier');
await owner.page.fill('[name=body]', 'They have lit it again, *after eleven years*.\n\nNobody knows who pays for the oil.');
await owner.page.waitForTimeout(1500);
await shot(owner.page, 'editor');
await owner.page.goto(`${demo.demo}/admin/backup`);
await owner.page.click('main button.primary');
for (let i = 0; i < 60 && !await owner.page.locator('main a[href*=".zip"]').count(); ++i) {
  await owner.page.waitForTimeout(500);
  await owner.page.goto(`${demo.demo}/admin/backup`);
}
await shot(owner.page, 'back-up');
await owner.page.goto(`${demo.demo}/admin/upgrade`);
await shot(owner.page, 'upgrade');
await owner.context.close();
demo.end();
await browser.close();
