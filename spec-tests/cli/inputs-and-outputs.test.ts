import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { prepareOutput } from '../../src/cli/shared/output-file.js';
import { member, tar } from '../node/spool-builder.js';
import { aspaFile, jsonLines, run, temporaryFile } from './run.js';

const ROUTES = '192.0.2.0/24|3 2 1|3\n';
const rib = gunzipSync(readFileSync(new URL('../../src/sample/rib.mrt.gz', import.meta.url)));
const good = () => aspaFile({ 1: [2] });

describe('an error names its file', () => {
  it.each([
    [
      'random octets',
      Uint8Array.of(1, 2, 3, 200, 201),
      /not like payloads: it begins with 01 02 03 c8 c9 \(not-payloads\)/,
    ],
    ['text of no dialect', 'hello', /text that begins with .*, but no RPKI payloads.*\(unknown-dialect\)/],
    ['zeros', new Uint8Array(600), /it begins with 00 00 .*\(not-payloads\)/],
    [
      'UTF-16',
      Buffer.from('\ufeffASN,IP Prefix', 'utf16le'),
      /\(text in UTF-16, where UTF-8 is wanted\) \(not-payloads\)/,
    ],
    [
      'an archive of routes',
      tar(member('one.txt', Buffer.from(ROUTES))),
      /\(a tar archive\) \(not-payloads\)/,
    ],
    [
      'partial results',
      '{"schema":"pathsec-partial-1","conditions":{}}\n{"aspas":[[1,2]]}\n{"vrps":[]}\n',
      /partial results of audits, no payloads \(not-payloads\)/,
    ],
    ['an empty file', '', /\(empty-file\)/],
    ['cut JSON', '{"roas":[{"asn":1', /\(json-/],
    ['xz', Buffer.from('fd377a585a000004', 'hex'), /ends too early.*\(xz-damaged\)/],
    ['MRT', rib, /this is a file of routes \(MRT\), no payloads \(not-payloads\)/],
    ['RIS Live', '{"type":"ris_message","data":{"peer_asn":"1"}}\n', /routes \(RIS Live JSON\), no payloads/],
    ['bgpdump', 'TABLE_DUMP2|1|B|192.0.2.1|4|192.0.2.0/24|4 3|IGP|192.0.2.1|0|0||NAG||\n', /bgpdump -m/],
    ['plain routes', ROUTES, /routes \(prefix\|path\|peerAs\)/],
    ['a signed object', Uint8Array.of(0x30, 0x82, 1, 2), /signed object.*rpki show --payloads/],
  ])('of payloads: %s', async (_, content, said) => {
    const bad = temporaryFile('bad', content);
    const folder = dirname(bad);
    for (const argv of [
      ['rov', 'validate', '-a', '1', '-p', '192.0.2.0/24'],
      ['aspa', 'verify', '2 1', '--direction', 'upstream'],
      ['audit', temporaryFile('routes', ROUTES)],
      ['rpki', 'lab', join(folder, 'lab')],
    ]) {
      const { code, stdout, stderr } = await run([...argv, '--rpki', good(), '--rpki', bad]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(said);
      expect(stderr.startsWith(`pathsec: ${bad}: `)).toBe(true);
    }
    const { stderr } = await run(['rpki', 'convert', good(), bad]);
    expect(stderr.startsWith(`pathsec: ${bad}: `)).toBe(true);
  });

  it('missing files and folders, escaped', async () => {
    const folder = dirname(good());
    const { code, stderr } = await run(['rpki', 'convert', good(), folder]);
    expect([code, stderr]).toEqual([2, `pathsec: ${folder}: illegal operation on a directory (EISDIR)\n`]);
    const missing = await run(['rpki', 'convert', good(), '/nowhere\u001b[2J']);
    expect(missing.stderr).toBe('pathsec: /nowhere\\u001b[2J: no such file or directory (ENOENT)\n');
    const object = await run(['rpki', 'show', folder]);
    expect(object.stderr).toContain(`${folder}: illegal operation`);
  });

  it('local exceptions, alone and where two overlap', async () => {
    const slurm = (asn: number) =>
      JSON.stringify({
        slurmVersion: 1,
        validationOutputFilters: { prefixFilters: [], bgpsecFilters: [] },
        locallyAddedAssertions: { prefixAssertions: [{ asn, prefix: '192.0.2.0/24' }], bgpsecAssertions: [] },
      });
    const first = temporaryFile('a.slurm', slurm(1));
    const broken = temporaryFile('b.slurm', '{"slurmVersion":3}');
    const argv = ['rov', 'validate', '-a', '1', '-p', '192.0.2.0/24', '--rpki', good(), '--slurm', first];
    expect((await run(argv)).stdout).toBe('valid\n');
    expect((await run([...argv, '--slurm', broken])).stderr).toContain(`pathsec: ${broken}: `);
    const second = temporaryFile('c.slurm', slurm(2));
    expect((await run([...argv, '--slurm', second])).stderr).toContain(`pathsec: ${first}, ${second}: `);
  });

  it('an OPEN of two', async () => {
    const { code, stderr } = await run(['bgpsec', 'negotiate', 'ffff', '00']);
    expect(code).toBe(2);
    expect(stderr.startsWith('pathsec: ffff: ')).toBe(true);
  });
});

describe('what would pass unnoticed is told', () => {
  it('a role for an AS that is no peer', async () => {
    const roles = temporaryFile('roles.json', '{"3":"provider","33":"customer","5":"peer"}');
    const argv = ['audit', '--rpki', good(), '--roles', roles, temporaryFile('r', ROUTES)];
    const { code, stdout, stderr } = await run(argv);
    expect(code).toBe(0);
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      'pathsec: AS5 has a role (--roles), but is no peer in these routes.',
      'pathsec: AS33 has a role (--roles), but is no peer in these routes.',
    ]);
    expect(stdout).toContain('- AS33 has a role');
    const json = JSON.parse((await run([...argv, '--json'])).stdout);
    expect(json.rolesWithoutPeer).toEqual([5, 33]);
  });

  it('payloads without a VRP, or without an ASPA', async () => {
    const rov = ['rov', 'validate', '-a', '1', '-p', '192.0.2.0/24', '--rpki'];
    const { code, stdout, stderr } = await run([...rov, good()]);
    expect([code, stdout]).toEqual([3, 'not-found\n']);
    expect(stderr).toBe('pathsec: the payloads have no VRP: every route is not-found\n');
    const aspa = ['--direction', 'upstream', '--aspa', temporaryFile('p', '{"aspas":[]}')];
    for (const argv of [
      ['aspa', 'verify', '2 1', ...aspa],
      ['aspa', 'explain', '2 1', ...aspa],
      ['aspa', 'compare', temporaryFile('paths', '2 1\n'), ...aspa],
    ]) {
      expect((await run(argv)).stderr).toBe('pathsec: the payloads have no ASPA: no hop is attested\n');
    }
    const report = await run(['audit', '--rpki', good(), temporaryFile('r', ROUTES)]);
    expect(report.stdout).toContain('- The payloads have no VRP: every route is not-found.');
  });

  it('AS 0 in a path, wherever a path is judged', async () => {
    const warning = /^pathsec: warning: AS 0 in the path is malformed \(RFC 7607\)$/m;
    const argv = ['--direction', 'upstream', '--aspa', good()];
    const single = await run(['aspa', 'verify', '2 0 1', ...argv]);
    expect(single.stderr).toMatch(warning);
    expect(single.stdout).toBe('invalid\n');
    const json = await run(['aspa', 'verify', '2 0 1', '--json', ...argv]);
    expect(JSON.parse(json.stdout).warnings).toMatchObject([{ code: 'as-0-in-path' }]);
    expect((await run(['aspa', 'explain', '2 0 1', ...argv])).stdout).toContain('AS 0 in the path');
    const stdin = '{"path":"2 0 1"}\n{"path":"2 1"}\n'.replaceAll('}', ',"direction":"upstream"}');
    const batch = await run(['aspa', 'verify', '--batch', '-', '--explain', '--aspa', good()], { stdin });
    expect(jsonLines(batch.stdout).map(({ warnings }) => warnings !== undefined)).toEqual([true, false]);
    expect(batch.stderr).toBe('pathsec: warning: 1 path with AS 0: malformed (RFC 7607)\n');
    const compare = await run(['aspa', 'compare', temporaryFile('paths', '2 0 1\n2 1\n'), ...argv]);
    expect(compare.stderr).toBe('pathsec: warning: 1 path with AS 0: malformed (RFC 7607)\n');
    const routes = temporaryFile('r', '192.0.2.0/24|3 0 1|3\n');
    expect((await run(['audit', '--rpki', good(), routes])).stdout).toContain('with AS 0: malformed');
    const rov = ['rov', 'validate', '-a', '0', '-p', '192.0.2.0/24', '--rpki', good()];
    expect((await run(rov)).stderr).toContain('AS 0 originates no route (RFC 7607)');
  });
});

