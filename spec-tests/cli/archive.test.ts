import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import fc from 'fast-check';
import type { AuditReport } from 'pathsec/audit';
import { expect, it } from 'vitest';
import { ARCHIVE_SCHEMA, keyOfFile, namesOf } from '../../src/node/archive/names.js';
import { describeWithProgram } from '../support.js';
import { startNats } from './archive-server.js';
import { aspaFile, jsonLines, type Run, run, temporaryFile } from './run.js';

const ROAS = [{ asn: 1, prefix: '192.0.2.0/24', maxLength: 24 }];
const payloads = () => aspaFile({ 1: [2], 2: [0], 4: [0] }, ROAS);
const A = '192.0.2.0/24|3 2 1|3\n198.51.100.0/24|3 4 1|3\n192.0.2.0/24|7 9|7\n';
const B = '192.0.2.0/24|3 2 1|3\n192.0.2.0/24|5 {1}|5\n2001:db8::/32|x|4\n';
const rib = readFileSync(new URL('../../src/sample/rib.mrt.gz', import.meta.url));

/** What a report is, in all its forms, without the notes on stderr of files that were written or given up. */
async function forms(argv: readonly string[]): Promise<readonly unknown[]> {
  const html = temporaryFile('report.html', '');
  const told = ({ code, stdout, stderr }: Run) => [
    code,
    stdout,
    stderr.replaceAll(/^.*: (?:wrote|given up) .*\n/gm, ''),
  ];
  return [
    told(await run([...argv, '--json'])),
    told(await run([...argv, '--html', html, '--rows', '3'])),
    readFileSync(html, 'utf8'),
  ];
}

/** Hands files in; what was told. */
async function submit(url: string, job: string, files: readonly string[], ...more: readonly string[]) {
  const ended = await run(['archive', 'submit', ...files, '--server', url, '--job', job, '--json', ...more]);
  expect([ended.code, ended.stderr]).toEqual([0, '']);
  return JSON.parse(ended.stdout) as { queued: number; known: number; again: number };
}

/** Works until nothing is left; the events. */
async function work(url: string, ...more: readonly string[]) {
  const ended = await run([
    'archive',
    'work',
    '--server',
    url,
    '--until-done',
    '--json',
    '--jobs',
    '1',
    ...more,
  ]);
  expect([ended.code, ended.stderr]).toEqual([0, '']);
  return jsonLines(ended.stdout);
}

const collect = (url: string, job: string, ...more: readonly string[]) => [
  ...['archive', 'collect', '--server', url, '--job', job],
  ...more,
];

