import fc from 'fast-check';
import { encodeCcr, examineObject } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { linesOf } from '../../src/site/path/entries.js';
import { openFiles, readObject } from '../../src/site/path/rpki-objects.js';
import { testLab } from '../rpki-objects/lab-support.js';

const fileOf = (name: string, octets: Uint8Array): File => new File([new Uint8Array(octets)], name);

describe('RPKI objects that are dropped on the screen Path', () => {
  it('give the payloads that they have where they are valid', async () => {
    const lab = await testLab();
    const objects = lab.files.filter(({ name }) => /\.(?:roa|asa)$/.test(name));
    expect(objects.length).toBeGreaterThanOrEqual(2);
    for (const { name, octets } of objects) {
      const { payloads } = await examineObject(octets, lab.material(), name.endsWith('roa') ? 'roa' : 'asa');
      expect(readObject(octets)).toEqual(linesOf(payloads));
    }
  });

  it('are told one by one, and a file of payloads among them is none', async () => {
    const lab = await testLab();
    const certificate = fileOf('<b>.cer', lab.file(/\.cer$/));
    const cut = fileOf('cut.roa', lab.file(/\.roa$/).subarray(0, 90));
    const payloads = fileOf('rpki.json', new TextEncoder().encode('{"roas": []}'));
    const ccr = fileOf('cache.ccr', encodeCcr(1_790_000_000, { aspas: [{ customer: 1, providers: [2] }] }));
    const large = fileOf('large.roa', new Uint8Array(2 << 20).fill(0x30));
    const opened = await openFiles([certificate, cut, payloads, ccr, large]);
    expect(opened.aspas.length + opened.vrps.length).toBe(0);
    expect(opened.said).toEqual([
      '<b>.cer: no ROA and no ASPA object: the screen Octets shows its parts',
      'cut.roa: no whole value of DER',
      'large.roa: more than 1 MiB',
    ]);
    expect(opened.other?.name).toBe('rpki.json');
    const many = await openFiles(Array.from({ length: 101 }, () => certificate));
    expect(many.said.at(-1)).toBe('of 101 files the first 100 are read');
  });

  it('are lines or an error with words, however they are damaged', async () => {
    const lab = await testLab();
    const octets = lab.file(/\.asa$/);
    await fc.assert(
      fc.asyncProperty(fc.nat(octets.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const damaged = octets.slice();
        damaged[at] = (damaged[at] as number) ^ change;
        const { other, said } = await openFiles([fileOf('a.asa', damaged)]);
        if (other === undefined) expect(said).toEqual([expect.stringMatching(/^a\.asa: ./)]);
      }),
    );
  });
});
