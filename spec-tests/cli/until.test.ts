import { expect, it, onTestFinished, vi } from 'vitest';
import { untilStopped } from '../../src/cli/shared/until.js';

it('a time that is longer than the longest timer of Node is waited for whole', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const seconds = 5_000_000; // 58 days; a timer holds less than 25
  let over = false;
  const { done } = untilStopped(seconds);
  const ended = done.then(() => {
    over = true;
  });
  await vi.advanceTimersByTimeAsync(1000 * seconds - 1);
  expect(over).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await ended;
  expect(over).toBe(true);
});
