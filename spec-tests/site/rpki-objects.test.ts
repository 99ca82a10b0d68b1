import fc from 'fast-check';
import { encodeCcr, examineObject } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { MAX_PAYLOAD_LINES, type PathState } from '../../src/links/index.js';
import { linesOf } from '../../src/site/path/entries.js';
import { openFiles, readObject } from '../../src/site/path/rpki-objects.js';
import { testLab } from '../rpki-objects/lab-support.js';

const fileOf = (name: string, octets: Uint8Array): File => new File([new Uint8Array(octets)], name);

const empty: PathState = { s: 'path', path: '' };
const stateOf = (): PathState => empty;

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
    const opened = await openFiles([certificate, cut, payloads, ccr, large], stateOf);
    expect(opened.change).toBeUndefined();
    expect(opened.said).toEqual([
      '<b>.cer: no ROA and no ASPA object: the screen Octets shows its parts',
      'cut.roa: no whole value of DER',
      'large.roa: more than 1 MiB',
      'cache.ccr: not opened: one file of payloads is read at a time',
    ]);
    expect(opened.other?.name).toBe('rpki.json');
    const many = await openFiles(
      Array.from({ length: 101 }, () => certificate),
      stateOf,
    );
    expect(many.said.at(-1)).toBe('of 101 files the first 100 are read');
  });

  it('are added to the lists, or to the changes of a file; what is left out is named', async () => {
    const lab = await testLab();
    const aspa = fileOf('a.asa', lab.file(/\.asa$/));
    const payloads = fileOf('rpki.json', new TextEncoder().encode('{"roas": []}'));
    const { aspas } = readObject(lab.file(/\.asa$/));
    const both = await openFiles([payloads, aspa, aspa], stateOf);
    expect(both).toMatchObject({ change: { aspas, vrps: [] }, other: undefined });
    expect(both.said.at(-1)).toBe('rpki.json: not opened: payloads of objects were added; open it by itself');

    const file = { name: 'x', sha256: '0'.repeat(64), vrps: 1, aspas: 1 };
    const upon = await openFiles([aspa], () => ({ ...empty, file, changes: ['-AS1'] }));
    expect(upon.change).toEqual({ changes: ['-AS1', ...aspas] });

    const vrps = Array.from({ length: MAX_PAYLOAD_LINES }, (_, i) => `192.0.2.0/24 => AS${i + 1}`);
    const full = await openFiles([aspa], () => ({ ...empty, vrps }));
    expect(full.change).toEqual({ aspas: [], vrps });
    expect(full.said.at(-1)).toMatch(/^1 payload is left out: the page takes 2,000 in all/);
    const again = await openFiles([aspa], () => ({ ...empty, aspas, vrps: vrps.slice(1) }));
    expect(again.said).toHaveLength(1);
  });

  it('are lines or an error with words, however they are damaged', async () => {
    const lab = await testLab();
    const octets = lab.file(/\.asa$/);
    await fc.assert(
      fc.asyncProperty(fc.nat(octets.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const damaged = octets.slice();
        damaged[at] = (damaged[at] as number) ^ change;
        const { other, said } = await openFiles([fileOf('a.asa', damaged)], stateOf);
        if (other === undefined) expect(said).toEqual([expect.stringMatching(/^a\.asa: ./)]);
      }),
    );
  });
});
