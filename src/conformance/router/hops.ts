import type { AspaOutcome, Authorization } from '../../aspa/index.js';

/** What the upstream procedure says of a path of two ASes, and what their hop is then (draft-28 §5.5 steps 4 to 6). */
export const HOP_OF_OUTCOME: ReadonlyMap<AspaOutcome, Authorization> = new Map([
  ['valid', 'provider+'],
  ['invalid', 'not-provider+'],
  ['unknown', 'no-attestation'],
]);

/** The hop of an outcome; undefined for what is no outcome. */
export function hopOfOutcome(outcome: unknown): Authorization | undefined {
  return [...HOP_OF_OUTCOME].find(([one]) => one === outcome)?.[1];
}

/** The other way round. */
export function outcomeOfHop(authorization: unknown): AspaOutcome | undefined {
  return [...HOP_OF_OUTCOME].find(([, hop]) => hop === authorization)?.[0];
}
