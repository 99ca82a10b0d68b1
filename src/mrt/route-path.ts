import {
  type AsnSize,
  BgpError,
  decodeAs4Path,
  decodeAsPath,
  encodeAsPath,
  mergeAs4Path,
  scanAsPath,
} from '../bgp/index.js';
import { readU16, readU32 } from '../bytes/index.js';
import { type Emitter, type PathOctets, reportFault } from './emitter.js';

/**
 * The path of the scanned attributes: AS_PATH, merged with AS4_PATH where ASNs have 2 octets (RFC 6793 §4.2.3);
 * undefined without AS_PATH. Its syntax is checked, it is not decoded. A malformed AS4_PATH, or one beside 4-octet
 * ASNs, is reported and discarded (§6).
 *
 * @throws {BgpError} as `scanAsPath`.
 */
export function routePath(emitter: Emitter, octets: Uint8Array, asnSize: AsnSize): PathOctets | undefined {
  const { asPath, as4Path } = emitter.scan;
  if (asPath.start < 0) return undefined;
  scanAsPath(octets, asnSize, asPath.start, asPath.end);
  const path = { octets, start: asPath.start, end: asPath.end, asnSize };
  if (as4Path.start < 0) return path;
  if (asnSize === 4) {
    const message = 'AS4_PATH beside 4-octet ASNs is ignored';
    const offset = as4Path.start;
    reportFault(
      emitter,
      { code: 'as4-path-unexpected', message, field: 'as4-path', offset },
      'attribute-discard',
    );
    return path;
  }
  try {
    const as4 = decodeAs4Path(octets, as4Path.start, as4Path.end).path;
    const as2 = decodeAsPath(octets, asnSize, asPath.start, asPath.end);
    const merged = encodeAsPath(mergeAs4Path(as2, as4, aggregators(emitter, octets)), 4);
    return { octets: merged, start: 0, end: merged.length, asnSize: 4 };
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    reportFault(emitter, error.fault, error.treatment);
    return path;
  }
}

function aggregators({ scan: { aggregator, as4Aggregator } }: Emitter, octets: Uint8Array) {
  // A length other than RFC 6793 §3 gives is a malformed attribute, and that is discarded (§6, RFC 7606 §7.7).
  return {
    aggregatorAs:
      aggregator.start >= 0 && aggregator.end - aggregator.start === 6
        ? readU16(octets, aggregator.start)
        : undefined,
    as4AggregatorAs:
      as4Aggregator.start >= 0 && as4Aggregator.end - as4Aggregator.start === 8
        ? readU32(octets, as4Aggregator.start)
        : undefined,
  };
}
