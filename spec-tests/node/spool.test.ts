import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DecodeError } from 'pathsec/bytes';
import { nearestCcr } from 'pathsec/node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run, temporaryFile } from '../cli/run.js';
import { seq } from '../kit/objects/generator/der.js';
import { ccrFile, family, roas, TAGS } from '../rpki/ccr-builder.js';

/** A member of an archive in ustar (IEEE Std 1003.1, pax). */
function member(name: string, content: Uint8Array): Buffer {
  const header = Buffer.alloc(512);
  header.write(name);
  header.write('0000644\0', 100);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        0', 148);
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, octet) => total + octet, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

const tar = (...members: Buffer[]): Buffer => Buffer.concat([...members, Buffer.alloc(1024)]);
/** A CCR in which that AS may originate 10.0.0.0/8. */
const ccr = (asn: number) =>
  ccrFile({ states: [[TAGS.vrps, { list: seq(roas(asn, family(1, ['0a', 0]))) }]] });
const at = (iso: string): number => Date.parse(iso) / 1000;
const object = member(`static/xs/Ec/${'f'.repeat(40)}`, Buffer.alloc(1500, 7));

function folderOf(archives: Readonly<Record<string, Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pathsec-spool-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, octets] of Object.entries(archives)) writeFileSync(join(folder, name), octets);
  return folder;
}

/** Two days; members of the second stand out of the order of time. */
const spool = () =>
  folderOf({
    '20260301-rpkispool.tar.gz': gzipSync(
      tar(
        object,
        member('2026/03/01/20260301T120000Z-miso.ccr', ccr(1)),
        member('2026/03/01/20260301T120000Z-miso.log', Buffer.from('x')),
      ),
    ),
    '20260302-rpkispool.tar': tar(
      member('2026/03/02/20260302T180000Z-ams1.ccr', ccr(4)),
      object,
      member('2026/03/02/20260302T060000Z-miso.ccr', ccr(2)),
      member('2026/03/02/20260302T120000Z-ams1.ccr', ccr(3)),
    ),
    '20260302-initstate.tar.zst': Buffer.from('not read'),
    README: Buffer.from('not read'),
  });

describe('nearestCcr (draft-snijders-rpkispool-format-01)', () => {
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

describe('audit --rpki-at TIME --spool DIR', () => {
  const routes = () => temporaryFile('routes', '10.0.0.0/8|64500 3|64500\n');
  const audit = (...argv: string[]) => run(['audit', routes(), '--json', '--jobs', '1', ...argv]);

  it.each([
    ['2026-03-02T13:00:00Z', '2026-03-02T12:00:00Z', 'valid'],
    ['1772409600', '2026-03-01T12:00:00Z', 'invalid'],
  ])('at %s judges by the payloads of %s', async (time, taken, verdict) => {
    const { code, stdout, stderr } = await audit('--rpki-at', time, '--spool', spool());
    expect(code).toBe(0);
    expect(stderr).toContain(`pathsec: payloads of ${taken}: 2026030`);
    const direct = await audit('--rpki', temporaryFile('x.ccr', ccr(verdict === 'valid' ? 3 : 1)));
    expect(JSON.parse(stdout)).toEqual(JSON.parse(direct.stdout));
    expect(stdout).toContain(verdict);
  });

  it.each<[string, () => string[], RegExp]>([
    [
      'no CCR so early',
      () => ['--rpki-at', '0', '--spool', spool()],
      /no CCR at or before 1970-01-01T00:00:00Z/,
    ],
    ['no folder', () => ['--rpki-at', '1772366400'], /--rpki-at TIME wants --spool DIR/],
    ['no time', () => ['--spool', spool()], /--rpki-at TIME wants --spool DIR/],
    [
      'a folder that is not there',
      () => ['--rpki-at', '1772366400', '--spool', '/no/such'],
      /\/no\/such: no such file/,
    ],
    [
      'another source',
      () => ['--rpki-at', '1772366400', '--spool', spool(), '--rpki', temporaryFile('x.ccr', ccr(1))],
      /no --rpki beside it/,
    ],
    ['a time that is none', () => ['--rpki-at', 'noon', '--spool', spool()], /RFC 3339/],
  ])('%s: 2', async (_, argv, message) => {
    const { code, stdout, stderr } = await audit(...argv());
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(message)]);
  });
});
