import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DecodeError } from 'pathsec/bytes';
import { nearestCcr } from 'pathsec/node';
import { describe, expect, it } from 'vitest';
import { describeWithProgram } from '../support.js';
import { at, ccr, folderOf, member, spool, tar } from './spool-builder.js';

/** A folder with these files, whose names have folders in them. */
function sourceOf(files: Readonly<Record<string, Uint8Array>>): string {
  const folder = folderOf({});
  for (const [name, octets] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), octets);
  }
  return folder;
}

describe('nearestCcr (draft-snijders-rpkispool-format)', () => {
  it.each([
    ['2026-03-05T00:00:00Z', '2026/03/02/20260302T180000Z-ams1.ccr'],
    ['2026-03-02T18:00:00Z', '2026/03/02/20260302T180000Z-ams1.ccr'],
    ['2026-03-02T17:59:59Z', '2026/03/02/20260302T120000Z-ams1.ccr'],
    ['2026-03-02T11:59:59Z', '2026/03/02/20260302T060000Z-miso.ccr'],
    ['2026-03-02T05:59:59Z', '2026/03/01/20260301T120000Z-miso.ccr'],
    ['2026-03-01T12:00:00Z', '2026/03/01/20260301T120000Z-miso.ccr'],
    ['2026-03-01T11:59:59Z', undefined],
    ['2025-01-01T00:00:00Z', undefined],
  ])('at %s is %s', async (time, name) => {
    expect((await nearestCcr(spool(), at(time)))?.name).toBe(name);
  });

  it.each([
    ['2026-03-05T00:00:00Z', 'miso', '2026/03/02/20260302T060000Z-miso.ccr'],
    ['2026-03-02T17:59:59Z', 'ams1', '2026/03/02/20260302T120000Z-ams1.ccr'],
    ['2026-03-02T05:59:59Z', 'miso', '2026/03/01/20260301T120000Z-miso.ccr'],
    ['2026-03-02T05:59:59Z', 'ams1', undefined],
    ['2026-03-05T00:00:00Z', 'ams', undefined],
  ])('at %s of %s is %s', async (time, node, name) => {
    const found = await nearestCcr(spool(), at(time), node);
    expect([found?.name, found?.node]).toEqual([name, name && node]);
  });

  const packers: readonly [string, readonly string[]][] = [
    // With the window that the archives have (draft-snijders-rpkispool-format §2).
    ['zstd', ['-3', '--long=27', '-q', '-c']],
    ['xz', ['-c']],
    ['bzip2', ['-c']],
  ];
  for (const [program, options] of packers) {
    describeWithProgram(`of archives that tar has made and ${program} has packed`, program, () => {
      it.each(['ustar', 'gnu', 'pax'])('in the form %s', async (form) => {
        const times = ['20260302T180000Z-ams1', '20260302T060000Z-miso', '20260302T120000Z-ams1'];
        const place = (name: string): string => `2026/03/02/${name}.ccr`;
        const files = Object.fromEntries(times.map((name, i) => [place(name), ccr(i + 2)]));
        const source = sourceOf({
          ...files,
          'static/xs/Ec/fNEEKsF1NLwAtLAxQtqolj7UXWj9I9nJjBWGwlxsEc': Buffer.alloc(99),
        });
        const made = execFileSync('tar', [`--format=${form}`, '-cf', '-', '-C', source, '2026', 'static']);
        const folder = folderOf({
          '20260302-rpkispool.tar.x': execFileSync(program, options, { input: made }),
        });
        const found = await nearestCcr(folder, at('2026-03-02T17:59:59Z'));
        expect(found?.name).toBe(place('20260302T120000Z-ams1'));
        expect(found?.octets).toEqual(new Uint8Array(ccr(4)));
        expect(await nearestCcr(folder, at('2026-03-02T05:59:59Z'))).toBeUndefined();
      });
    });
  }

  it.each<[string, Buffer]>([
    ['that is no archive', Buffer.alloc(2048, 1)],
    [
      'that ends inside a member',
      tar(member('2026/03/02/20260302T060000Z-miso.ccr', ccr(2))).subarray(0, 600),
    ],
    ['that ends between two members', member('2026/03/02/20260302T060000Z-miso.ccr', ccr(2))],
    [
      'that ends inside the header of a member',
      Buffer.concat([
        member('2026/03/02/20260302T060000Z-miso.ccr', ccr(2)),
        member('x', ccr(3)).subarray(0, 99),
      ]),
    ],
    ['that is empty', Buffer.alloc(0)],
    [
      'behind which another archive follows',
      Buffer.concat([tar(member('2026/03/02/20260302T060000Z-miso.ccr', ccr(2))), tar(member('x', ccr(3)))]),
    ],
    [
      'behind which something follows in another piece',
      Buffer.concat([
        tar(member('2026/03/02/20260302T060000Z-miso.ccr', ccr(2))),
        Buffer.alloc(1 << 20),
        Buffer.from('x'),
      ]),
    ],
  ])('of a file %s: spool-damaged', async (_, octets) => {
    const folder = folderOf({ '20260302-rpkispool.tar': octets });
    const fault = await nearestCcr(folder, at('2026-03-03T00:00:00Z')).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(DecodeError);
    expect((fault as DecodeError).code).toBe('spool-damaged');
    expect((fault as DecodeError).message).toMatch(/^20260302-rpkispool\.tar: /);
  });

  it('of members with blocks of zeros, and with one such block at the end', async () => {
    const name = '2026/03/02/20260302T060000Z-miso.ccr';
    const octets = Buffer.concat([
      member('static/zeros', Buffer.alloc(5000)),
      member('static/none', Buffer.alloc(0)),
      member(name, ccr(2)),
      Buffer.alloc(512),
    ]);
    const folder = folderOf({ '20260302-rpkispool.tar': octets });
    expect((await nearestCcr(folder, at('2026-03-03T00:00:00Z')))?.octets).toEqual(new Uint8Array(ccr(2)));
  });

  it('of several archives of a day looks into all', async () => {
    const early = '2026/03/02/20260302T060000Z-miso.ccr';
    const late = '2026/03/02/20260302T070000Z-miso.ccr';
    const folder = folderOf({
      '20260302-rpkispool.tar': tar(member(late, ccr(3))),
      '20260302-rpkispool.tar.gz': gzipSync(tar(member(early, ccr(2)))),
    });
    expect((await nearestCcr(folder, at('2026-03-03T00:00:00Z')))?.name).toBe(late);
    expect((await nearestCcr(folder, at('2026-03-02T06:30:00Z')))?.name).toBe(early);
  });
});
