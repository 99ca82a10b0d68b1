import { isIP } from 'node:net';
import { InvalidArgumentError } from 'commander';
import { requireUniqueNames } from '../../bytes/index.js';
import { type Fields, type RouterHello, readRouterHello } from '../../conformance/index.js';
import type { HostPort } from '../../node/router/profile.js';
import { GENERIC_MARKS, type GenericMark } from '../../node/router/profile-generic.js';
import { parseEndpoint } from '../shared/endpoint.js';
import { checked } from '../shared/parse-options.js';

/** How the options of `conformance router` are read. */

export function parseWhere(text: string): 'here' | 'peers' {
  if (text === 'here' || text === 'peers') return text;
  throw new InvalidArgumentError('here (this machine), or peers (what scripts/peers.sh makes).');
}

export function parseAddress(text: string): HostPort {
  const endpoint = parseEndpoint(text);
  if (endpoint) return { host: endpoint.host, port: endpoint.port };
  throw new InvalidArgumentError('HOST:PORT.');
}

/** A router that the neighbours connect to, from 127.1.0.0/16. */
export function parseRouter(text: string): HostPort {
  const { host, port } = parseAddress(text);
  if (port === 0) throw new InvalidArgumentError('HOST:PORT, the port not 0.');
  if (isIP(host) === 6)
    throw new InvalidArgumentError('The neighbours connect from 127.1.0.0/16: an IPv4 address.');
  return { host, port };
}

export function parseListen(text: string): HostPort {
  const { host, port } = parseAddress(text);
  if (isIP(host) !== 0 && port > 0) return { host, port };
  throw new InvalidArgumentError('ADDRESS:PORT, the port not 0.');
}

export function parseMarks(text: string): ReadonlySet<GenericMark> {
  const marks = text.split(',').map((word) => GENERIC_MARKS.find((mark) => mark === word));
  const known = new Set(marks.filter((mark) => mark !== undefined));
  if (known.size === marks.length && !(known.has('both') && known.has('role'))) return known;
  throw new InvalidArgumentError(
    `Different ones of ${GENERIC_MARKS.join(', ')}; both or role, not both of them.`,
  );
}

export function parseHello(text: string): RouterHello {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InvalidArgumentError('Not JSON; expected an object such as {"firstAs": true}.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InvalidArgumentError('A JSON object such as {"firstAs": true}.');
  return checked(() => {
    requireUniqueNames(text);
    return readRouterHello(value as Fields);
  });
}

/** As many as a plan has prefixes for. */
const MOST_RANDOM = 50_000;

export function parseRandom(text: string): number {
  const count = Number(text);
  if (/^[0-9]{1,6}$/.test(text) && count <= MOST_RANDOM) return count;
  throw new InvalidArgumentError(`A whole number up to ${MOST_RANDOM}.`);
}

export function parseSeed(text: string): number {
  if (/^[0-9]{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A whole number of at most 9 digits.');
}
