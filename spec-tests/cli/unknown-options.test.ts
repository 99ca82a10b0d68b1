import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';
import { run } from './run.js';

const names = COMMANDS.map(({ name }) => name);

describe('an option that no command knows', () => {
  it.each(names)('%s: is what is told, in one line, also where a required one is missing', async (name) => {
    const unlike = await run([...name.split(' '), '--nonsense']);
    expect(unlike).toEqual({ code: 2, stdout: '', stderr: expect.any(String) });
    expect(unlike.stderr).toBe("error: unknown option '--nonsense' (unknown-member)\n");
    const meant = await run([...name.split(' '), '--jsno']);
    expect([meant.code, meant.stderr]).toEqual([
      2,
      "error: unknown option '--jsno'; did you mean --json? (unknown-member)\n",
    ]);
  });

  it('may be a required one that is misspelt', async () => {
    for (const [argv, told] of [
      [['archive', 'submit', '--serevr', 'nats://127.0.0.1:1', 'x'], "'--serevr'; did you mean --server?"],
      [['bgpsec', 'sign', '--peer_as', '1', '--as', '2'], "'--peer_as'; did you mean --peer-as?"],
      [['conformance', 'run', '--exce', 'cat'], "'--exce'; did you mean --exec?"],
    ] as const) {
      const { code, stderr } = await run(argv);
      expect([code, stderr]).toEqual([2, `error: unknown option ${told} (unknown-member)\n`]);
    }
  });

  it('is no longer in the way: then the required one is asked for', async () => {
    expect(await run(['archive', 'submit', 'x'])).toEqual({
      code: 2,
      stdout: '',
      stderr: "error: required option '--server <url>' not specified\n",
    });
  });
});
