import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { lineProgram } from '../conformance/program.js';
import { jsonLines, run } from './run.js';

const VALID = lineProgram(`
  if (request.op === 'verify-path') say({ id: request.id, outcome: 'valid' });
  else say({ id: request.id, unsupported: true });`);
const asked = ['conformance', 'run', '--suite', 'aspa', '--exec', VALID];

describe('conformance run', () => {
  it('reports the failures of a program that calls every path valid', async () => {
    const { code, stderr, stdout } = await run([...asked, '--failures', '1']);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(
      /^suite +cases +passed +not supported +failed +not asked\naspa +\d+ +\d+ +\d+ +\d+ +\d+\n/,
    );
    expect(stdout).toContain('requirements with failures');
    expect(stdout).toMatch(/\nfailed aspa\/\S+ {2}\S/);
    expect(stdout).toMatch(/\n {2}outcome {7}expected "(invalid|unknown)", got "valid"\n/);
    expect(stdout).toMatch(/\n {2}evidence\n {4}path /);
    expect(stdout).toMatch(/and \d+ failures more; --failures shows more, --json all\n$/);
  });

  it('gives the whole report as JSON', async () => {
    const { stdout } = await run([...asked, '--json']);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ schema: 'pathsec-conformance-1', conforms: false });
    expect(report.program).toEqual({
      command: VALID,
      starts: 1,
      notes: [expect.stringContaining('against advice')],
      hello: {},
    });
    expect(report.results.length).toBe(report.cases);
    const failed = report.results.filter(({ verdict }: { verdict: string }) => verdict === 'failed');
    expect(failed.length).toBe(report.counts.failed);
    for (const one of failed) {
      expect(one.evidence.length).toBeGreaterThan(0);
      expect(one.mismatches.length).toBeGreaterThan(0);
      expect(one.request.id).toBe(one.id);
    }
  });

  it('says which cases are not asked, and why, in every form', async () => {
    const program = lineProgram(`
      if (request.op === 'hello') say({ id: 'hello', name: 'sets', suites: ['rov'], asSet: false });
      else say({ id: request.id, validity: 'x' });`);
    const ask = (...more: string[]) =>
      run(['conformance', 'run', '--suite', 'rov', '--suite', 'aspa', '--exec', program, ...more]);
    const text = (await ask('--failures', '0')).stdout;
    expect(text).toMatch(/\nnot asked: [\d,]+ cases, not in its suites: aspa\/\S+, .* and \d+ more\n/);
    expect(text).toMatch(/\nnot asked: 6 cases, asSet is false: rov\/origin-\S+, /);
    const report = JSON.parse((await ask('--json')).stdout);
    expect(report.program.hello).toEqual({ name: 'sets', suites: ['rov'], asSet: false });
    const notes = report.results
      .filter(({ verdict }: { verdict: string }) => verdict === 'not-asked')
      .map(({ note }: { note: string }) => note);
    expect(new Set(notes)).toEqual(new Set(['not in its suites', 'asSet is false']));
    expect((await ask('--junit')).stdout).toContain('<skipped message="asSet is false"/>');
  });

  it('writes JUnit XML that is well formed and counts right', async () => {
    const hostile = lineProgram(`
      if (request.op !== 'verify-path') say({ id: request.id, unsupported: true });
      else if (name.endsWith('1')) say('<![CDATA[ ]]> & \\u0007 "quoted"');
      else say({ id: request.id, outcome: ']]></failure>' });`);
    const { code, stdout } = await run([
      'conformance',
      'run',
      '--suite',
      'aspa',
      '--junit',
      '--exec',
      hostile,
    ]);
    expect(code).toBe(1);
    expect(XMLValidator.validate(stdout)).toBe(true);
    const parser = new XMLParser({
      ignoreAttributes: false,
      parseAttributeValue: true,
      isArray: (name) => name === 'testcase',
    });
    const { testsuites } = parser.parse(stdout);
    const cases: Record<string, unknown>[] = testsuites.testsuite.testcase;
    const having = (name: string): number => cases.filter((one) => one[name] !== undefined).length;
    expect(testsuites['@_tests']).toBe(cases.length);
    expect([testsuites['@_failures'], testsuites['@_errors']]).toEqual([having('failure'), having('error')]);
    expect(testsuites['@_skipped']).toBe(having('skipped'));
    expect(having('failure')).toBeGreaterThan(10);
    expect(having('error')).toBeGreaterThan(0);
  });

  it('asks some cases only, by id or flag', async () => {
    const all = JSON.parse((await run([...asked, '--json'])).stdout).cases;
    const { stdout } = await run([...asked, '--json', '--only', 'aspa-P2']);
    const { cases } = JSON.parse(stdout);
    expect(cases).toBeGreaterThan(0);
    expect(cases).toBeLessThan(all);
  });

  it('refuses wrong use with exit code 2', async () => {
    const wrong: readonly (readonly string[])[] = [
      ['--suite', 'aspa'],
      ['--exec', 'true', '--suite', 'bgp'],
      ['--exec', 'true', '--timeout', '0'],
      ['--exec', ''],
      ['--exec', 'true', '--failures', '-1'],
      ['--exec', 'true', '--json', '--junit'],
      ['--exec', 'true', '--only', 'no-such-case'],
    ];
    for (const options of wrong) {
      const { code, stderr, stdout } = await run(['conformance', 'run', ...options]);
      expect([options, code, stdout]).toEqual([options, 2, '']);
      expect(stderr).not.toBe('');
      expect(stderr).not.toMatch(/\n {4}at /);
    }
  });

  it('shows control characters of a program instead of sending them to the terminal', async () => {
    const bell = lineProgram(`say('\\u001b[2J');`);
    const { stdout } = await run(['conformance', 'run', '--only', 'aspa-P2', '--exec', bell]);
    expect(stdout).toContain('\\u001b[2J');
    expect(stdout).not.toContain('\u001b');
  });
});

