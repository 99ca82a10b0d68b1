import { gzipSync } from 'node:zlib';
import { readLink } from 'pathsec/links';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { EXAMPLES } from '../../src/site/octets/examples.js';
import { announce } from '../bmp/samples.js';
import { session } from '../routes/captured.js';
import { pcap } from '../unpack/capture-files.js';
import { describeSite, settled, until, violationsOf, widerThanPhone } from './browser.js';

/** An UPDATE as Wireshark prints its octets: AS64510 64505 announce 192.0.2.0/24. */
const DUMP = `
0000   ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff   ................
0010   00 33 02 00 00 00 18 40 01 01 00 40 02 0a 02 02   .3.....@...@....
0020   00 00 fb fe 00 00 fb f9 40 03 04 c0 00 02 01 18   ........@.......
0030   c0 00 02                                          ...
`;
const KEEPALIVE = Buffer.from(`${'ff'.repeat(16)}001304`, 'hex');
/** Three KEEPALIVEs by bzip2 and by xz; "64496 64497 {64498}" by zstd, which is no octets. */
const PACKED = {
  bz2: '425a6839314159265359e5b8e6ce00000ae000c40408000000a00030cd00dea869ae57312578bb9229c284872dc73670',
  xz: 'fd377a585a000004e6d6b4460200210116000000742fe5a3e00038000c5d007fed3c0126a5733b939e000000d381dcc4791b1dee000128398993de221fb6f37d010000000004595a',
  zst: '28b52ffd2414a100003634343936203634343937207b36343439387d0ab86bad80',
};

const factsOf = (page: Page): Promise<string> => page.locator('.facts').innerText();
const helpOf = (page: Page): Promise<string> => page.locator('#hex-help').innerText();

/** Goes to the screen as a reader does, after the first view. */
async function toOctets(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Octets', exact: true }).click();
  await page.getByRole('tree').waitFor();
  await settled(page);
}

