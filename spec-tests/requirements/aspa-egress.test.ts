import fc from 'fast-check';
import {
  chooseEgressProcedure,
  createAspaTable,
  type EgressInput,
  egressProcedureOfRole,
  egressVerification,
  fastVerifyEgress,
  formatExplanation,
  type NeighborRole,
  otcEgress,
  recommendedEgress,
  repairs,
  verifyAsPath,
  verifyEgress,
} from 'pathsec/aspa';
import { parseAsPath } from 'pathsec/bgp';
import { describe, expect, it } from 'vitest';
import { aspas } from '../aspa/notation.js';
import { kit, run } from '../kit/aspa/mutants/kit.js';
import { requirement } from '../kit/citation.js';
import { arbitraryAsn } from '../support.js';

const ROLES: readonly NeighborRole[] = ['provider', 'customer', 'peer', 'rs', 'rs-client', 'complex'];

/** The evidence of a path that is sent to a neighbour of a role, and of the fast reading that it is the same. */
function sent(table: string, path: string, neighborRole: NeighborRole, more: Partial<EgressInput> = {}) {
  const input = { asPath: parseAsPath(path), neighborRole, ...more };
  const made = createAspaTable(aspas(table));
  const evidence = verifyEgress(made, input);
  expect(fastVerifyEgress(made, input)).toBe(evidence.outcome);
  return evidence;
}

describe('draft-zhang-sidrops-aspa-egress §4.1: the path as it is sent', () => {
  it('upstream towards providers, peers and route servers', () => {
    requirement('aspa-egress:4.1:upstream', '!aspa-egress:4.1:downstream');
    for (const role of ['provider', 'peer', 'rs'] as const) {
      expect(sent('1:{0}', '2 1', role)).toMatchObject({
        outcome: 'invalid',
        procedure: 'upstream',
        step: 4,
      });
      expect(() => sent('-', '2 1', role, { procedure: 'downstream' })).toThrow(
        `a route to a ${role} is verified by the upstream procedure`,
      );
    }
  });

  it('downstream towards customers, and RS-clients (D-egress-rs-client)', () => {
    requirement('aspa-egress:4.1:downstream', '!aspa-egress:4.1:upstream');
    for (const role of ['customer', 'rs-client'] as const) {
      expect(sent('1:{0}', '2 1', role)).toMatchObject({
        outcome: 'valid',
        procedure: 'downstream',
        step: 6,
      });
      expect(() => sent('-', '2 1', role, { procedure: 'upstream' })).toThrow(
        `a route to a ${role} is verified by the downstream procedure`,
      );
    }
  });

  it('downstream towards a complex neighbour whose prefixes are not told apart, or what the caller says', () => {
    requirement('aspa-egress:4.1:complex-fallback', 'aspa-egress:4.1:complex-segregated');
    const fallback = sent('-', '2 1', 'complex');
    expect(fallback).toMatchObject({ procedure: 'downstream', procedureReason: 'complex-fallback' });
    expect(fallback.warnings.map(({ code }) => code)).toContain('complex-fallback');
    const told = sent('-', '2 1', 'complex', { procedure: 'upstream' });
    expect(told).toMatchObject({ procedure: 'upstream', procedureReason: 'complex-segregated' });
    expect(chooseEgressProcedure(undefined, 'upstream').reason).toBe('caller');
    expect(egressProcedureOfRole('complex')).toBeUndefined();
  });

  it('the own AS leads the path that was updated', () => {
    requirement('aspa-egress:4.1:updated-path', '!aspa-egress:4.1:updated-path');
    expect(sent('1:{2}', '2 1', 'provider', { localAs: 2 })).toMatchObject({
      outcome: 'valid',
      neighborCheck: 'match',
      warnings: [],
    });
    const before = sent('-', '1', 'provider', { localAs: 2, neighborAs: 3 });
    expect(before).toMatchObject({ outcome: 'invalid', step: 2, neighborCheck: 'mismatch', neighborAs: 3 });
    expect(formatExplanation(before)).toContain('the most recently added AS is not the own AS2');
    expect(sent('-', '1', 'rs', { localAs: 2 }).outcome).toBe('invalid');
    const unknown = sent('-', '1', 'provider');
    expect(unknown.neighborCheck).toBe('skipped');
    expect(unknown.warnings.map(({ message }) => message)).toEqual([
      'the own AS is not known: whether it leads the path was not looked at',
    ]);
  });

  it('an Invalid route is not sent, and the operators are told', () => {
    requirement('aspa-egress:4.1:invalid-not-sent', 'aspa-egress:4.1:notify');
    expect(recommendedEgress('invalid')).toEqual({ advertise: false, notify: true });
    expect(recommendedEgress('valid')).toEqual({ advertise: true, notify: false });
    expect(recommendedEgress('unknown')).toEqual({ advertise: true, notify: false });
    expect(() => recommendedEgress('Invalid' as 'invalid')).toThrow(TypeError);
  });
});

