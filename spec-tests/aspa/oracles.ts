import type { AspaOutcome, Authorization, Hop } from 'pathsec/aspa';

// Other forms of the downstream procedure, from earlier revisions of the draft. All take the hops of a compressed path,
// origin first; N is one more than the number of hops.

const firstUp = (hops: readonly Hop[], stop: (up: Authorization) => boolean): number => {
  const found = hops.find(({ up }) => stop(up));
  return found?.index ?? hops.length + 1;
};

/** The AS A(L) at the top of the down-ramp: the largest J whose hop down to J - 1 stops it, else 1. */
const downTop = (hops: readonly Hop[], stop: (down: Authorization) => boolean): number => {
  const found = hops.findLast(({ down }) => stop(down));
  return found === undefined ? 1 : found.index + 1;
};

const wall = (a: Authorization): boolean => a === 'not-provider+';
const open = (a: Authorization): boolean => a !== 'provider+';

/** Facing walls (draft-17): invalid when an AS stands between the first up wall p and the last down wall q. */
export function facingWallsInvalid(hops: readonly Hop[]): boolean {
  const p = hops.find(({ up }) => wall(up))?.index;
  const q = hops.findLast(({ down }) => wall(down));
  return p !== undefined && q !== undefined && q.index + 1 - p >= 2;
}

/** Apexes K and L (drafts -12 to -17): not invalid, and at most one hop apart, is valid. */
export function apexes(hops: readonly Hop[]): AspaOutcome {
  if (facingWallsInvalid(hops)) return 'invalid';
  return downTop(hops, open) - firstUp(hops, open) <= 1 ? 'valid' : 'unknown';
}

/** Ramps that cannot overlap: the down-ramp is counted only over the ASes above the up-ramp. */
export function clamped(hops: readonly Hop[]): AspaOutcome {
  const N = hops.length + 1;
  const covers = (stop: (a: Authorization) => boolean): boolean => {
    const up = firstUp(hops, stop);
    const down = Math.min(N - downTop(hops, stop) + 1, N - up);
    return up + down >= N;
  };
  if (!covers(wall)) return 'invalid';
  return covers(open) ? 'valid' : 'unknown';
}

/** Valid: some split leaves only climbing hops below, only descending hops above, and at most one hop between. */
export function splitPointValid(hops: readonly Hop[]): boolean {
  const climbs = (from: number, to: number): boolean =>
    hops.slice(from, to).every(({ up }) => up === 'provider+');
  const descends = (from: number): boolean => hops.slice(from).every(({ down }) => down === 'provider+');
  for (let split = 0; split <= hops.length; split++) {
    if (climbs(0, split) && (descends(split) || descends(split + 1))) return true;
  }
  return false;
}
