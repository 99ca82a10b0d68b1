import { isIP } from 'node:net';
import type { BgpRole } from '../../aspa/index.js';
import { type Family, readFamilies } from '../../bgp/index.js';
import { DecodeError, proposal, requireKnownMembers } from '../../bytes/index.js';
import { type Asn, formatAddress, parseAddress, parseAsn } from '../../inet/index.js';
import type { BgpPeer } from '../../node/bgp-speaker.js';
import { parseEndpoint } from '../shared/endpoint.js';

/** The roles of RFC 9234, as they are configured for the own side. */
export const LOCAL_ROLES: readonly BgpRole[] = ['provider', 'customer', 'peer', 'rs', 'rs-client'];

const CONFIG_MEMBERS = ['localAs', 'routerId', 'listen', 'peers'] as const;
const PEER_MEMBERS = [
  ...[
    'as',
    'address',
    'port',
    'localAddress',
    'localRole',
    'strictRole',
    'families',
    'bgpsec',
    'addPath',
    'hold',
  ],
];

/** Whom to speak with, and where to listen. */
export interface BgpConfig {
  readonly peers: readonly BgpPeer[];
  readonly listen?: { readonly host: string; readonly port: number };
  /** The file that says so. */
  readonly file?: string;
}

/** How one peer is described, in the configuration and on the command line. */
export interface PeerWords {
  readonly as?: Asn | undefined;
  readonly address?: string | undefined;
  readonly port?: number | undefined;
  readonly localAddress?: string | undefined;
  readonly localRole?: BgpRole | undefined;
  readonly strictRole?: boolean | undefined;
  readonly families?: readonly Family[] | undefined;
  /** Receive signed routes. */
  readonly bgpsec?: boolean | undefined;
  /** Receive several paths of a prefix. */
  readonly addPath?: boolean | undefined;
  readonly hold?: number | undefined;
}

const UNICAST: readonly Family[] = [
  { afi: 1, safi: 1 },
  { afi: 2, safi: 1 },
];

/** The peer of these words. */
export function peerOf(localAs: Asn, routerId: number, words: PeerWords): BgpPeer {
  const { as, address, port, localAddress, localRole, strictRole, bgpsec, addPath, hold } = words;
  const families = words.families ?? UNICAST;
  return {
    session: {
      localAs,
      routerId,
      families,
      ...(as !== undefined && { peerAs: as }),
      ...(localRole && { role: localRole }),
      ...(strictRole && { strictRole }),
      ...(bgpsec && { bgpsec: ['receive'] as const }),
      ...(addPath && { addPath: families.map((family) => ({ ...family, mode: 'receive' as const })) }),
      ...(hold !== undefined && { holdTime: hold }),
    },
    ...(address !== undefined && { address }),
    ...(port !== undefined && { port }),
    ...(localAddress !== undefined && { localAddress }),
  };
}

/** An identifier as dotted quad or number, or the AS number where none is given (docs/decisions/speaker.md D-speaker-router-id). */
export function routerIdOf(value: unknown, localAs: Asn): number {
  if (value === undefined) return localAs;
  if (typeof value === 'number' && value >>> 0 === value && value > 0) return value;
  const text = String(value);
  if (/^[0-9]+(\.[0-9]+){3}$/.test(text)) {
    const octets = parseAddress(text, 'routerId');
    const number = new DataView(octets.buffer, octets.byteOffset).getUint32(0);
    if (number > 0) return number;
  }
  throw bad('routerId', 'a BGP Identifier such as 192.0.2.1, not 0');
}

/** An identifier as a dotted quad. */
export function formatRouterId(id: number): string {
  return formatAddress(Uint8Array.of(id >>> 24, id >>> 16, id >>> 8, id));
}

/**
 * Reads the JSON of `--config`: `{localAs, routerId?, listen?, peers: [{as, address?, port?, …}]}`.
 *
 * @throws {DecodeError} `unknown-member`, `config-syntax`, and those of `parseAsn`, `parseAddress` and `readFamilies`.
 */
