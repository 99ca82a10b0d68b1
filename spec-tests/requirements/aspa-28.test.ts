import fc from 'fast-check';
import {
  applicability,
  type BgpRole,
  createAspaTable,
  type Evidence,
  fastVerifyAsPath,
  type NeighborRole,
  neighborRoleOf,
  recommendedMitigation,
  verifyAsPath,
} from 'pathsec/aspa';
import { type AsPath, decodeUpdate } from 'pathsec/bgp';
import { describe, expect, it } from 'vitest';
import { aspas, path } from '../aspa/notation.js';
import { attribute, MP_REACH, NEXT_HOP, NLRI, ORIGIN, updateOf } from '../bgp/wire-support.js';
import { requirement } from '../kit/citation.js';

function verify(
  aspaText: string,
  asPath: AsPath | string,
  neighborRole: NeighborRole,
  neighborAs?: number,
): Evidence {
  const wire = typeof asPath === 'string' ? path(asPath) : asPath;
  const sender = neighborAs ?? wire[0]?.asns[0];
  const input = { asPath: wire, neighborRole, ...(sender !== undefined && { neighborAs: sender }) };
  const table = createAspaTable(aspas(aspaText));
  const evidence = verifyAsPath(table, input);
  expect(fastVerifyAsPath(table, input)).toBe(evidence.outcome);
  return evidence;
}

describe('draft-28 §5.1: the AS_PATH', () => {
  it('is the reconstructed one where AS_PATH and AS4_PATH came', () => {
    requirement('aspa-28:5.1:reconstructed-as-path');
    const attested = '65537:{65536} 65536:{64496}';
    const { asPath = [], values } = decodeUpdate(
      updateOf(
        [
          ORIGIN,
          attribute(0x40, 2, '0203 fbf0 5ba0 5ba0'),
          NEXT_HOP,
          attribute(0xc0, 17, '0202 00010000 00010001'),
        ],
        { nlri: NLRI },
      ),
      { asnSize: 2 },
    );
    expect(verify(attested, asPath, 'customer')).toMatchObject({ outcome: 'valid', n: 3 });
    expect(verify(attested, values.asPath ?? [], 'customer')).toMatchObject({ outcome: 'unknown', n: 2 });
  });

  it('stays as received where AGGREGATOR puts AS4_PATH aside', () => {
    requirement('!aspa-28:5.1:reconstructed-as-path');
    const { asPath = [] } = decodeUpdate(
      updateOf(
        [
          ORIGIN,
          attribute(0x40, 2, '0202 fbf0 fbf1'),
          NEXT_HOP,
          attribute(0xc0, 7, 'fbf0 c0000201'),
          attribute(0xc0, 17, '0201 00010000'),
          attribute(0xc0, 18, '00010000 c0000201'),
        ],
        { nlri: NLRI },
      ),
      { asnSize: 2 },
    );
    expect(verify('64497:{64496} 65536:{0}', asPath, 'customer').outcome).toBe('valid');
  });
});

describe('draft-28 §5.3: authorized(AS x, AS y)', () => {
  it('is No Attestation without an entry for AS x, also where AS y has one that lists AS x', () => {
    requirement('aspa-28:5.3:no-attestation');
    const table = createAspaTable(aspas('2:{1} 3:{0}'));
    expect(table.authorized(1, 2)).toBe('no-attestation');
    expect(table.authorized(4, 3)).toBe('no-attestation');
  });

  it('is Provider+ for every AS that the U-SPAS of AS x includes', () => {
    requirement('aspa-28:5.3:provider');
    const table = createAspaTable(aspas('1:{2,3,4294967295} 1:{7}'));
    expect([2, 3, 4_294_967_295, 7].map((y) => table.authorized(1, y))).toEqual(Array(4).fill('provider+'));
  });

  it('is Not Provider+ where the entry does not include AS y, and only there', () => {
    requirement('aspa-28:5.3:not-provider');
    const table = createAspaTable(aspas('1:{2,4} 5:{0}'));
    expect([1, 3, 5].map((y) => table.authorized(1, y))).toEqual(Array(3).fill('not-provider+'));
    expect(table.authorized(5, 1)).toBe('not-provider+');
    expect([table.authorized(1, 4), table.authorized(6, 1)]).toEqual(['provider+', 'no-attestation']);
  });

  it('takes the pair as ordered', () => {
    requirement('aspa-28:5.3:ordered-pair');
    const table = createAspaTable(aspas('1:{2} 2:{3}'));
    expect([table.authorized(1, 2), table.authorized(2, 1)]).toEqual(['provider+', 'not-provider+']);
  });
});

