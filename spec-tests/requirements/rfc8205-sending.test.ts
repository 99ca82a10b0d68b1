import {
  AS_CONFED_SET,
  AS_SEQUENCE,
  AS_SET,
  ATTR_AS_PATH,
  ATTR_MP_REACH_NLRI,
  type BgpsecCapability,
  decodeUpdate,
  encodeMessage,
  makeOpen,
  openCapabilities,
} from 'pathsec/bgp';
import {
  encodeSignedUpdate,
  originSegment,
  propagate,
  type RouteToSend,
  type Speaker,
  signForPeer,
  suite1,
  unicast,
  verifyUpdate,
} from 'pathsec/bgpsec';
import { toHex } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import {
  received as receivedBy,
  refusal,
  shape,
  signed,
  speakerOf,
  to,
  verdictAt,
  verifier,
} from '../bgpsec/sending-world.js';
import {
  announced,
  EXPERIMENTAL,
  external,
  keyOf,
  messageOf,
  native,
  nextHop,
  origin,
  pathOf,
  signer,
} from '../bgpsec/world.js';
import { requirement } from '../kit/citation.js';

const speaker = speakerOf(64500);
const received = receivedBy(pathOf([64496, 64499], 64500), 64500);
const internal = to(64500, { kind: 'internal' });

describe('RFC 8205 2: announcing BGPsec', () => {
  const capability = (direction: 'send' | 'receive', afi: number): BgpsecCapability => ({
    name: 'bgpsec',
    version: 0,
    direction,
    afi,
    unassigned: 0,
  });

  it('an OPEN with the BGPsec capability carries the one for 4-octet AS numbers', () => {
    requirement('rfc8205:2.2:announce-four-octet-as');
    const open = makeOpen(64496, 1, [capability('send', 1)]);
    expect(openCapabilities(open).map(({ name }) => name)).toContain('four-octet-as');
  });

  it('one instance for each direction and family, three octets each, unassigned bits 0', () => {
    requirement('rfc8205:2.1:capability-length', 'rfc8205:2.1:unassigned-bits');
    const wanted = [1, 2].flatMap((afi) => [capability('send', afi), capability('receive', afi)]);
    const octets = toHex(encodeMessage(makeOpen(64496, 1, wanted)));
    for (const instance of ['0703080001', '0703000001', '0703080002', '0703000002']) {
      expect(octets).toContain(instance);
    }
  });
});

describe('RFC 8205 4.1: one UPDATE message', () => {
  it('has one prefix in MP_REACH_NLRI, an empty NLRI field and no AS_PATH', () => {
    requirement(
      'rfc8205:3:instead-of-as-path',
      'rfc8205:4.1:single-prefix',
      'rfc8205:4.1:mp-reach',
      'rfc8205:4.1:no-as-path',
    );
    const path = signed(propagate(received, speaker, to(64505)));
    const { message, nlri, values } = decodeUpdate(messageOf(path));
    expect(message.attributes.map(({ code }) => code)).not.toContain(ATTR_AS_PATH);
    expect(message.attributes.filter(({ code }) => code === ATTR_MP_REACH_NLRI)).toHaveLength(1);
    expect([nlri, message.nlriField.length, values.mpReach?.nlri?.length]).toEqual([[], 0, 1]);
  });

  it('is made for each prefix: signatures for one prefix do not hold for another', () => {
    requirement('rfc8205:4.1:separate-for-each-prefix');
    const other = unicast(parsePrefix('203.0.113.0/24'));
    const paths = [announced, other].map((one) => signed(propagate({ announced: one }, speaker, to(64505))));
    const verdicts = paths.flatMap((bgpsecPath) =>
      [announced, other].map((one) => {
        const parts = { announced: one, bgpsecPath, nextHop, attributes: [origin] };
        return verifyUpdate(encodeSignedUpdate(parts, true), external(64505, 64500), verifier).verdict;
      }),
    );
    expect(verdicts).toEqual(['valid', 'not-valid', 'not-valid', 'valid']);
  });

  it('is not made from a route that came with AS_PATH, whatever the kind of peer', () => {
    requirement('rfc8205:4.1:unsigned-stays-unsigned');
    const route = { announced, asPath: [{ type: AS_SEQUENCE, asns: [64496] }] } as const;
    for (const peer of [to(64505), internal]) {
      expect(propagate(route, speaker, peer)).toMatchObject({ form: 'unsigned', why: 'received-unsigned' });
    }
  });

  it('is made from a route of an internal peer with an empty AS_PATH (D-bgpsec-own-route)', () => {
    requirement('rfc8205:4.1:sign-internal-origin');
    expect(shape(signed(propagate({ announced, asPath: [] }, speaker, to(64505))))).toBe('64500');
  });

  it('is not made where an AS_SET or AS_CONFED_SET would stand, nor from a signed route then', () => {
    requirement('rfc8205:4.1:no-bgpsec-path-for-as-set', 'rfc8205:4.1:aggregate-drops-bgpsec-path');
    for (const type of [AS_SET, AS_CONFED_SET] as const) {
      const route = { announced, asPath: [{ type, asns: [64496, 64499] }] };
      expect(propagate(route, speaker, to(64505))).toMatchObject({ form: 'unsigned', why: 'as-set' });
    }
    const aggregate = propagate({ ...received, aggregated: true }, speaker, to(64505));
    expect(aggregate).toMatchObject({ form: 'unsigned', why: 'as-set' });
    expect('bgpsecPath' in aggregate).toBe(false);
  });

  it('keeps the attribute of a route that is Not Valid, towards internal and external peers', () => {
    requirement(
      'rfc8205:4.1:keep-although-not-validated',
      'rfc8205:5.1:forward-intact',
      '!rfc8205:5.2:present-to-internal',
    );
    const { segments, blocks } = pathOf([64496, 64499], 64501); // signed to somebody else
    const bgpsecPath = { segments, blocks };
    const session = external(64500, 64499);
    expect(verdictAt(bgpsecPath, session)).toBe('not-valid 64499 64496 (2)');
    expect(signed(propagate(receivedBy(bgpsecPath, 64500), speaker, internal))).toBe(bgpsecPath);
    expect(shape(signed(propagate(receivedBy(bgpsecPath, 64500), speaker, to(64505))))).toBe(
      '64500 64499 64496',
    );
  });

  it('an own route has one Signature_Block, of suite 1, unless told otherwise', () => {
    requirement(
      'rfc8205:4.2:generate-blocks',
      'rfc8205:6.1:one-suite-after',
      'rfc8608:2.1:reserved-not-used',
      'rfc8608:2.1:unassigned-not-used',
      'rfc8608:2.2.1:suite-identifier',
    );
    const { blocks } = signed(propagate({ announced }, speaker, to(64505)));
    expect(blocks.map(({ suite }) => suite)).toEqual([1]);
  });
});

