import fc from 'fast-check';
import { DecodeError } from 'pathsec/bytes';
import { outcomesOf, readScenario, ribs, type Scenario, simulate } from 'pathsec/simulate';
import { describe, expect, it } from 'vitest';
import { arbitraryLibraryScenario, arbitraryScenario, BY_LENGTH } from './arbitrary-scenario.js';
import { type LiteralResult, literally } from './literal.js';

/** What the engine says, in the form of the literal one; undefined where there is no stable state. */
function fast(scenario: Scenario): LiteralResult | undefined {
  try {
    const simulation = simulate(scenario);
    const { asns } = simulation.topology;
    return {
      rib: Object.fromEntries(
        [...ribs(simulation)].map(([asn, routes]) => [asn, Object.fromEntries(routes)]),
      ),
      outcome: Object.fromEntries(outcomesOf(simulation).map((outcome, i) => [asns[i], outcome])),
    };
  } catch (error) {
    if (error instanceof DecodeError && error.code === 'no-stable-state') return undefined;
    throw error;
  }
}

const runs = { numRuns: 400 };

describe('the engine and the literal reading say the same', () => {
  it('of every mechanism where relation and length come first', () => {
    fc.assert(
      fc.property(arbitraryScenario({ policies: BY_LENGTH }), (json) => {
        const scenario = readScenario(json);
        expect(fast(scenario)).toEqual(literally(scenario));
      }),
      runs,
    );
  });

  it('also with providers in circles', () => {
    fc.assert(
      fc.property(arbitraryScenario({ policies: BY_LENGTH, circles: true }), (json) => {
        const scenario = readScenario(json);
        expect(fast(scenario)).toEqual(literally(scenario));
      }),
      runs,
    );
  });

  it('of ASRA, whose fake links are rare among other policies', () => {
    fc.assert(
      fc.property(arbitraryScenario({ policies: ['asraA', 'asraA', 'asra'] }), (json) => {
        const scenario = readScenario(json);
        expect(fast(scenario)).toEqual(literally(scenario));
      }),
      { numRuns: 1500 },
    );
  });

  it('of views of ROAs and of ASPA on sending, which the library has', () => {
    fc.assert(
      fc.property(arbitraryLibraryScenario(), (scenario) => {
        expect(fast(scenario)).toEqual(literally(scenario));
      }),
      { numRuns: 800 },
    );
  });

  it('of signed routes that all speakers prefer before length', () => {
    const policies = ['bgpsec2', 'bgpsec2', 'bgpsec2', 'otc', 'aspa', 'edgeFilter', 'firstAs'] as const;
    fc.assert(
      fc.property(arbitraryScenario({ policies, circles: true }), (json) => {
        const scenario = readScenario({ ...json, bgpsecRouters: [] });
        expect(fast(scenario)).toEqual(literally(scenario));
      }),
      { numRuns: 1500 },
    );
  });

  it('of signed routes that are preferred before length', () => {
    fc.assert(
      fc.property(arbitraryScenario({ policies: [...BY_LENGTH, 'bgpsec2', 'bgpsec2'] }), (json) => {
        const scenario = readScenario(json);
        expect(fast(scenario)).toEqual(literally(scenario));
      }),
      runs,
    );
  });

  it('of signed routes that are preferred before everything, where there is a stable state', () => {
    let settled = 0;
    fc.assert(
      fc.property(arbitraryScenario({ policies: ['bgpsec1', 'bgpsecStrict', 'rov'] }), (json) => {
        const scenario = readScenario(json);
        const expected = literally(scenario);
        if (expected === undefined) return;
        settled++;
        expect(fast(scenario)).toEqual(expected);
      }),
      runs,
    );
    expect(settled).toBeGreaterThan(0);
  });
});
