import {
  type AsnSize,
  type AsPath,
  ATTR_BGPSEC_PATH,
  BgpError,
  decodeAs4Path,
  decodeAsPath,
  decodeBgpsecPath,
  encodeAsPath,
  FLAG_OPTIONAL,
  FLAG_TRANSITIVE,
  mergeAs4Path,
  reconstructAsPath,
  scanAsPath,
  type UpdateScan,
} from '../bgp/index.js';
import { readU16, readU32 } from '../bytes/index.js';
import type { PathOctets } from './element-source.js';
import { type Emitter, reportFault } from './emitter.js';

/**
 * The path of the scanned attributes: AS_PATH, merged with AS4_PATH where ASNs have 2 octets (RFC 6793 §4.2.3); without
 * AS_PATH the one that a Secure_Path stands for (RFC 8205 §4.4; docs/decisions/routes.md D-mrt-secure-path); undefined
 * without either. Says in `route.signed` which. AS_PATH is checked for syntax, not decoded, and else taken as it stands
 * (docs/decisions/routes.md D-mrt-raw-paths). A malformed AS4_PATH, or
 * one where all ASNs have 4 octets, is reported and discarded (RFC 6793 §6).
 *
 * @throws {BgpError} as `scanAsPath` or `decodeBgpsecPath`, or `bgpsec-path-flags`; all treat-as-withdraw.
 */
export function routePath(emitter: Emitter, octets: Uint8Array, asnSize: AsnSize): PathOctets | undefined {
  const { asPath, as4Path, bgpsecPath } = emitter.scan;
  const signed = bgpsecPath.start >= 0 && asPath.start < 0;
  emitter.route.signed = signed;
  let path: PathOctets;
  if (signed) path = securePath(emitter.scan, octets);
  else if (asPath.start < 0) return undefined;
  else {
    scanAsPath(octets, asnSize, asPath.start, asPath.end);
    path = { octets, start: asPath.start, end: asPath.end, asnSize };
  }
  if (as4Path.start < 0) return path;
  // BGPsec is for speakers of 4-octet ASNs (docs/decisions/bgpsec.md D-bgpsec-as4-attributes).
  if (asnSize === 4 || signed) {
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
    return encoded(mergeAs4Path(as2, as4, aggregators(emitter, octets)));
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    reportFault(emitter, error.fault, error.treatment);
    return path;
  }
}

/** @throws {BgpError} as `decodeBgpsecPath`, or `bgpsec-path-flags`. */
function securePath({ bgpsecPath: { start, end }, bgpsecFlags }: UpdateScan, octets: Uint8Array): PathOctets {
  // RFC 8205 §3, RFC 7606 §3 c: optional non-transitive.
  if ((bgpsecFlags & (FLAG_OPTIONAL | FLAG_TRANSITIVE)) !== FLAG_OPTIONAL) {
    throw new BgpError({
      code: 'bgpsec-path-flags',
      treatment: 'treat-as-withdraw',
      message: `flags ${bgpsecFlags} of attribute ${ATTR_BGPSEC_PATH} (bgpsec-path)`,
      field: 'path-attributes',
      offset: start,
      attribute: ATTR_BGPSEC_PATH,
    });
  }
  return encoded(reconstructAsPath(decodeBgpsecPath(octets, start, end).segments));
}

/** A path that does not stand in the input as it is. */
function encoded(path: AsPath): PathOctets {
  const octets = encodeAsPath(path, 4);
  return { octets, start: 0, end: octets.length, asnSize: 4 };
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
