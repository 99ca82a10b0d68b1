import { LINK_COSTS } from 'pathsec/links';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { STUDY } from '../../src/site/cost/study.js';
import { answerOf, costRows } from '../../src/site/cost/view.js';
import { describeSite, until, violationsOf, widerThanPhone } from './browser.js';

const answerIn = (page: Page): Promise<string> =>
  page.locator('section:has(#answer) strong').first().innerText();
const rowsIn = (page: Page): Promise<string[]> => page.locator('table.costs tbody tr').allInnerTexts();

describeSite('the screen Cost', ({ open }) => {
  it('says by the model what protections cost, as the assumptions change, and a link holds them', async () => {
    const { address, errors, page, requests } = await open();
    await page.waitForLoadState('networkidle');
    const before = requests.length;
    await page.getByRole('button', { name: 'Cost', exact: true }).click();
    await page.getByLabel('Peers', { exact: true }).waitFor();
    const start = costRows({ s: 'cost' }, STUDY.protections);
    expect(await answerIn(page)).toBe(answerOf({ s: 'cost' }, start));
    expect(await page.locator('.screen').innerText()).toContain(`${STUDY.date}, commit ${STUDY.commit}`);
    expect(await rowsIn(page)).toHaveLength(start.length);
    await page.getByLabel('Peers', { exact: true }).fill('60');
    const changed = { s: 'cost', peers: 60 } as const;
    expect(await answerIn(page)).toBe(answerOf(changed, costRows(changed, STUDY.protections)));
    await page.getByLabel('Peers', { exact: true }).fill('6x');
    expect(await page.locator('#peers-help').innerText()).toBe('a number from 1 to 1,000');
    expect(await answerIn(page)).toBe(answerOf(changed, costRows(changed, STUDY.protections)));
    await page.getByLabel('Peers, as a slider').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.getByLabel('Peers', { exact: true }).inputValue()).toBe('61');
    await page.locator('#schemes').selectOption('all');
    await page.getByRole('button', { name: 'memory beyond that of unsigned routes' }).press('Enter');
    expect(await page.locator('svg.picture').getAttribute('aria-label')).toContain('BGPsec with ML-DSA-44: ');
    await page.getByText('Path lengths, sharing').click();
    await page.locator('#lengths').fill('0 1');
    expect(await page.locator('#lengths-help').innerText()).toBe('2 hops on average; yours');
    await until(() => page.url().includes('pathLengths=0+1'));
    const hash = new URL(page.url()).hash;
    expect(hash).toBe('#cost?v=1&peers=61&pathLengths=0+1&schemes=all&show=memory');
    const rows = await rowsIn(page);
    expect(requests.slice(before)).toEqual([]);
    await page.getByRole('button', { name: 'As assumed' }).click();
    expect(await rowsIn(page)).not.toEqual(rows);
    await page.goto('about:blank');
    await page.goto(address + hash);
    await page.locator('#lengths').waitFor();
    expect(await rowsIn(page)).toEqual(rows);
    expect(errors).toEqual([]);
  });

  it('measures in the browser when asked, and stops when asked', async () => {
    const { errors, page } = await open('cost');
    const measure = page.getByRole('button', { name: 'Measure', exact: true });
    await measure.click();
    await page.getByRole('button', { name: 'Stop' }).click();
    expect(await measure.isEnabled()).toBe(true);
    expect((await rowsIn(page)).filter((row) => row.includes('this browser'))).toEqual([]);
    await measure.click();
    await page.getByRole('button', { name: 'Measure again' }).waitFor();
    const own = page.locator('section:has(#measure) tbody tr');
    expect((await own.allInnerTexts()).map((row) => row.split('\t')[0])).toEqual([
      'P-256, WebCrypto',
      'P-256, noble',
      'origin validation',
      'ASPA',
    ]);
    for (const row of await own.allInnerTexts()) expect(row).toMatch(/\d.* to .*\t[\d,.]+\t10$/);
    expect((await rowsIn(page)).filter((row) => row.includes('this browser'))).toHaveLength(4);
    expect(errors).toEqual([]);
  });

  it('has no violation that axe finds in light and dark, and does not scroll sideways', async () => {
    const { page } = await open('cost?schemes=all&cores=1&peers=900&pathLengths=x', { bypassCSP: true });
    await page.locator('table.costs').waitFor();
    for (const shown of LINK_COSTS.keys()) {
      await page.locator('.screen .tabs button').nth(shown).click();
      expect(await violationsOf(page)).toEqual([]);
      expect(await widerThanPhone(page)).toBeLessThanOrEqual(0);
    }
  });
});
