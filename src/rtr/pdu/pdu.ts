import { createReader, createWriter, type Reader } from '../../bytes/index.js';
import { ERROR_CODE } from './error-code.js';
import { HEADER_LENGTH, type RtrFormat, type RtrVersion } from './format.js';
import { checkHeader, PDU_TYPE, type RtrHeader, readHeader, requireVersion } from './header.js';
import { decodeSerialNotify, encodeSerialNotify, type SerialNotify } from './pdu-00-serial-notify.js';
import { decodeSerialQuery, encodeSerialQuery, type SerialQuery } from './pdu-01-serial-query.js';
import { decodeResetQuery, encodeResetQuery, type ResetQuery } from './pdu-02-reset-query.js';
import { type CacheResponse, decodeCacheResponse, encodeCacheResponse } from './pdu-03-cache-response.js';
import { decodeIpv4Prefix, encodeIpv4Prefix, type Ipv4Prefix } from './pdu-04-ipv4-prefix.js';
import { decodeIpv6Prefix, encodeIpv6Prefix, type Ipv6Prefix } from './pdu-06-ipv6-prefix.js';
import { decodeEndOfData, type EndOfData, encodeEndOfData } from './pdu-07-end-of-data.js';
import { type CacheReset, decodeCacheReset, encodeCacheReset } from './pdu-08-cache-reset.js';
import { decodeRouterKey, encodeRouterKey, type RouterKeyPdu } from './pdu-09-router-key.js';
import { decodeErrorReport, type ErrorReport, encodeErrorReport } from './pdu-10-error-report.js';
import { type AspaPdu, decodeAspa, encodeAspa } from './pdu-11-aspa.js';
import { type AspaDraft10Pdu, decodeAspaDraft10, encodeAspaDraft10 } from './pdu-11-aspa-draft-10.js';
import { RtrError } from './rtr-error.js';

/** Every PDU of versions 0, 1 and 2 (RFC 6810, RFC 8210 and 8210bis, §5). */
export type Pdu =
  | SerialNotify
  | SerialQuery
  | ResetQuery
  | CacheResponse
  | Ipv4Prefix
  | Ipv6Prefix
  | EndOfData
  | CacheReset
  | RouterKeyPdu
  | ErrorReport
  | AspaPdu
  | AspaDraft10Pdu;

const FIRST_VERSION: Readonly<Record<Pdu['type'], RtrVersion>> = {
  'serial-notify': 0,
  'serial-query': 0,
  'reset-query': 0,
  'cache-response': 0,
  'ipv4-prefix': 0,
  'ipv6-prefix': 0,
  'end-of-data': 0,
  'cache-reset': 0,
  'router-key': 1,
  'error-report': 0,
  aspa: 2,
  'aspa-8210bis-10': 2,
};

/** The first protocol version that has the PDU. 8210bis §7. */
export function firstVersionOf(type: Pdu['type']): RtrVersion {
  return FIRST_VERSION[type];
}

/**
 * The octets of one PDU. 8210bis §5.
 *
 * @throws {RangeError} for a value that does not fit its field, or a PDU that the version does not have.
 */
export function encodePdu(pdu: Pdu, version: RtrVersion): Uint8Array {
  if (firstVersionOf(pdu.type) > version) throw new RangeError(`version ${version} has no ${pdu.type} PDU`);
  const writer = createWriter();
  switch (pdu.type) {
    case 'serial-notify':
      encodeSerialNotify(writer, version, pdu);
      break;
    case 'serial-query':
      encodeSerialQuery(writer, version, pdu);
      break;
    case 'reset-query':
      encodeResetQuery(writer, version);
      break;
    case 'cache-response':
      encodeCacheResponse(writer, version, pdu);
      break;
    case 'ipv4-prefix':
      encodeIpv4Prefix(writer, version, pdu);
      break;
    case 'ipv6-prefix':
      encodeIpv6Prefix(writer, version, pdu);
      break;
    case 'end-of-data':
      encodeEndOfData(writer, version, pdu);
      break;
    case 'cache-reset':
      encodeCacheReset(writer, version);
      break;
    case 'router-key':
      encodeRouterKey(writer, version, pdu);
      break;
    case 'error-report':
      encodeErrorReport(writer, version, pdu);
      break;
    case 'aspa':
      encodeAspa(writer, version, pdu);
      break;
    case 'aspa-8210bis-10':
      encodeAspaDraft10(writer, version, pdu);
      break;
    default:
      pdu satisfies never; // a type that is forgotten here does not compile
  }
  return writer.finish();
}

