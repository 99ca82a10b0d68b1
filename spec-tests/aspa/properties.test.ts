import fc from 'fast-check';
import {
  createAspaTable,
  downstreamOutcome,
  fastVerify,
  fastVerifyAll,
  fastVerifyAsPath,
  sequenceAsns,
  upstreamOutcome,
  verifyAsPath,
} from 'pathsec/aspa';
import type { AsPath, AsPathSegment } from 'pathsec/bgp';
import type { AspaPayload } from 'pathsec/payload';
import { describe, expect, it } from 'vitest';
import { kit, run } from '../kit/aspa/mutants/kit.js';
import { requirement } from '../kit/citation.js';
import { arbitraryAsn } from '../support.js';

interface Scenario {
  readonly aspas: readonly AspaPayload[];
  /** Wire order, with repeats, loops and prepends. */
  readonly asns: readonly number[];
}

/** Few ASNs from the whole range, so that paths loop and hops are attested as often as not. */
const scenario: fc.Arbitrary<Scenario> = fc
  .uniqueArray(arbitraryAsn, { minLength: 1, maxLength: 6 })
  .chain((pool) => {
    const member = fc.constantFrom(...pool);
    const repeated = fc
      .tuple(member, fc.integer({ min: 1, max: 3 }))
      .map(([asn, times]) => new Array<number>(times).fill(asn));
    const few = fc.uniqueArray(fc.oneof(member, fc.constant(0)), { minLength: 1, maxLength: 7 });
    const many = fc
      .tuple(few, fc.uniqueArray(arbitraryAsn, { minLength: 20, maxLength: 60 }))
      .map(([some, rest]) => [...rest, ...some]);
    const providers = fc.oneof({ weight: 5, arbitrary: few }, { weight: 1, arbitrary: many });
    return fc.record({
      aspas: fc.array(fc.record({ customer: member, providers }), { maxLength: 8 }),
      asns: fc.array(repeated, { minLength: 1, maxLength: 9 }).map((runs) => runs.flat()),
    });
  });

const sequence = (asns: readonly number[]): AsPath => [{ type: 2, asns }];

/** Both outcomes of the literal form; equality with the fast form is checked on the way. */
function outcomes(aspas: readonly AspaPayload[], asPath: AsPath): string {
  const table = createAspaTable(aspas);
  const both = (['upstream', 'downstream'] as const).map((procedure) => {
    const { outcome } = verifyAsPath(table, { asPath, procedure });
    expect(fastVerifyAsPath(table, { asPath, procedure })).toBe(outcome);
    return outcome;
  });
  return both.join(' ');
}

