import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { AuditReport } from 'pathsec/audit';
import { describe, expect, it } from 'vitest';
import { seq } from '../kit/objects/generator/der.js';
import { at, folderOf, member, tar } from '../node/spool-builder.js';
import { aspa, ccrFile, family, roas, TAGS } from '../rpki/ccr-builder.js';
import { describeWithProgram } from '../support.js';
import { startNats } from './archive-server.js';
import { jsonLines, ownTemporaryFolder, run, temporaryFile } from './run.js';

/** A CCR in which that AS may originate 10.0.0.0/8, and AS 3 has these providers. */
const world = (time: string, node: string, origin: number, ...providers: number[]) => {
  const states = [
    [TAGS.vrps, { list: seq(roas(origin, family(1, ['0a', 0, 24]))) }],
    [TAGS.aspas, { list: seq(aspa(3, ...providers)) }],
  ] as const;
  const [year = '', month = '', day = ''] = time.slice(0, 10).split('-');
  const name = `${year}/${month}/${day}/${time.replaceAll(/[-:]/g, '')}-${node}.ccr`;
  return member(name, Buffer.from(ccrFile({ states: states.map(([tag, state]) => [tag, state]) })));
};
const FIRST = '2026-03-01T12:00:00Z';
const SECOND = '2026-03-02T06:00:00Z';
const LAST = '2026-03-02T18:00:00Z';
const spoolOf = () =>
  folderOf({
    '20260301-rpkispool.tar': tar(world(FIRST, 'miso', 3, 64_500)),
    '20260302-rpkispool.tar.gz': gzipSync(
      tar(world(LAST, 'ams1', 3, 64_501), world(SECOND, 'miso', 4, 64_501)),
    ),
  });
const line = (time: string, peer: number, origin: number): string =>
  `BGP4MP|${at(time)}|A|192.0.2.1|${peer}|10.0.0.0/16|${peer} ${origin}|IGP|192.0.2.1|0|0||NAG||\n`;
const A =
  line(FIRST, 64_500, 3) +
  line(SECOND, 64_500, 3) +
  line('2026-03-02T12:00:00Z', 64_501, 4) +
  line(LAST, 64_501, 4);
const B = line(SECOND, 64_501, 3) + line(SECOND, 64_501, 4);
const EARLY = line('2026-03-01T11:59:59Z', 64_500, 3);

const leftBehind = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.startsWith('pathsec-payloads-'));

