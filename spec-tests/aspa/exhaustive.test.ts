import {
  type AspaTable,
  createAspaTable,
  downstreamOutcome,
  type Evidence,
  fastVerify,
  upstreamOutcome,
  verifyAsPath,
} from 'pathsec/aspa';
import { beforeAll, describe, expect, it } from 'vitest';
import { kit, run } from '../kit/aspa/mutants/kit.js';
import { requirement } from '../kit/citation.js';
import { apexes, clamped, facingWallsInvalid, splitPointValid } from './oracles.js';
import { payloadsOf, type State, states } from './states.js';

/** valid / invalid / unknown over all states of a path of N distinct ASes. */
const EXPECTED = [
  { n: 1, states: 2, up: [2, 0, 0], down: [2, 0, 0] },
  { n: 2, states: 9, up: [3, 3, 3], down: [9, 0, 0] },
  { n: 3, states: 45, up: [6, 27, 12], down: [25, 5, 15] },
  { n: 4, states: 225, up: [12, 171, 42], down: [65, 65, 95] },
  { n: 5, states: 1125, up: [24, 963, 138], down: [160, 525, 440] },
  { n: 6, states: 5625, up: [48, 5139, 438], down: [380, 3465, 1780] },
  { n: 7, states: 28125, up: [96, 26667, 1362], down: [880, 20565, 6680] },
];
const RANK = { invalid: 0, unknown: 1, valid: 2 };
const ORDER = ['valid', 'invalid', 'unknown'] as const;

interface Judged {
  readonly state: State;
  readonly table: AspaTable;
  readonly up: Evidence;
  readonly down: Evidence;
}

function judge(state: State): Judged {
  const table = createAspaTable(payloadsOf(state));
  const asPath = [{ type: 2 as const, asns: state.asns }];
  const verify = (neighborRole: 'customer' | 'provider'): Evidence =>
    verifyAsPath(table, { asPath, neighborAs: state.n, neighborRole });
  return { state, table, up: verify('customer'), down: verify('provider') };
}

const judged: Judged[] = [];
/** The states that break a rule, as text; empty when it holds everywhere. */
const breaking = (rule: (judged: Judged) => boolean): string[] =>
  judged
    .filter((one) => !rule(one))
    .slice(0, 3)
    .map(({ state }) => JSON.stringify(state));

beforeAll(() => {
  for (const { n } of EXPECTED) for (const state of states(n)) judged.push(judge(state));
});

