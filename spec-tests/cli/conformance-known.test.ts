import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { lineProgram } from '../conformance/program.js';
import { run, temporaryFile } from './run.js';

// Answers every route alike, so that some cases fail and others pass.
const SAME = lineProgram(`
  if (request.op === 'validate-origin') say({ id: request.id, validity: 'valid' });
  else say({ id: request.id, unsupported: true });`);
const asked = ['conformance', 'run', '--suite', 'rov', '--exec', SAME];
const idsOf = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

/** A file with what the program fails. */
async function written(): Promise<string> {
  const file = temporaryFile('known.txt', '');
  expect((await run([...asked, '--write-known-failures', file])).code).toBe(1);
  return file;
}

describe('known failures', () => {
  it('are written one a line, and do not count when they are read again', async () => {
    const file = await written();
    const ids = idsOf(file);
    const plain = JSON.parse((await run([...asked, '--json'])).stdout);
    expect(ids.length).toBe(plain.counts.failed);
    const { code, stdout } = await run([...asked, '--known-failures', file]);
    expect(code).toBe(0);
    expect(stdout).toContain(`note: ${ids.length} failures known from ${file}\n`);
    expect(stdout).not.toMatch(/^failed rov/m);
    const report = JSON.parse((await run([...asked, '--known-failures', file, '--json'])).stdout);
    expect(report.conforms).toBe(false);
    expect(report.results.filter(({ known }: { known?: boolean }) => known).length).toBe(ids.length);
  });

  it('leave those that count: one that is not listed is shown, and is exit code 1', async () => {
    const [first = '', ...rest] = idsOf(await written());
    const { code, stdout } = await run([
      ...asked,
      '--known-failures',
      temporaryFile('known.txt', `# all but one\n\n  ${rest.join(' # so\r\n')}\n`),
    ]);
    expect(code).toBe(1);
    expect(stdout.match(/^failed \S+/gm)).toEqual([`failed ${first}`]);
  });

  it('say when a listed case passes now, and which names no case has', async () => {
    const ids = idsOf(await written());
    const all = JSON.parse((await run([...asked, '--json'])).stdout).results;
    const passing = all.find(({ verdict }: { verdict: string }) => verdict === 'passed').id;
    const file = temporaryFile(
      'known.txt',
      [...ids, passing, 'rov/no-such-case', 'aspa/killer-R1'].join('\n'),
    );
    const { code, stdout } = await run([...asked, '--known-failures', file]);
    expect(code).toBe(0);
    expect(stdout).toContain(`note: 1 case of ${file} passes now: ${passing}\n`);
    expect(stdout).toContain(`note: ${file} names no case with: rov/no-such-case\n`);
  });

  it('are skipped in JUnit XML, which says so, and the notes are on stderr', async () => {
    const file = await written();
    const count = idsOf(file).length;
    const { code, stderr, stdout } = await run([...asked, '--known-failures', file, '--junit']);
    expect(code).toBe(0);
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(stdout);
    expect([testsuites['@_failures'], testsuites['@_errors']]).toEqual(['0', '0']);
    expect(stdout.match(/<skipped message="known failure: validity: expected /g)?.length).toBe(count);
    expect(stderr).toContain(`pathsec: ${count} failures known from ${file}\n`);
  });

  it('cannot be read or written: exit code 2 before anything is asked', async () => {
    for (const option of ['--known-failures', '--write-known-failures']) {
      const { code, stderr, stdout } = await run([...asked, option, '/nowhere/known.txt']);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('/nowhere/known.txt: no such file or directory');
    }
  });
});

describe('failures that go against advice alone', () => {
  // Right, but for what is only recommended: an own policy for routes.
  const policy = lineProgram(`
    if (request.op === 'mitigate' && request.outcome !== 'invalid') say({ id: request.id, eligible: false });
    else if (request.op === 'mitigate')
      say({ id: request.id, eligible: false, keepInAdjRibIn: true, preference: 'unchanged' });
    else say({ id: request.id, unsupported: true });`);
  const asked = ['conformance', 'run', '--suite', 'aspa', '--exec', policy];

  it('do not count without --strict, and are told', async () => {
    const { code, stdout } = await run(asked);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'note: 2 failures go against advice alone (SHOULD, RECOMMENDED); --strict counts them\n',
    );
    expect(stdout).toMatch(/\n {2}counts +with --strict alone: it goes against advice\n/);
    expect((await run([...asked, '--strict'])).code).toBe(1);
  });

  it('are marked in JSON and skipped in JUnit XML', async () => {
    const report = JSON.parse((await run([...asked, '--json'])).stdout);
    const marked = report.results.filter(({ advice }: { advice?: boolean }) => advice);
    expect([report.conforms, marked.length, report.counts.failed]).toEqual([true, 2, 2]);
    const junit = (await run([...asked, '--junit'])).stdout;
    expect(junit.match(/<skipped message="against advice: /g)?.length).toBe(2);
    expect((await run([...asked, '--junit', '--strict'])).stdout).toContain('<failure message="');
  });
});