describe('draft-28 §5.5 and §5.6: the algorithm of the relation', () => {
  const UPSTREAM = ['customer', 'peer', 'rs-client', 'rs'] as const;

  it.each(UPSTREAM)('a route from a neighbour that is %s gets the upstream algorithm', (role) => {
    requirement(
      'aspa-28:5.5:from-customer',
      'aspa-28:5.5:from-peer',
      'aspa-28:5.5:from-rs-client',
      'aspa-28:5.5:from-rs',
    );
    expect(verify('1:{2}', '2 1', role)).toMatchObject({ outcome: 'valid', section: '5.5' });
  });

  it.each(UPSTREAM)('a route from a neighbour that is %s is granted no down-ramp and no free hop', (role) => {
    requirement(
      '!aspa-28:5.5:from-customer',
      '!aspa-28:5.5:from-peer',
      '!aspa-28:5.5:from-rs-client',
      '!aspa-28:5.5:from-rs',
    );
    expect(verify('1:{0}', '2 1', role).outcome).toBe('invalid');
    expect(verify('1:{2} 3:{2}', '3 2 1', role).outcome).toBe('unknown');
    expect(verify('1:{0}', '2 1', 'provider').outcome).toBe('valid');
    expect(verify('1:{2} 3:{2}', '3 2 1', 'provider').outcome).toBe('valid');
  });

  it('a route from a provider gets the downstream algorithm', () => {
    requirement('aspa-28:5.6:from-provider');
    expect(verify('2:{1} 3:{2}', '3 2 1', 'provider')).toMatchObject({ outcome: 'valid', section: '5.6' });
  });

  it('max_down_ramp and min_down_ramp are 0 upstream, whatever is attested downwards', () => {
    requirement('aspa-28:5.5:down-ramps-zero');
    const evidence = verify('1:{2} 2:{1,3} 3:{2}', '3 2 1', 'peer');
    expect(evidence.ramps).toMatchObject({ maxDownRamp: 0, minDownRamp: 0 });
    expect(evidence.sums?.step4).toMatchObject({ up: 3, down: 0, sum: 3 });
  });
});

describe.each([
  ['§5.5', 'customer'],
  ['§5.6', 'provider'],
] as const)('draft-28 %s: the steps, from a %s', (_, role) => {
  it('step 1 halts for an AS_PATH without any AS', () => {
    requirement('aspa-28:5.5:step-1', 'aspa-28:5.6:step-1');
    expect(verify('1:{2}', '-', role, 2)).toMatchObject({ outcome: 'invalid', step: 1 });
  });

  it('step 1 does not halt for a single AS', () => {
    requirement('!aspa-28:5.5:step-1', '!aspa-28:5.6:step-1');
    expect(verify('1:{0}', '1', role)).toMatchObject({ outcome: 'valid', step: 6 });
  });

  it('step 2 halts where the most recently added AS is not the neighbour AS', () => {
    requirement('aspa-28:5.5:step-2', 'aspa-28:5.6:step-2');
    expect(verify('1:{2}', '2 1', role, 1)).toMatchObject({ outcome: 'invalid', step: 2 });
    expect(verify('1:{2}', '2 1', role, 9)).toMatchObject({ outcome: 'invalid', step: 2 });
  });

  it('step 2 does not halt where it is, prepended or not', () => {
    requirement('!aspa-28:5.5:step-2', '!aspa-28:5.6:step-2');
    expect(verify('1:{2}', '2 1', role, 2).step).toBe(6);
    expect(verify('1:{2}', '2 2 2 1', role, 2).step).toBe(6);
  });

  it('step 3 halts for an AS_SET at any place but the first', () => {
    requirement('aspa-28:5.5:step-3', 'aspa-28:5.6:step-3');
    for (const text of ['3 {2} 1', '3 2 {1}', '3 {2,7} 1']) {
      expect(verify('1:{2} 2:{3}', text, role)).toMatchObject({ outcome: 'invalid', step: 3 });
    }
  });

  it('step 3 does not halt for several AS_SEQUENCE segments', () => {
    requirement('!aspa-28:5.5:step-3', '!aspa-28:5.6:step-3');
    expect(verify('1:{2} 2:{3}', '3 / 2 / 1', role)).toMatchObject({ outcome: 'valid', step: 6 });
  });

  it('step 4 halts for two hops that contradict each other, missing attestations or not', () => {
    requirement('aspa-28:5.5:step-4', 'aspa-28:5.6:step-4');
    expect(verify('2:{0} 4:{0}', '5 4 3 2 1', role)).toMatchObject({ outcome: 'invalid', step: 4 });
  });

  it('step 4 does not halt where attestations are only missing', () => {
    requirement('!aspa-28:5.5:step-4', '!aspa-28:5.6:step-4');
    expect(verify('-', '3 2 1', role)).toMatchObject({ outcome: 'unknown', step: 5 });
  });

  it('step 5 halts where a missing attestation leaves a gap', () => {
    requirement('aspa-28:5.5:step-5', '!aspa-28:5.5:step-6', 'aspa-28:5.6:step-5', '!aspa-28:5.6:step-6');
    expect(verify('1:{2}', '4 3 2 1', role)).toMatchObject({ outcome: 'unknown', step: 5 });
  });

  it('step 5 does not halt where every hop of the ramp is attested', () => {
    requirement('!aspa-28:5.5:step-5', 'aspa-28:5.5:step-6', '!aspa-28:5.6:step-5', 'aspa-28:5.6:step-6');
    expect(verify('1:{2} 2:{3} 3:{4}', '4 3 2 1', role)).toMatchObject({ outcome: 'valid', step: 6 });
  });

  it('the first step that halts decides', () => {
    requirement('aspa-28:5.5:step-2', 'aspa-28:5.5:step-4', 'aspa-28:5.6:step-2', 'aspa-28:5.6:step-4');
    expect(verify('1:{0}', '-', role, 9).step).toBe(1);
    expect(verify('1:{0}', '3 {2} 1', role, 9).step).toBe(2);
    expect(verify('1:{0} 3:{0}', '3 {2} 1', role).step).toBe(3);
    expect(verify('2:{0} 4:{0}', '5 4 3 2 1', role).step).toBe(4);
  });
});

