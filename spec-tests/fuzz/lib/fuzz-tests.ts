import fc from 'fast-check';
import { toHex } from 'pathsec/bytes';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inputsFor } from './arbitrary.js';
import { judge } from './judge.js';
import type { Target } from './target.js';

/** Executions per target in the test run; the long run is scripts/fuzz.ts. */
const RUNS = 10_000;
const SEED = Number(process.env.PATHSEC_SEED ?? 20261124);

/** One test per target: its good inputs decode, and no input does what it must not. */
export function fuzzTests(targets: readonly Target[]): void {
  describe.each(targets)('$name', (target) => {
    it('takes its good inputs', async () => {
      const seeds = await target.seeds();
      expect(seeds.length).toBeGreaterThan(0);
      for (const octets of seeds) {
        const shown = toHex(octets.subarray(0, 200));
        expect([shown, await judge(target, octets)]).toEqual([shown, { kind: 'decoded' }]);
      }
    });

    const numRuns = target.testRuns ?? RUNS;
    it(`survives ${numRuns} inputs`, async () => {
      const inputs = await inputsFor(target);
      const parameters = { numRuns, seed: SEED, examples: [[new Uint8Array(0)]] as [Uint8Array][] };
      // Refusals are errors; where they were made matters to nobody, and costs most of the time.
      Error.stackTraceLimit = 0;
      onTestFinished(() => {
        Error.stackTraceLimit = 20;
      });
      const isAsync = judge(target, new Uint8Array(0)) instanceof Promise;
      if (isAsync) {
        await fc.assert(
          fc.asyncProperty(inputs, async (octets) => {
            const { problem } = await judge(target, octets);
            if (problem !== undefined) expect.fail(`${target.name} ${toHex(octets)}: ${problem}`);
          }),
          parameters,
        );
        return;
      }
      fc.assert(
        fc.property(inputs, (octets) => {
          const outcome = judge(target, octets);
          const problem = outcome instanceof Promise ? 'asynchronous now and then' : outcome.problem;
          if (problem !== undefined) expect.fail(`${target.name} ${toHex(octets)}: ${problem}`);
        }),
        parameters,
      );
    });
  });
}
