import {
  type AsnSize,
  BgpError,
  decodeAsPath,
  decodeHeader,
  HEADER_LENGTH,
  scanUpdate,
} from '../../bgp/index.js';
import { DecodeError, fromHex } from '../../bytes/index.js';
import { formatPrefix, parsePrefixMasked } from '../../inet/index.js';
import { WITHOUT_IDENTIFIERS } from '../add-path.js';
import { deliverMessage } from '../bgp-message.js';
import { type Emitter, reportLine } from '../emitter.js';
import { asText } from './json-values.js';

/** What a line says beside the message. */
export interface Beside {
  /** The prefixes that it names, whether they can be read or not. */
  readonly prefixes: Iterable<unknown>;
  /** Its AS numbers, in order, as an array; something else says nothing. */
  readonly path: unknown;
}

/**
 * Delivers what the message itself says, `raw` in hexadecimal, the truth where it is whole. Where it is not, the members
 * of the line say more: it is reported, and false (docs/decisions/routes.md D-ris-raw-damaged).
 *
 * @throws {DecodeError} as `deliverMessage`, for a damaged message without such members.
 */
export function readRawMessage(emitter: Emitter, raw: string, { prefixes, path }: Beside): boolean {
  const named = namedPrefixes(prefixes);
  let octets: Uint8Array;
  try {
    octets = fromHex(raw, 'raw');
    if (named !== undefined) expectWhole(octets);
  } catch (error) {
    if (!(error instanceof DecodeError) || named === undefined) throw error;
    reportLine(emitter, error);
    return false;
  }
  emitter.route.bordersLost = false;
  emitter.named = named;
  try {
    deliverMessage(emitter, octets, 0, octets.length, asnSizeOf(emitter, octets, path), WITHOUT_IDENTIFIERS);
  } finally {
    emitter.route.bordersLost = true;
    emitter.route.signed = false;
    emitter.named = undefined;
  }
  return true;
}

/** @throws {DecodeError} when the octets are no whole message. */
function expectWhole(octets: Uint8Array): void {
  const needed = octets.length < HEADER_LENGTH ? HEADER_LENGTH : decodeHeader(octets, 0, true).length;
  if (needed <= octets.length) return;
  throw new DecodeError('truncated', `needs ${needed} octets, has ${octets.length}`, { field: 'raw' });
}

/** The prefixes that the members name, in canonical text; undefined when they name none. */
function namedPrefixes(prefixes: Iterable<unknown>): ReadonlySet<string> | undefined {
  const named = new Set<string>();
  for (const text of prefixes) {
    try {
      named.add(formatPrefix(parsePrefixMasked(asText(text, 'prefixes'))));
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
    }
  }
  return named.size === 0 ? undefined : named;
}

/**
 * NON-SPEC: nothing says how long an AS number is in the message. The size by which AS_PATH can be read; when both
 * do, the one that gives the ASNs of the member `path`, or begins with the peer; else four octets
 * (docs/decisions/routes.md D-ris-asn-size).
 */
function asnSizeOf({ scan, route }: Emitter, octets: Uint8Array, path: unknown): AsnSize {
  try {
    scanUpdate(octets, HEADER_LENGTH, octets.length, scan);
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    return 4; // the reader proper reports it
  }
  const { start, end } = scan.asPath;
  const asnsBy = (size: AsnSize): number[] | undefined => {
    try {
      return decodeAsPath(octets, size, start, end).flatMap(({ asns }) => asns);
    } catch (error) {
      if (!(error instanceof BgpError)) throw error;
      return undefined;
    }
  };
  const narrow = start < 0 ? undefined : asnsBy(2);
  const wide = start < 0 ? undefined : asnsBy(4);
  if (narrow === undefined) return 4;
  if (wide === undefined) return 2;
  // docs/decisions/routes.md D-ris-empty-path
  const told = Array.isArray(path) && path.length > 0 ? path.flat().join(' ') : undefined;
  const fits = (asns: number[]): boolean =>
    told === undefined ? asns[0] === route.peerAs : asns.join(' ') === told;
  return fits(narrow) && !fits(wide) ? 2 : 4;
}
