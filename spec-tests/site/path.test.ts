import { readFileSync } from 'node:fs';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { encodeCcr } from 'pathsec/rpki';
import { expect, it } from 'vitest';
import { run, temporaryFile } from '../cli/run.js';
import { testLab } from '../rpki-objects/lab-support.js';
import { answerOf, describeSite, follow, type InPage, settled, until, wordsOf } from './browser.js';

const LEAK =
  'path?v=1&p=64510+64505+64777+64501+64501+64501+64499+64496&role=provider&prefix=192.0.2.0/24&aspa=64496:64499;64499:64600;64505:64600;64510:64505&vrp=192.0.2.0/24:64499';

/** The ASPAs of AS64496 and AS64499 as JSON, by xz. */
const ASPAS_BY_XZ =
  'fd377a585a000004e6d6b4460200210116000000742fe5a3e0006a00445d003d8888277403ca12e6769290763d25e7186df6da88c3a05df5b7678207d3d22f39f3a4c41a05fb545e5e5c9311d0f81cc3fe57daf45cb780c2acdc6b4d559575365e90e000fad1cb517d77283d0001606b5c661b9f1fb6f37d010000000004595a';

describeSite('the screen Path', ({ open }) => {
  it('tells why a path is invalid, in a sentence, a picture, a table and steps', async () => {
    const { errors, page } = await open(LEAK);
    expect(await answerOf(page)).toBe(
      '✕ invalid the two ramps do not meet: 2 + 2 = 4, and the path has 6 ASes',
    );
    expect(await page.locator('#path-help').innerText()).toBe('6 ASes; 64501 stands 3 times and counts once');
    const label = await page.locator('svg.picture').getAttribute('aria-label');
    expect(label).toContain('64505 to 64777: not a provider');
    // Geometry: boxes in the order of the path, and both walls between the boxes of their hops.
    const boxes = await page
      .locator('svg.picture text[font-weight="700"][font-size="13"]')
      .evaluateAll((texts) =>
        texts.map((text) => [text.textContent, Number(text.getAttribute('x'))] as const),
      );
    const at = new Map(boxes.filter(([text]) => /^\d+$/.test(text ?? '')));
    const walls = boxes
      .filter(([text]) => text === '✕')
      .map(([, x]) => x)
      .sort((a, b) => a - b);
    const places = ['64510', '64505', '64777', '64501', '64499', '64496'].map((asn) => at.get(asn) ?? 0);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(walls).toHaveLength(2);
    expect(walls[0]).toBeGreaterThan(places[1] ?? 0);
    expect(walls[0]).toBeLessThan(places[2] ?? 0);
    expect(walls[1]).toBeGreaterThan(places[3] ?? 0);
    expect(walls[1]).toBeLessThan(places[4] ?? 0);
    const ends = await page.locator('.hops tr.ends').allInnerTexts();
    expect(ends.map((row) => row.replaceAll(/\s+/g, ' '))).toEqual([
      expect.stringMatching(/^4 64777→64505 \? no ASPA 64505→64777 ✕ not a provider ends the down-ramp/),
      expect.stringMatching(/^2 64499→64501 ✕ not a provider 64501→64499 \? no ASPA ends the up-ramp/),
    ]);
    await page.locator('.steps summary').click();
    expect(await page.locator('.steps .halt').innerText()).toContain('max-up 2 + max-down 2 = 4 < 6');
    expect(await page.locator('section:has(#rov) .verdict').innerText()).toMatch(/invalid\s+another origin/);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the picture as SVG' }).click();
    const svg = readFileSync(await (await download).path(), 'utf8');
    expect(svg).toContain('64505 to 64777: not a provider');
    expect(svg).toMatch(/^<svg [^>]*><style>[^<]*\.tone-valid/);
    expect(errors).toEqual([]);
  });

  it('judges at each key stroke, and makes the path valid by what it proposes', async () => {
    const { errors, page } = await open(LEAK);
    const ways = page.locator('section:has(#repairs) .way');
    await ways.first().waitFor();
    expect(await ways.allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringContaining('AS64501 in the ASPA of AS64499')]),
    );
    await page.locator('section:has(#repairs)').getByRole('button').last().click();
    expect(await answerOf(page)).toMatch(/^✓ valid the two ramps meet/);
    expect(await page.locator('#repairs').count()).toBe(0);
    await page.getByLabel('AS path, neighbour first').fill('64510 64505 {64777,1}');
    expect(await answerOf(page)).toBe('✕ invalid the AS_PATH has an AS_SET (step 3)');
    await page.getByLabel('AS path, neighbour first').fill('*> 192.0.2.0/24 10.0.0.1 0 100 0 64505 64496 i');
    await page.getByLabel('The neighbour is my').selectOption('customer');
    expect(await page.locator('#path-help').innerText()).toContain('Read from your paste: 64505 64496');
    await page.getByLabel('AS path, neighbour first').fill('64505 6449x');
    expect(await page.locator('#path-help').innerText()).toContain('is not an ASN, at character 7');
    expect(errors).toEqual([]);
  });

  it('edits payloads as a list and as JSON, and says what is none', async () => {
    const { page } = await open('path?p=64505+64499+64496&role=customer&aspa=64496:64499');
    expect(await answerOf(page)).toBe('? unknown it could be valid: AS64499 has no ASPA');
    const add = page.getByRole('form', { name: 'Add an ASPA' });
    await add.getByPlaceholder('Customer').fill('64499');
    await add.getByPlaceholder('Providers').fill('64505');
    await add.getByPlaceholder('Providers').press('Enter');
    expect(await answerOf(page)).toMatch(/^✓ valid/);
    await page.getByLabel('Providers of AS64499').fill('64505 x');
    expect(await page.locator('.problems').innerText()).toContain('ASx');
    await page.getByLabel('Providers of AS64499').fill('64600, ');
    expect(await answerOf(page)).toBe('✕ invalid the up-ramp ends at AS64499: 2 of 3 ASes');
    await page.getByRole('button', { name: 'As JSON' }).click();
    const json = page.getByLabel('Payloads as JSON');
    expect(JSON.parse(await json.inputValue()).aspas).toHaveLength(2);
    await json.fill(
      '{"aspas": [{"customer_asid": 64496, "providers": [64499]}, {"customer_asid": 64499, "providers": [64505]}]}',
    );
    expect(await answerOf(page)).toMatch(/^✓ valid/);
    await json.fill('{"aspas": [');
    expect(await page.locator('.problems').innerText()).not.toBe('');
    await page.getByRole('button', { name: 'File' }).click();
    const lab = await testLab();
    const dropped = [/\.roa$/, /\.asa$/].map((pattern, i) => ({
      name: `object${i}`,
      mimeType: '',
      buffer: Buffer.from(lab.file(pattern)),
    }));
    await page.locator('input[type=file]').setInputFiles(dropped);
    await page.getByText('object1: AS').waitFor();
    expect(await page.locator('.objects').innerText()).toContain('were not checked');
    await page.getByRole('button', { name: 'As list' }).click();
    expect(await page.locator('.payloads > p').first().innerText()).toBe('3 ASPAs, 1 VRP, no problems');
  });

  it('writes what is shown into its address, and a link of it opens the same', async () => {
    const { page } = await open();
    await page.getByLabel('Examples').selectOption('Behind a route server');
    await until(() => page.url().includes('role=rs'));
    const shown = await answerOf(page);
    const hash = new URL(page.url()).hash;
    expect(hash).toBe('#path?v=1&p=64505+64499+64496&role=rs&neighbor=64800&aspa=64496:64499;64499:64505');
    await page.getByLabel('Examples').selectOption('An AS_SET');
    expect(await answerOf(page)).not.toBe(shown);
    await until(() => !page.url().endsWith(hash));
    await follow(page, hash);
    expect(await page.getByLabel('AS path, neighbour first').inputValue()).toBe('64505 64499 64496');
    expect(await answerOf(page)).toBe(shown);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.locator('.copy [role=status]').filter({ hasText: /./ }).waitFor();
    expect(await page.locator('.copy').innerText()).toMatch(/Copied|The link:/);
  });

  it('refuses hostile links with a sentence, and shows marks of HTML as text', async () => {
    const bomb = `1.${deflateRawSync(Buffer.alloc(50_000_000), { level: 9 }).toString('base64url')}`;
    for (const [fragment, said] of [
      [bomb, 'a state of more than 1048576 octets'],
      ['path?v=7', 'made by a newer playground'],
      ['1.AAAA', 'cut or damaged'],
      ['<img src=x onerror=alert(1)>', 'neither a screen'],
    ] as const) {
      const { errors, page } = await open(fragment);
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('alert').innerText()).toContain(said);
      expect(errors).toEqual([]);
    }
    const mark = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    const state = {
      v: 1,
      s: 'path',
      path: mark,
      prefix: mark.slice(0, 60),
      aspas: [mark],
      vrps: [mark],
      role: 'peer',
    };
    const { errors, page } = await open(`1.${deflateRawSync(JSON.stringify(state)).toString('base64url')}`);
    await page.locator('.payloads .problems').waitFor();
    expect(await page.getByLabel('AS path, neighbour first').inputValue()).toBe(mark);
    expect(await page.locator('img, #page script').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('stays alive when 10 MB are pasted into a field', async () => {
    const { errors, page } = await open(LEAK);
    const huge = '64496 '.repeat(1_700_000);
    await page.getByLabel('AS path, neighbour first').fill(huge);
    expect(await page.locator('#path-help').innerText()).toContain('more than 45,056 characters');
    await page.getByRole('button', { name: 'As JSON' }).click();
    await page.getByLabel('Payloads as JSON').fill(huge);
    expect(await page.locator('.payloads .problems').innerText()).toContain('open it as a file');
    await page.getByLabel('AS path, neighbour first').fill('1');
    expect(await answerOf(page)).not.toBe('');
    expect(errors).toEqual([]);
  });

  it('judges by a file of 200,000 VRPs in a thread, with changes upon it', async () => {
    const { errors, page } = await open('path?p=64505+64499+64496&role=customer&prefix=10.1.2.0/24');
    const roas = Array.from({ length: 200_000 }, (_, i) => ({
      asn: `AS${64496 + (i % 3)}`,
      prefix: `10.${(i >> 8) & 255}.${i & 255}.0/24`,
      maxLength: 24,
      ta: String(i),
    }));
    const aspas = Array.from({ length: 5000 }, (_, i) => ({
      customer_asid: 64000 + i,
      providers: [64000 + i + (i === 496 ? 3 : 6), 7],
    }));
    await page.locator('.tabs').getByRole('button', { name: 'File' }).click();
    const path = temporaryFile('rpki.json', JSON.stringify({ roas, aspas }));
    await page.locator('input[type=file]').setInputFiles(path);
    await page.getByText('5,000 ASPAs').waitFor();
    expect(await answerOf(page)).toBe('✓ valid every hop from the origin to the neighbour is attested');
    expect(await page.locator('.payloads .lines').first().innerText()).toContain('AS64499 => AS7, AS64505');
    // Until the thread has answered the old sentence stands there, and the page says that it is not the answer.
    const meanwhile = await page.evaluate(async () => {
      const { document, Event } = globalThis as unknown as InPage;
      const field = document.querySelector('#path');
      field.value = '64505 64777 64496';
      field.dispatchEvent(new Event('input', { bubbles: true }));
      await Promise.resolve();
      const answer = document.querySelector('.main');
      return [answer.getAttribute('aria-busy'), answer.querySelector('.pill').textContent];
    });
    expect(meanwhile).toEqual(['true', '✓ valid']);
    expect(await answerOf(page)).toBe('✕ invalid the up-ramp ends at AS64496: 1 of 3 ASes');
    await page.getByLabel('AS path, neighbour first').fill('64505 64499 64496');
    expect(await answerOf(page)).toMatch(/^✓ valid/);
    const set = page.getByRole('form', { name: 'Set an ASPA' });
    await set.getByPlaceholder('Customer').fill('64499');
    await set.getByPlaceholder('All its providers').fill('64600');
    await set.getByRole('button').click();
    expect(await answerOf(page)).toBe('✕ invalid the up-ramp ends at AS64499: 2 of 3 ASes');
    await until(() => page.url().includes('#1.'));
    // VRPs of the file are removed, own ones added; saved as SLURM the changes are what the command makes of them.
    const rov = page.locator('section:has(#rov)');
    await page.getByRole('button', { name: 'Remove 10.1.2.0/24 => AS64496' }).click();
    await settled(page);
    expect(await rov.innerText()).toContain('another origin');
    const addVrp = page.getByRole('form', { name: 'Add a VRP' });
    await addVrp.getByPlaceholder('Prefix-maxLength').fill('10.1.0.0/16-24');
    await addVrp.getByPlaceholder('Origin AS').fill('64496');
    await addVrp.getByPlaceholder('Origin AS').press('Enter');
    await settled(page);
    expect(await rov.locator('.verdict').innerText()).toMatch(/^✓ valid/);
    const anyLine = page.getByRole('form', { name: 'Add a line' });
    await anyLine.getByRole('textbox').fill('-AS1 => AS2');
    await anyLine.getByRole('button').click();
    await settled(page);
    expect(await page.locator('.payloads .problems').innerText()).toContain('AS1 has no ASPA');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as SLURM' }).click();
    const saved = await (await download).path();
    const words = wordsOf((await page.locator('pre code').innerText()).trim()).slice(1);
    const files = new Map([
      ['rpki.json', path],
      ['changes.json', temporaryFile('changes.json', readFileSync(saved, 'utf8'))],
    ]);
    const explained = await run([...words.map((word) => files.get(word) ?? word), '--json']);
    expect(JSON.parse(explained.stdout)).toMatchObject({ outcome: 'invalid' });
    const rows = JSON.parse(readFileSync(saved, 'utf8')).locallyAddedAssertions.prefixAssertions;
    expect(rows).toEqual([{ asn: 64496, prefix: '10.1.0.0/16', maxPrefixLength: 24 }]);
    await page.getByRole('button', { name: 'Undo AS64499 => AS64600' }).click();
    expect(await answerOf(page)).toMatch(/^✓ valid/);
    await page.locator('input[type=file]').setInputFiles({
      name: '<b>.json',
      mimeType: 'application/json',
      buffer: Buffer.from('<b>no payloads</b>'),
    });
    await page.locator('.payloads .problem').waitFor();
    expect(await page.locator('.payloads .problem').innerText()).toContain('<b>.json could not be read');
    const ccr = encodeCcr(1_790_000_000, {
      aspas: [
        { customer: 64496, providers: [64499] },
        { customer: 64499, providers: [64505] },
      ],
    });
    for (const [name, buffer] of [
      ['cache.ccr', Buffer.from(ccr)],
      ['cache.ccr.gz', gzipSync(ccr)],
    ] as const) {
      await page
        .locator('input[type=file]')
        .setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
      await page.getByText(`${name}: 0 VRPs, 2 ASPAs, ccr`).waitFor();
      expect(await answerOf(page)).toMatch(/^✓ valid/);
    }
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.json.xz', mimeType: '', buffer: Buffer.from(ASPAS_BY_XZ, 'hex') });
    await page.getByText('a.json.xz: 0 VRPs, 2 ASPAs').waitFor();
    expect(await answerOf(page)).toMatch(/^✓ valid/);
    expect(errors).toEqual([]);
  });
});
