import type { SchemeId } from './suite.js';

/** The verdicts of BGPsec. `deferred` never appears: a route that was not looked at has no verdict. */
export type ApvasVerdict = 'valid' | 'not-valid' | 'unsigned' | 'treat-as-withdraw';

/** The verdict on one UPDATE of the experiment. NON-STANDARD. */
export interface ApvasResult {
  readonly standard: false;
  readonly verdict: ApvasVerdict;
  /**
   * Stable kebab-case name of what decided; `signature-verified` for `valid`. `signature-mismatch` never names a hop:
   * the one signature says that *some* hop is wrong.
   */
  readonly reason: string;
  readonly scheme?: SchemeId;
  /** L, the number of segments; absent where they could not be read. */
  readonly pathLength?: number;
  /** SKIs of the keys the verdict rests on, newest first. */
  readonly skis?: readonly Uint8Array[];
}