describeWithProgram('archive submit, work and collect', 'nats-server', () => {
  it('make the report of one audit of all files, in every form, with files that cannot be read among them', async () => {
    const { url } = await startNats();
    const rpki = payloads();
    const options = ['--rpki', rpki, '--roles', temporaryFile('roles.json', '{"3":"customer","99":"rs"}')];
    const files = [
      temporaryFile('b', B),
      temporaryFile('a.gz', gzipSync(A)),
      temporaryFile('rib.gz', rib),
      temporaryFile('cut.gz', rib.subarray(0, rib.length - 9000)),
      '/nowhere/at/all',
      temporaryFile('empty', ''),
      temporaryFile('rpki.json', readFileSync(rpki)),
    ];
    expect(await submit(url, 'all', files, ...options, '--tries', '1')).toMatchObject({
      queued: 7,
      known: 0,
    });
    const events = await work(url);
    expect(events.filter(({ type }) => type === 'done')).toHaveLength(7);
    expect(events.find(({ type }) => type === 'given-up')).toMatchObject({
      file: '/nowhere/at/all',
      tries: 1,
      code: 'input-unreadable',
    });
    const whole = await forms(['audit', ...options, ...files]);
    expect((whole[0] as readonly unknown[])[0]).toBe(2);
    expect(await forms(collect(url, 'all'))).toEqual(whole);
  });

  it('any files by any number of threads', async () => {
    const { url } = await startNats();
    const rpki = payloads();
    const files = [
      temporaryFile('a', A),
      temporaryFile('b.gz', gzipSync(B)),
      temporaryFile('c.gz', rib),
      temporaryFile('d', ''),
    ];
    let number = 0;
    const some = fc.shuffledSubarray(files, { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(some, fc.integer({ min: 1, max: 3 }), async (inputs, jobs) => {
        const job = `job-${number++}`;
        await submit(url, job, inputs, '--rpki', rpki);
        await work(url, '--job', job, '--jobs', String(jobs));
        const whole = await run(['audit', '--rpki', rpki, '--json', ...inputs]);
        expect(await run(collect(url, job, '--json', '--remove'))).toEqual(whole);
        expect((await run(collect(url, job))).stderr).toContain(`job ${job}: there is none on this server`);
      }),
      { numRuns: 2 },
    );
  });

  it('count once what is handed in twice, and what has the content of another', async () => {
    const { url } = await startNats();
    const [a, b, copy] = [temporaryFile('a', A), temporaryFile('b', B), temporaryFile('z-copy', A)];
    const rpki = ['--rpki', payloads()];
    expect(await submit(url, 'x', [a, b], ...rpki)).toMatchObject({ queued: 2, known: 0 });
    expect(await submit(url, 'x', [a, b], ...rpki)).toMatchObject({ queued: 0, known: 2 });
    await work(url);
    expect(await submit(url, 'x', [b, copy], ...rpki)).toMatchObject({ queued: 1, known: 1 });
    const open = await run(collect(url, 'x'));
    expect([open.code, open.stdout]).toEqual([3, '']);
    expect(open.stderr).toContain('job x: 2 of 3 files done');
    await work(url);
    const { code, stdout, stderr } = await run(collect(url, 'x', '--json'));
    expect([code, (JSON.parse(stdout) as AuditReport).routes]).toEqual([0, 5]);
    expect(stderr).toContain('has the content of');
  });

  it('two jobs at a time, of other payloads each', async () => {
    const { url } = await startNats();
    const files = [temporaryFile('a', A), temporaryFile('b', B)];
    const [one, two] = [payloads(), aspaFile({ 3: [4] })];
    await submit(url, 'one', files, '--rpki', one);
    await submit(url, 'two', files, '--rpki', two, '--neighbor-role', 'peer');
    const events = await work(url);
    expect(
      events
        .filter(({ type }) => type === 'done')
        .map(({ job }) => job)
        .sort(),
    ).toEqual([...['one', 'one', 'two', 'two']]);
    expect(await run(collect(url, 'one', '--json'))).toEqual(
      await run(['audit', '--rpki', one, '--json', ...files]),
    );
    const audit = ['audit', '--rpki', two, '--neighbor-role', 'peer', '--json', ...files];
    expect(await run(collect(url, 'two', '--json'))).toEqual(await run(audit));
  });

  it('refuse a job of that name under other conditions, or a file in another place', async () => {
    const { url } = await startNats();
    const a = temporaryFile('a', A);
    await submit(url, 'x', [a], '--rpki', payloads());
    const again = (...more: readonly string[]) =>
      run(['archive', 'submit', a, '--server', url, '--job', 'x', ...more]);
    const other = await again('--rpki', aspaFile({}));
    expect([other.code, other.stdout]).toEqual([2, '']);
    expect(other.stderr).toMatch(/job x: .*made against other VRPs.*\(partial-conditions\)/);
    expect((await again('--rpki', payloads(), '--neighbor-check', 'off')).stderr).toContain(
      'neighbour check',
    );
  });

  it('a worker whose payloads are others does not judge', async () => {
    const { url } = await startNats();
    const rpki = payloads();
    await submit(url, 'x', [temporaryFile('a', A)], '--rpki', rpki, '--strict');
    writeFileSync(rpki, '{"roas":[{"asn":9,"prefix":"192.0.2.0/24"}]}');
    const told = await work(url);
    expect(told).toMatchObject([{ type: 'refused', job: 'x' }]);
    const alone = await run(['archive', 'work', '--server', url, '--job', 'x', '--until-done']);
    expect([alone.code, alone.stdout]).toEqual([2, '']);
    expect(alone.stderr).toMatch(/job x: .*other VRPs.*\(partial-conditions\)/);
    expect((await run(collect(url, 'x'))).code).toBe(3);
  });

  it('give up a file after so many tries, with the reason, and try it again when it is handed in again', async () => {
    const { url } = await startNats();
    const rpki = payloads();
    const [a, later] = [temporaryFile('a', A), `${temporaryFile('x', '')}.later`];
    await submit(url, 'x', [a, later], '--rpki', rpki, '--tries', '2');
    const events = await work(url);
    const of = (file: string) => events.filter((one) => one.file === file).map(({ type }) => type);
    expect(of(later)).toEqual(['held', 'failed', 'held', 'done', 'given-up']);
    const report = await run(collect(url, 'x', '--json'));
    expect(report.code).toBe(2);
    expect(report.stderr).toContain(`${later}: given up`);
    expect(report.stdout).toBe((await run(['audit', '--rpki', rpki, '--json', a, later])).stdout);
    writeFileSync(later, B);
    expect(await submit(url, 'x', [a, later], '--rpki', rpki, '--tries', '2')).toEqual({
      job: 'x',
      queued: 1,
      known: 1,
      again: 1,
    });
    await work(url);
    expect(await run(collect(url, 'x', '--json'))).toEqual(
      await run(['audit', '--rpki', rpki, '--json', a, later]),
    );
  });

  it('messages that are none of the job go to the list of what was given up, and stop nothing', async () => {
    const { url } = await startNats();
    const [rpki, a] = [payloads(), temporaryFile('a', A)];
    await submit(url, 'x', [a], '--rpki', rpki);
    const names = namesOf('x');
    const connection = await connect({ servers: url });
    const client = jetstream(connection);
    const put = (key: string, text: string) => client.publish(names.file(key), text);
    const stranger = JSON.stringify({ schema: ARCHIVE_SCHEMA, name: '/etc/passwd' });
    await put('junk', '\u001b[31mnoise\u0000');
    await put('deep', '['.repeat(30_000));
    await put('more', JSON.stringify({ schema: ARCHIVE_SCHEMA, name: a, more: 1 }));
    await put('other', JSON.stringify({ schema: ARCHIVE_SCHEMA, name: a }));
    await put(keyOfFile('/etc/passwd'), stranger);
    await expect(put('large', 'x'.repeat(1 << 17))).rejects.toThrow(/exceeds/);
    const events = await work(url);
    expect(events.filter(({ type }) => type === 'given-up').map(({ file }) => file)).toEqual(
      Array(5).fill(null),
    );
    await connection.close();
    const { code, stdout, stderr } = await run(collect(url, 'x', '--json'));
    expect([code, stdout]).toEqual([0, (await run(['audit', '--rpki', rpki, '--json', a])).stdout]);
    expect(stderr.match(/a message that is none of the job/g)).toHaveLength(5);
    expect(stderr).not.toContain('\u001b');
  });

  it('results that were damaged are told, and not counted', async () => {
    const { url } = await startNats();
    const [rpki, a, b] = [payloads(), temporaryFile('a', A), temporaryFile('b', B)];
    await submit(url, 'x', [a, b], '--rpki', rpki);
    await work(url);
    const names = namesOf('x');
    const connection = await connect({ servers: url });
    const client = jetstream(connection);
    const kept = await (await client.jetstreamManager()).direct.getMessage(names.kept, {
      last_by_subj: names.done(keyOfFile(a)),
    });
    const record = kept?.json() as { readonly result: { readonly sha256: string } } | undefined;
    const sha256 = record?.result.sha256 ?? '';
    await client.publish(names.piece(sha256, 0), 'damaged');
    const told = await run(collect(url, 'x', '--json'));
    const report = JSON.parse(told.stdout) as AuditReport;
    expect([told.code, report.routes]).toEqual([2, 2]);
    expect(report.unreadable).toMatchObject([{ code: 'archive-result', file: a }]);
    await client.publish(names.done(keyOfFile(a)), 'none');
    expect(
      (JSON.parse((await run(collect(url, 'x', '--json'))).stdout) as AuditReport).unreadable,
    ).toMatchObject([{ code: 'archive-message', file: a }]);
    await client.publish(names.itself, '{}');
    expect((await run(collect(url, 'x'))).stderr).toContain('(archive-message)');
    await connection.close();
  });

  it('wait for a job that is being done, and report it', async () => {
    const { url } = await startNats();
    const [rpki, files] = [payloads(), [temporaryFile('a', A), temporaryFile('b', B)]];
    await submit(url, 'x', files, '--rpki', rpki);
    const waiting = run(collect(url, 'x', '--wait', '--json'));
    await work(url);
    const { stderr, ...waited } = await waiting;
    // How far it is, where that takes seconds.
    expect({ ...waited, stderr: stderr.replaceAll(/^pathsec: job x: \d of 2 files done.*\n/gm, '') }).toEqual(
      await run(['audit', '--rpki', rpki, '--json', ...files]),
    );
  });

  it('print lines for people', async () => {
    const { url } = await startNats();
    const a = temporaryFile('a', A);
    const argv = ['archive', 'submit', a, '--server', url, '--job', 'x', '--rpki', payloads()];
    expect((await run(argv)).stdout).toBe('job x: 1 file queued, 0 known already\n');
    const worker = await run(['archive', 'work', '--server', url, '--until-done', '--name', 'me']);
    expect([worker.code, worker.stdout]).toEqual([0, '']);
    expect(worker.stderr).toMatch(
      /^pathsec: job x: holds .*\npathsec: job x: judged .*; 1 file, [\d.,]+ files a /,
    );
  });

  it('a server that wants a password, and one without JetStream', async () => {
    const { url } = await startNats('--user', 'me', '--pass', 'secret');
    const a = temporaryFile('a', A);
    await submit(url.replace('//', '//me:secret@'), 'x', [a], '--rpki', payloads());
    const wrong = await run(collect(url.replace('//', '//me:other@'), 'x'));
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
    expect(wrong.stderr).toMatch(/^pathsec: nats:\/\/127.0.0.1:\d+: .*[Aa]uthorization/);
    expect(wrong.stderr).not.toContain('other');
  });
});
