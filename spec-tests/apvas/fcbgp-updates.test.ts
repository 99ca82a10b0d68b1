import { type FcPath, fcPathAttribute, verifyFcRoute, verifyFcUpdate } from 'pathsec/apvas';
import {
  encodeAsPath,
  encodeBgpsecPath,
  encodeMpReach,
  encodeNlri,
  encodeUpdateMessage,
  type PathAttribute,
  pathAttribute,
} from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import { type Prefix, parsePrefix } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import { nextHop, origin, pathOf } from '../bgpsec/world.js';
import { fcRoute, fcVerifier, prefix } from './fcbgp-world.js';

const external = (localAs: number, peerAs: number) => ({ localAs, peerAs, kind: 'external' }) as const;

const none = new Uint8Array(0);
const asPathAttribute = (asns: readonly number[]) => pathAttribute(2, encodeAsPath([{ type: 2, asns }], 4));
const message = (attributes: readonly PathAttribute[], nlri: readonly Prefix[] = [prefix]) =>
  encodeUpdateMessage(
    {
      kind: 'update',
      withdrawnField: none,
      attributes: [...attributes].sort((a, b) => a.code - b.code),
      nlriField: encodeNlri(
        nlri.map((each) => ({ prefix: each })),
        false,
      ),
    },
    true,
  );

describe('an UPDATE with an FC path attribute', () => {
  const asns = [65536, 65537, 65538];
  const route = fcRoute(asns, 65539);
  const attribute = fcPathAttribute(route.path);
  const hop = pathAttribute(3, nextHop);
  const path = asPathAttribute([65538, 65537, 65536]);
  const session = external(65539, 65538);
  const verifier = fcVerifier(asns);
  const judge = (octets: Uint8Array, options = {}) => {
    const { verdict, reason } = verifyFcUpdate(octets, session, verifier, options);
    return [verdict, reason];
  };

  it('is judged from the NLRI field and from MP_REACH_NLRI', () => {
    const octets = message([origin, path, hop, attribute]);
    expect(judge(octets)).toEqual(['valid', 'ok']);
    expect(octets).toHaveLength(19 + 4 + 4 + 4 + (3 + 14) + 7 + (4 + 3 * 36) + lengthOf(route.path));
    const six = parsePrefix('2001:db8::/32');
    const reach = encodeMpReach({
      afi: 2,
      safi: 1,
      nextHop: fromHex('20010db8000000000000000000000001'),
      field: encodeNlri([{ prefix: six }], false),
    });
    const other = fcPathAttribute(fcRoute(asns, 65539, new Set(), six).path);
    expect(judge(message([origin, path, pathAttribute(14, reach), other], []))).toEqual(['valid', 'ok']);
  });

  it('is read under the type that the laboratory agreed on', () => {
    const octets = message([origin, path, hop, fcPathAttribute(route.path, 200)]);
    expect(judge(octets, { attributeType: 200 })).toEqual(['valid', 'ok']);
    expect(judge(octets)).toEqual(['treat-as-withdraw', 'fc-path-removed']);
  });

  it.each([
    [
      'two prefixes',
      message([origin, path, hop, attribute], [prefix, parsePrefix('198.51.100.0/24')]),
      'nlri-count',
    ],
    ['no AS_PATH', message([origin, hop, attribute]), 'as-path-missing'],
    [
      'a non-transitive attribute',
      message([origin, path, hop, { ...attribute, flags: 0x90 }]),
      'fc-path-flags',
    ],
    ['a broken attribute', message([origin, path, hop, { ...attribute, value: none }]), 'fc-list-empty'],
    ['the attribute taken out', message([origin, path, hop]), 'fc-path-removed'],
    ['a broken ORIGIN', message([pathAttribute(1, Uint8Array.of(9)), path, hop, attribute]), 'origin-value'],
  ])('with %s: treat-as-withdraw', (_, octets, reason) => {
    expect(judge(octets)).toEqual(['treat-as-withdraw', reason]);
  });

  it('without the attribute is unsigned where the origin does not take part, whoever else does', () => {
    const others = fcVerifier([65537, 65538]);
    const octets = message([origin, path, hop]);
    expect(verifyFcUpdate(octets, session, others)).toMatchObject({
      verdict: 'unsigned',
      reason: 'no-fc-path',
    });
  });

  it('takes the Secure_Path beside a BGPsec_PATH', () => {
    const reach = encodeMpReach({ afi: 1, safi: 1, nextHop, field: encodeNlri([{ prefix }], false) });
    const bgpsec = pathAttribute(33, encodeBgpsecPath(pathOf(asns, 65539)));
    expect(judge(message([origin, pathAttribute(14, reach), bgpsec, attribute], []))).toEqual([
      'valid',
      'ok',
    ]);
  });

  it.each([
    [1, 'as-set'],
    [3, 'confed-sequence'],
    [4, 'as-set'],
  ] as const)('has no word for a path segment of type %i', (type, reason) => {
    const asPath = [
      { type: 2 as const, asns: [65538, 65537, 65536] },
      { type, asns: [65535] },
    ];
    expect(verifyFcRoute({ ...route, asPath }, session, verifier)).toMatchObject({
      verdict: 'treat-as-withdraw',
      reason,
    });
  });

  it('is nothing with an empty AS_PATH', () => {
    expect(verifyFcRoute({ ...route, asPath: [] }, session, verifier).reason).toBe('segment-order');
  });
});

function lengthOf({ segments }: FcPath): number {
  return segments.reduce((sum, { signature }) => sum + signature.length, 0);
}
