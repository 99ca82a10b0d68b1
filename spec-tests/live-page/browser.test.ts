import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { livePage } from '../cli/live-page.js';
import { aspaFile, run, temporaryFile } from '../cli/run.js';
import { describeInBrowser, type InPage, newPage } from '../site/browser.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rpki = () => aspaFile({ 1: [2] }, [{ asn: 1, prefix: '192.0.2.0/24', maxLength: 24 }]);
const ROUTES = '192.0.2.0/24|9 8 1|9\n198.51.100.0/24|9 8 1|9\n203.0.113.0/24|7 <b>|7\n10.0.0.0/8|7 2|7\n';

describeInBrowser('in a browser', () => {
  /** A page with what went wrong in it. */
  async function open(address: string, options: BrowserContextOptions = {}) {
    const page = await newPage(options);
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    page.on('dialog', (dialog) => errors.push(dialog.message()));
    await page.goto(address);
    return { page, errors };
  }

  /** Widths of the page and of its window. */
  const widths = (page: Page) =>
    page.evaluate(() => {
      const { clientWidth, scrollWidth } = (globalThis as unknown as InPage).document.documentElement;
      return { clientWidth, scrollWidth };
    });

  it.each([
    ['light', 1200],
    ['dark', 360],
  ] as const)(
    'the live page shows counts, events and why, and can be used by everybody: %s, %i px',
    async (colorScheme, width) => {
      const live = await livePage([temporaryFile('<i>routes', ROUTES), '--rpki', rpki()]);
      const viewport = { width, height: 900 };
      const { page, errors } = await open(`${live.url}/#${live.token}`, { colorScheme, viewport });
      await page.locator('#peers-body tr').nth(1).waitFor();
      await page.getByText('Connected.', { exact: true }).waitFor();
      expect(await page.locator('#peers-body').textContent()).toContain('AS9 of <i>routes');
      await page
        .locator('.card')
        .filter({ hasText: /3\s*routes held/ })
        .waitFor();
      await page.selectOption('select[name=rov]', 'valid');
      await page.getByText('1 events, newest first.').waitFor();
      await page.locator('#rows button').first().click();
      await page.locator('#why svg').first().waitFor();
      expect(await page.locator('#why').textContent()).toContain('AS1: 192.0.2.0/24 up to /24 matches');
      const { clientWidth, scrollWidth } = await widths(page);
      expect(scrollWidth).toBe(clientWidth);
      await page.evaluate(axe);
      const { violations } = await page.evaluate<{ violations: readonly object[] }>('axe.run()');
      expect(violations).toEqual([]);
      await page.fill('input[name=prefix]', 'x');
      await page.getByRole('button', { name: 'Filter' }).click();
      await page.getByText('prefix: ').waitFor();
      await page.getByRole('button', { name: 'All' }).click();
      await page.getByText('Connected.', { exact: true }).waitFor();
      await live.running.stop();
      await page.getByText('pathsec live has ended').waitFor();
      expect(errors).toEqual([]);
    },
  );

  it('the live page says so where the token is missing or wrong', async () => {
    const live = await livePage([temporaryFile('routes', ROUTES)]);
    const { page } = await open(`${live.url}/`);
    await page.getByText('Open the address that pathsec printed').waitFor();
    const other = await open(`${live.url}/#wrong`);
    await other.page.getByText('the token is missing or wrong').waitFor();
    await live.running.stop();
  });

  it('the page of audit --html prints all paths that it draws, also those that are closed', async () => {
    const html = temporaryFile('report.html', '');
    const many = Array.from({ length: 6 }, (_, i) => `10.0.${i}.0/24|${100 + i} 8 1|${100 + i}\n`).join('');
    const argv = [
      temporaryFile('routes', many),
      '--rpki',
      rpki(),
      '--neighbor-role',
      'customer',
      '--html',
      html,
    ];
    expect((await run(['audit', ...argv])).code).toBe(0);
    const { page, errors } = await open(`file://${html}`);
    const pictures = page.locator('details svg');
    const seen = async () => {
      const boxes = await Promise.all((await pictures.all()).map((one) => one.isVisible()));
      return boxes.filter((visible) => visible).length;
    };
    expect(await seen()).toBe(3);
    await page.emulateMedia({ media: 'print' });
    expect(await seen()).toBe(6);
    await page.evaluate(axe);
    const { violations } = await page.evaluate<{ violations: readonly object[] }>('axe.run()');
    expect(violations).toEqual([]);
    expect(errors).toEqual([]);
  });
});