describe('draft-zhang-sidrops-aspa-egress §4.2: the receiver in front of the path', () => {
  // §3.2: AS N publishes an ASPA without its provider P. What N sends to P is in order, what P sends on is Invalid.
  const missing = '1:{9} 2:{7}';

  it('shows the missing provider of §3.2 to the AS itself', () => {
    requirement('aspa-egress:4.2:receiver-in-front', '!aspa-egress:4.2:receiver-in-front');
    expect(sent(missing, '1', 'provider', { neighborAs: 2 }).outcome).toBe('valid');
    const augmented = sent(missing, '1', 'provider', { neighborAs: 2, mode: 'augmented', localAs: 1 });
    expect(augmented).toMatchObject({
      outcome: 'invalid',
      compressedAsPath: [2, 1],
      neighborCheck: 'match',
      egress: { section: '4.2', mode: 'augmented', prepended: true, localAs: 1 },
      notProviderHops: [{ customer: 1, provider: 2 }],
    });
    expect(sent(missing, '2 1', 'peer').outcome).toBe('invalid');
  });

  it('also towards a customer, and towards nobody else', () => {
    requirement('aspa-egress:4.2:receiver-in-front', '!aspa-egress:4.2:only-provider-or-customer');
    const from = { neighborAs: 4, mode: 'augmented' } as const;
    expect(sent('4:{9} 1:{0} 2:{0}', '2 1', 'customer', from)).toMatchObject({
      outcome: 'invalid',
      n: 3,
    });
    for (const role of ['peer', 'rs', 'rs-client', 'complex'] as const) {
      expect(sent('4:{9} 1:{2} 2:{0}', '2 1', role, from)).toMatchObject({
        outcome: 'valid',
        egress: { prepended: false },
      });
    }
  });

  it('a receiver that is not known is refused where it is needed', () => {
    requirement('aspa-egress:4.2:only-provider-or-customer');
    expect(() => sent('-', '1', 'provider', { mode: 'augmented' })).toThrow(
      'augmented verification needs the AS of the receiver',
    );
    expect(sent('-', '1', 'peer', { mode: 'augmented' }).outcome).toBe('valid');
    const bare = { asPath: parseAsPath('1'), procedure: 'upstream', mode: 'augmented' } as const;
    expect(() => verifyEgress(createAspaTable([]), bare)).toThrow('needs the role of the receiver');
    expect(() => sent('-', '1', 'peer', { mode: 'both' as 'basic' })).toThrow('"both" is not a mode');
  });

  it('changes the path of nobody but the verification', () => {
    requirement('aspa-egress:4.2:verification-only', '!aspa-egress:4.2:verification-only');
    const asPath = Object.freeze(parseAsPath('1 {5}').map((segment) => Object.freeze(segment)));
    const input = { asPath, neighborRole: 'provider', neighborAs: 2, mode: 'augmented' } as const;
    // What the receiver would refuse at steps 1 to 3 is judged as it is sent.
    const evidence = verifyEgress(createAspaTable([]), input);
    expect(evidence).toMatchObject({ step: 3, egress: { prepended: false } });
    expect(evidence.asPath).toEqual(asPath);
    const other = sent('-', '3 1', 'provider', { neighborAs: 2, localAs: 1, mode: 'augmented' });
    expect(other).toMatchObject({ step: 2, asPath: parseAsPath('3 1') });
    expect(formatExplanation(sent('-', '1', 'provider', { neighborAs: 2, mode: 'augmented' }))).toContain(
      'the receiver is put in front of the path',
    );
  });

  it('repairs are those of the path that was verified', () => {
    const table = createAspaTable(aspas(missing));
    const input = { asPath: parseAsPath('1'), neighborRole: 'provider', neighborAs: 2 } as const;
    const verified = egressVerification(table, { ...input, mode: 'augmented' });
    expect(repairs(table, verified).toValid[0]?.additions).toEqual([
      { customer: 1, provider: 2, newAspa: false },
    ]);
  });
});

