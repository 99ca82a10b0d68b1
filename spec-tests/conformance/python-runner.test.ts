import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outOfScope, questionsOf } from 'pathsec/conformance';
import { readVectorFiles } from 'pathsec/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../cli/run.js';
import { describeWithProgram } from '../support.js';
import { expectEnded, processIdIn } from './processes.js';
import { lineProgram, nodeProgram } from './program.js';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const RUNNER = path('../../docs/conformance_runner.py');

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describeWithProgram('docs/conformance_runner.py', 'python3', () => {
  const place = mkdtempSync(join(tmpdir(), 'pathsec-python-runner-'));
  afterAll(() => rmSync(place, { recursive: true, force: true }));
  const file = (name: string, text: string): string => {
    writeFileSync(join(place, name), text);
    return join(place, name);
  };
  const runner = (command: string, argv: readonly string[], onStart?: (id: number) => void): Promise<Run> =>
    new Promise((resolve) => {
      const child = execFile('python3', [RUNNER, '--exec', command, ...argv], (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
      if (child.pid !== undefined) onStart?.(child.pid);
    });
  const exported = { aspa: '', rov: '' };
  /** A few cases of rov, each `valid`, `invalid` or `not-found`. */
  let three = '';
  beforeAll(async () => {
    for (const suite of ['aspa', 'rov'] as const) {
      const { stdout } = await run(['conformance', 'export', '--suite', suite]);
      exported[suite] = file(`${suite}.jsonl`, stdout);
    }
    const lines = readFileSync(exported.rov, 'utf8').trim().split('\n').slice(0, 6);
    three = file('three.jsonl', `${lines.join('\n')}\n`);
  });

  const right = (extra = ''): string =>
    lineProgram(`
      const { readFileSync } = await import('node:fs');
      const lines = readFileSync(${JSON.stringify(exported.rov)}, 'utf8').trim().split('\\n').map(JSON.parse);
      const { expected = { unsupported: true } } = lines.find(({ id }) => id === request.id) ?? {};
      ${extra}
      say({ ...expected, id: request.id });`);

  it('finds what pathsec conformance run finds, over exported cases and over vector files', async () => {
    const page = readFileSync(path('../../docs/conformance-adapters.md'), 'utf8');
    file('adapter.py', /^```python\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '');
    file('verifier.py', readFileSync(path('./verifiers/verifier.py'), 'utf8'));
    const command = `python3 ${place}/adapter.py`;
    const questions = questionsOf(readVectorFiles(['aspa']));
    const passed = questions.filter(({ request }) => request.op === 'verify-path').length;
    const line = `cases ${questions.length} passed ${passed} unsupported ${questions.length - passed}\n`;
    const vectors = ['paths', 'tables', 'updates'].map((name) => path(`../vectors/aspa-${name}.json`));
    for (const files of [[exported.aspa], vectors]) {
      expect(await runner(command, files)).toEqual({ code: 0, stdout: line, stderr: '' });
    }
    // Without a word about limits, and with a fault in all paths of three ASes.
    const wrong = `python3 ${place}/wrong.py`;
    file(
      'wrong.py',
      readFileSync(join(place, 'adapter.py'), 'utf8')
        .replace(', maxProviders=4294967295', '')
        .replace(
          /^( +)print/m,
          '$1if len(request.get("asPath", [{}])[0].get("asns", [])) == 3: answer["outcome"] = "valid"\n$1print',
        ),
    );
    const ours = JSON.parse(
      (await run(['conformance', 'run', '--suite', 'aspa', '--json', '--exec', wrong])).stdout,
    );
    const { code, stdout } = await runner(wrong, [exported.aspa]);
    expect(code).toBe(1);
    for (const [verdict, count] of Object.entries(ours.counts))
      expect(stdout).toContain(` ${verdict} ${count}`);
    expect(ours.counts).toMatchObject({ failed: expect.any(Number), 'not-asked': expect.any(Number) });
  });

  it('tells wrong answers with what was expected, true from 1, and alternatives from failures', async () => {
    const cases = [
      { expected: { usable: true } },
      { expected: { usable: false }, acceptable: [{ usable: 0 }] },
      { expected: { list: [1, { a: null }] } },
    ].map((one, i) =>
      JSON.stringify({ id: `x/${i}`, suite: 'x', op: 'o', request: { id: `x/${i}`, op: 'o' }, ...one }),
    );
    const made = file('made.jsonl', cases.join('\n'));
    const answers = '[{ usable: 1 }, { usable: 0 }, { list: [1, { a: null }], more: 5 }]';
    const { code, stdout } = await runner(
      lineProgram(`say({ id: request.id, ...${answers}[Number(request.id[2])] });`),
      [made],
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/^cases 3 failed 1 acceptable 1 passed 1\n/);
    expect(stdout).toContain('failed x/0: expected {"usable": true}, got {"usable": 1}\n');
  });

  it('takes routes as a set, and the answers of a router without the lists that it does not keep', async () => {
    const cases = [
      ['verify-update', { routes: [{ a: 1, b: 2 }, { a: 3 }] }],
      ['receive', { state: 'closed', vrps: [1], aspas: [2], routerKeys: [] }],
      ['receive', { state: 'closed', vrps: [1], aspas: [2], routerKeys: [] }],
      ['verify-update', { routes: [{ a: 1 }] }],
    ].map(([op, expected], i) =>
      JSON.stringify({ id: `x/${i}`, suite: 'x', op, request: { id: `x/${i}`, op }, expected }),
    );
    const answers = `[{ routes: [{ a: 3 }, { b: 2, a: 1 }] }, { state: 'closed', vrps: [1], aspas: [2] }, { state: 'closed' }, {}]`;
    const program = lineProgram(`say({ id: request.id, ...${answers}[Number(request.id[2])] });`);
    const { stdout } = await runner(program, [file('lists.jsonl', cases.join('\n'))]);
    expect(stdout).toMatch(/^cases 4 passed 2 failed 2\n/);
    expect(stdout).toContain('failed x/2: ');
  });

  it('asks a program without router keys what pathsec asks it, and takes flags for --only and --skip', async () => {
    const questions = questionsOf(readVectorFiles(['rtr']));
    const left = questions.filter((one) => outOfScope({ routerKeys: false }, one) !== undefined).length;
    const vectors = ['pdus', 'sessions', 'cache'].map((name) => path(`../vectors/rtr-${name}.json`));
    const program = lineProgram(
      `say({ id: request.id, ...(request.op === 'hello' ? { routerKeys: false } : { unsupported: true }) });`,
    );
    const { stdout } = await runner(program, vectors);
    expect(stdout).toContain(` not-asked ${left}`);
    expect(stdout).toContain(` unsupported ${questions.length - left}`);
    const flagged = questions.filter(({ vector }) => vector.flags.includes('dialect')).length;
    expect((await runner(program, [...vectors, '--only', 'dialect'])).stdout).toMatch(`cases ${flagged} `);
    expect((await runner(program, [...vectors, '--skip', 'dialect'])).stdout).toMatch(
      `cases ${questions.length - flagged} `,
    );
  });

  it('remarks what is amiss with all answers', async () => {
    const remark = async (body: string): Promise<string> =>
      (await runner(lineProgram(body), [exported.rov, '--failures', '0'])).stdout.split('\n')[1] ?? '';
    const only = `if (request.op !== 'validate-origin') say({ id: request.id, unsupported: true }); else`;
    expect(await remark(`${only} say({ id: request.id, outcome: 'valid' });`)).toBe(
      'remark: validate-origin: no answer has `validity`',
    );
    expect(await remark(`${only} say({ id: request.id, validity: 'valid' });`)).toBe(
      'remark: validate-origin: the same `validity` in every answer: "valid"',
    );
    expect(
      await remark(`${only} say({ id: request.id, validity: request.origin ? 'VALID' : 'valid' });`),
    ).toBe('remark: validate-origin: answers "VALID"; expected are "invalid", "not-found", "valid"');
  });

  it('goes on after a banner, a crash, silence, garbage, and an end in order', async () => {
    expect(await runner(`echo ready; exec ${right()}`, [three])).toMatchObject({ code: 0 });
    const each = right(`if (request.id.endsWith('-02')) process.exit(3);
      if (request.id.endsWith('-03')) { say('nonsense'); continue; }
      if (request.id.endsWith('-04')) await new Promise((done) => setTimeout(done, 60_000));`);
    const { code, stdout } = await runner(each, [three, '--timeout', '15']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^cases 6 passed 3 crashed 1 garbage 1 timeout 1\n/);
    const once = right('setImmediate(() => process.exit(0));');
    expect((await runner(once, [three])).stdout).toBe('cases 6 passed 6\n');
    expect((await runner('exit 3', [exported.rov])).stdout).toMatch(/^cases \d+ crashed 4 not-asked \d+\n/);
    const deaf = nodeProgram('setTimeout(() => process.exit(0), 60_000)');
    expect((await runner(deaf, [three, '--timeout', '0.2'])).stdout).toMatch(/ timeout 4 not-asked 2\n/);
  });

  it('takes known failures, and cases by their ids', async () => {
    const wrong = right(`if (request.id.endsWith('-02')) expected.validity = 'other';`);
    expect((await runner(wrong, [three])).code).toBe(1);
    const known = file('known.txt', '# why\nrov/route-02 # and this\nrov/route-03\n');
    expect(await runner(wrong, [three, '--known-failures', known])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 failures known of which pass now: rov/route-03\n'),
    });
    expect(await runner(wrong, [three, '--skip', 'rov/route-02'])).toMatchObject({ code: 0 });
    expect((await runner(wrong, [three, '--only', 'rov/route-02'])).stdout).toMatch(/^cases 1 failed 1\n/);
  });

  it('counts what goes against advice alone with --strict, as pathsec conformance run does', async () => {
    const limit = questionsOf(readVectorFiles(['aspa'])).filter(({ vector }) =>
      vector.id.startsWith('aspa/limit'),
    );
    const unlimited = `python3 ${file(
      'unlimited.py',
      readFileSync(join(place, 'adapter.py'), 'utf8').replace(
        'request.get("maxProviders", 10000)',
        '4294967295',
      ),
    )}`;
    const ours = await run([
      'conformance',
      'run',
      '--suite',
      'aspa',
      '--only',
      'aspa/limit',
      '--json',
      '--exec',
      unlimited,
    ]);
    const { results } = JSON.parse(ours.stdout) as { results: { advice?: boolean }[] };
    const advice = results.filter((result) => result.advice === true).length;
    expect([ours.code, advice > 0, limit.length > advice]).toEqual([0, true, true]);
    for (const files of [exported.aspa, path('../vectors/aspa-tables.json')]) {
      const argv = [files, '--only', 'aspa/limit'];
      expect(await runner(unlimited, argv)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`\n${advice} failures go against advice alone`),
      });
      expect((await runner(unlimited, [...argv, '--strict'])).code).toBe(1);
    }
  });

  it('is exit code 2 for what cannot be read or started', async () => {
    expect(await runner('/nowhere/verifier', [three])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cannot start: exit code 127'),
    });
    for (const text of ['[1]', '{', '{"id": 1}']) {
      expect(await runner('cat', [file('bad.jsonl', text)])).toMatchObject({ code: 2, stdout: '' });
    }
    expect((await runner('cat', [three, '--only', 'nowhere'])).code).toBe(2);
  });

  it('interrupted, ends the program and prints what is known', async () => {
    const started = join(place, 'started');
    const program = lineProgram(`
      const { writeFileSync } = await import('node:fs');
      if (request.op !== 'hello') writeFileSync(${JSON.stringify(started)}, String(process.pid));
      else say({ id: request.id });`);
    let id = 0;
    const ended = runner(program, [three, '--timeout', '3600'], (own) => {
      id = own;
    });
    const child = await processIdIn(started);
    process.kill(id, 'SIGINT');
    expect(await ended).toMatchObject({ code: 3, stdout: 'cases 6\ninterrupted after 0 cases\n' });
    await expectEnded(child);
  });
});