describe('conformance list', () => {
  it('shows cases, requests and mistakes', async () => {
    const requests = jsonLines((await run(['conformance', 'list', '--suite', 'aspa', '--requests'])).stdout);
    expect(requests.length).toBeGreaterThan(50);
    expect(requests.every(({ suite }) => suite === 'aspa')).toBe(true);
    const { stdout } = await run(['conformance', 'list', '--suite', 'aspa']);
    expect(stdout.split('\n').length).toBe(requests.length + 2);
    const mistakes = (await run(['conformance', 'list', '--mistakes'])).stdout;
    expect(mistakes).toMatch(/^suite +id +an implementation that +known from\naspa +aspa-P1 /);
    expect((await run(['conformance', 'list', '--mistakes', '--requests'])).code).toBe(2);
  });
});

describe('which cases are meant', () => {
  const idsOf = async (...options: string[]): Promise<unknown[]> =>
    jsonLines((await run(['conformance', 'list', '--json', ...options])).stdout).map(({ id }) => id);

  it('--only takes some, --skip leaves some out, by id or flag', async () => {
    const all = await idsOf('--suite', 'rov', '--suite', 'aspa');
    const taken = await idsOf('--suite', 'rov', '--suite', 'aspa', '--only', 'rov/', '--only', 'aspa-P2');
    const left = await idsOf('--suite', 'rov', '--suite', 'aspa', '--skip', 'rov/', '--skip', 'aspa-P2');
    expect(taken).toContain('aspa/killer-P2');
    expect([...taken, ...left].sort()).toEqual([...all].sort());
    const few = ['--only', 'aspa/killer-P', '--skip', 'aspa-P2', '--skip', 'aspa/killer-P1'];
    const { stdout } = await run([...asked, '--json', ...few]);
    expect(JSON.parse(stdout).results.map(({ id }: { id: string }) => id)).toEqual(
      all.filter((id) => /^aspa\/killer-P[3-8]/.test(String(id))),
    );
    expect((await run(['conformance', 'list', '--suite', 'rov', '--skip', 'rov/'])).code).toBe(2);
    expect((await run(['conformance', 'list', '--mistakes', '--only', 'rov/'])).code).toBe(2);
  });
});

