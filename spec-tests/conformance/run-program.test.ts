import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lineProgram, nodeProgram, replies } from './program.js';

const answered = { kind: 'answer', fields: { outcome: 'valid' } };
const ANSWER = `say({ id: request.id, outcome: 'valid' });`;

describe('a program that answers', () => {
  it('gets one question at a time and is started once', async () => {
    const { replies: found, run } = await replies(lineProgram(ANSWER), ['a', 'b', 'c']);
    expect(found).toEqual({ a: answered, b: answered, c: answered });
    expect(run).toEqual({ starts: 1, notes: [] });
  });

  it('may answer one question only and end', async () => {
    const { replies: found, run } = await replies(lineProgram(`${ANSWER} process.exit(0);`), ['a', 'b', 'c']);
    expect(found).toEqual({ a: answered, b: answered, c: answered });
    expect(run.starts).toBe(3);
  });

  it('may answer when its input has ended, with --batch, in any order', async () => {
    const source = nodeProgram(`
      import { text } from 'node:stream/consumers';
      const lines = (await text(process.stdin)).trim().split('\\n').reverse();
      for (const line of lines) console.log(JSON.stringify({ id: JSON.parse(line).id, outcome: 'valid' }));`);
    const { replies: found } = await replies(source, ['a', 'b', 'c'], { batch: true });
    expect(found).toEqual({ a: answered, b: answered, c: answered });
  });

  it('may write blank lines, split lines, and characters of several octets in pieces', async () => {
    const body = `
      const octets = Buffer.from(JSON.stringify({ id: request.id, outcome: 'valid', note: '→é' }) + '\\n\\n');
      for (const octet of octets) { process.stdout.write(Buffer.from([octet])); await new Promise(setImmediate); }`;
    const { replies: found } = await replies(lineProgram(body), ['a', 'b']);
    expect(found.b).toEqual({ kind: 'answer', fields: { outcome: 'valid', note: '→é' } });
  });
});

