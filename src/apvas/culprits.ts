import type { PairingEngine } from './engine.js';

/**
 * How the right half of a split is judged when the left one is bad: by a pass of its own, or as the quotient of whole
 * and left half. When the left one is good, the right one has the value of the whole in either mode.
 */
export type BisectionMode = 'plain' | 'quotient';

/** What a search for culprits found, and what it cost. */
export interface Culprits {
  /** Indices of the bad members, ascending. */
  readonly bad: number[];
  /** How often `value` was called, the first pass included. */
  readonly passes: number;
  /** Members that went through these passes: `passes` of whole batches when divided by their size. */
  readonly membersPassed: number;
}

/**
 * Finds the bad members of a batch by bisection. `value(from, to)` is the product of the members' equations after the
 * final exponentiation, one exactly when all of them are good (up to the error of the coefficients). It must stay the
 * same function, coefficients included, throughout.
 *
 * For random coefficients every bad member is found but for that error; a good member is never named.
 */
export function findCulprits<T>(
  engine: Pick<PairingEngine<unknown, unknown, T>, 'one' | 'equalGt' | 'multiplyGt' | 'conjugate'>,
  count: number,
  value: (from: number, to: number) => T,
  mode: BisectionMode = 'quotient',
): Culprits {
  const bad: number[] = [];
  let passes = 0;
  let membersPassed = 0;
  const pass = (from: number, to: number): T => {
    passes++;
    membersPassed += to - from;
    return value(from, to);
  };
  const search = (from: number, to: number, own: T): void => {
    if (engine.equalGt(own, engine.one)) return;
    if (to - from === 1) {
      bad.push(from);
      return;
    }
    const middle = (from + to) >>> 1;
    const left = pass(from, middle);
    search(from, middle, left);
    // v(S) = v(left) v(right).
    const right = engine.equalGt(left, engine.one)
      ? own
      : mode === 'quotient'
        ? engine.multiplyGt(own, engine.conjugate(left))
        : pass(middle, to);
    search(middle, to, right);
  };
  if (count > 0) search(0, count, pass(0, count));
  return { bad, passes, membersPassed };
}
