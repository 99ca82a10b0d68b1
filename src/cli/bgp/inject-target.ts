import { isIP } from 'node:net';
import { type BgpRole, neighborRoleOf } from '../../aspa/index.js';
import type { BgpsecFamily, Family, PeerKind } from '../../bgp/index.js';
import { AFI_IPV4, AFI_IPV6, type Afi, type Asn, parseAddress } from '../../inet/index.js';
import type { BgpConnection } from '../../node/bgp-connection.js';
import type { BgpPeer } from '../../node/bgp-speaker.js';
import { ownAddressTowards } from '../../node/own-address.js';
import { CliError } from '../shared/io.js';

/** To whom routes go, and what they have to look like for it. */
export interface Target {
  readonly localAs: Asn;
  readonly peerAs: Asn;
  readonly peerKind: PeerKind;
  /** Undefined where no role is configured. */
  readonly neighborRole: BgpRole | undefined;
  /** The address families of which unicast routes are taken. */
  readonly families: readonly Afi[];
  /** 4 octets; undefined where there is none. */
  readonly nextHop4: Uint8Array | undefined;
  /** 16 octets; undefined where there is none. */
  readonly nextHop6: Uint8Array | undefined;
  readonly asnSize: 2 | 4;
  /** By address family, what keeps signed routes from being sent, in words; empty where nothing does. */
  readonly unsigned: Readonly<Record<Afi, string>>;
  readonly extendedMessages: boolean;
}

/** Where messages go. */
export interface Outlet {
  /** Takes a message that announces so many routes; what waits is bounded by {@link drain}. */
  put(message: Uint8Array, routes: number): void;
  /**
   * Resolves when what was put is on its way; rejects with {@link Stopped} where there is no way any more.
   *
   * @param isLast that no more will be put.
   */
  drain(isLast?: boolean): Promise<void>;
  /** Told of a route that only a longer message would hold; does not return where the length is no more than guessed. */
  misguessed?(): void;
}

/** Nobody wants more messages. */
export class Stopped extends Error {}

/** The session cannot carry what a feed makes; the message says why. */
export class Unfit extends Error {}

/** What a feed has read and made. */
export interface Fed {
  /** Routes that are not announced, by the reason. */
  readonly skipped: ReadonlyMap<string, number>;
  /** Routes with malformed attributes, by the code of the fault; of a feed that looks at them. */
  readonly malformed?: ReadonlyMap<string, number>;
  /** 0 or 2: whether what it reads could be read. */
  readonly code: number;
}

/** Makes messages for a target. */
export type Feed = (target: Target, outlet: Outlet) => Promise<Fed>;

/** Next hops that the command line names, one a family. */
export interface NextHops {
  readonly nextHop4?: Uint8Array;
  readonly nextHop6?: Uint8Array;
}

/** @throws {CliError} for two of one family, and {DecodeError} as `parseAddress`. */
export function readNextHops(texts: readonly string[] = []): NextHops {
  let hops: NextHops = {};
  for (const text of texts) {
    const octets = parseAddress(text, '--next-hop');
    const name = octets.length === 4 ? 'nextHop4' : 'nextHop6';
    if (hops[name]) throw new CliError('--next-hop: one address of IPv4, and one of IPv6');
    hops = { ...hops, [name]: octets };
  }
  return hops;
}

/**
 * What the session of a connection takes; the next hop is the own address unless named (docs/decisions/speaker.md
 * D-inject-next-hop). Undefined before the OPENs.
 */
export function targetOf(connection: BgpConnection, localAs: Asn, hops: NextHops): Target | undefined {
  const { negotiated } = connection.status;
  if (!negotiated) return undefined;
  const { peerAs, peerKind, neighborRole, asnSize, extendedMessagesSend } = negotiated;
  return {
    localAs,
    peerAs,
    peerKind,
    neighborRole,
    families: unicastAfis(negotiated.families),
    ...nextHopsOf(connection.localAddress, hops),
    asnSize,
    unsigned: { [AFI_IPV4]: lackOf(negotiated.bgpsec.ipv4), [AFI_IPV6]: lackOf(negotiated.bgpsec.ipv6) },
    extendedMessages: extendedMessagesSend,
  };
}

/**
 * What the session of a peer will probably take, before the OPENs: what this side offers, the next hop of the address that the system
 * would connect from, no long messages. Undefined where that address is not known.
 */
export async function guessTarget(peer: BgpPeer, hops: NextHops): Promise<Target | undefined> {
  const { session, address = '', port = 0 } = peer;
  const own = peer.localAddress ?? (await ownAddressTowards(address, port));
  if (own === undefined || isIP(own) === 0 || own.includes('%')) return undefined;
  const { localAs, peerAs = 0, role, families = [] } = session;
  const peerKind = localAs === peerAs ? 'internal' : 'external';
  return {
    localAs,
    peerAs,
    peerKind,
    neighborRole: role && peerKind === 'external' ? neighborRoleOf(role) : undefined,
    families: unicastAfis(families),
    ...nextHopsOf(own, hops),
    asnSize: 4,
    unsigned: { [AFI_IPV4]: '', [AFI_IPV6]: '' },
    extendedMessages: false,
  };
}

function unicastAfis(families: readonly Family[]): readonly Afi[] {
  return families.flatMap(({ afi, safi }) =>
    safi === 1 && (afi === AFI_IPV4 || afi === AFI_IPV6) ? [afi] : [],
  );
}

/** Those that are named, or the own address. */
function nextHopsOf(address: string | undefined, hops: NextHops): Pick<Target, 'nextHop4' | 'nextHop6'> {
  const own = address === undefined ? undefined : parseAddress(address);
  const four = own?.length === 4 ? own : undefined;
  const six = own?.length === 16 ? own : four && mapped(four);
  return { nextHop4: hops.nextHop4 ?? four, nextHop6: hops.nextHop6 ?? six };
}

/** The IPv4 address as one of IPv6 (RFC 4291 §2.5.5.2). */
function mapped(address: Uint8Array): Uint8Array {
  const octets = new Uint8Array(16);
  octets.fill(0xff, 10, 12);
  octets.set(address, 12);
  return octets;
}

/** The conditions of RFC 8205 §2.2 that are not met. */
function lackOf({ send }: BgpsecFamily): string {
  return send.unmet
    .map(({ side, missing }) => `${side === 'own' ? 'this side' : 'the peer'} lacks ${missing}`)
    .join(', ');
}

/** @throws {Unfit} where no family takes signed routes. */
export function requireSigned({ unsigned, families }: Target): void {
  if (families.some((afi) => unsigned[afi] === '')) return;
  const why = families.map((afi) => `IPv${afi === AFI_IPV4 ? 4 : 6}: ${unsigned[afi]}`);
  throw new Unfit(
    `signed routes cannot be sent (RFC 8205 §2.2): ${why.join('; ') || 'no family is negotiated'}`,
  );
}
