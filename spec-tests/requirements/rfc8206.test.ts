import type { BgpsecPath } from 'pathsec/bgp';
import {
  addSegment,
  type BgpsecSession,
  bridgeSegment,
  createSigner,
  propagate,
  suite1,
} from 'pathsec/bgpsec';
import { describe, expect, it } from 'vitest';
import {
  inside as fromInside,
  received,
  refusal,
  shape,
  signed,
  speakerOf,
  to,
  verdictAt,
} from '../bgpsec/sending-world.js';
import { announced, external, keyOf, native, pathOf, signer } from '../bgpsec/world.js';
import { requirement } from '../kit/citation.js';

// As in RFC 8206 5.4: PE-1 and PE-2 are in 64500; to CE-1 (64496) PE-1 still is 64510.
const OLD = 64510;
const NEW = 64500;
const pe1 = speakerOf(NEW);
const pe2 = speakerOf(NEW);
const ce1 = to(64496, { localAs: OLD });
const inside = to(NEW, { kind: 'internal' });
const ibgp: BgpsecSession = { localAs: NEW, peerAs: NEW, kind: 'internal' };
const outbound = signed(propagate(received(pathOf([64499], NEW), NEW), pe1, ce1));
const fromCe1 = received(pathOf([64496], OLD), OLD);
const inbound = signed(propagate(fromCe1, pe1, inside));

/** `path` with one bit of a signature changed; 0 is the newest. */
const spoiled = (path: BgpsecPath, index: number): BgpsecPath => ({
  segments: path.segments,
  blocks: path.blocks.map(({ suite, signatures }) => ({
    suite,
    signatures: signatures.map((one, i) =>
      i === index
        ? { ...one, signature: one.signature.map((octet, at) => (at === 9 ? octet ^ 1 : octet)) }
        : one,
    ),
  })),
});

describe('RFC 8206 5.1: outbound', () => {
  it('new AS to old with pCount 0, old AS to the neighbour with pCount 1; the path is as long as before', () => {
    requirement(
      'rfc8206:4:no-reconfiguration-of-neighbor',
      'rfc8206:4:path-not-longer',
      'rfc8206:4:trust-boundaries',
      'rfc8206:5.1:sign-for-both',
      'rfc8206:5.1:new-to-old',
      'rfc8206:5.3:keys-for-both',
    );
    expect(shape(outbound)).toBe('64510 64500:0 64499');
    expect(verdictAt(outbound, external(64496, OLD))).toBe('valid 64510 64499 (2)');
  });

  it('each of the signatures is needed', () => {
    requirement('!rfc8206:4:both-directions', '!rfc8206:7:no-vulnerability');
    for (const index of [0, 1, 2]) {
      expect(verdictAt(spoiled(outbound, index), external(64496, OLD))).toBe('not-valid 64510 64499 (2)');
    }
  });

  it('without the one of the old AS the neighbour sees another peer than its own', () => {
    requirement(
      '!rfc8206:4:no-reconfiguration-of-neighbor',
      '!rfc8206:5.1:sign-for-both',
      '!rfc8206:5.1:old-to-neighbor',
    );
    const path = signed(propagate(received(pathOf([64499], NEW), NEW), pe1, to(64496)));
    expect(verdictAt(path, external(64496, OLD))).toBe('treat-as-withdraw peer-as-mismatch');
  });

  it('pCount 0 towards the neighbour would need its configuration: not sent, and refused there', () => {
    requirement(
      '!rfc8206:4:no-reconfiguration-of-neighbor',
      '!rfc8206:4:trust-boundaries',
      '!rfc8206:5.1:old-to-neighbor',
    );
    const hiding = to(64496, { localAs: OLD, pCount: 0 });
    expect(refusal(() => propagate(received(pathOf([64499], NEW), NEW), pe1, hiding))).toBe('pcount-range');
    const bridged = bridgeSegment(pathOf([64499], NEW), NEW, OLD, false, announced, signer);
    const path = addSegment(bridged, { pCount: 0, flags: 0, asn: OLD }, 64496, announced, signer);
    expect(verdictAt(path, external(64496, OLD))).toBe('treat-as-withdraw pcount-zero');
  });

  it('counting the new AS as well would lengthen the path', () => {
    requirement('!rfc8206:4:path-not-longer', '!rfc8206:5.1:new-to-old', '!rfc8206:5.4:outbound-example');
    const counted = pathOf([64499, NEW, OLD], 64496);
    expect(verdictAt(counted, external(64496, OLD))).toBe('valid 64510 64500 64499 (3)');
  });

  it('without a key of either AS nothing is signed', () => {
    requirement('!rfc8206:5.3:keys-for-both', '!rfc8206:7:no-vulnerability');
    for (const asn of [OLD, NEW]) {
      const own = createSigner(suite1(native), [{ asn, key: keyOf(asn) }]);
      const route = received(pathOf([64499], NEW), NEW);
      expect(refusal(() => propagate(route, { asn: NEW, signer: own }, ce1))).toBe('key-missing');
    }
    const both = createSigner(
      suite1(native),
      [OLD, NEW].map((asn) => ({ asn, key: keyOf(asn) })),
    );
    const route = received(pathOf([64499], NEW), NEW);
    expect(shape(signed(propagate(route, { asn: NEW, signer: both }, ce1)))).toBe('64510 64500:0 64499');
  });
});