describe('all 35,156 attestation states of paths of 1 to 7 distinct ASes', () => {
  it('have the expected outcomes', () => {
    requirement('aspa-28:5.4:max-sum-below-n', 'aspa-28:5.4:min-sum-below-n');
    for (const expected of EXPECTED) {
      const ofLength = judged.filter(({ state }) => state.n === expected.n);
      const count = (side: 'up' | 'down'): number[] =>
        ORDER.map((outcome) => ofLength.filter((one) => one[side].outcome === outcome).length);
      expect({ n: expected.n, states: ofLength.length, up: count('up'), down: count('down') }).toEqual(
        expected,
      );
    }
    expect(judged.length).toBe(35_156);
  });

  it('fast form equals literal form in both directions', () => {
    expect(
      breaking(({ state, table, up, down }) => {
        const outcomes = fastVerify(table, Uint32Array.from(state.asns), 0, state.n);
        return upstreamOutcome(outcomes) === up.outcome && downstreamOutcome(outcomes) === down.outcome;
      }),
    ).toEqual([]);
  });

  it('the kit of the mutants, written apart, agrees', () => {
    expect(
      breaking(({ state, up, down }) => {
        const asPath = [{ type: 2 as const, asns: state.asns }];
        const asked = { aspas: payloadsOf(state), asPath, neighborAs: state.n };
        return (
          run(kit, { ...asked, neighborRole: 'customer' }) === up.outcome &&
          run(kit, { ...asked, neighborRole: 'provider' }) === down.outcome
        );
      }),
    ).toEqual([]);
  });

  it('agree with apexes K and L (drafts -12 to -17)', () => {
    expect(breaking(({ down }) => apexes(down.hops) === down.outcome)).toEqual([]);
  });

  it('agree with the facing walls (draft -17)', () => {
    expect(breaking(({ down }) => facingWallsInvalid(down.hops) === (down.outcome === 'invalid'))).toEqual(
      [],
    );
  });

  it('agree when ramps are clamped so that they cannot overlap', () => {
    expect(breaking(({ down }) => clamped(down.hops) === down.outcome)).toEqual([]);
  });

  it('downstream valid means that a split point exists', () => {
    requirement('aspa-28:5.4:else-valid');
    expect(breaking(({ down }) => splitPointValid(down.hops) === (down.outcome === 'valid'))).toEqual([]);
  });

  it('max >= min >= 1, all at most N', () => {
    expect(
      breaking(({ state: { n }, down: { ramps } }) => {
        if (ramps === null) return false;
        const { maxUpRamp, minUpRamp, maxDownRamp, minDownRamp } = ramps;
        const ordered = maxUpRamp >= minUpRamp && maxDownRamp >= minDownRamp;
        return ordered && minUpRamp >= 1 && minDownRamp >= 1 && maxUpRamp <= n && maxDownRamp <= n;
      }),
    ).toEqual([]);
  });

  it('downstream is never worse than upstream', () => {
    expect(breaking(({ up, down }) => RANK[down.outcome] >= RANK[up.outcome])).toEqual([]);
  });

  it('reversing the path swaps the ramps and keeps the downstream outcome', () => {
    expect(
      breaking(({ state, table, down }) => {
        const asPath = [{ type: 2 as const, asns: [...state.asns].reverse() }];
        const reversed = verifyAsPath(table, { asPath, neighborAs: 1, neighborRole: 'provider' });
        return (
          reversed.outcome === down.outcome &&
          reversed.ramps?.maxUpRamp === down.ramps?.maxDownRamp &&
          reversed.ramps?.minUpRamp === down.ramps?.minDownRamp
        );
      }),
    ).toEqual([]);
  });

  it('properties 5 and 6: a provider added never lowers; an entry added changes only unknown', () => {
    const settled = new Set(['valid', 'invalid']);
    let changed = 0;
    expect(
      breaking(({ state, up, down }) => {
        if (state.n > 5) return true; // the smaller paths hold every kind of change
        return state.entries.every((entry, asn) => {
          if (asn === 0) return true;
          const entries = [...state.entries];
          entries[asn] = entry === undefined ? [] : [asn - 1, asn + 1].filter((a) => a >= 1 && a <= state.n);
          const after = judge({ ...state, entries });
          changed++;
          if (entry !== undefined) {
            return (
              RANK[after.up.outcome] >= RANK[up.outcome] && RANK[after.down.outcome] >= RANK[down.outcome]
            );
          }
          return [[up, after.up] as const, [down, after.down] as const].every(
            ([a, b]) => !settled.has(a.outcome) || a.outcome === b.outcome,
          );
        });
      }),
    ).toEqual([]);
    expect(changed).toBeGreaterThan(6000);
  });

  it('upstream, the ASPA of the neighbour changes nothing', () => {
    expect(
      breaking(({ state, up }) => {
        const top = state.entries[state.n];
        if (top !== undefined) return true;
        const outcome = (list: number[]): string => {
          const entries = [...state.entries];
          entries[state.n] = list;
          const table = createAspaTable(payloadsOf({ ...state, entries }));
          return upstreamOutcome(fastVerify(table, state.asns, 0, state.n));
        };
        return outcome([]) === up.outcome && outcome([state.n - 1]) === up.outcome;
      }),
    ).toEqual([]);
  });
});
