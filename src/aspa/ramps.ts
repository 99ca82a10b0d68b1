import type { Hop } from './evidence.js';
import type { Authorization } from './terms.js';

// draft-28 §5.4. `hops[I - 1]` is hop I, from A(I) to A(I+1); N hops - 1 lie between N ASes. A hop bounds the up-ramp by
// authorized(A(I), A(I+1)) and, being the pair A(J), A(J-1) for J = I + 1, the down-ramp by authorized(A(J), A(J-1)).

/** max_up_ramp: the minimum I with authorized(A(I), A(I+1)) "Not Provider+", else N. */
export function maxUpRamp(hops: readonly Hop[]): number {
  return upRamp(hops, (up) => up === 'not-provider+');
}

/** min_up_ramp: the minimum I with authorized(A(I), A(I+1)) "No Attestation" or "Not Provider+", else N. */
export function minUpRamp(hops: readonly Hop[]): number {
  return upRamp(hops, (up) => up !== 'provider+');
}

/** max_down_ramp: N - J + 1 for the maximum J with authorized(A(J), A(J-1)) "Not Provider+", else N. */
export function maxDownRamp(hops: readonly Hop[]): number {
  return downRamp(hops, (down) => down === 'not-provider+');
}

/** min_down_ramp: N - J + 1 for the maximum J with authorized(A(J), A(J-1)) not "Provider+", else N. */
export function minDownRamp(hops: readonly Hop[]): number {
  return downRamp(hops, (down) => down !== 'provider+');
}

function upRamp(hops: readonly Hop[], ends: (up: Authorization) => boolean): number {
  const N = hops.length + 1;
  for (let I = 1; I <= N - 1; I++) {
    if (ends((hops[I - 1] as Hop).up)) return I;
  }
  return N;
}

function downRamp(hops: readonly Hop[], ends: (down: Authorization) => boolean): number {
  const N = hops.length + 1;
  for (let J = N; J >= 2; J--) {
    if (ends((hops[J - 2] as Hop).down)) return N - J + 1;
  }
  return N;
}
