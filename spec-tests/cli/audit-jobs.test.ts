import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { createAspaTable } from 'pathsec/aspa';
import { createAudit, judgedFileOf } from 'pathsec/audit';
import { parsePrefix } from 'pathsec/inet';
import { createRovTable } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import { packResult } from '../../src/node/archive/packed-result.js';
import { wordsOfAspas } from '../../src/node/aspa-words.js';
import { auditConditions } from '../../src/node/audit-conditions.js';
import { createAuditCrew } from '../../src/node/audit-crew.js';
import { ThreadEnded } from '../../src/node/audit-threads.js';
import { inputFacts } from '../../src/node/input-facts.js';
import { type InputSummary, readRoutes } from '../../src/node/input-routes.js';
import { type Run, run, temporaryFile } from './run.js';

const sample = new URL('../../src/sample/', import.meta.url);
const gz = readFileSync(new URL('rib.mrt.gz', sample));
const rib = gunzipSync(gz);
const RPKI = fileURLToPath(new URL('rpki.json', sample));
const LINES = '192.0.2.0/24|3 2 1|3\n192.0.2.0/24|5 {1}|5\n2001:db8::/32|x|4\n';

/** What a report is, in all its forms. */
async function forms(argv: readonly string[]): Promise<readonly unknown[]> {
  const html = temporaryFile('report.html', '');
  const part = temporaryFile('x.part', '');
  const told = ({ code, stdout, stderr }: Run) => [code, stdout, stderr.replaceAll(/^.*: wrote .*\n/gm, '')];
  return [
    told(await run([...argv, '--json'])),
    told(await run([...argv, '--html', html])),
    readFileSync(html, 'utf8'),
    told(await run([...argv, '--partial', part])),
    readFileSync(part, 'utf8'),
  ];
}

describe('audit of many files', () => {
  it.each(['1', '2'])('reads the payloads once, with %s jobs: they may come by stdin', async (jobs) => {
    const files = ['a', 'b', 'c'].map((name) => temporaryFile(name, LINES));
    const argv = ['audit', ...files, '--jobs', jobs, '--json'];
    const { code, stdout } = await run([...argv, '--rpki', '-'], { stdin: readFileSync(RPKI) });
    expect([code, stdout]).toEqual([0, (await run([...argv, '--rpki', RPKI])).stdout]);
  });
});