export function readConfig(value: unknown): BgpConfig {
  const config = objectOf(value, '');
  requireKnownMembers(config, CONFIG_MEMBERS);
  const localAs = speakerOf(config.localAs, 'localAs');
  const routerId = routerIdOf(config.routerId, localAs);
  if (!Array.isArray(config.peers) || config.peers.length === 0) throw bad('peers', 'a list of peers');
  const listen = config.listen === undefined ? undefined : parseEndpoint(String(config.listen));
  if (config.listen !== undefined && !listen) throw bad('listen', 'HOST:PORT');
  const peers = config.peers.map((one: unknown, i) =>
    peerOf(localAs, routerId, readPeer(one, `peers[${i}]`)),
  );
  return { peers, ...(listen && { listen: { host: listen.host, port: listen.port } }) };
}

function readPeer(value: unknown, path: string): PeerWords {
  const peer = objectOf(value, path);
  requireKnownMembers(peer, PEER_MEMBERS, path);
  const { as, address, port, localAddress, localRole, strictRole, families, bgpsec, addPath, hold } = peer;
  const role = LOCAL_ROLES.find((one) => one === localRole);
  if (localRole !== undefined && !role) {
    throw bad(`${path}.localRole`, `one of ${LOCAL_ROLES.join(', ')}${proposal(localRole, LOCAL_ROLES)}`);
  }
  const words = {
    as: as === undefined ? undefined : speakerOf(as, `${path}.as`),
    address: textOf(address, `${path}.address`),
    port: wholeOf(port, `${path}.port`, 65_535),
    localAddress: textOf(localAddress, `${path}.localAddress`),
    localRole: role,
    strictRole: flagOf(strictRole, `${path}.strictRole`),
    families: families === undefined ? undefined : unicastOf(families, `${path}.families`),
    bgpsec: flagOf(bgpsec, `${path}.bgpsec`),
    addPath: flagOf(addPath, `${path}.addPath`),
    hold: wholeOf(hold, `${path}.hold`, 65_535),
  };
  requireUsed(words, path);
  return words;
}

/** Refuses words that would do nothing, or never anything. */
function requireUsed({ address, port, localAddress, localRole, strictRole, hold }: PeerWords, path: string) {
  if (hold === 1 || hold === 2) throw bad(`${path}.hold`, '0, or 3 and more (RFC 4271 §4.2)');
  if (strictRole && !localRole) throw bad(`${path}.strictRole`, 'beside a localRole');
  if (port === 0) throw bad(`${path}.port`, '1 or more');
  if (port !== undefined) {
    if (address === undefined) throw bad(`${path}.address`, 'there beside a port');
    return;
  }
  if (localAddress !== undefined) throw bad(`${path}.localAddress`, 'beside a port: the others connect');
  if (address !== undefined && isIP(address) === 0) {
    throw bad(`${path}.address`, 'an IP address, unless there is a port');
  }
}

/** The AS of one that speaks BGP: RFC 7607 §2. */
function speakerOf(value: unknown, field: string): Asn {
  const asn = parseAsn(value, field);
  if (asn === 0) throw bad(field, 'an AS of a speaker, not 0 (RFC 7607 §2)');
  return asn;
}

/** Families of which routes are judged: unicast. */
export function unicastOf(value: unknown, field: string): readonly Family[] {
  const families = readFamilies(value, field).filter((one) => value !== true || one.safi === 1);
  const known = families.every(({ afi, safi }) => (afi === 1 || afi === 2) && safi === 1);
  if (known && families.length > 0) return families;
  throw bad(field, '"1/1" and "2/1": unicast of IPv4 and IPv6');
}

function objectOf(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw bad(path, 'an object');
}

function textOf(value: unknown, field: string): string | undefined {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw bad(field, 'a text');
}

function flagOf(value: unknown, field: string): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  throw bad(field, 'true or false');
}

function wholeOf(value: unknown, field: string, most: number): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw bad(field, `a whole number up to ${most}`);
}

function bad(field: string, wanted: string): DecodeError {
  return new DecodeError('config-syntax', `must be ${wanted}`, { field });
}
