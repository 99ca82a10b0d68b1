import { expect } from 'vitest';

/** Values that plain JavaScript can hand over in the place of any argument. */
const WRONG: readonly unknown[] = [
  undefined,
  null,
  'text',
  '64496',
  1.5,
  -1,
  2 ** 32,
  Number.NaN,
  true,
  {},
  [],
  [null],
  ['64496'],
  [{}],
  [{ type: 'AS_SEQUENCE', asns: [1] }],
  [{ type: 2, asns: ['64496'] }],
  [{ type: 2, asns: [2 ** 32] }],
  () => undefined,
  new Map(),
];

/** How the engine words its own surprise: such a sentence says nothing to a caller. */
const SURPRISE =
  /Cannot (read|destructure|convert|set|mix)|is not (iterable|a function|an object|a constructor)|Invalid (array|typed array|count)|Maximum call/;

/** One public function and right arguments for it. */
export type Call = readonly [name: string, run: (...args: never[]) => unknown, ...args: unknown[]];

/**
 * Puts every wrong value in the place of every argument, and of every member of an argument, and calls: whatever is
 * thrown must be a sentence of ours.
 */
export async function expectSentences([name, run, ...right]: Call): Promise<number> {
  const attempt = async (args: unknown[], where: string): Promise<void> => {
    try {
      const result = await (run as (...args: unknown[]) => unknown)(...args);
      if (typeof result === 'object' && result !== null && Symbol.iterator in result)
        [...(result as Iterable<unknown>)];
    } catch (error) {
      expect(error, `${name}: ${where}`).toBeInstanceOf(Error);
      const { message } = error as Error;
      expect(message, `${name}: ${where}`).not.toMatch(SURPRISE);
      expect(message.length, `${name}: ${where}`).toBeGreaterThan(6);
    }
  };
  await expect((async () => (run as (...args: unknown[]) => unknown)(...right))()).resolves.not.toThrow();
  let calls = 0;
  for (const [place, argument] of right.entries()) {
    for (const wrong of WRONG) {
      await attempt(right.with(place, wrong), `argument ${place} is ${String(JSON.stringify(wrong))}`);
      calls++;
      for (const member of plainMembers(argument)) {
        const changed = { ...(argument as object), [member]: wrong };
        await attempt(
          right.with(place, changed),
          `${member} of argument ${place}: ${String(JSON.stringify(wrong))}`,
        );
        calls++;
      }
    }
  }
  return calls;
}

/** Members of an argument that a caller writes; a frozen one is a value that the library made. */
function plainMembers(argument: unknown): string[] {
  if (Object.isFrozen(argument)) return [];
  const plain =
    typeof argument === 'object' && argument !== null && Object.getPrototypeOf(argument) === Object.prototype;
  return plain ? Object.keys(argument) : [];
}
