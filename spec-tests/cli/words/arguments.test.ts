import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands.js';
import { run } from '../run.js';
import { BASES } from './base.js';
import { expectClean, folder, HOSTILE, HOSTILE_NAME, hostileFile } from './hostile.js';

/** Not awaited input: what is read of it is nothing. */
const io = { terminal: true };

describe('hostile arguments and names of files', () => {
  it('every command has a call that comes far', () => {
    expect(Object.keys(BASES).sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
  });

  it.each(COMMANDS.map((entry) => [entry.name, entry] as const))('%s', async (name, { load }) => {
    const command = new Command();
    (await load()).define(command, { io: undefined as never, exit: () => {} });
    const words = name.split(' ');
    const base = () => BASES[name]?.() ?? { args: [], options: [] };
    let calls = 0;
    const call = async (args: readonly string[], options: readonly string[]) => {
      calls++;
      expectClean(await run([...words, ...options, ...args], io));
    };
    /** As it is; the name of a file that is not there; that of a file with just such a content. */
    const values = () => [HOSTILE, `${folder()}/${HOSTILE_NAME}`, hostileFile(HOSTILE)];
    for (const { long, required, optional } of command.options) {
      if (long && (required || optional)) {
        for (const value of values()) await call(base().args, [...base().options, long, value]);
      }
    }
    for (let i = 0; i < Math.max(1, command.registeredArguments.length); i++) {
      for (const value of values()) await call(base().args.toSpliced(i, 1, value), base().options);
    }
    await call(base().args, [...base().options, `--${HOSTILE}`]);
    await call([...base().args, HOSTILE, HOSTILE, HOSTILE], base().options);
    expect(calls).toBeGreaterThan(3);
  });

  it.each([
    [[HOSTILE]],
    [['rtr', HOSTILE]],
    [[`--${HOSTILE}`]],
    [['rtr', `--${HOSTILE}`]],
    [['help', HOSTILE]],
  ])('as the name of a command: %#', async (argv) => {
    const ended = await run(argv, io);
    expect(ended.code).toBe(2);
    expectClean(ended);
  });

  it('a proposal of commander stands behind what it is about', async () => {
    const { stderr } = await run(['rtr', 'dump', '127.0.0.1:1', '--jsno']);
    expect(stderr).toBe("error: unknown option '--jsno'; did you mean --json? (unknown-member)\n");
  });
});
