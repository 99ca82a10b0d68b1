import { DecodeError, readU32 } from '../bytes/index.js';

/** The version that is spoken (RFC 7854 §4.1). */
export const BMP_VERSION = 3;
/** Octets of the common header: version, length of the whole message (4), type. RFC 7854 §4.1. */
export const BMP_HEADER_LENGTH = 6;
/** Octets of the per-peer header (RFC 7854 §4.2). */
export const PEER_HEADER_LENGTH = 42;
/**
 * NON-SPEC: octets of the longest message that is taken where the caller says nothing else. The largest that a router has
 * reason to send holds one BGP message of 65,535 octets, or some TLVs of as many.
 */
export const MAX_BMP_MESSAGE_LENGTH = 1 << 20;

/** Message types (RFC 7854 §4.1). */
export const BMP_ROUTE_MONITORING = 0;
export const BMP_STATISTICS = 1;
export const BMP_PEER_DOWN = 2;
export const BMP_PEER_UP = 3;
export const BMP_INITIATION = 4;
export const BMP_TERMINATION = 5;
export const BMP_ROUTE_MIRRORING = 6;

/** The common header of a message (RFC 7854 §4.1). */
export interface BmpHeader {
  /** Octets of the whole message, this header included. */
  readonly length: number;
  /** A number that is none of the known types is no fault: such messages are ignored (RFC 7854 §4.1). */
  readonly type: number;
}

/**
 * Reads and checks the 6 octets at `start`, which the caller has made sure are there.
 *
 * @param position of the header in what the caller was given, for the offset of an error.
 * @throws {DecodeError} `bmp-version`, or `bmp-length` for a message shorter than its header or longer than `maxLength`.
 */
export function readBmpHeader(
  octets: Uint8Array,
  start = 0,
  maxLength = MAX_BMP_MESSAGE_LENGTH,
  position = start,
): BmpHeader {
  if (octets[start] !== BMP_VERSION) {
    const message = `version ${octets[start]}, ${BMP_VERSION} is spoken`;
    throw new DecodeError('bmp-version', message, { field: 'bmp.version', offset: position });
  }
  const length = readU32(octets, start + 1);
  if (length < BMP_HEADER_LENGTH || length > maxLength) {
    const message = `${length} is not in ${BMP_HEADER_LENGTH}..${maxLength}`;
    throw new DecodeError('bmp-length', message, { field: 'bmp.length', offset: position + 1 });
  }
  return { length, type: octets[start + 5] as number };
}

/** Whether octets begin like a stream of BMP messages beyond doubt: version, a length that its type can have, a type. */
export function looksLikeBmp(head: Uint8Array): boolean {
  if (head.length < BMP_HEADER_LENGTH || head[0] !== BMP_VERSION) return false;
  const length = readU32(head, 1);
  const type = head[5] as number;
  if (type > BMP_ROUTE_MIRRORING || length > MAX_BMP_MESSAGE_LENGTH) return false;
  const perPeer = type === BMP_INITIATION || type === BMP_TERMINATION ? 0 : PEER_HEADER_LENGTH;
  return length >= BMP_HEADER_LENGTH + perPeer;
}
