import { AS_CONFED_SET, AS_SEQUENCE, AS_SET, type BgpsecPath } from 'pathsec/bgp';
import {
  addSegment,
  createSigner,
  encodeSignedUpdate,
  originSegment,
  propagate,
  type Speaker,
  signForPeer,
  suite1,
  withSignatureCache,
} from 'pathsec/bgpsec';
import { toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { received, refusal, shape, signed, speakerOf, to, verdictAt } from './sending-world.js';
import {
  announced,
  EXPERIMENTAL,
  external,
  keyOf,
  native,
  nextHop,
  origin,
  pathOf,
  signer,
} from './world.js';

describe('what goes to whom (RFC 8205 4.1)', () => {
  const speaker = speakerOf(64500);
  const arrived = received(pathOf([64496, 64499], 64500), 64500);
  const internal = to(64500, { kind: 'internal' });

  it('a signed route: one message for each neighbour AS, unchanged inside', () => {
    requirement(
      'rfc8205:4.1:separate-for-each-peer-as',
      'rfc8205:4.1:sign-for-external-peers-only',
      'rfc8205:4.1:propagate-signed',
      'rfc8205:4.1:remove-signatures-only-for-plain-peers',
      'rfc8205:4.1:keep-towards-ibgp',
      'rfc8205:4.2:unmodified-to-ibgp',
      'rfc8205:4.2:target-as',
      'rfc8205:5.2:present-to-internal',
      'rfc8206:5.3:reflectors-transparent',
    );
    const a = signed(propagate(arrived, speaker, to(64505)));
    const b = signed(propagate(arrived, speaker, to(64501)));
    expect([shape(a), shape(b)]).toEqual(['64500 64499 64496', '64500 64499 64496']);
    expect(verdictAt(a, external(64505, 64500))).toBe('valid 64500 64499 64496 (3)');
    expect(verdictAt(b, external(64501, 64500))).toBe('valid 64500 64499 64496 (3)');
    expect(verdictAt(a, external(64501, 64500))).toBe('not-valid 64500 64499 64496 (3)');
    expect(propagate(arrived, speaker, internal)).toEqual({
      form: 'signed',
      bgpsecPath: arrived.bgpsecPath,
    });
  });

  it('an unsigned route is never signed', () => {
    requirement(
      'rfc8205:2.2:unsigned-always',
      'rfc8205:4.1:unsigned-stays-unsigned',
      '!rfc8205:4.1:unsigned-stays-unsigned',
    );
    const route = { announced, asPath: [{ type: AS_SEQUENCE, asns: [64496] }] } as const;
    expect(propagate(route, speaker, to(64505))).toEqual({
      form: 'unsigned',
      asPath: [{ type: AS_SEQUENCE, asns: [64500, 64496] }],
      why: 'received-unsigned',
    });
    expect(refusal(() => signForPeer(route, speaker, to(64505)))).toBe('unsigned-received');
  });

  it('an aggregate carries no BGPsec_PATH', () => {
    requirement('!rfc8205:4.1:no-bgpsec-path-for-as-set', '!rfc8205:4.1:aggregate-drops-bgpsec-path');
    const aggregate = { ...arrived, aggregated: true };
    expect(propagate(aggregate, speaker, to(64505)).form).toBe('unsigned');
    expect(refusal(() => signForPeer(aggregate, speaker, to(64505)))).toBe('as-set');
    const set = { announced, asPath: [{ type: AS_SET, asns: [64496, 64499] }] } as const;
    expect(refusal(() => signForPeer(set, speaker, to(64505)))).toBe('as-set');
  });

  it('a set anywhere in the path, of members too, is an aggregate', () => {
    const mixed = (type: typeof AS_SET | typeof AS_CONFED_SET) =>
      ({
        announced,
        asPath: [
          { type: AS_SEQUENCE, asns: [64496] },
          { type, asns: [64499, 64502] },
        ],
      }) as const;
    for (const type of [AS_SET, AS_CONFED_SET] as const) {
      expect(propagate(mixed(type), speaker, to(64505))).toMatchObject({ form: 'unsigned', why: 'as-set' });
    }
  });

  it('an empty AS_PATH is an own route; beside a BGPsec_PATH an AS_PATH is an error (5.2 item 4)', () => {
    expect(shape(signed(propagate({ announced, asPath: [] }, speaker, to(64505))))).toBe('64500');
    const both = { ...arrived, asPath: [{ type: AS_SEQUENCE, asns: [64499, 64496] }] } as const;
    expect(refusal(() => propagate(both, speaker, to(64505)))).toBe('as-path-present');
  });

  it('drops the block of a suite it does not know; without any it sends AS_PATH', () => {
    requirement(
      'rfc8205:4.2:unsupported-block-removed',
      'rfc8205:4.2:no-supported-block',
      '!rfc8205:4.2:no-supported-block',
      '!rfc8205:4.2:no-supported-block-unsigned',
    );
    const single: Speaker = { asn: 64500, signer: { ...signer, suites: suite1(native) } };
    const two = received(pathOf([64496, 64499], 64500, [1, EXPERIMENTAL]), 64500);
    expect(signed(propagate(two, single, to(64505))).blocks.map(({ suite }) => suite)).toEqual([1]);
    const other = received(pathOf([64496, 64499], 64500, [EXPERIMENTAL]), 64500);
    expect(propagate(other, single, to(64505))).toEqual({
      form: 'unsigned',
      asPath: [{ type: AS_SEQUENCE, asns: [64500, 64499, 64496] }],
      why: 'no-supported-suite',
    });
    expect(refusal(() => signForPeer(other, single, to(64505)))).toBe('suite-unsupported');
  });

  it('originates two blocks in the order given', () => {
    requirement('rfc8205:4.2:generate-blocks', 'rfc8205:6.1:both-suites-in-transition');
    const path = signed(propagate({ announced }, { ...speaker, originSuites: [EXPERIMENTAL, 1] }, to(64505)));
    expect(path.blocks.map(({ suite }) => suite)).toEqual([EXPERIMENTAL, 1]);
    expect(verdictAt(path, external(64505, 64500))).toBe('valid 64500 (1)');
  });
});

describe('refusals', () => {
  const segment = { pCount: 1, flags: 0, asn: 64500 };
  it('key-missing and key-as-mismatch', () => {
    requirement('!rfc8205:4.1:possess-private-key', '!rfc8205:4.1:certified-key', '!rfc8205:4.3:member-key');
    const of = (asns: readonly number[]) =>
      createSigner(suite1(native), [{ asn: 64500, key: { ...keyOf(64500), asns } }]);
    expect(refusal(() => originSegment(segment, 64505, announced, of([64501])))).toBe('key-as-mismatch');
    expect(refusal(() => originSegment(segment, 64505, announced, of([64501, 64500])))).toBe(
      'nothing thrown',
    );
    const none = createSigner(suite1(native), []);
    expect(refusal(() => originSegment(segment, 64505, announced, none))).toBe('key-missing');
  });
  it('pcount-range, as-zero, suite-unsupported, suite-duplicate, confed-flag-not-member', () => {
    requirement(
      '!rfc8205:4:flag-only-in-confederation',
      '!rfc8205:4.2:pcount',
      '!rfc8205:4.2:generate-blocks',
      '!rfc8205:4.2:target-as',
      '!rfc8205:4.3:members-follow',
      '!rfc8608:2.1:unassigned-not-used',
    );
    for (const pCount of [256, -1, 0.5]) {
      expect(refusal(() => originSegment({ ...segment, pCount }, 64505, announced, signer))).toBe(
        'pcount-range',
      );
    }
    expect(refusal(() => propagate({ announced }, speakerOf(64500), to(64505, { pCount: 0 })))).toBe(
      'pcount-range',
    );
    expect(refusal(() => originSegment(segment, 0, announced, signer))).toBe('as-zero');
    expect(refusal(() => originSegment({ ...segment, asn: 0 }, 1, announced, signer))).toBe('as-zero');
    expect(refusal(() => originSegment(segment, 64505, announced, signer, [2]))).toBe('suite-unsupported');
    expect(refusal(() => originSegment(segment, 64505, announced, signer, [1, 1]))).toBe('suite-duplicate');
    expect(refusal(() => originSegment(segment, 64505, announced, signer, []))).toBe('suite-duplicate');
    const peer = to(65002, { kind: 'confed-external' });
    expect(refusal(() => propagate({ announced }, speakerOf(64500), peer))).toBe('confed-flag-not-member');
  });
  it('message-too-long: 4096 octets, and 65535 with Extended Messages', () => {
    requirement('!rfc8205:4.1:maximum-message-size', '!rfc8205:4.1:too-long-not-sent');
    const fill = (hops: number): BgpsecPath => {
      const one = { ski: keyOf(1).ski, signature: new Uint8Array(72) };
      return {
        segments: Array.from({ length: hops }, (_, i) => ({ pCount: 1, flags: 0, asn: i + 1 })),
        blocks: [{ suite: 1, signatures: Array.from({ length: hops }, () => one) }],
      };
    };
    const encode = (hops: number, extended: boolean) =>
      encodeSignedUpdate({ announced, bgpsecPath: fill(hops), nextHop, attributes: [origin] }, extended);
    expect(encode(40, false).length).toBeLessThanOrEqual(4096);
    expect(refusal(() => encode(41, false))).toBe('message-too-long');
    expect(encode(654, true).length).toBeLessThanOrEqual(65535);
    expect(refusal(() => encode(655, true))).toBe('message-too-long');
    expect(refusal(() => encode(700, true))).toBe('message-too-long');
  });
});

describe('the same route again is the same octets (7.4)', () => {
  const segment = { pCount: 1, flags: 0, asn: 64500 };
  const once = (engine: typeof native) => {
    const own = { suites: suite1(engine), keyOf: () => keyOf(64500) };
    const path = addSegment(pathOfFixed, segment, 64505, announced, own);
    return toHex(path.blocks[0]?.signatures[0]?.signature ?? new Uint8Array(0));
  };
  const pathOfFixed = pathOf([64496], 64500);

  it('with a signature cache, which is bounded', () => {
    requirement('rfc8205:7.4:signatures-may-differ', '!rfc8205:7.4:deterministic-signatures-equal');
    const cached = withSignatureCache(native, 2);
    const first = once(cached);
    expect(once(cached)).toBe(first);
    expect(once(native)).not.toBe(first);
    for (const octet of [1, 2]) cached.sign(keyOf(64500), Uint8Array.of(octet));
    expect(once(cached)).not.toBe(first);
    expect(() => withSignatureCache(native, 0)).toThrow(RangeError);
  });
});
