import fc from 'fast-check';
import {
  type BgpsecPath,
  decodeUpdate,
  encodeBgpsecPath,
  encodeUpdateMessage,
  inspectUpdate,
  type PathAttribute,
  passedOnAttributes,
  pathAttribute,
} from 'pathsec/bgp';
import { decoderOptions, forwardUpdate, propagate, signForPeer, verifyUpdate } from 'pathsec/bgpsec';
import { fromHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { inside, received, refusal, shape, signed, speakerOf, to, verifier } from './sending-world.js';
import { announced, external, messageOf, nextHop, origin, pathOf } from './world.js';

const LOCAL = 64500;
const speaker = speakerOf(LOCAL);
const path = pathOf([64496, 64499], LOCAL);
const flagged = (index: number): BgpsecPath => ({
  ...path,
  segments: path.segments.map((one, i) => (i === index ? { ...one, flags: 0x80 } : one)),
});

describe('propagate applies the checks of RFC 8205 5.2 itself', () => {
  const next = to(64505);
  it('a BGPsec_PATH without its session is misuse, also where types do not hold', () => {
    for (const session of [undefined, null, 5]) {
      const route = { announced, bgpsecPath: path, session } as never;
      expect(() => propagate(route, speaker, next)).toThrow(TypeError);
      expect(() => signForPeer(route, speaker, next)).toThrow(/with the session it came over/);
    }
  });

  const noSignature = { ...path, blocks: path.blocks.map((one) => ({ ...one, signatures: [] })) };
  it.each([
    ['item 1: no segment', 'path-malformed', received({ ...path, segments: [] }, LOCAL, { peerAs: 1 })],
    ['item 1: no block', 'path-malformed', received({ ...path, blocks: [] }, LOCAL)],
    ['item 2', 'peer-as-mismatch', received(path, LOCAL, { peerAs: 64497 })],
    ['item 3', 'path-malformed', received(noSignature, LOCAL)],
    ['item 4', 'as-path-present', { ...received(path, LOCAL), asPath: [] }],
    ['item 5', 'confed-flag-unexpected', received(flagged(0), LOCAL)],
    ['item 5, an inner segment', 'confed-flag-unexpected', received(flagged(1), LOCAL)],
    [
      'item 5, from an internal peer of no confederation',
      'confed-flag-unexpected',
      inside(flagged(0), LOCAL),
    ],
    ['item 7', 'pcount-zero', received(pathOf([64496, 64499], LOCAL), LOCAL)],
    ['item 8', 'as-loop', received(pathOf([64496, LOCAL, 64499], LOCAL), LOCAL)],
    [
      'item 8, the global AS on a session of another number',
      'as-loop',
      received(pathOf([64496, LOCAL, 64499], 64510), 64510),
    ],
  ])('%s: %s', (name, reason, route) => {
    const one =
      name === 'item 7'
        ? {
            ...route,
            bgpsecPath: {
              ...path,
              segments: path.segments.map((s, i) => (i === 0 ? { ...s, pCount: 0 } : s)),
            },
          }
        : route;
    const peers = [next, to(64505, { bgpsec: false }), to(LOCAL, { kind: 'internal' })];
    for (const peer of peers) expect(refusal(() => propagate(one, speaker, peer))).toBe(reason);
    expect(refusal(() => signForPeer(one, speaker, next))).toBe(reason);
  });

  it('the confederation of the speaker counts: no segments are cut by one that the session alone claims', () => {
    const confederation = { identifier: LOCAL, memberAs: 65001 };
    const route = received(flagged(0), LOCAL, { confederation });
    expect(refusal(() => propagate(route, speaker, next))).toBe('confed-flag-unexpected');
    const member = { ...speaker, confederation };
    const fromMember = received(flagged(0), 65001, { kind: 'confed-external' });
    expect(shape(signed(propagate(fromMember, member, next)))).toBe('64500 64496');
    // Item 6, and item 8 for the own Member-AS.
    expect(refusal(() => propagate(received(path, 65001, { kind: 'confed-external' }), member, next))).toBe(
      'confed-flag-missing',
    );
    const own = { ...path, segments: path.segments.map((s) => ({ ...s, asn: 65001, flags: 0x80 })) };
    const looped = received(own, 65001, { kind: 'confed-external' });
    expect(refusal(() => propagate(looped, member, next))).toBe('as-loop');
    expect(() => propagate(received(path, LOCAL, { kind: 'confed-external' }), speaker, next)).toThrow(
      RangeError,
    );
  });

  it('never signs to its own AS (4.1)', () => {
    expect(refusal(() => propagate({ announced }, speaker, to(LOCAL)))).toBe('peer-internal');
    const member = { ...speaker, confederation: { identifier: LOCAL, memberAs: 65001 } };
    const peer = to(65001, { kind: 'confed-external' });
    expect(refusal(() => propagate({ announced }, member, peer))).toBe('peer-internal');
  });
});

const session = external(LOCAL, 64499);
const forward = (message: Uint8Array, peer = to(64505)) =>
  forwardUpdate(decodeUpdate(message, decoderOptions(session)), session, speaker, peer);

/** Attributes that may stand in an UPDATE, broken ones and unknown ones among them. */
const arbitraryAttribute: fc.Arbitrary<PathAttribute> = fc
  .record({
    flags: fc.constantFrom(0xc0, 0xe0, 0x80, 0x40, 0xc5, 0xd0, 0x00),
    code: fc.constantFrom(1, 3, 4, 5, 6, 7, 8, 9, 10, 15, 16, 17, 18, 32, 35, 99, 128, 200),
    value: fc.uint8Array({ maxLength: 12 }),
  })
  .map(({ flags, code, value }) => ({ flags, code, value }));

describe('forwardUpdate', () => {
  it('refuses exactly what verifyUpdate treats as withdrawn or what resets the session', () => {
    requirement('!rfc8205:4.2:discarded-attributes');
    const outcomes = new Set<string>();
    const body = (attributes: readonly PathAttribute[], kind: 0 | 1 | 2): void => {
      const [reach, , signedPath] = decodeUpdate(messageOf(path)).message.attributes as PathAttribute[];
      if (reach === undefined || signedPath === undefined) throw new Error('three attributes');
      const parts =
        kind === 0
          ? [...attributes, signedPath]
          : kind === 1
            ? attributes
            : [origin, ...attributes, signedPath];
      const none = new Uint8Array(0);
      const fields = {
        kind: 'update',
        withdrawnField: none,
        attributes: [reach, ...parts],
        nlriField: none,
      } as const;
      const message = encodeUpdateMessage(fields, true);
      const update = inspectUpdate(message, decoderOptions(session));
      if (update.treatment === 'session-reset') return void outcomes.add('reset');
      const { verdict } = verifyUpdate(message, session, verifier);
      const { form } = forward(message);
      expect(form).toBe(
        verdict === 'treat-as-withdraw' ? 'refused' : verdict === 'unsigned' ? 'unsigned' : 'signed',
      );
      outcomes.add(verdict);
    };
    const kinds = fc.constantFrom(0, 1, 2) as fc.Arbitrary<0 | 1 | 2>;
    fc.assert(fc.property(fc.array(arbitraryAttribute, { maxLength: 5 }), kinds, body), { numRuns: 300 });
    expect(outcomes).toEqual(new Set(['reset', 'treat-as-withdraw', 'valid']));
  });

  it('what it sends is read without a fault by the next receiver, whatever the attributes were', () => {
    requirement('rfc8205:5.2:before-propagation');
    let sent = 0;
    const kinds = fc.constantFrom('external', 'internal') as fc.Arbitrary<'external' | 'internal'>;
    fc.assert(
      fc.property(fc.array(arbitraryAttribute, { maxLength: 5 }), kinds, (attributes, kind) => {
        const others = attributes.filter(({ code }) => code !== 1);
        const message = messageOf(path, [origin, ...others]);
        const update = inspectUpdate(message, decoderOptions(session));
        if (update.treatment !== undefined && update.treatment !== 'attribute-discard') return;
        const out = forward(message, kind === 'external' ? to(64505) : to(LOCAL, { kind }));
        if (out.form !== 'signed') throw new Error(out.form);
        const at =
          kind === 'external' ? external(64505, LOCAL) : ({ localAs: LOCAL, peerAs: LOCAL, kind } as const);
        const { faults, message: next } = decodeUpdate(out.message, decoderOptions(at));
        expect(faults).toEqual([]);
        expect(next.attributes.every(({ flags }) => (flags & 0x0f) === 0)).toBe(true);
        expect(verifyUpdate(out.message, at, verifier).verdict).toBe('valid');
        sent++;
      }),
      { numRuns: 300 },
    );
    expect(sent).toBeGreaterThan(20);
  });

  it('a peer without BGPsec gets AS_PATH and the other attributes', () => {
    const message = messageOf(path, [origin, { flags: 0xc0, code: 99, value: Uint8Array.of(7) }]);
    expect(forward(message, to(64505, { bgpsec: false }))).toEqual({
      form: 'unsigned',
      why: 'peer-without-bgpsec',
      asPath: [{ type: 2, asns: [LOCAL, 64499, 64496] }],
      attributes: [origin, { flags: 0xe0, code: 99, value: Uint8Array.of(7) }],
    });
  });

  it('needs no Extended Messages for what fits, and says so where they are needed', () => {
    const filler = pathAttribute(200, new Uint8Array(4000));
    const message = messageOf(path, [origin, filler]);
    expect(refusal(() => forward(message))).toBe('message-too-long');
    const update = decodeUpdate(message, decoderOptions(session));
    const sent = forwardUpdate(update, session, speaker, to(64505), { extendedMessages: true, nextHop });
    expect(sent.form).toBe('signed');
  });

  it('type 30 that was read as BGPsec_PATH is not passed on, another attribute 30 is', () => {
    const value = encodeBgpsecPath(path);
    const [reach] = decodeUpdate(messageOf(path)).message.attributes;
    if (reach === undefined) throw new Error('no MP_REACH_NLRI');
    const none = new Uint8Array(0);
    const read = (code: number, more: readonly PathAttribute[]) =>
      decodeUpdate(
        encodeUpdateMessage(
          {
            kind: 'update',
            withdrawnField: none,
            attributes: [reach, origin, { flags: 0x80, code, value }, ...more],
            nlriField: none,
          },
          true,
        ),
        decoderOptions(session, 30),
      );
    const codes = (update: ReturnType<typeof read>) =>
      passedOnAttributes(update, 'external').map(({ code, flags }) => [code, flags]);
    expect(codes(read(30, []))).toEqual([[1, 0x40]]);
    expect(codes(read(33, [{ flags: 0xc0, code: 30, value: fromHex('00') }]))).toEqual([
      [1, 0x40],
      [30, 0xe0],
    ]);
  });
});
