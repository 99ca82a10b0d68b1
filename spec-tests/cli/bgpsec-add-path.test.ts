import { describe, expect, it } from 'vitest';
import { origin } from '../bgpsec/world.js';
import { forward, hex, LOCAL, NEXT, ORIGIN, PEER, reach, signed, verify } from './bgpsec-forward-world.js';
import { keys } from './bgpsec-world.js';
import { run } from './run.js';

describe('ADD-PATH (RFC 7911) can be told', () => {
  const message = hex([reach('0000000718c00002'), origin, signed()]);

  it('to verify and its batch', async () => {
    expect(await verify(message, LOCAL, PEER)).not.toMatchObject({ outcome: 'valid' });
    for (const option of [['--add-path'], ['--add-path-family', '1/1', '--add-path-family', '2/1']]) {
      expect(await verify(message, LOCAL, PEER, ...option)).toMatchObject({
        outcome: 'valid',
        prefix: '192.0.2.0/24',
      });
    }
    expect(await verify(message, LOCAL, PEER, '--add-path-family', '2/1')).not.toMatchObject({
      outcome: 'valid',
    });
    const question = { message, localAs: LOCAL, peerAs: PEER };
    const values = [true, ['1/1'], ['2/1'], false, 'yes', ['ipv4'], [1]];
    const lines = values.map((addPath) => JSON.stringify({ ...question, addPath })).join('\n');
    const batch = ['bgpsec', 'verify', '--batch', '-', '--keys', keys(ORIGIN, PEER)];
    const { code, stdout } = await run(batch, { stdin: lines });
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(2);
    expect(answers.map(({ outcome, error }) => outcome ?? error.code)).toEqual([
      'valid',
      'valid',
      expect.not.stringMatching(/^valid$/),
      expect.not.stringMatching(/^valid$/),
      'family-syntax',
      'family-syntax',
      'family-syntax',
    ]);
    // The option is the default of the batch.
    const defaults = await run([...batch, '--add-path'], { stdin: JSON.stringify(question) });
    expect(JSON.parse(defaults.stdout)).toMatchObject({ outcome: 'valid' });
  });

  it('to forward, which sends an identifier of its own or none', async () => {
    expect((await forward(message)).code).toBe(1);
    const plain = await forward(message, '--add-path');
    expect(await verify(plain.stdout, NEXT, LOCAL)).toMatchObject({ outcome: 'valid' });
    const numbered = await forward(message, '--add-path', '--path-id', '9');
    expect(numbered.stdout).toContain('0000000918c00002');
    expect(await verify(numbered.stdout, NEXT, LOCAL, '--add-path')).toMatchObject({ outcome: 'valid' });
  });

  it('to decode', async () => {
    const { stdout } = await run(['bgpsec', 'decode', message, '--add-path']);
    expect(stdout).toMatch(/Path Identifier: 7\n/);
    expect(stdout).toMatch(/192\.0\.2\.0\/24/);
    const wrong = await run(['bgpsec', 'decode', message, '--add-path-family', 'ipv4']);
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
  });
});
