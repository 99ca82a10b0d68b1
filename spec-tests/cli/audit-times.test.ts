import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { AuditReport } from 'pathsec/audit';
import { describe, expect, it } from 'vitest';
import { at, folderOf, member, tar } from '../node/spool-builder.js';
import { type Announced, ccrOf, lineOf, START, spoolOf, stamp, WORLDS } from './audit-times-world.js';
import { jsonLines, type Run, run, temporaryFile } from './run.js';

const rib = readFileSync(new URL('../../src/sample/rib.mrt.gz', import.meta.url));
const RIB_TIME = gunzipSync(rib).readUInt32BE(0);

const announced: fc.Arbitrary<Announced> = fc.record({
  time: fc.integer({ min: START, max: START + 4 * 86_400 }),
  peer: fc.constantFrom(64_500, 64_501, 64_502),
  origin: fc.constantFrom(3, 4),
  length: fc.constantFrom(8, 16, 25),
});

const reportOf = ({ code, stdout, stderr }: Run): AuditReport => {
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^pathsec: payloads of .*\n$/)]);
  return JSON.parse(stdout) as AuditReport;
};

/** What a report is, in all its forms. */
async function forms(argv: readonly string[]): Promise<readonly unknown[]> {
  const html = temporaryFile('report.html', '');
  const told = ({ code, stdout, stderr }: Run) => [
    code,
    stdout,
    stderr.replaceAll(/^.*: (?:wrote|payloads of) .*\n/gm, ''),
  ];
  return [
    told(await run([...argv, '--json'])),
    told(await run([...argv, '--html', html])),
    readFileSync(html, 'utf8'),
  ];
}