describe('properties of paths with prepends, loops, siblings and ASNs of the full range', () => {
  it('the fast form equals the literal form, and the form of the mutants', () => {
    fc.assert(
      fc.property(scenario, arbitraryAsn, fc.boolean(), ({ aspas, asns }, other, wrong) => {
        const table = createAspaTable(aspas);
        const neighborAs = wrong ? other : (asns[0] as number);
        for (const neighborRole of ['provider', 'customer', 'peer', 'rs', 'rs-client'] as const) {
          const input = { asPath: sequence(asns), neighborAs, neighborRole };
          const { outcome } = verifyAsPath(table, input);
          expect(fastVerifyAsPath(table, input)).toBe(outcome);
          expect(run(kit, { ...input, aspas: aspas.filter(({ customer }) => customer !== 0) })).toBe(outcome);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('the same with complex neighbours, route servers that have to lead, sets and unknown neighbours', () => {
    const option = fc.option(arbitraryAsn, { nil: undefined });
    const role = fc.constantFrom('rs', 'complex', 'provider', 'peer');
    const type = fc.constantFrom(2, 2, 2, 1, 3, 4);
    fc.assert(
      fc.property(scenario, role, option, option, type, ({ aspas, asns }, neighborRole, lead, peer, last) => {
        const table = createAspaTable(aspas);
        const asPath: AsPath = [
          { type: 2, asns: asns.slice(0, 2) },
          { type: last, asns: asns.slice(2) },
        ];
        const input = {
          asPath,
          neighborRole,
          ...(lead === undefined ? {} : { routeServerAs: lead }),
          ...(peer === undefined ? {} : { neighborAs: peer }),
        };
        expect(fastVerifyAsPath(table, input)).toBe(verifyAsPath(table, input).outcome);
      }),
      { numRuns: 500 },
    );
  });

  it('many paths at once, wherever they lie in the list, equal the single and the literal form', () => {
    const many = fc.tuple(fc.array(scenario, { minLength: 1, maxLength: 6 }), fc.nat({ max: 3 }));
    fc.assert(
      fc.property(many, fc.array(arbitraryAsn, { maxLength: 3 }), ([scenarios, empty], before) => {
        const table = createAspaTable(scenarios.flatMap(({ aspas }) => aspas));
        const paths = scenarios.map(({ asns }) => asns);
        paths.splice(empty, 0, []);
        const starts = [before.length];
        for (const path of paths) starts.push((starts.at(-1) as number) + path.length);
        const asns = Uint32Array.from([...before, ...paths.flat(), ...before]);
        const out = new Uint8Array(paths.length + 1).fill(99);
        fastVerifyAll(table, asns, Uint32Array.from(starts), out);
        expect(out.at(-1)).toBe(99);
        for (const [i, path] of paths.entries()) {
          const outcomes = out[i] as number;
          expect(outcomes).toBe(fastVerify(table, path, 0, path.length));
          const asPath = sequence(path);
          expect(upstreamOutcome(outcomes)).toBe(
            verifyAsPath(table, { asPath, procedure: 'upstream' }).outcome,
          );
          expect(downstreamOutcome(outcomes)).toBe(
            verifyAsPath(table, { asPath, procedure: 'downstream' }).outcome,
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it('repeating an AS next to itself changes nothing', () => {
    requirement('aspa-28:5.2:consecutive-duplicates');
    fc.assert(
      fc.property(scenario, fc.nat(), fc.integer({ min: 1, max: 300 }), ({ aspas, asns }, at, times) => {
        const index = at % asns.length;
        const again = new Array<number>(times).fill(asns[index] as number);
        const longer = [...asns.slice(0, index), ...again, ...asns.slice(index)];
        expect(outcomes(aspas, sequence(longer))).toBe(outcomes(aspas, sequence(asns)));
      }),
    );
  });

  it('segment boundaries change nothing', () => {
    requirement('aspa-28:5.2:across-segments');
    fc.assert(
      fc.property(scenario, fc.array(fc.nat({ max: 20 }), { maxLength: 4 }), ({ aspas, asns }, cuts) => {
        const marks = [0, ...cuts.map((cut) => cut % (asns.length + 1)).sort((a, b) => a - b), asns.length];
        const asPath = marks
          .slice(1)
          .map((end, i): AsPathSegment => ({ type: 2, asns: asns.slice(marks[i], end) }));
        expect(outcomes(aspas, asPath)).toBe(outcomes(aspas, sequence(asns)));
        expect([...sequenceAsns(asPath)]).toEqual(asns);
      }),
    );
  });

  it('AS 0 beside others, splitting, order of records and of providers change nothing', () => {
    requirement('aspa-28:4:as0-beside-others');
    fc.assert(
      fc.property(scenario, ({ aspas, asns }) => {
        const before = outcomes(aspas, sequence(asns));
        const with0 = aspas.map(({ customer, providers }) => ({ customer, providers: [0, ...providers] }));
        const split = aspas.flatMap(({ customer, providers }) =>
          providers.map((provider) => ({ customer, providers: [provider] })),
        );
        const reversed = [...aspas]
          .reverse()
          .map((aspa) => ({ ...aspa, providers: [...aspa.providers].reverse() }));
        expect(outcomes(with0, sequence(asns))).toBe(before);
        expect(outcomes(split, sequence(asns))).toBe(before);
        expect(outcomes(reversed, sequence(asns))).toBe(before);
      }),
    );
  });

  it('ASPAs of ASes outside the path change nothing', () => {
    fc.assert(
      fc.property(scenario, arbitraryAsn, ({ aspas, asns }, customer) => {
        fc.pre(!asns.includes(customer));
        const more = [...aspas, { customer, providers: [...asns] }, { customer, providers: [0] }];
        expect(outcomes(more, sequence(asns))).toBe(outcomes(aspas, sequence(asns)));
      }),
    );
  });

  it('an injective renaming of ASNs changes nothing', () => {
    fc.assert(
      fc.property(scenario, ({ aspas, asns }) => {
        const rename = (asn: number): number => (asn === 0 ? 0 : ((asn + 0x7fff_ffff) % 0xffff_ffff) + 1);
        const renamed = aspas.map(({ customer, providers }) => ({
          customer: rename(customer),
          providers: providers.map(rename),
        }));
        expect(outcomes(renamed, sequence(asns.map(rename)))).toBe(outcomes(aspas, sequence(asns)));
      }),
    );
  });

  it('fastVerify reads any array from any place', () => {
    fc.assert(
      fc.property(scenario, fc.array(arbitraryAsn, { maxLength: 3 }), ({ aspas, asns }, before) => {
        const table = createAspaTable(aspas);
        const alone = fastVerify(table, asns, 0, asns.length);
        const inside = [...before, ...asns, 1, 2];
        expect(fastVerify(table, inside, before.length, asns.length)).toBe(alone);
        expect(fastVerify(table, Uint32Array.from(inside), before.length, asns.length)).toBe(alone);
      }),
    );
  });

  it('provider sets of thousands answer like sets, in both forms', () => {
    requirement('aspa-28:5.3:provider');
    const large = fc.uniqueArray(fc.integer({ min: 1, max: 0xffff_ffff }), {
      minLength: 900,
      maxLength: 1100,
    });
    fc.assert(
      fc.property(large, arbitraryAsn, fc.boolean(), (providers, candidate, listed) => {
        fc.pre(candidate !== 5);
        const set = providers.filter((asn) => asn !== candidate && asn !== 5);
        const table = createAspaTable([{ customer: 5, providers: listed ? [...set, candidate] : set }]);
        const input = {
          asPath: sequence([candidate, 5]),
          neighborAs: candidate,
          neighborRole: 'customer',
        } as const;
        const expected = listed ? 'valid' : 'invalid';
        expect(verifyAsPath(table, input).outcome).toBe(expected);
        expect(fastVerifyAsPath(table, input)).toBe(expected);
        for (const asn of [set[0], set[500], set.at(-1)]) {
          expect(table.authorized(5, asn as number)).toBe('provider+');
        }
      }),
      { numRuns: 30 },
    );
  });

  it('the input is neither changed nor kept', () => {
    fc.assert(
      fc.property(scenario, ({ aspas, asns }) => {
        const table = createAspaTable(
          Object.freeze(
            aspas.map((aspa) => Object.freeze({ ...aspa, providers: Object.freeze([...aspa.providers]) })),
          ),
        );
        const asPath = Object.freeze([Object.freeze({ type: 2 as const, asns: Object.freeze([...asns]) })]);
        const input = Object.freeze({ asPath, procedure: 'downstream' as const });
        const first = verifyAsPath(table, input);
        expect(fastVerifyAsPath(table, input)).toBe(first.outcome);
        expect(verifyAsPath(table, input)).toEqual(first);
        expect(first.asPath[0]).not.toBe(asPath[0]);
        expect(first.asPath[0]?.asns).not.toBe(asPath[0]?.asns);
      }),
    );
  });
});
