import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { AuditReport } from 'pathsec/audit';
import { describe, expect, it } from 'vitest';
import { partialText } from './partial-text.js';
import { aspaFile, jsonLines, type Run, run, temporaryFile } from './run.js';

const ROAS = [{ asn: 1, prefix: '192.0.2.0/24', maxLength: 24 }];
const payloads = () => aspaFile({ 1: [2], 2: [0], 4: [0] }, ROAS);
const A = '192.0.2.0/24|3 2 1|3\n198.51.100.0/24|3 4 1|3\n192.0.2.0/24|7 9|7\n';
const B = '192.0.2.0/24|3 2 1|3\n192.0.2.0/24|5 {1}|5\n2001:db8::/32|x|4\n';
const rib = readFileSync(new URL('../../src/sample/rib.mrt.gz', import.meta.url));

/** A partial report of the files. */
async function partialOf(files: readonly string[], rpki: string, ...more: string[]): Promise<string> {
  const part = temporaryFile('one.part', '');
  const { code } = await run(['audit', '--rpki', rpki, '--partial', part, ...more, ...files]);
  expect(code).toBeLessThan(3);
  return part;
}

const DRAWN = /<section><h2>Why: those with the most routes<\/h2>[\s\S]*?<\/section>\n/;

/** What a report is, in all its forms, without the notes on stderr of files that were written. */
async function forms(argv: readonly string[]): Promise<readonly unknown[]> {
  const html = temporaryFile('report.html', '');
  const told = ({ code, stdout, stderr }: Run) => [code, stdout, stderr.replaceAll(/^.*: wrote .*\n/gm, '')];
  return [
    told(await run([...argv, '--json'])),
    told(await run([...argv, '--html', html, '--rows', '3'])),
    // Parts do not know what the paths were judged by: only an audit draws them.
    readFileSync(html, 'utf8').replace(DRAWN, ''),
  ];
}