describe('an output is looked at before the work, and replaced after it', () => {
  const audit = (html: string, ...more: string[]) =>
    run([
      'audit',
      '--rpki',
      good(),
      '--html',
      html,
      ...(more.length > 0 ? more : [temporaryFile('r', ROUTES)]),
    ]);

  it('a place where nothing can be written ends the command before it reads', async () => {
    const folder = dirname(temporaryFile('x', ''));
    for (const html of [folder, join(folder, 'absent', 'a.html'), join(folder, 'x', 'a.html')]) {
      const { code, stdout, stderr } = await audit(html, join(folder, 'absent'));
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr.startsWith(`pathsec: ${html}: `)).toBe(true);
      expect(stderr).not.toContain('not a whole file');
    }
  });

  it('work that fails leaves an existing file as it was, and makes none', async () => {
    const html = temporaryFile('old.html', 'the old report');
    const folder = dirname(html);
    const bad = temporaryFile('bad', 'no payloads');
    for (const file of [html, join(folder, 'new.html')]) {
      const argv = ['audit', '--rpki', bad, '--html', file, temporaryFile('r', ROUTES)];
      expect((await run(argv)).code).toBe(2);
    }
    expect(readFileSync(html, 'utf8')).toBe('the old report');
    expect(readdirSync(folder)).toEqual(['old.html']);
  });

  it('replaces the file a link points to, keeps its mode, leaves nothing beside it', async () => {
    const real = temporaryFile('real.html', 'the old report');
    chmodSync(real, 0o640);
    const link = join(dirname(real), 'link.html');
    symlinkSync('real.html', link);
    expect((await audit(link)).code).toBe(0);
    expect(readFileSync(real, 'utf8')).toMatch(/^<!doctype html>/);
    expect(statSync(real).mode & 0o777).toBe(0o640);
    expect(readdirSync(dirname(real)).sort()).toEqual(['link.html', 'real.html']);
  });

  it('writes to a device as it is, and says what stands in the way at the end', async () => {
    await (await prepareOutput('/dev/null')).write('x');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
    const file = join(dirname(temporaryFile('x', '')), 'late');
    const output = await prepareOutput(file);
    mkdirSync(file);
    writeFileSync(join(file, 'inside'), '');
    await expect(output.write('x')).rejects.toThrow(`${file}: `);
    expect(readdirSync(dirname(file)).sort()).toEqual(['late', 'x']);
  });
});
