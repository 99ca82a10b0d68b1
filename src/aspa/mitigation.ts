import { sayValue } from '../inet/index.js';
import type { AspaOutcome } from './terms.js';

export interface Mitigation {
  /** Whether the route takes part in route selection. */
  readonly eligible: boolean;
  /** The route stays in the Adj-RIB-In, so that a changed table needs no route refresh (RFC 9324 §4). */
  readonly keepInAdjRibIn: true;
  /** No outcome raises or lowers preference: `unknown` is treated like `valid`. */
  readonly preference: 'unchanged';
}

/**
 * The RECOMMENDED mitigation policy of draft-28 §5.7; what is applied is at the operator's discretion.
 *
 * @throws {TypeError} for what is no outcome: a misspelt `invalid` would be let through.
 */
export function recommendedMitigation(outcome: AspaOutcome): Mitigation {
  if (outcome !== 'valid' && outcome !== 'invalid' && outcome !== 'unknown') {
    throw new TypeError(`${sayValue(outcome)} is not an outcome (valid, invalid, unknown)`);
  }
  return { eligible: outcome !== 'invalid', keepInAdjRibIn: true, preference: 'unchanged' };
}