describe('conformance show', () => {
  it('shows one case with requirement, answers, evidence and mistakes', async () => {
    const { code, stdout } = await run(['conformance', 'show', 'aspa/killer-R1']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^aspa\/killer-R1 {2}\S/);
    for (const name of ['sections', 'requirement', 'flag', 'request', 'expected', 'detail', 'a mistake']) {
      expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    }
    expect(stdout).toMatch(/^ {2}evidence\n {4}path /m);
    const one = JSON.parse((await run(['conformance', 'show', 'aspa/killer-R1', '--json'])).stdout);
    expect(one).toMatchObject({ id: 'aspa/killer-R1', suite: 'aspa', request: { op: 'verify-path' } });
    expect(one.evidence.length).toBeGreaterThan(3);
  });

  it('proposes the nearest id', async () => {
    const { code, stderr } = await run(['conformance', 'show', 'aspa/kiler-R1']);
    expect(code).toBe(2);
    expect(stderr).toContain('no case "aspa/kiler-R1"; did you mean aspa/killer-R1?');
  });
});

describe('conformance export', () => {
  it('gives the requests of list with the right answers, as JSON Lines and in columns', async () => {
    const requests = jsonLines((await run(['conformance', 'list', '--requests'])).stdout);
    const cases = jsonLines((await run(['conformance', 'export'])).stdout);
    expect(cases.map(({ request }) => request)).toEqual(requests);
    const advised = cases.filter(({ advice }) => advice === true).map(({ id }) => id);
    expect(advised).toContain('aspa/limit-exact');
    const flagged = jsonLines((await run(['conformance', 'list', '--json'])).stdout);
    expect(cases.map(({ id, flags }) => ({ id, flags }))).toEqual(
      flagged.map(({ id, flags }) => ({ id, flags })),
    );
    const tsv = (await run(['conformance', 'export', '--format', 'tsv'])).stdout.trimEnd().split('\n');
    expect(tsv[0]).toBe('id\tsuite\top\trequest\texpected');
    const rows = tsv.slice(1).map((line) => line.split('\t'));
    expect(
      rows.map(([id, suite, op, request, expected, ...more]) => {
        const read = [JSON.parse(request ?? ''), JSON.parse(expected ?? '')];
        return { id, suite, op, request: read[0], expected: read[1], more };
      }),
    ).toEqual(
      cases.map(({ acceptable: _, advice: _advice, flags: _flags, ...one }) => ({ ...one, more: [] })),
    );
    expect((await run(['conformance', 'export', '--format', 'csv'])).code).toBe(2);
    expect((await run(['conformance', 'export', '--format', 'tsv', '--json'])).code).toBe(2);
  });

  it('is enough to judge a program by', async () => {
    for (const line of jsonLines((await run(['conformance', 'export', '--suite', 'rov'])).stdout)) {
      const stdin = `${JSON.stringify(line.request)}\n`;
      const [answer] = jsonLines((await run(['conformance', 'answer'], { stdin })).stdout);
      expect(answer).toMatchObject(line.expected as object);
    }
  });
});

describe('conformance answer', () => {
  it('answers requests, and malformed ones with an error and the place', async () => {
    const good = {
      id: '1',
      suite: 'rov',
      op: 'validate-origin',
      vrps: [],
      prefix: '192.0.2.0/24',
      origin: 1,
    };
    const lines = [
      JSON.stringify(good),
      '{"id":"2","suite":"aspa","op":"verify-path","aspas":[{"customer":-1}]}',
      '{"id":"3","suite":"x","op":"y"}',
      '{"id":"4","suite":"rtr"}',
      'nonsense',
      '{"id":"5","suite":"aspa","op":"toString"}',
      '{"id":"hello","op":"hello","kit":"2"}',
    ];
    const { code, stderr, stdout } = await run(['conformance', 'answer'], { stdin: `${lines.join('\n')}\n` });
    expect([code, stderr]).toEqual([2, '']);
    const answers = jsonLines(stdout) as { id?: string; validity?: string; error?: { message: string } }[];
    expect(answers[0]).toMatchObject({ id: '1', validity: 'not-found' });
    expect(answers[1]?.error?.message).toContain('aspas[0].customer');
    expect(answers[6]).toMatchObject({
      id: 'hello',
      name: 'pathsec',
      version: expect.any(String),
      asSet: true,
    });
    expect(answers.slice(2, 6).map(({ error, id }) => [id, error !== undefined])).toEqual([
      ['3', true],
      ['4', true],
      [undefined, true],
      ['5', true],
    ]);
  });
});