describe('draft-zhang-sidrops-aspa-egress §6: marks', () => {
  it('a mark that forbids to send precedes every outcome', () => {
    requirement(
      'aspa-egress:6:marking-precedes',
      '!aspa-egress:6:marking-precedes',
      'aspa-egress:6:marked-not-exported',
      '!aspa-egress:6:marked-not-exported',
    );
    const marked = otcEgress('peer', 2, 9);
    expect(recommendedEgress('valid', marked)).toEqual({ advertise: false, notify: false });
    expect(recommendedEgress('invalid', marked)).toEqual({ advertise: false, notify: true });
    const free = otcEgress('customer', 2, 9);
    expect(recommendedEgress('valid', free).advertise).toBe(true);
    expect(recommendedEgress('invalid', free).advertise).toBe(false);
  });
});

describe('properties of egress verification', () => {
  const few = fc.constantFrom(1, 2, 3, 4, 0, 4_200_000_000);
  const scenario = fc.record({
    records: fc.array(
      fc.record({
        customer: fc.constantFrom(1, 2, 3, 4, 4_200_000_000),
        providers: fc.array(few, { minLength: 1, maxLength: 4 }),
      }),
      { maxLength: 6 },
    ),
    asns: fc.array(few, { minLength: 1, maxLength: 7 }),
    neighborRole: fc.constantFrom(...ROLES),
    neighborAs: fc.oneof(few, arbitraryAsn),
    localAs: fc.option(few, { nil: undefined }),
    mode: fc.constantFrom('basic', 'augmented'),
  });

  it('equal the verification by a second reading, and the fast reading', () => {
    fc.assert(
      fc.property(scenario, ({ records, asns, neighborRole, neighborAs, localAs, mode }) => {
        const table = createAspaTable(records);
        const asPath = [{ type: 2 as const, asns }];
        const input: EgressInput = { asPath, neighborRole, neighborAs, localAs, mode };
        const { outcome } = verifyEgress(table, input);
        expect(fastVerifyEgress(table, input)).toBe(outcome);
        // In the words of a receiver: upstream is a route from a customer, downstream one from a provider.
        const up = ['provider', 'peer', 'rs'].includes(neighborRole);
        const front = mode === 'augmented' && ['provider', 'customer'].includes(neighborRole);
        const leads = localAs === undefined || asns[0] === localAs;
        const path = front && leads ? [neighborAs, ...asns] : asns;
        const expected = run(kit, {
          aspas: records,
          asPath: [{ type: 2, asns: path }],
          neighborAs: leads ? (path[0] as number) : (localAs as number),
          neighborRole: up ? 'customer' : 'provider',
        });
        expect(outcome).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  it('the receiver finds the same at its ingress', () => {
    const inverse = { provider: 'customer', customer: 'provider', peer: 'peer', rs: 'rs-client' } as const;
    fc.assert(
      fc.property(scenario, few, ({ records, asns }, localAs) => {
        const table = createAspaTable(records);
        const asPath = [{ type: 2 as const, asns }];
        for (const role of ['provider', 'customer', 'peer', 'rs'] as const) {
          const there = verifyAsPath(table, { asPath, neighborAs: localAs, neighborRole: inverse[role] });
          const here = verifyEgress(table, { asPath, neighborRole: role, localAs });
          expect([here.outcome, here.step, here.ramps]).toEqual([there.outcome, there.step, there.ramps]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('a misspelt member, and what is no number, are refused', () => {
    const table = createAspaTable([]);
    const input = { asPath: parseAsPath('1'), neighborRole: 'peer' as const };
    expect(() => verifyEgress(table, { ...input, localAS: 1 } as EgressInput)).toThrow(
      'did you mean localAs',
    );
    expect(() => verifyEgress(table, { ...input, neighborAs: 2 ** 32 })).toThrow(RangeError);
    expect(() => verifyEgress(table, { ...input, localAs: '1' as unknown as number })).toThrow(TypeError);
    expect(() => verifyEgress(table, { asPath: input.asPath })).toThrow('a neighbour role or a procedure');
    expect(() => fastVerifyEgress(table, 1 as unknown as EgressInput)).toThrow(TypeError);
  });
});
