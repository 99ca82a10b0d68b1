import { expect, it, vi } from 'vitest';
import { untilStopped } from '../../src/cli/shared/until.js';

it('a time that is longer than the longest timer of Node is waited for whole', async () => {
  const days = 24 * 3_600_000;
  const longest = 2 ** 31 - 1;
  // Only the timers of this wait are held back, not those that another test of this process may have left behind: on a clock of
  // 58 days one that comes again each second would come five million times.
  const real = globalThis.setTimeout;
  const held: { readonly over: () => void; readonly milliseconds: number }[] = [];
  const hold = (over: () => void, milliseconds = 0): NodeJS.Timeout => {
    if (milliseconds < days) return real(over, milliseconds);
    held.push({ over, milliseconds });
    return real(() => {}, 0);
  };
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(hold as typeof setTimeout);
  let over = false;
  const { done } = untilStopped((58 * days) / 1000);
  const ended = done.then(() => {
    over = true;
  });
  let waited = 0;
  for (let next = held.shift(); next !== undefined; next = held.shift()) {
    expect(next.milliseconds).toBeLessThanOrEqual(longest);
    await new Promise(setImmediate);
    expect(over).toBe(false);
    waited += next.milliseconds;
    next.over();
  }
  await ended;
  expect([over, waited]).toEqual([true, 58 * days]);
});