describeWithProgram('archive with --rpki-at routes', 'nats-server', () => {
  const options = (spool: string) => ['--rpki-at', 'routes', '--spool', spool];
  const of = (url: string, job: string) => ['--server', url, '--job', job];
  async function submit(url: string, job: string, files: readonly string[], ...more: readonly string[]) {
    return run(['archive', 'submit', ...files, ...of(url, job), '--json', ...more]);
  }
  async function work(url: string, job: string, jobs = '1') {
    return run(['archive', 'work', ...of(url, job), '--until-done', '--json', '--jobs', jobs]);
  }
  const told = (stderr: string): string => stderr.replaceAll(/^.*: (?:wrote|payloads of) .*\n/gm, '');

  it('makes the report and the table of an audit of all files', async () => {
    const folder = ownTemporaryFolder();
    const { url } = await startNats();
    const spool = spoolOf();
    const files = [temporaryFile('a', A), temporaryFile('b.gz', gzipSync(B)), temporaryFile('none', '')];
    for (const [job, more] of [
      ['all', []],
      ['one', ['--node', 'miso']],
    ] as const) {
      const submitted = await submit(url, job, files, ...options(spool), ...more);
      expect([submitted.code, submitted.stderr]).toEqual([0, '']);
      const worker = await work(url, job, '2');
      expect([worker.code, worker.stderr]).toEqual([0, '']);
      const [first, second] = [`${temporaryFile('x', '')}.csv`, `${temporaryFile('y', '')}.csv`];
      const audit = ['audit', ...files, ...options(spool), ...more, '--json'];
      const whole = await run([...audit, '--routes-out', first]);
      const html = temporaryFile('x.html', '');
      const collected = await run([
        ...['archive', 'collect', ...of(url, job), '--json', '--html', html],
        ...['--routes-out', second],
      ]);
      expect([collected.code, collected.stdout, told(collected.stderr)]).toEqual([
        whole.code,
        whole.stdout,
        told(whole.stderr),
      ]);
      expect((JSON.parse(whole.stdout) as AuditReport).payloadSets?.map(({ time }) => time)).toEqual(
        (job === 'one' ? [FIRST, SECOND] : [FIRST, SECOND, LAST]).map(at),
      );
      expect(readFileSync(second, 'utf8')).toBe(readFileSync(first, 'utf8'));
      expect(leftBehind(folder)).toEqual([]);
    }
  });

  it('gives up a file with a route before the first CCR, or without a time, and judges the others', async () => {
    const { url } = await startNats();
    const spool = spoolOf();
    const [a, early] = [temporaryFile('a', A), temporaryFile('early', EARLY)];
    const timeless = temporaryFile('timeless', '10.0.0.0/8|64500 3|64500\n');
    await submit(url, 'x', [a, early, timeless], ...options(spool), '--tries', '1');
    const events = jsonLines((await work(url, 'x')).stdout);
    expect(events.filter(({ type }) => type === 'given-up').map(({ code }) => code)).toEqual(
      expect.arrayContaining(['no-ccr', 'route-without-time']),
    );
    const { code, stdout, stderr } = await run(['archive', 'collect', ...of(url, 'x'), '--json']);
    const report = JSON.parse(stdout) as AuditReport;
    expect([code, report.routes]).toEqual([2, 4]);
    expect(new Map(report.unreadable.map((one) => [one.file, one.code]))).toEqual(
      new Map([
        [early, 'no-ccr'],
        [timeless, 'route-without-time'],
      ]),
    );
    expect(stderr).toContain('given up');
  });

  it('is not for a worker whose spool lacks an archive, or has another; more archives change nothing', async () => {
    const { url } = await startNats();
    const spool = spoolOf();
    const a = temporaryFile('a', A);
    await submit(url, 'x', [a], ...options(spool));
    const archive = `${spool}/20260301-rpkispool.tar`;
    renameSync(archive, `${archive}.away`);
    const lacking = await work(url, 'x');
    expect([lacking.code, lacking.stderr]).toEqual([
      2,
      expect.stringMatching(
        /another spool: 20260301-rpkispool\.tar, of \d+ octets, is not there \(partial-conditions\)/,
      ),
    ]);
    writeFileSync(archive, 'x');
    expect((await work(url, 'x')).stderr).toContain('has 1 octets');
    renameSync(`${archive}.away`, archive);
    const before = await run(['audit', a, ...options(spool), '--json']);
    writeFileSync(`${spool}/20260302-rpkispool.tar`, tar(world('2026-03-02T11:00:00Z', 'miso', 9, 9)));
    expect((await work(url, 'x')).code).toBe(0);
    const { code, stdout } = await run(['archive', 'collect', ...of(url, 'x'), '--json']);
    expect([code, stdout]).toEqual([0, before.stdout]);
    const again = await submit(url, 'x', [a], ...options(spool));
    expect([again.code, again.stderr]).toEqual([
      2,
      expect.stringContaining('another spool: 20260302-rpkispool.tar, '),
    ]);
  });

  it('is not for a worker whose local exceptions are others', async () => {
    const { url } = await startNats();
    const slurm = temporaryFile(
      'slurm.json',
      JSON.stringify({
        slurmVersion: 1,
        validationOutputFilters: { prefixFilters: [{ asn: 4 }], bgpsecFilters: [] },
        locallyAddedAssertions: { prefixAssertions: [], bgpsecAssertions: [] },
      }),
    );
    const [spool, a] = [spoolOf(), temporaryFile('a', A)];
    await submit(url, 'x', [a], ...options(spool), '--slurm', slurm);
    writeFileSync(slurm, readFileSync(slurm, 'utf8').replace('4', '3'));
    expect((await work(url, 'x')).stderr).toContain('other local exceptions');
    writeFileSync(slurm, readFileSync(slurm, 'utf8').replace('"asn":3', '"asn":4'));
    expect((await work(url, 'x')).code).toBe(0);
    const { stdout } = await run(['archive', 'collect', ...of(url, 'x'), '--json']);
    expect(stdout).toBe((await run(['audit', a, ...options(spool), '--slurm', slurm, '--json'])).stdout);
  });
});

describe('archive submit --rpki-at routes', () => {
  it('refuses what no worker could judge by', async () => {
    const server = ['--server', 'nats://127.0.0.1:1', '--job', 'x'];
    const a = temporaryFile('a', A);
    const told = async (...argv: readonly string[]) => {
      const { code, stderr } = await run(['archive', 'submit', a, ...server, '--rpki-at', 'routes', ...argv]);
      expect(code).toBe(2);
      return stderr;
    };
    expect(await told()).toContain('--rpki-at TIME wants --spool DIR');
    expect(await told('--spool', '/no/such')).toContain('/no/such: no such file');
    expect(await told('--spool', spoolOf(), '--slurm', '-')).toContain('no worker can read');
    expect(await told('--spool', spoolOf(), '--slurm', '/no/such')).toContain('/no/such: no such file');
    expect(await told('--spool', spoolOf(), '--rpki', a)).toContain('no --rpki beside it');
  });
});
