import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { AuditReport } from 'pathsec/audit';
import { describe, expect, it } from 'vitest';
import { member, tar } from '../node/spool-builder.js';
import { aspaFile, jsonLines, run, temporaryFile } from './run.js';

const gz = readFileSync(new URL('../../src/sample/rib.mrt.gz', import.meta.url));
const rib = gunzipSync(gz);
const GOOD = '192.0.2.0/24|3 2 1|3\n';
const PAYLOADS = { metadata: {}, roas: [], aspas: [{ customer_asid: 1, providers: [2, 64499] }] };
const noise = Uint8Array.from({ length: 3000 }, (_, i) => (i * 7919 + 5) % 256);

/** Files that are no whole file of routes, what is said of each, and whether routes of it count. */
const CASES: ReadonlyArray<readonly [string, string | Uint8Array, RegExp, boolean]> = [
  ['random octets', noise, /no record of routes in .*\(no-record\)/, false],
  ['text that is none', 'Lorem ipsum dolor\nsit amet\n', /no record of routes in 2 .*\(no-record\)/, false],
  ['an empty file', '', /the input is empty \(no-record\)/, false],
  ['comments alone', '# nothing\n\n', /\(no-record\)/, false],
  ['a payload file', JSON.stringify(PAYLOADS), /payloads \(JSON\), no routes.*\(not-routes\)/, false],
  ['a payload file in lines', JSON.stringify(PAYLOADS, null, 2), /payloads \(JSON\).*\(not-routes\)/, false],
  ['a CSV of VRPs', 'ASN,IP Prefix,Max Length\nAS1,192.0.2.0/24,24\n', /payloads \(CSV\)/, false],
  ['JSON', '{"a":1}', /\(no-record\)/, false],
  [
    'partial results',
    '{"schema":"pathsec-partial-1","conditions":{}}\n{"aspas":[[1,2]]}\n',
    /partial results of audits, no routes; "pathsec audit merge" .*\(not-routes\)/,
    false,
  ],
  [
    'an archive of routes',
    tar(member('one.txt', Buffer.from('10.0.0.0/8|2 1|2\n'))),
    /\(a tar archive\) \(not-routes\)/,
    false,
  ],
  ['UTF-16', Buffer.from('\ufeff10.0.0.0/8|2 1|2\n', 'utf16le'), /\(text in UTF-16.*\(not-routes\)/, false],
  ['JSON in lines', '{\n  "asns": [\n    64496\n  ]\n}\n', /JSON of several lines.*\(not-routes\)/, false],
  ['words of the feed alone', '{"type":"ris_subscribe_ok","data":{}}\n', /\(no-record\)/, false],
  ['a signed object', Uint8Array.of(0x30, 0x82, 7, 8, 6, 9), /signed object.*\(not-routes\)/, false],
  ['a truncated gzip', gz.subarray(0, gz.length - 9000), /\(gzip-damaged\)/, true],
  ['xz', Buffer.from('fd377a585a000004', 'hex'), /ends too early.*\(xz-damaged\)/, false],
  ['zstd', Buffer.from('28b52ffd04007900', 'hex'), /ends too early.*\(zstd-damaged\)/, false],
  ['a record cut at the end', rib.subarray(0, 50_000), /ends within a record.*\(record-truncated\)/, true],
  ['a header cut at the end', Buffer.concat([rib, rib.subarray(0, 5)]), /header \(record-truncated\)/, true],
  ['a line cut at the end', `${GOOD}192.0.2.0/24|3 2`, /inside a line.*\(line-truncated\)/, true],
];

async function audit(files: readonly string[], ...more: string[]) {
  const { code, stdout, stderr } = await run([
    ...['audit', '--json', '--rpki', aspaFile({ 1: [2] }), ...files, ...more],
  ]);
  return { code, stderr, report: JSON.parse(stdout) as AuditReport };
}

describe.each(CASES)('routes that cannot be read: %s', (_, content, said, some) => {
  it('audit: exit code 2, the reason on stderr and in the report, the routes there are', async () => {
    const file = temporaryFile('routes', content);
    const { code, stderr, report } = await audit([file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
    expect(stderr.startsWith(`pathsec: ${file}: `)).toBe(true);
    expect(report.unreadable.map((one) => one.file)).toEqual([file]);
    expect(`${report.unreadable[0]?.message} (${report.unreadable[0]?.code})`).toMatch(said);
    expect(report.routes > 0).toBe(some);
  });

  it('audit: the whole file beside it does not make the run green', async () => {
    const bad = temporaryFile('bad', content);
    for (const files of [
      [bad, temporaryFile('good', GOOD)],
      [temporaryFile('good', GOOD), bad],
    ]) {
      const { code, report } = await audit(files);
      expect([code, report.unreadable.map((one) => one.file)]).toEqual([2, [bad]]);
      expect(report.peers.some(({ peerAs }) => peerAs === 3)).toBe(true);
    }
  });

  it('aspa compare: exit code 2, the reason on stderr and in front of the answer', async () => {
    const argv = ['aspa', 'compare', '--neighbor-role', 'peer', '--aspa', aspaFile({ 1: [2] })];
    const file = temporaryFile('routes', content);
    const { code, stdout, stderr } = await run([...argv, file]);
    expect([code, stderr.match(said) !== null]).toEqual([2, true]);
    expect(stdout.split('\n')[0]).toMatch(said);
    const lines = jsonLines((await run([...argv, '--json', file])).stdout);
    expect(lines[0]).toMatchObject({ unreadable: { file } });
    expect(lines.at(-1)).toMatchObject({ unreadable: [{ file }] });
  });
});

describe('routes that cannot be read', () => {
  const head = (text: string): string => text.split('\n').slice(0, 3).join('\n');

  it('a file that is not there, and a folder', async () => {
    const missing = join(temporaryFile('x', ''), '..', 'absent');
    for (const [file, text] of [
      [missing, 'no such file or directory (ENOENT)'],
      [join(missing, '..'), 'illegal operation on a directory (EISDIR)'],
    ] as const) {
      const { code, stderr, report } = await audit([file, temporaryFile('good', GOOD)]);
      expect([code, stderr]).toEqual([2, `pathsec: ${file}: ${text} (input-unreadable)\n`]);
      expect(report.routes).toBe(1);
    }
  });

  it('stands at the head of text and HTML, escaped', async () => {
    const html = temporaryFile('report.html', '');
    const evil = temporaryFile('a<img src=x>\u001b[2J', '');
    const argv = ['audit', '--rpki', aspaFile({ 1: [2] }), '--html', html, evil];
    const { code, stdout, stderr } = await run(argv);
    expect(code).toBe(2);
    expect(head(stdout)).toContain('\n! not a whole file of routes: ');
    expect(stdout + stderr).not.toContain('\u001b');
    const text = readFileSync(html, 'utf8');
    expect(text).toMatch(/<\/header>\s*<p class="warning">not a whole file of routes: .*&lt;img/);
    expect(text).not.toContain('<img');
    expect(text).not.toContain('\u001b');
  });

  it('faults inside records are counted; with --strict they are exit code 2', async () => {
    const faulty = `${GOOD}192.0.2.0/24|x|3\n192.0.2.0/24|3 1|3\n`;
    const file = temporaryFile('routes', faulty);
    const lax = await audit([file]);
    expect([lax.code, lax.stderr, lax.report.routes, lax.report.problems.count]).toEqual([0, '', 2, 1]);
    const strict = await audit([file], '--strict');
    expect([strict.code, strict.stderr]).toEqual([2, 'pathsec: 1 fault in the input (--strict)\n']);
    expect(strict.report.routes).toBe(2);
    const argv = ['aspa', 'compare', '--neighbor-role', 'peer', '--aspa', aspaFile({ 1: [2] }), file];
    expect((await run(argv)).code).toBe(0);
    expect((await run(argv)).stdout).toContain('\n1 fault in the input\n');
    expect((await run([...argv, '--strict'])).code).toBe(2);
    expect((await audit([temporaryFile('good', GOOD)], '--strict')).code).toBe(0);
  });

  it('--strict: a faulty payload record is exit code 2, and names its file', async () => {
    const payloads = temporaryFile(
      'p.json',
      '{"roas":[{"asn":-1,"prefix":"192.0.2.0/24"},{"asn":1,"prefix":"192.0.2.0/24"}]}',
    );
    const argv = ['audit', '--rpki', payloads, temporaryFile('good', GOOD)];
    expect((await run(argv)).code).toBe(0);
    const { code, stderr } = await run([...argv, '--strict']);
    expect(code).toBe(2);
    expect(stderr).toContain(`${payloads}: `);
  });

  it('an MRT file of keepalives alone, or a table without entries, is a whole file', async () => {
    const keepalive = Buffer.concat([
      Buffer.from('00000000'.concat('0010', '0004', '00000027'), 'hex'),
      Buffer.from('0000fbf00000fbf100000001c0000201c0000202', 'hex'),
      Buffer.alloc(16, 0xff),
      Buffer.from('001304', 'hex'),
    ]);
    const { code, stderr, report } = await audit([temporaryFile('k', keepalive)]);
    expect([code, stderr, report.unreadable]).toEqual([0, '', []]);
  });
});

describe('standard input', () => {
  it('is read where the caller says, not from the process', async () => {
    const argv = ['audit', '--rpki', aspaFile({ 1: [2] }), '--json', '-'];
    const { code, stdout } = await run(argv, { stdin: GOOD });
    expect([code, JSON.parse(stdout).routes]).toEqual([0, 1]);
  });
});
