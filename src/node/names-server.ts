import { equalOctets } from '../bytes/index.js';
import { parseAddress } from '../inet/index.js';

/** Where a connection came in. */
export interface OwnEnd {
  /** The own address of the connection. */
  readonly address: string | undefined;
  /** The name by which the server was told to listen. */
  readonly host: string;
}

/**
 * Whether `Host` of a request (RFC 9110 §7.2) names this very server: the address of the connection, the name that it listens by,
 * or `localhost` on a loopback address. A page of a stranger can make a name of its own lead here (DNS rebinding), and
 * then reads what is served as its own; it cannot put another name than its own into `Host`. Ports are not
 * compared: a tunnel has another one, and no stranger is kept out by them.
 */
export function namesServer(header: string | undefined, { address, host }: OwnEnd): boolean {
  const [, bracketed, plain] = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+))(?::[0-9]{1,5})?$/i.exec(header ?? '') ?? [];
  const name = (bracketed ?? plain)?.toLowerCase();
  if (name === undefined) return false;
  if (name === host.toLowerCase()) return true;
  const own = octetsOf(address ?? '');
  if (!own) return false;
  if (name === 'localhost') return isLoopback(own);
  const named = octetsOf(name);
  return named !== undefined && equalOctets(named, own);
}

/** Whether only this machine reaches the address; a name that is no address counts as one that others reach. */
export function isLoopbackHost(host: string): boolean {
  const octets = octetsOf(host);
  return host.toLowerCase() === 'localhost' || (octets !== undefined && isLoopback(octets));
}

/** The octets of an address, an IPv4 address that is written in an IPv6 one (RFC 4291 §2.5.5.2) as the former. */
function octetsOf(text: string): Uint8Array | undefined {
  try {
    return parseAddress(text.replace(/^::ffff:(?=[0-9]+\.)/i, ''));
  } catch {
    return undefined;
  }
}

/** 127.0.0.0/8 (RFC 1122 §3.2.1.3) or ::1 (RFC 4291 §2.5.3). */
function isLoopback(octets: Uint8Array): boolean {
  if (octets.length === 4) return octets[0] === 127;
  return octets.every((octet, i) => octet === (i === octets.length - 1 ? 1 : 0));
}
