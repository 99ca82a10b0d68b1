import { propagate, type Speaker, verifyUpdate } from 'pathsec/bgpsec';
import { toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import {
  inside as fromInside,
  received as receivedBy,
  shape,
  signed,
  speakerOf,
  to,
  verdictAt,
  verifier,
} from '../bgpsec/sending-world.js';
import { EXPERIMENTAL, external, keyOf, messageOf, pathOf } from '../bgpsec/world.js';
import { requirement } from '../kit/citation.js';

const speaker = speakerOf(64500);

describe('RFC 8205 4.3: inside a confederation', () => {
  const member: Speaker = { ...speaker, confederation: { identifier: 64500, memberAs: 65001 } };
  const arrived = receivedBy(pathOf([64496], 64500), 64500);

  it('a path that circulates in the Member-AS is sent on unchanged', () => {
    requirement('rfc8205:4.1:keep-towards-ibgp', 'rfc8205:4.3:unmodified-inside-member-as');
    const inside = signed(propagate(arrived, member, to(65001, { kind: 'internal' })));
    const again = propagate(fromInside(inside, 65001), member, to(65001, { kind: 'internal' }));
    expect(signed(again)).toBe(inside);
  });

  it('the ingress signs with the key of the identifier, a member with its own', () => {
    requirement('rfc8205:4.3:ingress-signature', 'rfc8205:4.3:member-key', 'rfc8205:7.5:members-sign');
    const across = signed(propagate(arrived, member, to(65002, { kind: 'confed-external' })));
    const skis = across.blocks[0]?.signatures.map(({ ski }) => toHex(ski));
    expect(skis).toEqual([65001, 64500, 64496].map((asn) => toHex(keyOf(asn).ski)));
    const confederation = { identifier: 64500, memberAs: 65002 };
    const session = { localAs: 65002, peerAs: 65001, kind: 'confed-external', confederation } as const;
    const targets = verifyUpdate(messageOf(across), session, verifier).blocks[0]?.signatures;
    expect(targets?.map(({ targetAs, state }) => [targetAs, state])).toEqual([
      [65002, 'valid'],
      [65001, 'valid'],
      [64500, 'valid'],
    ]);
  });

  it('without the segment of the ingress the path does not verify inside', () => {
    requirement('!rfc8205:4.3:ingress-signature', '!rfc8205:4.3:ingress-segment');
    const confederation = { identifier: 64500, memberAs: 65001 };
    const session = { localAs: 65001, peerAs: 65001, kind: 'internal', confederation } as const;
    expect(verdictAt(pathOf([64496], 64500), session)).toBe('not-valid 64496 (1)');
  });

  it('at the egress as many signatures go as segments, in every block, and no flagged segment stays', () => {
    requirement(
      'rfc8205:4.3:egress-remove-segments',
      'rfc8205:4.3:egress-remove-signatures',
      'rfc8205:4.3:egress-add-segment',
      'rfc8205:8.4:internal-signatures-removed',
    );
    const two = receivedBy(pathOf([64496], 64500, [1, EXPERIMENTAL]), 64500);
    const across = signed(propagate(two, member, to(65002, { kind: 'confed-external' })));
    expect(shape(across)).toBe('65001c 64500:0c 64496');
    const other: Speaker = { ...speaker, confederation: { identifier: 64500, memberAs: 65002 } };
    const out = signed(propagate(receivedBy(across, 65002, { kind: 'confed-external' }), other, to(64499)));
    expect(shape(out)).toBe('64500 64496');
    expect(out.blocks.map(({ signatures }) => signatures.length)).toEqual([2, 2]);
    expect(out.blocks[0]?.signatures[1]).toEqual(two.bgpsecPath.blocks[0]?.signatures[0]);
    expect(verdictAt(across, external(64499, 65001))).toBe('treat-as-withdraw confed-flag-unexpected');
  });

  it('only the leading flagged segments are removed: the first plain one ends it', () => {
    requirement('!rfc8205:4.3:egress-remove-segments');
    const inner = pathOf([65002, 64496], 64500);
    const segments = inner.segments.map((segment, i) => (i === 1 ? { ...segment, flags: 0x80 } : segment));
    const route = fromInside({ segments, blocks: inner.blocks }, 65001);
    const out = signed(propagate(route, member, to(64505)));
    expect(shape(out)).toBe('64500 64496 65002c');
  });
});