/** What the decoders of ASPA PDUs have to know: the layout agreed for the session; `zeroProvider` as in `decodeAspa`. */
export interface DecodePduOptions {
  readonly aspaLayout?: RtrFormat['aspaLayout'];
  readonly zeroProvider?: 'error' | 'drop';
}

type BodyDecoder = (x: number, body: Reader, options: DecodePduOptions, version: number) => Pdu;

/** By PDU type: what reads the body behind a header that has been checked. */
const DECODERS: Readonly<Record<number, BodyDecoder>> = {
  [PDU_TYPE.serialNotify]: decodeSerialNotify,
  [PDU_TYPE.serialQuery]: decodeSerialQuery,
  [PDU_TYPE.resetQuery]: decodeResetQuery,
  [PDU_TYPE.cacheResponse]: decodeCacheResponse,
  [PDU_TYPE.ipv4Prefix]: (_x, body, _options, version) => decodeIpv4Prefix(body, version),
  [PDU_TYPE.ipv6Prefix]: (_x, body, _options, version) => decodeIpv6Prefix(body, version),
  [PDU_TYPE.endOfData]: decodeEndOfData,
  [PDU_TYPE.cacheReset]: decodeCacheReset,
  [PDU_TYPE.routerKey]: decodeRouterKey,
  [PDU_TYPE.errorReport]: decodeErrorReport,
  [PDU_TYPE.aspa]: (x, body, { aspaLayout, zeroProvider }) =>
    aspaLayout === '8210bis-10' ? decodeAspaDraft10(body) : decodeAspa(x, body, zeroProvider),
} satisfies Record<(typeof PDU_TYPE)[keyof typeof PDU_TYPE], BodyDecoder>;

/**
 * Decodes the one PDU that `octets` holds, with the version that its header names. 8210bis §5.
 *
 * @throws {RtrError} with the RTR error code that answers the fault; `rtr-version` (error 4) for a version that does
 * not exist.
 */
export function decodePdu(
  octets: Uint8Array,
  options: DecodePduOptions = {},
): { readonly version: RtrVersion; readonly pdu: Pdu } {
  if (octets.length < HEADER_LENGTH) {
    throw new RtrError(ERROR_CODE.corruptData, 'rtr-length', 'a PDU has at least 8 octets', {
      field: 'length',
    });
  }
  const header = readHeader(octets, 0);
  const version = requireVersion(header);
  checkHeader(header, { version, aspaLayout: options.aspaLayout ?? 'current' });
  const { length } = header;
  if (length !== octets.length) {
    throw new RtrError(
      ERROR_CODE.corruptData,
      'rtr-length',
      `length ${length}, but ${octets.length} octets`,
      {
        field: 'length',
        offset: 4,
      },
    );
  }
  return { version, pdu: decodeCheckedPdu(header, octets, 0, options) };
}

/**
 * Decodes the PDU at `start`, whose header has been read and judged by {@link checkHeader} with the same layout, and is
 * whole: what a session does with the PDUs of its {@link Framer}. Offsets in errors count from the start of the PDU.
 *
 * Sessions read the prefixes of PDUs 4 and 6 without this, by `recordOfIpv4Pdu` and `recordOfIpv6Pdu`, which are held equal
 * to it.
 *
 * @throws {RtrError} for a fault of the body, with the RTR error code that answers it.
 */
export function decodeCheckedPdu(
  header: RtrHeader,
  octets: Uint8Array,
  start: number,
  options: DecodePduOptions = {},
): Pdu {
  const { type, version, x, length } = header;
  const decode = DECODERS[type];
  if (decode === undefined) throw new RangeError(`PDU type ${type}: its header has not been checked`);
  return decode(x, createReader(octets.subarray(start, start + length), HEADER_LENGTH), options, version);
}