describe('RFC 8206 5.2: inbound', () => {
  it('old AS to new with pCount 0 before internal distribution; the path is as long as before', () => {
    requirement(
      'rfc8206:4:path-not-longer',
      'rfc8206:5.2:old-to-new',
      'rfc8206:5.2:no-second-signature-inside',
      'rfc8206:5.3:internal-receivers-accept',
    );
    expect(shape(inbound)).toBe('64510:0 64496');
    expect(verdictAt(inbound, ibgp)).toBe('valid 64496 (1)');
  });

  it('a path signed to the old AS does not verify inside the new one', () => {
    requirement('!rfc8206:5.2:old-to-new', '!rfc8206:5.3:internal-migration', '!rfc8206:5.4:inbound-example');
    expect(verdictAt(pathOf([64496], OLD), ibgp)).toBe('not-valid 64496 (1)');
    const out = signed(propagate(received(pathOf([64496], OLD), NEW), pe2, to(64505)));
    expect(verdictAt(out, external(64505, NEW))).toBe('not-valid 64500 64496 (2)');
  });

  it('the signature of the new AS comes from the router that sends to an external peer', () => {
    requirement(
      '!rfc8206:4:both-directions',
      'rfc8206:4:no-global-configuration',
      'rfc8206:5.2:no-second-signature-inside',
      '!rfc8206:5.3:downstream-sees-valid',
      '!rfc8206:7:no-vulnerability',
    );
    const out = signed(propagate(fromInside(inbound, NEW), pe2, to(64505)));
    expect(shape(out)).toBe('64500 64510:0 64496');
    expect(verdictAt(out, external(64505, NEW))).toBe('valid 64500 64496 (2)');
    for (const index of [0, 1, 2]) {
      expect(verdictAt(spoiled(out, index), external(64505, NEW))).toBe('not-valid 64500 64496 (2)');
    }
  });
});

describe('RFC 8206 5.3', () => {
  it('an internal receiver takes pCount 0 of a sound attribute, and no attribute that is not sound', () => {
    requirement('!rfc8206:5.3:internal-receivers-accept');
    expect(verdictAt(inbound, ibgp)).toBe('valid 64496 (1)');
    expect(verdictAt(spoiled(inbound, 0), ibgp)).toBe('not-valid 64496 (1)');
    const flagged = inbound.segments.map((one, i) => (i === 0 ? { ...one, flags: 0x80 } : one));
    expect(verdictAt({ segments: flagged, blocks: inbound.blocks }, ibgp)).toBe(
      'treat-as-withdraw confed-flag-unexpected',
    );
  });

  it('a route reflector passes it on as it is; one that adds itself makes a loop', () => {
    requirement('!rfc8206:5.2:no-second-signature-inside', '!rfc8206:5.3:reflectors-transparent');
    expect(signed(propagate(fromInside(inbound, NEW), pe2, inside))).toBe(inbound);
    const added = addSegment(inbound, { pCount: 1, flags: 0, asn: NEW }, NEW, announced, signer);
    expect(verdictAt(added, ibgp)).toBe('treat-as-withdraw as-loop');
  });

  it('a route from an internal neighbour that is still in the old AS is signed to the new one', () => {
    requirement('rfc8206:5.3:internal-migration');
    // The neighbour distributes what was signed to 64510, as it came.
    const atOld: BgpsecSession = { localAs: OLD, peerAs: OLD, kind: 'internal' };
    expect(verdictAt(pathOf([64496], OLD), atOld)).toBe('valid 64496 (1)');
    expect(shape(signed(propagate(fromCe1, pe1, inside)))).toBe('64510:0 64496');
    const out = signed(propagate(fromCe1, pe1, to(64505)));
    expect(verdictAt(out, external(64505, NEW))).toBe('valid 64500 64496 (2)');
  });
});