describe('audit --rpki-at routes --spool DIR', () => {
  it('judges each route as --rpki-at with its time does', async () => {
    const spool = spoolOf();
    const times = WORLDS.map(({ time }) => at(time));
    const common = ['--spool', spool, '--neighbor-check', 'off', '--json', '--jobs', '1'];
    await fc.assert(
      fc.asyncProperty(fc.array(announced, { minLength: 1, maxLength: 30 }), async (routes) => {
        const whole = reportOf(
          await run([
            'audit',
            temporaryFile('all', routes.map(lineOf).join('')),
            '--rpki-at',
            'routes',
            ...common,
          ]),
        );
        const sum = { rov: [0, 0, 0], aspa: [0, 0, 0] };
        const sets: (readonly [number, number])[] = [];
        for (const [i, time] of times.entries()) {
          const own = routes.filter((one) => one.time >= time && one.time < (times[i + 1] ?? Infinity));
          if (own.length === 0) continue;
          const file = temporaryFile('own', own.map(lineOf).join(''));
          const { rov, aspa: outcomes } = reportOf(
            await run(['audit', file, '--rpki-at', String(own[0]?.time), ...common]),
          );
          sum.rov = [rov.valid, rov.invalid, rov.notFound].map((count, at) => count + (sum.rov[at] ?? 0));
          sum.aspa = [outcomes.valid, outcomes.invalid, outcomes.unknown].map(
            (count, at) => count + (sum.aspa[at] ?? 0),
          );
          sets.push([time, own.length]);
        }
        expect([whole.rov.valid, whole.rov.invalid, whole.rov.notFound]).toEqual(sum.rov);
        expect([whole.aspa.valid, whole.aspa.invalid, whole.aspa.unknown]).toEqual(sum.aspa);
        expect(whole.payloadSets?.map(({ time, routes: count }) => [time, count])).toEqual(sets);
      }),
      { numRuns: 15 },
    );
  });

  const routes = fc.sample(announced, { numRuns: 400, seed: 1 });
  const files = () => [
    temporaryFile('b', routes.slice(0, 150).map(lineOf).join('')),
    temporaryFile('a.gz', gzipSync(routes.slice(150, 300).map(lineOf).join(''))),
    temporaryFile('rib', rib),
    temporaryFile('c', routes.slice(300).map(lineOf).join('')),
    temporaryFile('noise', Buffer.alloc(3000, 7)),
  ];
  const withRib = () =>
    spoolOf([
      ...WORLDS,
      { time: new Date((RIB_TIME - 60) * 1000).toISOString().replace('.000', ''), origin: 3, providers: [2] },
    ]);

  it('gives the same report with any number of threads, also of one dump that is cut', async () => {
    const spool = ['--rpki-at', 'routes', '--spool', withRib()];
    const inputs = files();
    const one = await forms(['audit', ...inputs, ...spool, '--jobs', '1']);
    expect((one[0] as readonly unknown[])[0]).toBe(2); // of the noise
    expect(await forms(['audit', ...inputs, ...spool, '--jobs', '2'])).toEqual(one);
    const dump = (jobs: string) => run(['audit', inputs[2] ?? '', ...spool, '--json', '--jobs', jobs]);
    const report = reportOf(await dump('1'));
    expect(report.payloadSets).toMatchObject([{ time: RIB_TIME - 60, routes: report.routes }]);
    expect((await dump('2')).stdout).toBe((await dump('1')).stdout);
  });

  it('gives the same report in parts that are merged', async () => {
    const spool = ['--rpki-at', 'routes', '--spool', withRib()];
    const inputs = files();
    const whole = await forms(['audit', ...inputs, ...spool]);
    const parts: string[] = [];
    for (const input of inputs) {
      const part = temporaryFile('one.part', '');
      await run(['audit', input, ...spool, '--partial', part]);
      parts.push(part);
    }
    expect(await forms(['audit', 'merge', ...parts])).toEqual(whole);
    expect(await forms(['audit', 'merge', ...parts.reverse()])).toEqual(whole);
    const all = temporaryFile('all.part', '');
    expect(await forms(['audit', ...inputs, ...spool, '--jobs', '2', '--partial', all])).toEqual(whole);
    expect(await forms(['audit', 'merge', all])).toEqual(whole);
  });

  it('does not merge with what was judged by other payloads of the same time, or of one', async () => {
    const file = temporaryFile('a', routes.slice(0, 20).map(lineOf).join(''));
    const partOf = async (input: string, ...argv: string[]): Promise<string> => {
      const part = temporaryFile('x.part', '');
      await run(['audit', input, ...argv, '--partial', part]);
      return part;
    };
    const one = await partOf(file, '--rpki-at', 'routes', '--spool', spoolOf());
    const changed = spoolOf(WORLDS.map((world) => ({ ...world, origin: 9 })));
    const other = temporaryFile('b', routes.slice(0, 21).map(lineOf).join(''));
    const two = await partOf(other, '--rpki-at', 'routes', '--spool', changed);
    const three = await partOf(other, '--rpki-at', '2026-03-05T00:00:00Z', '--spool', spoolOf());
    for (const [part, why] of [
      [two, /made against other VRPs/],
      [three, /those of the time of each route/],
    ] as const) {
      const { code, stdout, stderr } = await run(['audit', 'merge', one, part]);
      expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(why)]);
      expect(stderr).toContain('(partial-conditions)');
    }
  });

  it('says in text and on the page which payloads judged how many routes', async () => {
    const file = temporaryFile('a', routes.map(lineOf).join(''));
    const html = temporaryFile('a.html', '');
    const { stdout } = await run([
      'audit',
      file,
      '--rpki-at',
      'routes',
      '--spool',
      spoolOf(),
      '--html',
      html,
    ]);
    expect(stdout).toContain('payloads of 5 times; 400 routes');
    expect(stdout).toContain('Payloads of the times of the routes (5)');
    expect(stdout).toMatch(/^2026-03-02T18:00:00Z {2,}\d+ {2,}1 {2,}1 {2}[0-9a-f]{12} {2,}[0-9a-f]{12}$/m);
    expect(readFileSync(html, 'utf8')).toContain('<code>2026-03-02T18:00:00Z</code>');
  });

  it('writes each route with the verdicts of its time', async () => {
    const file = temporaryFile('a', routes.map(lineOf).join(''));
    const table = `${temporaryFile('x', '')}.jsonl`;
    const argv = ['--rpki-at', 'routes', '--spool', spoolOf(), '--routes-out', table, '--json'];
    const { code, stdout } = await run(['audit', file, ...argv]);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as AuditReport;
    const rows = jsonLines(readFileSync(table, 'utf8'));
    expect(rows).toHaveLength(400);
    expect(rows.filter(({ rov }) => rov === 'invalid')).toHaveLength(report.rov.invalid);
    expect(rows.filter(({ aspa: outcome }) => outcome === 'invalid')).toHaveLength(report.aspa.invalid);
    for (const { time, vrps, payload_time: judgedBy } of rows) {
      const world = WORLDS.findLast((one) => at(one.time) <= Number(time));
      expect(judgedBy).toBe(at(world?.time ?? ''));
      expect(vrps).toBe(`AS${world?.origin} 10.0.0.0/8-24`);
    }
  });

  it('applies local exceptions to the payloads of every time', async () => {
    const slurm = temporaryFile(
      'slurm.json',
      JSON.stringify({
        slurmVersion: 1,
        validationOutputFilters: { prefixFilters: [{ asn: 4 }], bgpsecFilters: [] },
        locallyAddedAssertions: { prefixAssertions: [], bgpsecAssertions: [] },
      }),
    );
    const file = temporaryFile('a', routes.map(lineOf).join(''));
    const argv = ['audit', file, '--rpki-at', 'routes', '--spool', spoolOf(), '--slurm', slurm, '--json'];
    const report = reportOf(await run(argv));
    expect(report.payloadSets?.map(({ vrps }) => vrps.count)).toEqual([1, 0, 1, 0, 1]);
  });

  it('takes the payloads of one vantage point alone', async () => {
    const world = (time: string, node: string, origin: number) =>
      member(`2026/03/01/${stamp(time)}-${node}.ccr`, Buffer.from(ccrOf({ time, origin, providers: [1] })));
    const [early, late] = ['2026-03-01T12:00:00Z', '2026-03-01T13:00:00Z'];
    const folder = folderOf({
      '20260301-rpkispool.tar': tar(world(late, 'ams1', 4), world(early, 'miso', 3), world(early, 'ams1', 4)),
    });
    const file = temporaryFile('a', lineOf({ time: at(late), peer: 64_500, origin: 3, length: 8 }));
    const judged = async (...argv: string[]) => {
      const report = reportOf(
        await run(['audit', file, '--rpki-at', 'routes', '--spool', folder, '--json', ...argv]),
      );
      return [report.payloadSets?.map(({ time }) => time), report.rov.valid];
    };
    expect(await judged()).toEqual([[at(late)], 0]);
    expect(await judged('--node', 'ams1')).toEqual([[at(late)], 0]);
    expect(await judged('--node', 'miso')).toEqual([[at(early)], 1]);
  });
});
