import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Io, Output } from '../../../src/cli/shared/io.js';
import { printedIo } from '../../../src/cli/shared/printed-io.js';
import { createStyle } from '../../../src/cli/shared/style.js';
import { HOSTILE } from './hostile.js';

const text = fc.array(
  fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(HOSTILE, '\n', '\t', '\u001b[31m', '\u009b')),
);

/** What arrives behind the edge when the program writes. */
function world(isTerminal: boolean): {
  readonly io: Io;
  readonly arrived: { stdout: string; stderr: string };
} {
  const arrived = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr'): Output => ({
    isTerminal,
    write: async (written) => {
      arrived[name] += written;
    },
  });
  const stdin = { async *[Symbol.asyncIterator]() {} };
  return {
    io: printedIo({
      stdin,
      stdout: output('stdout'),
      stderr: output('stderr'),
      env: {},
      now: () => 0,
      seed: 1,
    }),
    arrived,
  };
}

describe('the edge of the program', () => {
  it('stdout: nothing but line feeds and tabs, on a terminal the colours that the program put there', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), async (parts, terminal) => {
        const { io, arrived } = world(terminal);
        const word = parts.join('');
        await io.stdout.write(`${createStyle(io).bad(word)}\n`);
        const [head, tail] = terminal ? ['\u001b[31m', '\u001b[0m\n'] : ['', '\n'];
        expect([arrived.stdout.startsWith(head), arrived.stdout.endsWith(tail)]).toEqual([true, true]);
        const inside = arrived.stdout.slice(head.length, -tail.length).replaceAll(/[\n\t]/g, '');
        expect(inside).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('stderr: a line a write, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), async (parts, terminal) => {
        const { io, arrived } = world(terminal);
        await io.stderr.write(`${parts.join('')}\n`);
        expect(arrived.stderr).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*\n$/u);
      }),
    );
  });
});