describe('RFC 8205 4.2: the attribute', () => {
  it('sets no flag but Confed_Segment, and that one only between members', () => {
    requirement('rfc8205:3.1:unassigned-flags-sent-zero', 'rfc8205:4:flag-only-in-confederation');
    const member: Speaker = { ...speaker, confederation: { identifier: 64500, memberAs: 65001 } };
    const flags = (from: Speaker, peer: Parameters<typeof propagate>[2], route: RouteToSend = received) =>
      signed(propagate(route, from, peer)).segments.map((segment) => segment.flags);
    expect(flags(speaker, to(64505))).toEqual([0, 0, 0]);
    expect(flags(speaker, to(64505, { pCount: 0, routeServer: true }))).toEqual([0, 0, 0]);
    expect(flags(speaker, to(64505, { localAs: 64510 }))).toEqual([0, 0, 0, 0]);
    const arrived = received;
    expect(flags(member, to(65002, { kind: 'confed-external' }), arrived)).toEqual([0x80, 0x80, 0, 0]);
    expect(flags(member, to(64505), arrived)).toEqual([0, 0, 0]);
  });

  it('the new segments come first, those received stay as they were', () => {
    requirement(
      'rfc8205:4.2:new-segment-first',
      'rfc8205:4.2:new-signature-first',
      'rfc8205:4.2:ski-of-certificate',
    );
    const before = pathOf([64496, 64499], 64500);
    const after = signForPeer(receivedBy(before, 64500), speaker, to(64505));
    expect(after.segments.slice(1)).toEqual(before.segments);
    expect(after.segments[0]).toEqual({ pCount: 1, flags: 0, asn: 64500 });
    expect(after.blocks[0]?.signatures.slice(1)).toEqual(before.blocks[0]?.signatures);
    expect(after.blocks[0]?.signatures[0]?.ski).toEqual(keyOf(64500).ski);
  });

  it('Signature Segments in another order than their Secure_Path Segments do not verify', () => {
    requirement(
      '!rfc8205:4.2:new-signature-first',
      '!rfc8205:5.2:newest-first',
      '!rfc8205:5.2:step-1-numbering',
    );
    const path = signed(propagate(received, speaker, to(64505)));
    const swapped = path.blocks.map(({ suite, signatures }) => ({
      suite,
      signatures: [...signatures.slice(1), ...signatures.slice(0, 1)],
    }));
    const session = external(64505, 64500);
    expect(verdictAt(path, session)).toBe('valid 64500 64499 64496 (3)');
    expect(verdictAt({ ...path, blocks: swapped }, session)).toBe('not-valid 64500 64499 64496 (3)');
  });

  it('goes to an internal peer as it came; a segment of the own AS in it is a loop there', () => {
    requirement(
      '!rfc8205:4.1:sign-for-external-peers-only',
      '!rfc8205:4.2:unmodified-to-ibgp',
      '!rfc8205:4.3:unmodified-inside-member-as',
      'rfc8205:5.2:present-to-internal',
    );
    const session = { localAs: 64500, peerAs: 64500, kind: 'internal' } as const;
    const path = signed(propagate(received, speaker, internal));
    expect(path).toBe(received.bgpsecPath);
    expect(verdictAt(path, session)).toBe('valid 64499 64496 (2)');
    const lengthened = pathOf([64496, 64499, 64500], 64500);
    expect(verdictAt(lengthened, session)).toBe('treat-as-withdraw as-loop');
  });

  it('drops neither of two supported blocks, whichever of them does not verify', () => {
    requirement(
      '!rfc8205:4.2:both-blocks-kept',
      '!rfc8205:4.2:not-valid-block-kept',
      '!rfc8205:4.2:sign-every-supported-block',
      '!rfc8205:8.2:sign-not-valid-block-too',
    );
    const two = pathOf([64496, 64499], 64500, [1, EXPERIMENTAL]);
    for (const bad of [0, 1]) {
      const blocks = two.blocks.map((block, b) => ({
        suite: block.suite,
        signatures: block.signatures.map((one) => (b === bad ? { ...one, signature: one.ski } : one)),
      }));
      const bgpsecPath = { segments: two.segments, blocks };
      const out = signed(propagate(receivedBy(bgpsecPath, 64500), speaker, to(64505)));
      expect(out.blocks.map(({ suite }) => suite)).toEqual([1, EXPERIMENTAL]);
      expect(out.blocks.map(({ signatures }) => signatures.length)).toEqual([3, 3]);
      expect(out.blocks[bad]?.signatures[1]?.signature).toEqual(blocks[bad]?.signatures[0]?.signature);
    }
  });

  it('a block that is left without the new signature is an error at the receiver', () => {
    requirement('!rfc8205:4.2:unsupported-block-removed', '!rfc8205:4.2:sign-every-supported-block');
    const single: Speaker = { asn: 64500, signer: { ...signer, suites: suite1(native) } };
    const two = pathOf([64496, 64499], 64500, [1, EXPERIMENTAL]);
    const out = signed(propagate(receivedBy(two, 64500), single, to(64505)));
    expect(verdictAt(out, external(64505, 64500))).toBe('valid 64500 64499 64496 (3)');
    // With the block that the speaker does not support the octets cannot even be written.
    const kept = two.blocks[1];
    if (kept === undefined) throw new Error('two blocks');
    const both = { segments: out.segments, blocks: [...out.blocks, kept] };
    expect(() => messageOf(both)).toThrow(expect.objectContaining({ code: 'signature-count' }));
  });

  it('signs with no key of another AS than the one in its segment', () => {
    requirement(
      'rfc8205:4.1:possess-private-key',
      '!rfc8205:4.1:certified-key',
      'rfc8205:4.2:as-number-of-certificate',
      '!rfc8205:4.2:as-number-of-certificate',
    );
    const own = (asns: readonly number[]) => ({
      suites: suite1(native),
      keyOf: () => ({ ...keyOf(64500), asns }),
    });
    const segment = { pCount: 1, flags: 0, asn: 64500 };
    expect(refusal(() => originSegment(segment, 64505, announced, own([64501])))).toBe('key-as-mismatch');
    const path = originSegment(segment, 64505, announced, own([64500]));
    expect(verdictAt(path, external(64505, 64500))).toBe('valid 64500 (1)');
  });

  it('clears the host bits of a prefix that came with some before signing', () => {
    requirement('!rfc8205:4.2:nlri-trailing-bits');
    const prefix = parsePrefix('192.0.2.0/23');
    const dirty = { ...prefix, octets: Uint8Array.of(192, 0, 3, 255) };
    const path = originSegment({ pCount: 1, flags: 0, asn: 64500 }, 64505, unicast(prefix), signer);
    const session = external(64505, 64500);
    const message = encodeSignedUpdate(
      { announced: unicast(prefix), bgpsecPath: path, nextHop, attributes: [origin] },
      true,
    );
    expect(verifyUpdate(message, session, verifier).verdict).toBe('valid');
    // The same with bits that a Prefix never has: what they would be signed over does not verify.
    const wrong = originSegment({ pCount: 1, flags: 0, asn: 64500 }, 64505, unicast(dirty), signer);
    const other = encodeSignedUpdate(
      { announced: unicast(prefix), bgpsecPath: wrong, nextHop, attributes: [origin] },
      true,
    );
    expect(verifyUpdate(other, session, verifier).verdict).toBe('not-valid');
  });
});
