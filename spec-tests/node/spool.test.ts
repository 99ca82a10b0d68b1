import { DecodeError } from 'pathsec/bytes';
import { nearestCcr } from 'pathsec/node';
import { describe, expect, it } from 'vitest';
import { at, ccr, folderOf, member, spool, tar } from './spool-builder.js';

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

  it.each<[string, Buffer]>([
    ['that is no archive', Buffer.alloc(2048, 1)],
    [
      'that ends inside a member',
      tar(member('2026/03/02/20260302T060000Z-miso.ccr', ccr(2))).subarray(0, 600),
    ],
  ])('of a file %s: spool-damaged', async (_, octets) => {
    const folder = folderOf({ '20260302-rpkispool.tar': octets });
    const fault = await nearestCcr(folder, at('2026-03-03T00:00:00Z')).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(DecodeError);
    expect((fault as DecodeError).code).toBe('spool-damaged');
  });
});
