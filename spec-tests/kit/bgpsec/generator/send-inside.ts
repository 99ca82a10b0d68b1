import { bridgeSegment } from 'pathsec/bgpsec';
import { toHex } from 'pathsec/bytes';
import type { VectorCase, VectorGroup } from '../../../../src/conformance/vector.js';
import type { Session } from '../mutants/question.js';
import { otherCase, privateKey, signedCase } from './send-cases.js';
import { announced, external, type Fields, type Hop, internal, messageOf, pathOf, signer } from './world.js';

const C = 64500;
const M1 = 65001;
const M2 = 65002;
const NEXT = 64499;
const ORIGIN = 64496;
const OLD = 64510;
const CONFED = 0x80;
const to = (peerAs: number, kind = 'external', more: Fields = {}): Fields => ({
  peerAs,
  kind,
  bgpsec: true,
  ...more,
});

/** Confederations (RFC 8205 §4.3) and AS migration (RFC 8206 §5): the worked examples. */
export function insideGroup(): VectorGroup {
  return {
    title: 'Confederations and AS migration',
    shared: { op: 'forward', nextHop: 'c6336401' },
    cases: [...confederation(), ...migration()],
  };
}

const speaker = (memberAs: number): Fields => ({ asn: C, confederation: { identifier: C, memberAs } });
const message = (path: ReturnType<typeof pathOf>): string => toHex(messageOf(path));

function confederation(): VectorCase[] {
  const keys = [privateKey(C), privateKey(M1)];
  const other = [privateKey(C), privateKey(M2)];
  const ingress: Hop = { asn: C, pCount: 0, flags: CONFED };
  const member: Hop = { asn: M1, flags: CONFED };
  const inside = pathOf([ORIGIN, ingress], M1);
  const across = pathOf([ORIGIN, ingress, member], M2);
  const own = { identifier: C, memberAs: M1 };
  const sections = ['RFC 8205 §4.3'];
  const arrived = {
    message: message(pathOf([ORIGIN], C)),
    session: external(C, ORIGIN, { confederation: own }),
  };
  const between: Fields = {
    localAs: M2,
    peerAs: M1,
    kind: 'confed-external',
    confederation: { identifier: C, memberAs: M2 },
  };
  const distributed = { message: message(inside), session: internal(M1, { confederation: own }) };
  const receiver: Session = {
    localAs: M2,
    peerAs: M1,
    kind: 'confed-external',
    confederation: { identifier: C, memberAs: M2 },
  };
  const home: Session = { localAs: M1, peerAs: M1, kind: 'internal', confederation: own };
  const base = { op: 'forward', nextHop: 'c6336401' };
  const row = (
    name: string,
    title: string,
    input: Fields,
    hops: readonly Hop[],
    at?: Session,
  ): VectorCase => {
    const made = signedCase(
      `confed-${name}`,
      title,
      sections,
      { ...base, ...input },
      hops,
      at ? { receiver: at } : {},
    );
    return made;
  };
  return [
    row(
      'send-ingress',
      'from outside to an internal peer: a segment of the identifier with pCount 0',
      { ...arrived, speaker: speaker(M1), keys, peer: to(M1, 'internal') },
      [ingress, ORIGIN],
      home,
    ),
    row(
      'send-ingress-across',
      'from outside to another Member-AS',
      { ...arrived, speaker: speaker(M1), keys, peer: to(M2, 'confed-external') },
      [member, ingress, ORIGIN],
      receiver,
    ),
    row(
      'send-across',
      'from an internal peer to another Member-AS',
      { ...distributed, speaker: speaker(M1), keys, peer: to(M2, 'confed-external') },
      [member, ingress, ORIGIN],
      receiver,
    ),
    row(
      'send-inside-unchanged',
      'from another Member-AS to an internal peer: unchanged',
      {
        message: message(across),
        session: between,
        speaker: speaker(M2),
        keys: [],
        peer: to(M2, 'internal'),
      },
      [member, ingress, ORIGIN],
    ),
    row(
      'send-egress',
      'to outside: the segments of members are removed',
      { message: message(across), session: between, speaker: speaker(M2), keys: other, peer: to(NEXT) },
      [C, ORIGIN],
    ),
    row(
      'send-through',
      'from outside to outside at one router',
      { ...arrived, speaker: speaker(M1), keys, peer: to(NEXT) },
      [C, ORIGIN],
    ),
    row(
      'send-origin',
      'a route that begins in a Member-AS, to another',
      {
        op: 'originate',
        prefix: '192.0.2.0/24',
        speaker: speaker(M1),
        keys,
        peer: to(M2, 'confed-external'),
      },
      [member],
      receiver,
    ),
    row(
      'send-origin-egress',
      'a route that began in another Member-AS, to outside: the identifier is the origin',
      {
        message: message(pathOf([member], M2)),
        session: between,
        speaker: speaker(M2),
        keys: other,
        peer: to(NEXT),
      },
      [C],
    ),
    otherCase(
      'confed-send-flag-missing',
      'from another Member-AS without the flag: nothing is passed on',
      ['RFC 8205 §5.2(6)'],
      {
        message: message(pathOf([ORIGIN, M1], M2)),
        session: between,
        speaker: speaker(M2),
        keys: other,
        peer: to(NEXT),
      },
      { outcome: 'refused' },
      'confed-flag-missing',
    ),
    otherCase(
      'confed-send-plain-inside',
      'to another Member-AS without BGPsec',
      sections,
      { ...distributed, speaker: speaker(M1), keys, peer: to(M2, 'confed-external', { bgpsec: false }) },
      {
        outcome: 'unsigned',
        asPath: [
          { type: 'AS_CONFED_SEQUENCE', asns: [M1] },
          { type: 'AS_SEQUENCE', asns: [ORIGIN] },
        ],
      },
      'peer-without-bgpsec',
    ),
    otherCase(
      'confed-send-plain-outside',
      'to an external peer without BGPsec: no confederation segments',
      ['RFC 8205 §4.4', 'RFC 5065 §4.1'],
      {
        message: message(across),
        session: between,
        speaker: speaker(M2),
        keys: other,
        peer: to(NEXT, 'external', { bgpsec: false }),
      },
      {
        outcome: 'unsigned',
        asPath: [{ type: 'AS_SEQUENCE', asns: [C, ORIGIN] }],
      },
      'peer-without-bgpsec',
    ),
  ];
}

