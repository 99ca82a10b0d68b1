import { addSegment } from 'pathsec/bgpsec';
import type { VectorGroup } from '../../../../src/conformance/vector.js';
import { type VerifyRow, verifyGroup } from './cases.js';
import {
  announced,
  external,
  type Fields,
  type Hop,
  internal,
  LOCAL,
  MIDDLE,
  messageOf,
  ORIGIN,
  PEER,
  pathOf,
  publicKeys,
  segmentOf,
  signer,
} from './world.js';

const TAW = 'treat-as-withdraw';
const M1 = 65001;
const M2 = 65002;
const C = LOCAL;
const CONFED = 0x80;
const confederation = { identifier: C, memberAs: M1 };

const inside = (kind: string, peerAs: number, more: Fields = {}): Fields => ({
  localAs: M1,
  peerAs,
  kind,
  confederation: { ...confederation, ...more },
});

/** RFC 8205 §4.3, and what §5.2 asks of the segments of members. */
export function confederationGroup(): VectorGroup {
  const keys = publicKeys(ORIGIN, PEER, C, M1, M2, MIDDLE);
  const between = inside('confed-external', M2);
  const ingress: Hop = { asn: C, pCount: 0, flags: CONFED };
  const member: Hop = { asn: M2, flags: CONFED };
  const path = (hops: readonly Hop[], target = M1): Uint8Array => messageOf(pathOf(hops, target));
  const outsiders = publicKeys(ORIGIN, PEER, MIDDLE);
  const rows: VerifyRow[] = [
    [
      'confed-between',
      'origin, ingress segment of the identifier, Member-AS',
      ['RFC 8205 §4.3', 'RFC 8205 §5.2(6)'],
      path([ORIGIN, ingress, member]),
      'valid',
      'ok',
    ],
    [
      'confed-origin-inside',
      'a route that began in the other Member-AS',
      ['RFC 8205 §4.3'],
      path([member]),
      'valid',
      'ok',
    ],
    [
      'confed-inside',
      'the ingress form inside the Member-AS',
      ['RFC 8205 §4.3'],
      path([ORIGIN, PEER, ingress]),
      'valid',
      'ok',
      { session: inside('internal', M1) },
    ],
    [
      'confed-inside-two-members',
      'through another Member-AS, then inside',
      ['RFC 8205 §4.3'],
      path([ORIGIN, ingress, member]),
      'valid',
      'ok',
      { session: inside('internal', M1) },
    ],
    [
      'confed-prepended',
      'a Member-AS prepends',
      ['RFC 8205 §4.3'],
      path([ORIGIN, ingress, { asn: M2, flags: CONFED, pCount: 3 }]),
      'valid',
      'ok',
    ],
    [
      'confed-flag-missing',
      'a peer of the confederation without Confed_Segment flag',
      ['RFC 8205 §5.2(6)'],
      path([ORIGIN, ingress, M2]),
      TAW,
      'confed-flag-missing',
    ],
    [
      'confed-flag-from-outside',
      'a Confed_Segment flag from outside, speaker without confederation',
      ['RFC 8205 §5.2(5)'],
      path([ORIGIN, member], LOCAL),
      TAW,
      'confed-flag-unexpected',
      { session: external(LOCAL, M2) },
    ],
    [
      'confed-flag-from-outside-inner',
      'a Confed_Segment flag from outside in an older segment',
      ['RFC 8205 §5.2(5)'],
      path([ORIGIN, member, PEER], LOCAL),
      TAW,
      'confed-flag-unexpected',
      { session: external(LOCAL, PEER) },
    ],
    [
      'confed-flag-from-outside-origin',
      'the origin has the flag, from outside',
      ['RFC 8205 §5.2(5)'],
      path([{ asn: ORIGIN, flags: CONFED }, PEER], LOCAL),
      TAW,
      'confed-flag-unexpected',
      { session: external(LOCAL, PEER) },
    ],
    [
      'confed-flag-from-outside-member',
      'a Confed_Segment flag from outside, speaker in a confederation',
      ['RFC 8205 §5.2(5)'],
      path([ORIGIN, member], C),
      TAW,
      'confed-flag-unexpected',
      { session: external(C, M2, { confederation }) },
    ],
    [
      'confed-flag-internal-no-confed',
      'a Confed_Segment flag from an internal peer of a speaker without confederation',
      ['RFC 8205 §5.2(5)'],
      path([ORIGIN, member], LOCAL),
      TAW,
      'confed-flag-unexpected',
      { session: internal(LOCAL) },
    ],
    [
      'confed-border',
      'from outside to the identifier',
      ['RFC 8205 §4.3', 'RFC 8205 §5.2 step 3'],
      path([ORIGIN, PEER], C),
      'valid',
      'ok',
      { session: external(C, PEER, { confederation }) },
    ],
    [
      'confed-border-signed-to-member',
      'from outside, signed to the Member-AS number',
      ['RFC 8205 §5.2 step 3'],
      path([ORIGIN, PEER], M1),
      'not-valid',
      'signature-mismatch',
      { session: external(C, PEER, { confederation }) },
    ],
    [
      'confed-signed-to-identifier',
      'from a Member-AS, signed to the identifier',
      ['RFC 8205 §5.2 step 3'],
      path([ORIGIN, ingress, member], C),
      'not-valid',
      'signature-mismatch',
    ],
    [
      'confed-member-as-mismatch',
      'another Member-AS in front than the peer',
      ['RFC 8205 §5.2(2)'],
      path([ORIGIN, ingress, { asn: 65003, flags: CONFED }]),
      TAW,
      'peer-as-mismatch',
    ],
    [
      'confed-pcount-zero',
      'pCount 0 from a peer of the confederation',
      ['RFC 8205 §5.2(7)'],
      path([ORIGIN, { asn: M2, pCount: 0, flags: CONFED }]),
      TAW,
      'pcount-zero',
    ],
    [
      'confed-loop-member',
      'the own Member-AS in AS_CONFED_SEQUENCE',
      ['RFC 8205 §5.2(8)', 'RFC 5065 §4'],
      path([ORIGIN, ingress, { asn: M1, flags: CONFED }, member]),
      TAW,
      'as-loop',
    ],
    [
      'confed-loop-identifier',
      'the identifier in the path',
      ['RFC 8205 §5.2(8)', 'RFC 5065 §4'],
      path([C, ORIGIN, ingress, member]),
      TAW,
      'as-loop',
    ],
    [
      'confed-member-number-outside',
      'a public AS with the number of the own Member-AS: no loop',
      ['RFC 5065 §4'],
      path([M1, ORIGIN, ingress, member]),
      'valid',
      'ok',
    ],
    [
      'confed-inside-unflagged',
      'inside, with a newest segment without the flag',
      ['RFC 8205 §5.2(6)'],
      path([ORIGIN, PEER]),
      'valid',
      'ok',
      {
        session: inside('internal', M1),
        acceptable: [
          {
            expected: { verdict: TAW },
            why: 'an internal peer is a member of the confederation too, in another reading of item 6',
          },
        ],
      },
    ],
    [
      'confed-flag-not-leading',
      'a flagged segment behind one without the flag, inside',
      ['RFC 8205 §5.2(6)'],
      path([ORIGIN, member, PEER]),
      'valid',
      'ok',
      {
        session: inside('internal', M1),
        acceptable: [{ expected: { verdict: TAW }, why: 'no procedure makes such a path' }],
      },
    ],
    [
      'confed-members-verified',
      'the member has no known key',
      ['RFC 8205 §4.3'],
      path([ORIGIN, ingress, member]),
      'not-valid',
      'router-key-missing',
      { keys: outsiders },
    ],
    [
      'confed-members-skipped',
      'the same where members are not verified',
      ['RFC 8205 §4.3'],
      path([ORIGIN, ingress, member]),
      'valid',
      'ok',
      {
        keys: outsiders,
        session: inside('confed-external', M2, { verifyMembers: false }),
        flags: ['option'],
      },
    ],
    [
      'confed-members-skipped-inside',
      'members are not verified, inside',
      ['RFC 8205 §4.3'],
      path([ORIGIN, PEER, ingress]),
      'valid',
      'ok',
      { keys: outsiders, session: inside('internal', M1, { verifyMembers: false }), flags: ['option'] },
    ],
    [
      'confed-members-skipped-outsider-bad',
      'members are not verified, and the origin has no key',
      ['RFC 8205 §4.3'],
      path([ORIGIN, ingress, member]),
      'not-valid',
      'router-key-missing',
      {
        keys: publicKeys(M2, C),
        session: inside('confed-external', M2, { verifyMembers: false }),
        flags: ['option'],
      },
    ],
    [
      'confed-members-skipped-no-target',
      'members are not verified; the first outsider signed to the Member-AS',
      ['RFC 8205 §4.3', 'RFC 8205 §5.2 step 3'],
      messageOf(addSegment(pathOf([ORIGIN], M1), segmentOf(member), M1, announced(), signer)),
      'not-valid',
      'signature-mismatch',
      {
        keys: outsiders,
        session: inside('confed-external', M2, { verifyMembers: false }),
        flags: ['option'],
      },
    ],
  ];
  return verifyGroup(
    'A confederation: identifier 64500, members 65001 and 65002',
    { session: between, keys },
    rows,
  );
}
