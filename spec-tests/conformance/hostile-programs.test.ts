import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runProgram } from '../../src/node/run-program.js';
import { expectEnded, processIdIn } from './processes.js';
import { lineProgram, nodeProgram, question, replies } from './program.js';

const answered = { kind: 'answer', fields: { outcome: 'valid' } };
const ANSWER = `say({ id: request.id, outcome: 'valid' });`;

/** A program that talks without end. */
const endless = (text: string): string =>
  nodeProgram(`
    const text = ${text};
    const more = () => { while (process.stdout.write(text)); process.stdout.once('drain', more); };
    more();`);

describe('a program that talks without end, or does not listen, ends as a result', () => {
  const firstAnswer = nodeProgram(`
    import { createInterface } from 'node:readline';
    createInterface({ input: process.stdin }).once('line', (line) => {
      const text = (JSON.stringify({ id: JSON.parse(line).id, outcome: 'valid' }) + '\\n').repeat(2000);
      const more = () => { while (process.stdout.write(text)); process.stdout.once('drain', more); };
      more();
    });`);
  const cases: readonly (readonly [name: string, command: string, kind: string, batchKind: string])[] = [
    ['the same word', endless(`'y\\n'.repeat(30000)`), 'garbage', 'timeout'],
    ['zeros', 'cat /dev/zero', 'garbage', 'timeout'],
    ['lines of 1 MB', endless(`'x'.repeat(1e6) + '\\n'`), 'garbage', 'timeout'],
    ['brackets', endless(`'['.repeat(65536)`), 'garbage', 'timeout'],
    ['blank lines', endless(`'\\n'.repeat(65536)`), 'timeout', 'timeout'],
    ['blanks', endless(`' '.repeat(65536)`), 'timeout', 'timeout'],
    ['answers to questions that no one asked', endless(`'{"id":"x"}\\n'.repeat(5000)`), 'garbage', 'timeout'],
    ['nothing, and reads nothing', 'sleep 1000', 'timeout', 'timeout'],
  ];
  it.each(cases)('%s', async (_, command, kind, batchKind) => {
    const names = Array.from({ length: 8 }, (_, i) => `${i}`);
    const one = await replies(command, names, { timeout: 1000 });
    expect([...new Set(names.slice(0, 5).map((name) => one.replies[name]?.kind))]).toEqual([kind]);
    const all = await replies(command, names, { timeout: 1000, batch: true });
    expect([...new Set(names.map((name) => all.replies[name]?.kind))]).toEqual([batchKind]);
    expect(all.run.notes.length).toBeLessThanOrEqual(20);
  });

  it('its first answer', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const { replies: found, run } = await replies(firstAnswer, names, { timeout: 20_000 });
    expect(found).toMatchObject({ a: answered, b: { kind: 'timeout' }, c: answered, d: { kind: 'timeout' } });
    expect((found.b as { note: string }).note).toContain('no answer in 4 MiB of other lines');
    expect(run.starts).toBe(2);
    const batch = await replies(firstAnswer, names, { timeout: 20_000, batch: true });
    expect(batch.replies).toMatchObject({ a: answered, b: { kind: 'timeout' } });
  });

  it('a program that does not read a batch of more than a pipe holds', async () => {
    const names = Array.from({ length: 3000 }, (_, i) => `${i}${'x'.repeat(100)}`);
    const { replies: found } = await replies('sleep 1000', names, { timeout: 500, batch: true });
    expect(Object.values(found).every(({ kind }) => kind === 'timeout')).toBe(true);
  });

  it('answers without end to its whole list of questions', async () => {
    const body = `say({ id: request.id, outcome: 'valid', padding: 'x'.repeat(1e6) });`;
    const names = Array.from({ length: 100 }, (_, i) => `${i}`);
    for (const batch of [false, true]) {
      const { replies: found } = await replies(lineProgram(body), names, { batch });
      const kinds = names.map((name) => found[name]?.kind);
      const count = kinds.indexOf('not-asked');
      expect(count).toBeGreaterThan(14);
      expect(count).toBeLessThan(20);
      expect(kinds).toEqual([...Array(count).fill('answer'), ...Array(100 - count).fill('not-asked')]);
    }
  });
});

describe('a run that is interrupted', () => {
  /** A program that has started another one, whose process ID is in the file. */
  const family = (file: string): string =>
    `trap '' TERM INT; sleep 1000 & echo $! > '${file}'; while read -r line; do :; done`;

  it.each([false, true])(
    'ends the program and its children, and says what is known (batch: %s)',
    async (batch) => {
      const file = join(tmpdir(), `pathsec-child-${process.pid}-${batch}`);
      onTestFinished(() => rmSync(file, { force: true }));
      const stop = new AbortController();
      const found: string[] = [];
      const running = runProgram(['a', 'b'].map(question), {
        command: family(file),
        timeout: 600_000,
        batch,
        signal: stop.signal,
        onReply: (_, reply) => void found.push(`${reply.kind}: ${'note' in reply ? reply.note : ''}`),
      });
      const child = await processIdIn(file);
      stop.abort();
      await running;
      expect(found).toEqual(Array(2).fill('not-asked: the run was interrupted'));
      await expectEnded(child);
    },
  );

  it('before it began asks nothing', async () => {
    for (const batch of [false, true]) {
      const kinds: string[] = [];
      await runProgram([question('a')], {
        command: lineProgram(ANSWER),
        timeout: 600_000,
        batch,
        signal: AbortSignal.abort(),
        onReply: (_, { kind }) => void kinds.push(kind),
      });
      expect(kinds).toEqual(['not-asked']);
    }
  });

  it('what a program leaves behind ends with it, whoever holds its output', async () => {
    const file = join(tmpdir(), `pathsec-orphan-${process.pid}`);
    onTestFinished(() => rmSync(file, { force: true }));
    const command = `sleep 1000 & echo $! > '${file}'; read -r line; echo '{"id":"aspa/a","outcome":"valid"}'`;
    const { replies: found } = await replies(command, ['a']);
    expect(found.a).toEqual(answered);
    await expectEnded(await processIdIn(file));
  });
});
