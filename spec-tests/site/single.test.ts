import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { answerOf, describeSite, settled } from './browser.js';

/** "64496 64497 {64498}" by zstd, which WebAssembly unpacks. */
const ZSTD = '28b52ffd2414a100003634343936203634343937207b36343439387d0ab86bad80';

describeSite('the page in one file', ({ openSingle }) => {
  it('is opened from the disk, judges, reads files in threads, and asks for nothing', async () => {
    const { errors, page, requests } = await openSingle(
      'path?p=64505+64499+64496&role=customer&aspa=64496:64499',
    );
    expect(await answerOf(page)).toBe('? unknown it could be valid: AS64499 has no ASPA');
    await page.locator('.tabs').getByRole('button', { name: 'File' }).click();
    const payloads = JSON.stringify({
      roas: [],
      aspas: [64496, 64499].map((customer) => ({
        customer_asid: customer,
        providers: [customer === 64496 ? 64499 : 64505],
      })),
    });
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.json.gz', mimeType: '', buffer: gzipSync(payloads) });
    await page.getByText('0 VRPs, 2 ASPAs').waitFor();
    expect(await answerOf(page)).toBe('✓ valid every hop from the origin to the neighbour is attested');
    await page.keyboard.press('Alt+2');
    await page.getByRole('tree').waitFor();
    await page
      .locator('#octets-file')
      .setInputFiles({ name: 'paths.zst', mimeType: '', buffer: Buffer.from(ZSTD, 'hex') });
    await page.getByText('text that is no hexadecimal and has no routes').waitFor();
    await page.keyboard.press('Alt+3');
    await page.locator('.topology').waitFor();
    await page.keyboard.press('Alt+4');
    await page.locator('table.costs').waitFor();
    await page.getByRole('button', { name: 'Measure', exact: true }).click();
    await page.getByText(/^Round \d/).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await settled(page);
    expect(errors).toEqual([]);
    expect(requests.map((address) => address.replace(/#.*/, ''))).toEqual(['/']);
  });
});
