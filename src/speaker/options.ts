import {
  type AddPathFamily,
  type BgpRole,
  type BgpsecCapability,
  type Capability,
  type Family,
  makeOpen,
  type OpenMessage,
  roleCapability,
} from '../bgp/index.js';
import { AFI_IPV4, AFI_IPV6, type Asn, MAX_ASN, requireAsn, SAFI_UNICAST } from '../inet/index.js';

/** How a session behaves; all but `localAs` and `routerId` have defaults. */
export interface SpeakerOptions {
  /** The own AS, sent in the OPEN. */
  readonly localAs: Asn;
  /** BGP Identifier, an unsigned 32-bit number that is not 0 (RFC 6286 §2.1). */
  readonly routerId: number;
  /** The AS that the peer must have (RFC 4271 §6.2); absent: any. */
  readonly peerAs?: Asn;
  /** Waits for the peer to connect, in place of connecting (PassiveTcpEstablishment). Default false. */
  readonly passive?: boolean;
  /** Seconds: 0 for none, else 3 to 65535 (RFC 4271 §4.2). Default 90. */
  readonly holdTime?: number;
  /** The own role, for external peers (RFC 9234 §4.1). */
  readonly role?: BgpRole;
  /** Refuses a peer that sends no role (RFC 9234 §4.2). Default false. */
  readonly strictRole?: boolean;
  /** Families to be exchanged (RFC 4760). Default IPv4 and IPv6 unicast. */
  readonly families?: readonly Family[];
  /** What to offer of ADD-PATH (RFC 7911). Default nothing. */
  readonly addPath?: readonly AddPathFamily[];
  /** What to offer of BGPsec, for each of the families with unicast (RFC 8205 §2.1). Default nothing. */
  readonly bgpsec?: readonly ('send' | 'receive')[];
  /** Takes and offers messages of up to 65535 octets (RFC 8654). Default true. */
  readonly extendedMessages?: boolean;
  /** Offers route refresh (RFC 2918), whose requests come as outputs. Default true. */
  readonly routeRefresh?: boolean;
  /** Other capabilities, as they stand. */
  readonly capabilities?: readonly Capability[];
  /** Seconds between attempts to connect (ConnectRetryTime). Default 120, as RFC 4271 §10 suggests. */
  readonly connectRetryTime?: number;
  /**
   * Seconds in Idle after a session that failed, doubled with each failure in a row up to the second number; absent: it
   * stays there until it is started again.
   */
  readonly idleHold?: readonly [first: number, most: number];
  /** Octets given out and not yet sent from which on `send` takes no more. Default 1 MiB. */
  readonly maxQueued?: number;
  /** Seconds without progress in sending after which the session ends (RFC 9687). Default 480, or twice the hold time. */
  readonly sendHoldTime?: number;
  /** A number from 0 to below 1 for the jitter of timers (RFC 4271 §10); absent: no jitter. */
  readonly random?: () => number;
}

/** {@link SpeakerOptions} with every default filled in, and the OPEN that they make. */
export interface ResolvedOptions {
  readonly localAs: Asn;
  readonly routerId: number;
  readonly peerAs: Asn | undefined;
  readonly passive: boolean;
  readonly holdTime: number;
  readonly role: BgpRole | undefined;
  readonly strictRole: boolean;
  readonly families: readonly Family[];
  readonly extendedMessages: boolean;
  readonly connectRetryTime: number;
  readonly idleHold: readonly [first: number, most: number] | undefined;
  readonly maxQueued: number;
  readonly sendHoldTime: number | undefined;
  readonly random: (() => number) | undefined;
  readonly open: OpenMessage;
}

const UNICAST: readonly Family[] = [
  { afi: AFI_IPV4, safi: SAFI_UNICAST },
  { afi: AFI_IPV6, safi: SAFI_UNICAST },
];

/**
 * Fills in defaults and makes the OPEN.
 *
 * @throws {RangeError} for numbers that an OPEN cannot carry, or timers that are none; {@link TypeError} for a role that
 * is none.
 */
export function resolveOptions(options: SpeakerOptions): ResolvedOptions {
  const { localAs, routerId, peerAs, role, holdTime = 90, connectRetryTime = 120, idleHold } = options;
  requireAs(localAs, 'localAs');
  if (peerAs !== undefined) requireAs(peerAs, 'peerAs');
  requireWhole(routerId, 'routerId', 1, MAX_ASN);
  requireWhole(holdTime, 'holdTime', 0, 0xffff);
  if (holdTime === 1 || holdTime === 2) throw new RangeError('holdTime: 0 or at least 3 seconds');
  for (const [name, value] of Object.entries({
    connectRetryTime,
    'idleHold[0]': idleHold?.[0] ?? 1,
    'idleHold[1]': idleHold?.[1] ?? 1,
    sendHoldTime: options.sendHoldTime ?? 1,
    maxQueued: options.maxQueued ?? 1,
  })) {
    if (!(value > 0)) throw new RangeError(`${name}: ${value} is not above 0`);
  }
  const { families = UNICAST, extendedMessages = true } = options;
  return {
    localAs,
    routerId,
    peerAs,
    passive: options.passive ?? false,
    holdTime,
    role,
    strictRole: options.strictRole ?? false,
    families,
    extendedMessages,
    connectRetryTime,
    idleHold,
    maxQueued: options.maxQueued ?? 1 << 20,
    sendHoldTime: options.sendHoldTime,
    random: options.random,
    open: makeOpen(localAs, routerId, capabilitiesOf(options, families, extendedMessages), holdTime),
  };
}

function capabilitiesOf(
  {
    routeRefresh = true,
    role,
    peerAs,
    localAs,
    addPath = [],
    bgpsec = [],
    capabilities = [],
  }: SpeakerOptions,
  families: readonly Family[],
  extendedMessages: boolean,
): Capability[] {
  const list: Capability[] = families.map(({ afi, safi }) => ({
    name: 'multiprotocol',
    afi,
    safi,
    reserved: 0,
  }));
  if (routeRefresh) list.push({ name: 'route-refresh' });
  if (extendedMessages) list.push({ name: 'extended-message' });
  for (const direction of bgpsec) {
    for (const { afi, safi } of families) {
      const one: BgpsecCapability = { name: 'bgpsec', version: 0, direction, afi, unassigned: 0 };
      if (safi === SAFI_UNICAST) list.push(one);
    }
  }
  // Roles are for external peers (RFC 9234 §4.1).
  if (role !== undefined && peerAs !== localAs) list.push(roleCapability(role));
  if (addPath.length > 0) list.push({ name: 'add-path', families: addPath });
  return [...list, ...capabilities];
}

function requireAs(asn: Asn, name: string): void {
  requireAsn(asn, name);
  if (asn === 0) throw new RangeError(`${name}: 0 cannot stand in an OPEN (RFC 7607 §2)`);
}

function requireWhole(value: number, name: string, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name}: ${value} is not a whole number in ${least}..${most}`);
}
