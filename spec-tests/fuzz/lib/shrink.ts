import { judge } from './judge.js';
import type { Target } from './target.js';

/** Smaller variants of an input, the boldest first. */
export function* smaller(octets: Uint8Array): Generator<Uint8Array> {
  for (let size = octets.length; size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < octets.length; at += size) {
      const rest = new Uint8Array(octets.length - Math.min(size, octets.length - at));
      rest.set(octets.subarray(0, at));
      rest.set(octets.subarray(at + size), at);
      yield rest;
    }
  }
  for (let at = 0; at < octets.length; at++) {
    if (octets[at] === 0) continue;
    const copy = octets.slice();
    copy[at] = 0;
    yield copy;
  }
}

/** What a problem is, without the numbers in it. */
const kindOf = (problem: string): string => problem.replaceAll(/[0-9]+/g, '#').slice(0, 60);

/** The smallest variant found on which the target still fails in the same way. */
export async function minimize(
  target: Target,
  octets: Uint8Array,
  problem: string,
  tries = 5000,
): Promise<Uint8Array> {
  let best = octets;
  let left = tries;
  for (let found = true; found && left > 0; ) {
    found = false;
    for (const candidate of smaller(best)) {
      if (left-- <= 0) break;
      const outcome = await judge(target, candidate);
      if (outcome.problem === undefined || kindOf(outcome.problem) !== kindOf(problem)) continue;
      best = candidate;
      found = true;
      break;
    }
  }
  return best;
}