describeSite('the screen Octets', ({ open }) => {
  it('takes what is pasted apart; parts and octets are gone through and changed by keyboard', async () => {
    const { errors, page } = await open();
    await page.keyboard.press('Alt+2');
    await page.getByRole('tree').waitFor();
    await page.getByLabel('Hexadecimal').fill(DUMP);
    expect(await helpOf(page)).toBe('51 octets: BGP message');
    await page.getByRole('tree').focus();
    await page.keyboard.press('End');
    expect(await factsOf(page)).toBe('Offset 48, 3 octets: Prefix 192.0.2.0. RFC 4271 §4.3.');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Home');
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    expect(await factsOf(page)).toBe('Offset 18, 1 octet: Type UPDATE. RFC 4271 §4.1.');
    await page.keyboard.type('04');
    expect(await page.locator('.problem').first().innerText()).toContain('at octet');
    expect(await page.getByRole('treeitem').first().innerText()).toContain('KEEPALIVE');
    await page.getByLabel('Hexadecimal').fill(DUMP);
    await page.getByRole('button', { name: 'Judge this route' }).click();
    expect(await page.getByLabel('AS path, neighbour first').inputValue()).toBe('64510 64505');
    await toOctets(page);
    expect(await page.getByLabel('Hexadecimal').inputValue()).toBe(DUMP);
    await until(() => page.url().includes('#1.'));
    expect(errors).toEqual([]);
  });

  it('verifies signatures, which fail when a bit is flipped, and a link shows the same', async () => {
    const { address, errors, page, requests } = await open();
    await page.waitForLoadState('networkidle');
    const before = requests.length;
    await toOctets(page);
    await page.locator('#octets-example').selectOption('A signed UPDATE (RFC 8208, Appendix A)');
    const verdict = page.locator('.verdict').filter({ hasText: 'signatures' });
    await verdict.waitFor();
    await settled(page);
    expect(await verdict.innerText()).toMatch(/✓ valid\s+2 of 2 signatures/);
    // RFC 8205 §5.2, Figure 9: target, segments and signatures down to the origin, suite, family, prefix.
    await page.getByRole('button', { name: 'Octets hashed from AS65536 to AS65537' }).click();
    const parts = page.locator('.hashed-parts tbody tr');
    expect(await parts.count()).toBe(9);
    expect(await parts.first().innerText()).toMatch(/the own AS\s+00 01 00 01 \(AS65537\)\s+not there/);
    expect(await page.locator('.hex .underlined').count()).toBeGreaterThan(20);
    await parts.last().getByRole('button').click();
    expect(await factsOf(page)).toMatch(/^Offset \d+, 3 octets: Prefix 192\.0\.2\.0\./);
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await page.getByRole('button', { name: 'Flip a bit' }).click();
    await settled(page);
    expect(await verdict.innerText()).toMatch(/✕ invalid\s+0 of 2 signatures/);
    expect(requests.slice(before)).toEqual([]);
    const flipped = await page.locator('#hex').inputValue();
    await until(async () => {
      const linked = await readLink(new URL(page.url()).hash.slice(1));
      return linked?.s === 'octets' && linked.text === flipped;
    });
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    await verdict.waitFor();
    await settled(page);
    expect(await verdict.innerText()).toMatch(/✕ invalid\s+0 of 2 signatures/);
    expect(link.startsWith(address)).toBe(true);
    expect(errors).toEqual([]);
  });

  it('opens files, and says of hostile ones what they are', async () => {
    const { errors, page } = await open();
    await toOctets(page);
    const drop = (name: string, buffer: Buffer): Promise<void> =>
      page.locator('#octets-file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    const messages = page.getByRole('region', { name: 'Messages of the file' });
    await drop('<b>.bgp.gz', gzipSync(Buffer.concat(Array.from({ length: 3000 }, () => KEEPALIVE))));
    await messages.waitFor();
    expect(await messages.locator('p').innerText()).toBe('<b>.bgp.gz: message 1 of 3,000');
    await messages.getByLabel('Number').fill('3000');
    await messages.getByText('message 3,000 of 3,000').waitFor();
    expect(await helpOf(page)).toBe('19 octets: BGP message');
    for (const [name, buffer, said] of [
      ['routes.pcap', Buffer.from(pcap([])), 'a capture without a message of BGP or BMP in its 0 packets'],
      ['paths.zst', Buffer.from(PACKED.zst, 'hex'), 'text that is no hexadecimal and has no routes'],
      ['list.json', Buffer.from('{"roas": []}'), 'text that is no hexadecimal'],
      ['nothing', Buffer.alloc(0), 'an empty file'],
      ['cut.gz', gzipSync(KEEPALIVE).subarray(0, 20), 'cut.gz: '],
    ] as const) {
      await drop(name, buffer);
      await until(async () => (await helpOf(page)).includes(said));
    }
    for (const [name, buffer, said] of [
      ['three.bz2', Buffer.from(PACKED.bz2, 'hex'), 'message 1 of 3'],
      ['three.xz', Buffer.from(PACKED.xz, 'hex'), 'message 1 of 3'],
      ['line.txt', Buffer.from('192.0.2.0/24|64510 64505|64510'), 'message 1 of 1 (line 1, 192.0.2.0/24)'],
      [
        'a session.pcap',
        Buffer.from(pcap(session().send('a', announce('64496 64497')).packets)),
        'message 1 of 5 (packet 3, 192.0.2.2:40000 to 192.0.2.1:179)',
      ],
    ] as const) {
      await drop(name, buffer);
      await messages.getByText(`${name}: ${said}`).waitFor();
    }
    await messages.getByLabel('Number').fill('5');
    await page.getByRole('button', { name: 'Judge this route' }).waitFor();
    // 80 MiB of zeros in 80 KB: only so much is unpacked, and only so much of it shown.
    await drop('zeros.gz', gzipSync(Buffer.alloc(80 << 20), { level: 9 }));
    await messages.getByText('zeros.gz').waitFor();
    expect(await messages.locator('p').innerText()).toContain('at the beginning of the file');
    await page.locator('#kind').selectOption('der');
    await page.getByLabel('Hexadecimal').fill('3080'.repeat(100_000));
    expect(await page.getByRole('treeitem').count()).toBeLessThan(200);
    await page.getByLabel('Hexadecimal').fill('f'.repeat(10_000_000));
    expect(await helpOf(page)).toContain('more than 262,144 octets');
    expect(errors).toEqual([]);
  });

  it('has no violation that axe finds in light and dark, and does not scroll sideways', async () => {
    const { page } = await open('', { bypassCSP: true });
    await toOctets(page);
    for (const { title } of EXAMPLES) {
      await page.locator('#octets-example').selectOption(title);
      if (title.startsWith('A signed')) {
        await page
          .getByRole('button', { name: /^Octets hashed/ })
          .first()
          .click();
      }
      await settled(page);
      expect(await violationsOf(page), title).toEqual([]);
      expect(await widerThanPhone(page), title).toBeLessThanOrEqual(0);
    }
  });
});