describe('what a program may do wrong is a result', () => {
  it('a crash: the case that was asked, with exit code and stderr; the next case gets a new process', async () => {
    const body = `if (name === 'b') { process.stderr.write('out of ramps'); process.exit(7); } ${ANSWER}`;
    const { replies: found, run } = await replies(lineProgram(body), ['a', 'b', 'c']);
    expect(found.a).toEqual(answered);
    expect(found.b).toMatchObject({ kind: 'crashed' });
    expect((found.b as { note: string }).note).toContain('exit code 7; stderr: out of ramps');
    expect(found.c).toEqual(answered);
    expect(run.starts).toBe(2);
  });

  it('a signal', async () => {
    const { replies: found } = await replies(lineProgram(`process.kill(process.pid, 'SIGSEGV');`), ['a']);
    expect((found.a as { note: string }).note).toMatch(/SIGSEGV|exit code 139/);
  });

  it('silence: a timeout, and the process is killed with its children', async () => {
    const body = `if (name === 'b') await new Promise((done) => setTimeout(done, 60_000)); ${ANSWER}`;
    const { replies: found, run } = await replies(lineProgram(body), ['a', 'b', 'c'], { timeout: 3000 });
    expect(found.b).toMatchObject({ kind: 'timeout' });
    expect((found.b as { note: string }).note).toContain('flush');
    expect(found.c).toEqual(answered);
    expect(run.starts).toBe(2);
  });

  it('garbage: no JSON, no object, no id, another id', async () => {
    const body = `
      if (name === 'a') say('Segmentation fault? no.');
      else if (name === 'b') say('[1]');
      else if (name === 'c') say({ outcome: 'valid' });
      else if (name === 'd') say({ id: 'aspa/zzz', outcome: 'valid' });
      else if (name === 'e') say({ id: 5, outcome: 'valid' });
      else ${ANSWER}`;
    const { replies: found, run } = await replies(lineProgram(body), ['a', 'b', 'c', 'd', 'e', 'f']);
    for (const name of ['a', 'b', 'c', 'd', 'e']) expect(found[name]).toMatchObject({ kind: 'garbage' });
    expect((found.a as { note: string }).note).toContain('Segmentation fault? no.');
    expect((found.d as { note: string }).note).toContain('"aspa/zzz"');
    expect(found.f).toEqual(answered);
    expect(run.starts).toBe(1);
  });

  it('a banner costs the first case only: its late answer is passed over', async () => {
    const { replies: found, run } = await replies(`echo ready; exec ${lineProgram(ANSWER)}`, ['a', 'b', 'c']);
    expect([found.a?.kind, found.b, found.c]).toEqual(['garbage', answered, answered]);
    expect(run.notes).toEqual(['an answer to aspa/a came late']);
  });

  it('a program that cannot be started is told at once', async () => {
    const file = join(tmpdir(), `pathsec-not-executable-${process.pid}`);
    writeFileSync(file, '#!/bin/sh\n', { mode: 0o600 });
    onTestFinished(() => rmSync(file));
    for (const [command, said] of [
      ['/nowhere/verifier', /exit code 127.*not found/s],
      [file, /exit code 126.*denied/s],
    ] as const) {
      for (const batch of [false, true]) {
        const { replies: found, run } = await replies(command, ['a', 'b'], { batch });
        expect(run.unstartable).toMatch(said);
        expect([found.a?.kind, run.starts]).toEqual(['not-asked', 1]);
      }
      const { replies: found } = await replies(command, ['a', 'b']);
      expect(found.b).toEqual({ kind: 'not-asked', note: 'the program could not be started' });
    }
    // It spoke, or answered before: that is a crash.
    expect((await replies('echo "{}"; exit 127', ['a'])).run.unstartable).toBeUndefined();
    const late = await replies(lineProgram(`${ANSWER} process.exit(127);`), ['a', 'b']);
    expect(late.run.unstartable).toBeUndefined();
  });

  it('a program of which five starts in a row answer nothing, in whatever way, is given up', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const crash = await replies('exit 3', names);
    expect(names.map((name) => crash.replies[name]?.kind)).toEqual([
      ...Array(5).fill('crashed'),
      'not-asked',
      'not-asked',
    ]);
    expect(crash.replies.f).toEqual({
      kind: 'not-asked',
      note: 'given up: 5 starts in a row answered nothing',
    });
    const silent = await replies('cat >/dev/null', names, { timeout: 200 });
    expect(names.map((name) => silent.replies[name]?.kind)).toEqual([
      ...Array(5).fill('timeout'),
      'not-asked',
      'not-asked',
    ]);
    expect(silent.run.starts).toBe(5);
  });

  it('a program that dies again and again is asked on as long as every start, or one of five, answers something', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `${i}`);
    // Dies at the second question of each start: every other case crashes, and all are asked.
    const second = lineProgram(`if (globalThis.once) process.exit(3); globalThis.once = true; ${ANSWER}`);
    const { replies: found, run } = await replies(second, names.slice(0, 12));
    expect(Object.values(found).map(({ kind }) => kind)).toEqual(Array(6).fill(['answer', 'crashed']).flat());
    expect(run.starts).toBe(6);
    // Crashes in a row that are more than five, but never five starts without an answer.
    const some = lineProgram(`if (Number(name) % 5 !== 4) process.exit(3); ${ANSWER}`);
    const rest = await replies(some, names.slice(0, 15));
    expect(Object.values(rest.replies).filter(({ kind }) => kind === 'not-asked')).toEqual([]);
  });

  it('lists too deep to be printed again, and members of objects, are no harm', async () => {
    const body = `
      if (name === 'a') say('{"id":"aspa/a","outcome":' + '['.repeat(1e5) + ']'.repeat(1e5) + '}');
      else say('{"id":"' + request.id + '","__proto__":{"outcome":"valid"},"outcome":"}[\\\\\\"[["}');`;
    const { replies: found } = await replies(lineProgram(body), ['a', 'b']);
    expect(found.a).toMatchObject({ kind: 'garbage', note: expect.stringContaining('deep') });
    expect(found.b).toMatchObject({ kind: 'answer', fields: { outcome: '}["[[' } });
  });

  it('a program that does not read and one that floods stderr', async () => {
    const deaf = nodeProgram('setTimeout(() => process.exit(0), 500)');
    expect((await replies(deaf, ['a'])).replies.a).toMatchObject({ kind: 'crashed' });
    const loud = lineProgram(`process.stderr.write('x'.repeat(1e6)); ${ANSWER}`);
    expect((await replies(loud, ['a', 'b'])).replies).toEqual({ a: answered, b: answered });
  });

  it('a line without end is cut, not collected for ever', async () => {
    const endless = nodeProgram(`
      const more = () => { while (process.stdout.write('x'.repeat(65536))); process.stdout.once('drain', more); };
      more();`);
    const { replies: found } = await replies(endless, ['a'], { timeout: 4000 });
    expect(found.a).toMatchObject({ kind: 'garbage' });
    expect((found.a as { note: string }).note.length).toBeLessThan(400);
  });

  it('a program that does not end with its input is killed, and a note says so', async () => {
    const body = `setInterval(() => {}, 1000); ${ANSWER}`;
    const { replies: found, run } = await replies(lineProgram(body), ['a'], { timeout: 3000 });
    expect(found.a).toEqual(answered);
    expect(run.notes).toEqual(['the program did not end when its input ended, and was killed']);
  });
});

describe('with --batch', () => {
  it('silence, an end without answers, and a crash', async () => {
    const quiet = await replies(nodeProgram('process.stdin.resume()'), ['a', 'b'], { batch: true });
    expect(quiet.replies.b).toMatchObject({ kind: 'no-answer' });
    const crash = await replies(lineProgram(`${ANSWER} process.exit(3);`), ['a', 'b'], { batch: true });
    expect([crash.replies.a, crash.replies.b?.kind]).toEqual([answered, 'crashed']);
    const hung = nodeProgram('setInterval(() => {}, 1000)');
    expect((await replies(hung, ['a'], { batch: true, timeout: 2000 })).replies.a?.kind).toBe('timeout');
  });
});
