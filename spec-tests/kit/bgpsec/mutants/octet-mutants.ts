import type { Mutant } from '../../mutant.js';
import { kit, masked, sha256, u16, u32 } from './kit.js';
import type { Parts } from './parts.js';
import { confed } from './question.js';

/** Mistakes in the octets to be hashed (RFC 8205 §4.2, §5.2 step 3). */
export const octetMutants: readonly Mutant<Parts>[] = [
  {
    id: 'bgpsec-nlri-bits-as-received',
    text: 'hashes the trailing bits of the prefix as received',
    parts: { nlri: ({ length, octets }) => Buffer.concat([Buffer.of(length), octets]) },
  },
  {
    id: 'bgpsec-nlri-whole-address',
    text: 'hashes the whole address instead of the octets that the prefix length needs',
    parts: {
      nlri: (announced) => {
        const address = Buffer.alloc(announced.afi === 1 ? 4 : 16);
        masked(announced).copy(address);
        return Buffer.concat([Buffer.of(announced.length), address]);
      },
    },
  },
  {
    id: 'bgpsec-nlri-length-omitted',
    text: 'hashes the prefix without its length octet',
    parts: { nlri: masked },
  },
  {
    id: 'bgpsec-nlri-length-rounded-down',
    text: 'hashes only the whole octets of a prefix',
    parts: {
      nlri: (announced) =>
        Buffer.concat([Buffer.of(announced.length), announced.octets.subarray(0, announced.length >> 3)]),
    },
  },
  {
    id: 'bgpsec-flags-masked',
    text: 'clears the unassigned flag bits before hashing',
    parts: { segment: (one) => kit.segment({ ...one, flags: one.flags & 0x80 }) },
  },
  {
    id: 'bgpsec-confed-flag-cleared',
    text: 'clears the Confed_Segment flag before hashing',
    parts: { segment: (one) => kit.segment({ ...one, flags: one.flags & 0x7f }) },
  },
  {
    id: 'bgpsec-segment-before-signature',
    text: 'puts Secure_Path Segment N in front of Signature Segment N-1',
    parts: { hop: (signature, segment) => Buffer.concat([segment, signature]) },
  },
  {
    id: 'bgpsec-signature-length-omitted',
    text: 'hashes Signature Segments without their length field',
    parts: { signature: ({ ski, signature }) => Buffer.concat([ski, signature]) },
  },
  {
    id: 'bgpsec-ski-omitted',
    text: 'hashes Signature Segments without their SKI',
    parts: { signature: ({ signature }) => Buffer.concat([u16(signature.length), signature]) },
  },
  {
    id: 'bgpsec-older-signatures-omitted',
    text: 'does not hash the signatures of earlier hops',
    parts: { signature: () => Buffer.alloc(0) },
  },
  {
    id: 'bgpsec-suite-omitted',
    text: 'does not hash the algorithm suite identifier',
    parts: { tail: (_suite, { afi, safi }, nlri) => Buffer.concat([u16(afi), Buffer.of(safi), nlri]) },
  },
  {
    id: 'bgpsec-suite-always-1',
    text: 'hashes suite 1 whatever the block says',
    parts: { tail: (_suite, announced, nlri) => kit.tail(1, announced, nlri) },
  },
  {
    id: 'bgpsec-safi-omitted',
    text: 'does not hash the SAFI',
    parts: { tail: (suite, { afi }, nlri) => Buffer.concat([Buffer.of(suite), u16(afi), nlri]) },
  },
  {
    id: 'bgpsec-safi-always-unicast',
    text: 'hashes SAFI 1 whatever MP_REACH_NLRI says',
    parts: { tail: (suite, announced, nlri) => kit.tail(suite, { ...announced, safi: 1 }, nlri) },
  },
  {
    id: 'bgpsec-afi-always-ipv4',
    text: 'hashes AFI 1 whatever MP_REACH_NLRI says',
    parts: { tail: (suite, announced, nlri) => kit.tail(suite, { ...announced, afi: 1 }, nlri) },
  },
  {
    id: 'bgpsec-origin-first',
    text: 'hashes the segments from the origin to the newest',
    parts: {
      octets: (self, hops, index) => {
        const { path, block, targets, announced } = hops;
        const hopsOf = path.segments.flatMap((segment, i) => {
          const older = block.signatures[i + 1];
          return i < index
            ? []
            : [self.hop(older ? self.signature(older) : Buffer.alloc(0), self.segment(segment))];
        });
        const tail = self.tail(block.suite, announced, self.nlri(announced));
        return Buffer.concat([u32(targets[index] ?? 0), ...hopsOf.reverse(), tail]);
      },
    },
  },
  {
    id: 'bgpsec-target-router-as',
    text: 'takes the AS number of the router, not the one announced on the session, as target of the newest signature',
    parts: {
      target: ({ ownAses, confederation, localAs }) => ownAses?.[0] ?? confederation?.identifier ?? localAs,
    },
  },
  {
    id: 'bgpsec-target-local-everywhere',
    text: 'takes the local AS as target of every signature',
    parts: { targets: (self, { segments }, session) => segments.map(() => self.target(session)) },
  },
  {
    id: 'bgpsec-target-skips-members',
    text: 'takes the local AS as target of the first segment behind those of members that it does not verify',
    parts: {
      targets: (self, path, session) => {
        const first = path.segments.findIndex((one) => !self.skips(one, session));
        return kit
          .targets(self, path, session)
          .map((target, i) => (i === first ? self.target(session) : target));
      },
    },
  },
  {
    id: 'bgpsec-digest-hashed-again',
    text: 'hands the digest to a function that hashes once more',
    parts: { message: sha256 },
  },
  {
    id: 'bgpsec-members-never-verified',
    text: 'never verifies the signatures of confederation members',
    parts: { skips: (segment) => confed(segment) },
  },
];