describe('audit --partial and audit merge', () => {
  it('make the report of one audit of all files, in every form, whatever the order', async () => {
    const rpki = payloads();
    const roles = ['--roles', temporaryFile('roles.json', '{"3":"customer","99":"rs"}')];
    const files = [
      temporaryFile('b', B),
      temporaryFile('a.gz', gzipSync(A)),
      temporaryFile('cut.gz', rib.subarray(0, rib.length - 9000)),
      '/nowhere/at/all',
      temporaryFile('empty', ''),
      temporaryFile('rpki.json', readFileSync(rpki)),
    ];
    const whole = await forms(['audit', '--rpki', rpki, ...roles, ...files]);
    const parts = [
      await partialOf(files.slice(0, 2), rpki, ...roles),
      await partialOf(files.slice(2, 3), rpki, ...roles),
      await partialOf(files.slice(3), rpki, ...roles),
    ];
    expect(await forms(['audit', 'merge', ...parts])).toEqual(whole);
    expect(await forms(['audit', 'merge', ...parts.reverse()])).toEqual(whole);
    const printed = temporaryFile('all.part', '');
    expect(
      await forms(['audit', '--rpki', rpki, ...roles, '--partial', printed, ...[...files].reverse()]),
    ).toEqual(whole);
    expect(await forms(['audit', 'merge', printed])).toEqual(whole);
  });

  it('write the same octets again, whatever the seed, with the hashes that sha256sum prints', async () => {
    const rpki = payloads();
    const files = [temporaryFile('a.gz', gzipSync(A)), temporaryFile('b', B)];
    const text = readFileSync(await partialOf(files, rpki), 'utf8');
    expect(readFileSync(await partialOf(files, rpki), 'utf8')).toBe(text);
    const heads = jsonLines(text).flatMap((line) => ('file' in line ? [line.file] : []));
    expect(heads).toMatchObject(
      files.map((name) => ({ name, sha256: createHash('sha256').update(readFileSync(name)).digest('hex') })),
    );
  });

  it('hash a file that breaks off in its compression whole', async () => {
    const cut = rib.subarray(0, rib.length - 9000);
    const damaged = Buffer.concat([cut.subarray(0, 20_000), Buffer.alloc(400), cut.subarray(20_400)]);
    const text = readFileSync(await partialOf([temporaryFile('x.gz', damaged)], payloads()), 'utf8');
    const sha256 = createHash('sha256').update(damaged).digest('hex');
    expect(jsonLines(text)[1]).toMatchObject({ file: { sha256 } });
  });

  it('pack what ends in .gz, and read it packed and from stdin', async () => {
    const rpki = payloads();
    const part = `${temporaryFile('x', '')}.gz`;
    const argv = ['audit', '--rpki', rpki, '--partial', part, temporaryFile('a', A), '--json'];
    const { stdout } = await run(argv);
    expect(gunzipSync(readFileSync(part)).toString()).toContain('pathsec-partial-1');
    expect((await run(['audit', 'merge', part, '--json'])).stdout).toBe(stdout);
    const read = await run(['audit', 'merge', '-', '--json'], { stdin: readFileSync(part) });
    expect([read.code, read.stdout]).toEqual([0, stdout]);
  });

  it('count what comes twice once, and tell it', async () => {
    const rpki = payloads();
    const a = temporaryFile('a', A);
    const copy = temporaryFile('z-copy', A);
    const [one, two] = [await partialOf([a], rpki), await partialOf([copy, a], rpki)];
    const { code, stdout, stderr } = await run(['audit', 'merge', one, one, two, '--json']);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as AuditReport).routes).toBe(3);
    expect(stderr).toBe(
      `pathsec: ${a}: counted once\npathsec: ${[a, copy].sort()[0] === a ? `${copy}: has the content of ${a}` : `${copy}: has the content of ${a}`}: counted once\n`,
    );
    const both = await run(['audit', '--rpki', rpki, '--partial', temporaryFile('p', ''), a, copy, '--json']);
    expect((JSON.parse(both.stdout) as AuditReport).routes).toBe(3);
    expect(both.stderr).toContain('has the content of');
  });

  it('do not merge what was judged by other payloads or options: exit code 2, and why', async () => {
    const a = temporaryFile('a', A);
    const [one, two, three] = [
      await partialOf([a], payloads()),
      await partialOf([a], aspaFile({ 1: [2] }, ROAS)),
      await partialOf([a], payloads(), '--neighbor-role', 'peer'),
    ];
    const other = await run(['audit', 'merge', one, two]);
    expect([other.code, other.stdout]).toEqual([2, '']);
    expect(other.stderr).toMatch(/one\.part: .*made against other ASPAs .*\(partial-conditions\)/);
    expect((await run(['audit', 'merge', one, three])).stderr).toContain(
      'another neighbour role (none and peer)',
    );
  });

  it('tell of a part that cannot be read, and report the others: exit code 2', async () => {
    const good = await partialOf([temporaryFile('a', A)], payloads());
    const text = readFileSync(good, 'utf8');
    const cut = temporaryFile('cut.part', text.slice(0, text.lastIndexOf('{')));
    const { code, stdout, stderr } = await run(['audit', 'merge', good, cut, '/nowhere.part', '--json']);
    const report = JSON.parse(stdout) as AuditReport;
    expect([code, report.routes]).toEqual([2, 3]);
    expect(report.unreadable.map(({ code: why, file }) => [why, file])).toEqual([
      ['input-unreadable', '/nowhere.part'],
      ['partial-truncated', cut],
    ]);
    expect(stderr).toMatch(/cut\.part: .*\(partial-truncated\)/);
    const none = await run(['audit', 'merge', temporaryFile('routes', A)]);
    expect([none.code, none.stdout]).toEqual([2, '']);
    expect(none.stderr).toMatch(/routes: .*no partial report.*\(partial-schema\)/);
    const long = temporaryFile('long.part', `${text.split('\n')[0]}\n${' '.repeat((1 << 24) + 1)}\n`);
    expect((await run(['audit', 'merge', long])).stderr).toContain('(line-too-long)');
  });

  it('leave the file as it was when the work fails, and refuse what they cannot do', async () => {
    const part = temporaryFile('one.part', 'before');
    expect((await run(['audit', '--rpki', '/nowhere', '--partial', part, temporaryFile('a', A)])).code).toBe(
      2,
    );
    expect(readFileSync(part, 'utf8')).toBe('before');
    expect((await run(['audit', 'merge'])).stderr).toContain('which partial reports?');
    expect((await run(['audit', 'merge', '-', '-'])).stderr).toContain('stdin can be read only once');
    expect((await run(['audit', 'merge', '--rpki', 'x', part])).code).toBe(2);
    expect((await run(['audit', '--help'])).stdout).toMatch(/^Commands:\n {2}merge /m);
  });

  it('merge with --strict as an audit with it', async () => {
    const part = await partialOf([temporaryFile('b', B)], payloads());
    expect((await run(['audit', 'merge', part])).code).toBe(0);
    expect((await run(['audit', 'merge', '--strict', part])).code).toBe(2);
  });

  it('read what is written by hand', async () => {
    const { code, stdout } = await run(['audit', 'merge', '-', '--json'], { stdin: partialText() });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      payloads: { vrps: 0, aspas: 0 },
      routes: 1,
      rov: { valid: 0, invalid: 1, notFound: 0 },
      aspa: { valid: 0, invalid: 1, unknown: 0 },
      invalidOrigins: { listed: [{ vrps: [{ asn: 9 }] }], routesNotListed: 0 },
      notProviderHops: [{ customer: 1, provider: 3 }],
    });
  });

  it('an audit of a file that is called merge', async () => {
    const file = temporaryFile('merge', A);
    writeFileSync(file, A);
    const { code, stdout } = await run(['audit', '--rpki', payloads(), '--json', file]);
    expect([code, (JSON.parse(stdout) as AuditReport).routes]).toEqual([0, 3]);
  });
});
