import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { seq } from '../kit/objects/generator/der.js';
import { ccrFile, family, roas, TAGS } from '../rpki/ccr-builder.js';

/** A member of an archive in ustar (IEEE Std 1003.1, pax). */
export function member(name: string, content: Uint8Array): Buffer {
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

export const tar = (...members: Buffer[]): Buffer => Buffer.concat([...members, Buffer.alloc(1024)]);
/** A CCR in which that AS may originate 10.0.0.0/8. */
export const ccr = (asn: number) =>
  ccrFile({ states: [[TAGS.vrps, { list: seq(roas(asn, family(1, ['0a', 0]))) }]] });
export const at = (iso: string): number => Date.parse(iso) / 1000;
const object = member(`static/xs/Ec/${'f'.repeat(40)}`, Buffer.alloc(1500, 7));

export function folderOf(archives: Readonly<Record<string, Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pathsec-spool-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, octets] of Object.entries(archives)) writeFileSync(join(folder, name), octets);
  return folder;
}

/** Two days; members of the second stand out of the order of time. */
export const spool = () =>
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
