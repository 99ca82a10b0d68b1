import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { readLink } from 'pathsec/links';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { run } from '../cli/run.js';
import { answerOf, describeSite, follow, settled, until, violationsOf, widerThanPhone } from './browser.js';

/** What looks different: hijacked, cut off, leaked, blackholed. */
const CASES = [
  '1-myetherwallet/rovpp1-at-the-resolver',
  '2-telekom-malaysia/aspa-at-the-transit',
  '6-prepended/bgpsec',
  '9-roa-takedown/as0-one-validator',
];

/** AS relationships of five ASes by bzip2. */
const AS_REL_BY_BZIP2 =
  '425a68393141592653598832c7fb000004d9800010480267f00f25320420005444000d006d412491a6d43d4d007a95cf2a11a5ded210faab088117d9c67a0cb04b140dc55a67bf9e9e42848645868965f1772453850908832c7fb0';

const sentenceOf = (page: Page): Promise<string> => page.locator('.main .verdict strong').innerText();
const nodeOf = (page: Page, asn: number) =>
  page.locator('.topology').getByRole('button', { name: String(asn) });

async function toIncident(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Incident', exact: true }).click();
  await page.locator('.topology').waitFor();
}

/** Chooses a shipped case by its file. */
async function toCase(page: Page, name: string): Promise<void> {
  await page.locator('#incident').selectOption(name.split('/')[0] ?? '');
  await page.locator('#case').selectOption(name);
}