function migration(): VectorCase[] {
  const keys = [privateKey(C), privateKey(OLD)];
  const ce1 = 64496;
  const ce2 = 64499;
  const base = { op: 'forward', nextHop: 'c6336401', speaker: { asn: C }, keys };
  const row = (
    name: string,
    title: string,
    sections: readonly string[],
    input: Fields,
    hops: readonly Hop[],
    receiver?: Session,
  ): VectorCase =>
    signedCase(
      `migration-${name}`,
      title,
      sections,
      { ...base, ...input },
      hops,
      receiver ? { receiver } : {},
    );
  const bridged = bridgeSegment(pathOf([ce1], OLD), OLD, C, false, announced(), signer);
  const arrived = {
    message: message(pathOf([ce1], OLD)),
    session: external(OLD, ce1, { ownAses: [C, OLD] }),
  };
  const oldPeer = (peerAs: number): Fields => to(peerAs, 'external', { localAs: OLD });
  const bridge: Hop = { asn: OLD, pCount: 0 };
  return [
    row(
      'send-outbound',
      'to a peer of the old AS: the new AS with pCount 0, then the old',
      ['RFC 8206 §5.1'],
      { message: message(pathOf([ce2], C)), session: internal(C), peer: oldPeer(ce1) },
      [OLD, { asn: C, pCount: 0 }, ce2],
    ),
    row(
      'send-outbound-own',
      'an own route under the old number',
      ['RFC 8206 §5.1'],
      { op: 'originate', prefix: '192.0.2.0/24', peer: oldPeer(ce1) },
      [OLD, { asn: C, pCount: 0 }],
    ),
    row(
      'send-inbound',
      'from a peer of the old AS to an internal peer: the old AS with pCount 0',
      ['RFC 8206 §5.2'],
      { ...arrived, peer: to(C, 'internal') },
      [bridge, ce1],
      { localAs: C, peerAs: C, kind: 'internal' },
    ),
    row(
      'send-inbound-onward',
      'inside the new AS, then to a third AS',
      ['RFC 8206 §5.4'],
      { message: message(bridged), session: internal(C), peer: to(64505) },
      [C, bridge, ce1],
    ),
    row(
      'send-inbound-direct',
      'from a peer of the old AS to a peer of the new at one router',
      ['RFC 8206 §5.2'],
      { ...arrived, peer: to(64505) },
      [C, bridge, ce1],
    ),
    row(
      'send-old-to-old',
      'from a peer of the old AS to another one',
      ['RFC 8206 §5'],
      { ...arrived, peer: oldPeer(64501) },
      [OLD, ce1],
    ),
  ];
}