describe('audit --jobs', () => {
  it('many files: the report of one job, in every form, with files that cannot be read among them', async () => {
    const files = [
      temporaryFile('z.mrt', rib),
      temporaryFile('cut.gz', gz.subarray(0, gz.length - 9000)),
      temporaryFile('lines', LINES),
      '/nowhere/at/all',
      temporaryFile('empty', ''),
      temporaryFile(
        'noise',
        Uint8Array.from({ length: 3000 }, (_, i) => (i * 7919 + 5) % 256),
      ),
      temporaryFile('rpki.json', readFileSync(RPKI)),
    ];
    const argv = ['audit', '--rpki', RPKI, ...files];
    const one = await forms([...argv, '--jobs', '1']);
    expect((one[0] as readonly unknown[])[0]).toBe(2);
    expect(await forms([...argv, '--jobs', '2'])).toEqual(one);
    expect(await forms([...argv, '--jobs', '9'])).toEqual(one); // the dumps are cut
  });

  it('one dump that is cut, whole and damaged, and stdin', async () => {
    const damaged = Buffer.from(rib);
    for (let at = 1000; at < damaged.length; at += 5000) damaged[at] = 0xff;
    const inputs = [gz, rib, damaged, rib.subarray(0, rib.length - 7), gz.subarray(0, gz.length / 2)];
    for (const content of inputs) {
      const argv = ['audit', '--rpki', RPKI, '--json', temporaryFile('rib', content)];
      expect(await run([...argv, '--jobs', '2'])).toEqual(await run([...argv, '--jobs', '1']));
    }
    const from = (jobs: string) =>
      run(['audit', '--rpki', RPKI, '--json', '-', '--jobs', jobs], { stdin: gzipSync(LINES) });
    expect(await from('2')).toEqual(await from('1'));
  });

  it('any files by any number of threads', async () => {
    const files = [
      temporaryFile('a.mrt', rib),
      temporaryFile('b.gz', gz),
      temporaryFile('c', LINES),
      temporaryFile('d', rib.subarray(0, 20_001)),
      '/nowhere/at/all',
    ];
    const some = fc.shuffledSubarray([...files, ...files], { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(some, fc.integer({ min: 2, max: 4 }), async (inputs, jobs) => {
        const argv = ['audit', '--rpki', RPKI, '--json', ...inputs];
        expect(await run([...argv, '--jobs', String(jobs)])).toEqual(await run([...argv, '--jobs', '1']));
      }),
      { numRuns: 3 },
    );
  });

  it('judges a dump in the pieces that are asked for', async () => {
    const rov = createRovTable();
    const options = { aspa: createAspaTable([]), rov };
    const crew = createAuditCrew(options, { size: 2 });
    try {
      const chunks = async function* () {
        for (let at = 0; at < rib.length; at += 700) yield rib.subarray(at, at + 700);
      };
      const here = createAudit(options);
      const summary = await crew.judgeRib(chunks(), here, 2000);
      expect([summary.routes, summary.problems.count]).toEqual([3051, 0]);
      const before = here.report().routes;
      await crew.collect(here);
      expect([before < 3051, here.report().routes]).toEqual([true, 3051]);
      await crew.collect(here); // nothing more
      expect(here.report().routes).toBe(3051);
    } finally {
      await crew.close();
    }
  });

  it('packs a file as it is packed here, and leaves what says nothing to who asked', async () => {
    const prefix = parsePrefix('192.0.2.0/24');
    const rov = createRovTable([{ prefix, maxLength: 24, asn: 9 }]);
    const aspa = createAspaTable([
      { customer: 1, providers: [3] },
      { customer: 2, providers: [0] },
    ]);
    const options = { aspa, rov };
    const conditions = auditConditions(options);
    const crew = createAuditCrew(options, { size: 1, aspas: wordsOfAspas(aspa) });
    const asked = { hashed: true, own: true, packed: { name: 'a name', conditions } };
    try {
      for (const content of [rib, LINES, rib.subarray(0, 20_001)]) {
        const file = temporaryFile('x', content);
        const { part, packed, summary } = await crew.judgeFile({ path: file, ...asked });
        expect([part, summary.usable > 0]).toEqual([undefined, true]);
        const here = createAudit(options);
        const [input] = await readRoutes([file], here.add, { reuse: true });
        const sha256 = createHash('sha256').update(content).digest('hex');
        const facts = inputFacts([{ path: 'another', summary: (input as InputSummary).summary }]);
        const judged = judgedFileOf({ name: 'a name', sha256, facts, part: here.part() }, options);
        expect(Buffer.from(packed as Uint8Array).equals(packResult(conditions, judged))).toBe(true);
      }
      for (const path of [temporaryFile('empty', ''), '/nowhere/at/all']) {
        const { part, packed } = await crew.judgeFile({ path, ...asked });
        expect([packed, part?.rows.length]).toEqual([undefined, 0]);
      }
    } finally {
      await crew.close();
    }
  });

  it('refuses numbers that are none', async () => {
    for (const jobs of ['0', '257', 'many', '1.5', '-1']) {
      const { code, stderr } = await run([
        'audit',
        '--rpki',
        RPKI,
        '--jobs',
        jobs,
        temporaryFile('x', LINES),
      ]);
      expect([code, stderr]).toEqual([2, expect.stringContaining('--jobs takes a number in 1..256')]);
    }
  });

  it('a thread that runs out of memory ends the work by name', async () => {
    const options = { aspa: createAspaTable([]), rov: createRovTable() };
    const crew = createAuditCrew(options, { size: 2, heap: 2 });
    const file = temporaryFile('rib', rib);
    await expect(crew.judgeFile({ path: file, hashed: false, own: true })).rejects.toThrow(ThreadEnded);
    await expect(crew.judgeFile({ path: file, hashed: false, own: true })).rejects.toThrow(
      /a thread ended: .*memory/,
    );
    await crew.close();
  });
});

describe('audit --jobs of the built command', () => {
  const bin = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));

  it('finds its threads', () => {
    const file = temporaryFile('rib', rib);
    const argv = [bin, 'audit', '--rpki', RPKI, '--json', file];
    const by = (jobs: string) =>
      execFileSync(process.execPath, [...argv, '--jobs', jobs], { encoding: 'utf8' });
    expect(by('3')).toBe(by('1'));
  });

  it('ends on SIGINT, and leaves nothing behind', async () => {
    const part = temporaryFile('x.part', 'before');
    const argv = [
      bin,
      'audit',
      '--rpki',
      RPKI,
      '--jobs',
      '2',
      '--partial',
      part,
      temporaryFile('rib', rib),
      '-',
    ];
    const child = spawn(process.execPath, argv, { stdio: ['pipe', 'ignore', 'pipe'] });
    child.stdin.write('192.0.2.0/24|3 2 1|3\n'); // stays open: the command waits for more
    const folder = dirname(part);
    while (readdirSync(folder).length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill('SIGINT');
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
      child.on('exit', (...ended) => resolve(ended)),
    );
    expect([code, signal]).toEqual([null, 'SIGINT']);
    expect(readdirSync(folder)).toEqual(['x.part']);
    expect(readFileSync(part, 'utf8')).toBe('before');
  });
});