describeSite('the screen Incident', ({ open }) => {
  it('tells by keyboard who is hijacked, what an AS was offered, and why on the screen Path', async () => {
    const { errors, page } = await open();
    await page.keyboard.press('Alt+3');
    await page.locator('.topology').waitFor();
    expect(await sentenceOf(page)).toBe('Of 7 other ASes 3 reach the attacker, 4 reach the victim.');
    expect(await page.locator('.topology .node').count()).toBe(9);
    expect(await page.locator('.topology .node.attacker').count()).toBe(4);
    await toCase(page, '1b-forged-origin/aspa-at-the-upstream');
    expect(await sentenceOf(page)).toBe('Of 7 other ASes 7 reach the victim.');
    // Geometry: who provides stands above its customer.
    const [above, below] = await Promise.all([64498, 64499].map((asn) => nodeOf(page, asn).boundingBox()));
    expect(above?.y).toBeLessThan(below?.y ?? 0);
    await nodeOf(page, 64496).focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#as-title').innerText()).toBe('AS64496');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await page.locator('#as-title').innerText()).not.toBe('AS64496');
    await nodeOf(page, 64498).focus();
    await page.keyboard.press(' ');
    const dropped = page.locator('.as-panel li').filter({ hasText: 'the path is invalid by ASPA' });
    expect(await dropped.innerText()).toContain('from a customer: 64499 64500 – dropped');
    await until(() =>
      page.url().endsWith('#incident?v=1&name=1b-forged-origin/aspa-at-the-upstream&as=64498'),
    );
    await dropped.getByRole('button').focus();
    await page.keyboard.press('Enter');
    expect(await answerOf(page)).toMatch(/^✕ invalid/);
    expect(await page.getByLabel('AS path, neighbour first').inputValue()).toBe('64499 64500');
    await page.keyboard.press('Alt+3');
    expect(await page.locator('#as-title').innerText()).toBe('AS64498');
    await page.locator('.unseen[role=status]').filter({ hasText: '7 reach the victim' }).waitFor();
    expect(errors).toEqual([]);
  });

  it('is changed by controls and as text, saved as the command answers, linked to, and takes no harm', async () => {
    const { errors, page, requests } = await open('incident?name=1-myetherwallet/nothing');
    await page.waitForLoadState('networkidle');
    await page.locator('.topology').waitFor();
    const asked = requests.length;
    expect(await sentenceOf(page)).toBe('Of 7 other ASes 7 reach the attacker.');
    await page.getByRole('button', { name: 'ROV', exact: true }).click();
    expect(await sentenceOf(page)).toBe('Of 7 other ASes 7 reach the victim.');
    await nodeOf(page, 64498).click();
    await page
      .getByRole('group', { name: 'What AS64498 deploys' })
      .getByLabel('ROV', { exact: true })
      .uncheck();
    expect(await sentenceOf(page)).toContain('reach the attacker');
    await page.locator('#attack').selectOption('Leak 1: provider to provider');
    await page.locator('#attacker').selectOption('64496');
    expect(await page.locator('.main .problem').innerText()).toContain('AS64496 leaks nothing');
    await page.locator('#attack').selectOption('Forged origin');
    const typed = await page.locator('#scenario').inputValue();
    const text = typed.replace('"victims"', '"silent": [64502],\n  "victims"');
    await page.locator('#scenario').fill(text);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'JSON', exact: true }).click();
    const saved = readFileSync(await (await download).path(), 'utf8');
    expect(saved).toBe((await run(['simulate', 'scenario', '-', '--json'], { stdin: text })).stdout);
    const shown = await sentenceOf(page);
    await until(async () => {
      const linked = await readLink(new URL(page.url()).hash.slice(1));
      return linked?.s === 'incident' && linked.text === text;
    });
    const link = page.url();
    await page.locator('#scenario').fill('64496|64497|0\n64496|64498|-1\n64497|64499|-1\n');
    expect(await page.locator('.topology .node').count()).toBe(4);
    await page.locator('#incident-file').setInputFiles({
      name: 'as-rel.txt.bz2',
      mimeType: '',
      buffer: Buffer.from(AS_REL_BY_BZIP2, 'hex'),
    });
    await settled(page);
    expect(await page.locator('.topology .node').count()).toBe(5);
    // As many ASes as are drawn, nearly all in one row: of what is wider than the page the part with the chosen one is shown.
    await page
      .locator('#scenario')
      .fill(Array.from({ length: 59 }, (_, i) => `64000|${64001 + i}|-1\n`).join(''));
    expect(await page.locator('.topology .node').count()).toBe(60);
    const inView = async (): Promise<boolean> => {
      const [node, view] = await Promise.all(
        ['.topology .node.chosen', '.scroll:has(.topology)'].map((one) => page.locator(one).boundingBox()),
      );
      if (!node || !view) return false;
      return node.x >= view.x && node.x + node.width <= view.x + view.width;
    };
    expect(await inView()).toBe(true);
    await nodeOf(page, 64059).focus();
    await page.keyboard.press('Enter');
    expect(await inView()).toBe(true);
    await page.locator('#incident-file').setInputFiles({
      name: '<b>.txt',
      mimeType: 'text/plain',
      buffer: Buffer.alloc(2 << 20, '1|2|-1\n'),
    });
    await page.locator('#scenario-help').filter({ hasText: '<b>.txt: more than 1 MiB' }).waitFor();
    await page.locator('#scenario').fill('x'.repeat(1_000_000));
    expect(await page.locator('#scenario-help').innerText()).toContain('more than 65,536 characters');
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('No link: text: more than 65536 characters. Save as a file instead.').waitFor();
    expect(
      requests.slice(asked).filter((path) => !/^\/assets\/(?:unpack-thread|bunzip2)-/.test(path)),
    ).toEqual([]);
    await follow(page, new URL(link).hash);
    expect(await page.locator('#scenario').inputValue()).toBe(text);
    expect(await sentenceOf(page)).toBe(shown);
    const mark = '<img src=x onerror=alert(1)>';
    for (const state of [{ name: mark }, { text: mark }, { text: `{"${mark}": 1}` }]) {
      const packed = deflateRawSync(JSON.stringify({ v: 1, s: 'incident', ...state })).toString('base64url');
      await follow(page, `1.${packed}`);
      expect(await page.locator('.main .problem').innerText()).toContain('img');
    }
    expect(await page.locator('img').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('has no violation that axe finds in light and dark, and does not scroll sideways', async () => {
    const { page } = await open('', { bypassCSP: true });
    await toIncident(page);
    for (const name of CASES) {
      await toCase(page, name);
      expect(await violationsOf(page), name).toEqual([]);
      expect(await widerThanPhone(page), name).toBeLessThanOrEqual(0);
    }
  });
});
