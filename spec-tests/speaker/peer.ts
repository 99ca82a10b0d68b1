import {
  AS_SEQUENCE,
  type Capability,
  encodeAsPath,
  encodeMessage,
  encodeMpReach,
  encodeNlri,
  makeOpen,
  notificationName,
  type PathAttribute,
} from 'pathsec/bgp';
import { formatPrefix, parseAddress, parsePrefix } from 'pathsec/inet';
import type { SpeakerOutput, SpeakerSession } from 'pathsec/speaker';

export const OWN_AS = 64500;
export const PEER_AS = 64499;
export const OWN_ID = 0x0a000001;
export const PEER_ID = 0x0a000002;

const FAMILIES: readonly Capability[] = [1, 2].map((afi) => ({
  name: 'multiprotocol',
  afi,
  safi: 1,
  reserved: 0,
}));

/** The OPEN of the peer, with capabilities beside the two unicast families. */
export function peerOpen(
  capabilities: readonly Capability[] = [],
  { asn = PEER_AS, id = PEER_ID, holdTime = 30, families = FAMILIES } = {},
): Uint8Array {
  return encodeMessage(makeOpen(asn, id, [...families, ...capabilities], holdTime));
}

export const KEEPALIVE = encodeMessage({ kind: 'keepalive' });
export const END_OF_RIB = encodeMessage({
  kind: 'update',
  withdrawnField: new Uint8Array(0),
  attributes: [],
  nlriField: new Uint8Array(0),
});

export function notification(code: number, subcode: number, data?: Uint8Array): Uint8Array {
  return encodeMessage({ kind: 'notification', code, subcode, ...(data && { data }) });
}

/** A message of a type with a body that is not looked at by the caller. */
export function rawMessage(type: number, body: readonly number[]): Uint8Array {
  const length = 19 + body.length;
  return Uint8Array.of(...new Array(16).fill(0xff), length >> 8, length & 0xff, type, ...body);
}

const ORIGIN: PathAttribute = { flags: 0x40, code: 1, value: Uint8Array.of(0) };
const nlri = (prefixes: readonly string[]): Uint8Array =>
  encodeNlri(
    prefixes.map((text) => ({ prefix: parsePrefix(text) })),
    false,
  );
const asPath = (asns: readonly number[]): PathAttribute => ({
  flags: 0x40,
  code: 2,
  value: encodeAsPath([{ type: AS_SEQUENCE, asns }], 4),
});

/** An UPDATE that announces and withdraws IPv4 prefixes; `more` attributes behind the mandatory ones. */
export function update4(
  announced: readonly string[],
  withdrawn: readonly string[] = [],
  more: readonly PathAttribute[] = [],
  path: readonly number[] = [PEER_AS],
): Uint8Array {
  const nextHop: PathAttribute = { flags: 0x40, code: 3, value: parseAddress('192.0.2.1') };
  return encodeMessage({
    kind: 'update',
    withdrawnField: nlri(withdrawn),
    attributes: announced.length === 0 ? more : [ORIGIN, asPath(path), nextHop, ...more],
    nlriField: nlri(announced),
  });
}

/** An UPDATE that announces IPv6 prefixes. */
export function update6(announced: readonly string[], safi = 1): Uint8Array {
  const value = encodeMpReach({
    afi: 2,
    safi,
    nextHop: parseAddress('2001:db8::1'),
    reserved: 0,
    field: nlri(announced),
  });
  return encodeMessage({
    kind: 'update',
    withdrawnField: new Uint8Array(0),
    attributes: [{ flags: 0x90, code: 14, value }, ORIGIN, asPath([PEER_AS])],
    nlriField: new Uint8Array(0),
  });
}

const TYPES = ['', 'OPEN', 'UPDATE', 'NOTIFICATION', 'KEEPALIVE', 'ROUTE-REFRESH'];

/** What a session wants to be done, in words; NOTIFICATIONs with their numbers. */
export function didOf(outputs: readonly SpeakerOutput[]): string[] {
  return outputs.flatMap((output) => {
    if (output.kind === 'connect') return ['connect'];
    if (output.kind === 'disconnect') return [output.abort ? 'abort' : 'disconnect'];
    if (output.kind !== 'send') return [];
    const { octets } = output;
    const type = TYPES[octets[18] as number] as string;
    return [type === 'NOTIFICATION' ? `${type} ${octets[19]}/${octets[20]}` : type];
  });
}

/** What happened, in words. */
export function reportOf(outputs: readonly SpeakerOutput[]): string[] {
  return outputs.flatMap((output) => {
    switch (output.kind) {
      case 'state':
        return [output.state];
      case 'update': {
        const words = (sign: string, list: typeof output.announced) =>
          list.flatMap(({ routes }) => routes.map(({ prefix }) => `${sign}${formatPrefix(prefix)}`));
        return [...words('+', output.announced), ...words('-', output.withdrawn)];
      }
      case 'fault':
        return [`${output.fault.code}: ${output.fault.treatment}`];
      case 'end-of-rib':
        return [`end-of-rib ${output.afi}/${output.safi}`];
      case 'route-refresh':
        return [`refresh ${output.afi}/${output.safi} ${output.subtype}`];
      case 'notification-sent':
        return [`sent ${notificationName(output.notification)}`];
      case 'notification-received':
        return [`received ${notificationName(output.notification)}`];
      case 'writable':
        return ['writable'];
      default:
        return [];
    }
  });
}

/** Brings a session that was just made to Established, at time 0. */
export function establish(session: SpeakerSession, open = peerOpen()): SpeakerOutput[] {
  return [
    ...session.start(0),
    ...session.connected(0, 'own'),
    ...session.received(open, 0),
    ...session.received(KEEPALIVE, 0),
  ];
}