describe('draft-28 §5.5 step 2: who is exempt', () => {
  it('a receiving AS that is an RS-client', () => {
    requirement('!aspa-28:5.5:step-2');
    expect(verify('1:{2}', '2 1', 'rs', 9)).toMatchObject({ outcome: 'valid', neighborCheck: 'exempt' });
  });

  it.each(['customer', 'peer', 'rs-client', 'provider'] as const)('not a neighbour that is %s', (role) => {
    requirement('aspa-28:5.6:step-2');
    expect(verify('1:{2}', '2 1', role, 9)).toMatchObject({ outcome: 'invalid', step: 2 });
  });
});

describe('draft-28 §5.7: an Invalid route', () => {
  it('is kept and counts again once the table has changed, without being received anew', () => {
    requirement('!aspa-28:5.7:invalid-kept');
    const table = createAspaTable(aspas('1:{3}'));
    const held = { asPath: path('2 1'), neighborAs: 2, neighborRole: 'customer' } as const;
    const policy = () => recommendedMitigation(verifyAsPath(table, held).outcome);
    expect(policy()).toMatchObject({ eligible: false, keepInAdjRibIn: true });
    table.announce({ customer: 1, providers: [2, 3] });
    expect(policy()).toMatchObject({ eligible: true, keepInAdjRibIn: true });
  });
});

describe('draft-28 §6.2: where the procedures are applied', () => {
  it('IPv4 and IPv6 unicast, and no other family, whatever its numbers', () => {
    requirement('aspa-28:6.2:ipv4-and-ipv6-unicast', '!aspa-28:6.2:other-families');
    const number = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.nat(65_535));
    fc.assert(
      fc.property(number, number, (afi, safi) => {
        const unicast = (afi === 1 || afi === 2) && safi === 1;
        expect(applicability({ afi, safi, session: 'ebgp' }).applies).toBe(unicast);
      }),
    );
  });

  it('each NLRI of an UPDATE by its own family', () => {
    requirement('!aspa-28:6.2:ipv4-and-ipv6-unicast', '!aspa-28:6.2:other-families');
    const message = updateOf(
      [
        ORIGIN,
        attribute(0x40, 2, '0202 00000002 00000001'),
        NEXT_HOP,
        { ...MP_REACH, value: multicast(MP_REACH.value) },
      ],
      { nlri: NLRI },
    );
    const { mpReach } = decodeUpdate(message).values;
    const families = [{ afi: 1, safi: 1 }, ...(mpReach ? [mpReach] : [])];
    const answers = families.map(({ afi, safi }) => applicability({ afi, safi, session: 'ebgp' }));
    expect(answers).toEqual([
      { applies: true },
      { applies: false, outcome: 'not-applicable', reason: 'address-family' },
    ]);
  });

  it('the boundary of a confederation, not its inside', () => {
    requirement('aspa-28:6.2:edge-of-confederation', '!aspa-28:6.2:confederation-inside');
    expect(applicability({ afi: 1, safi: 1, session: 'ebgp' }).applies).toBe(true);
    expect(applicability({ afi: 1, safi: 1, session: 'confederation-internal' }).applies).toBe(false);
  });
});

/** The octets of an MP_REACH_NLRI value with SAFI 2. */
function multicast(value: Uint8Array): Uint8Array {
  const copy = value.slice();
  copy[2] = 2;
  return copy;
}

describe('draft-28 §6.3: the configured BGP Role', () => {
  it('chooses the algorithm: downstream for a Customer, upstream for every other role', () => {
    requirement('aspa-28:6.3:role-chooses-algorithm');
    const roles: readonly BgpRole[] = ['provider', 'rs', 'rs-client', 'customer', 'peer'];
    const chosen = roles.map((local) => verify('-', '1', neighborRoleOf(local)).procedure);
    expect(chosen).toEqual(['upstream', 'upstream', 'upstream', 'downstream', 'upstream']);
  });
});
