import {
  BgpError,
  FLAG_EXTENDED_LENGTH,
  FLAG_OPTIONAL,
  FLAG_TRANSITIVE,
  type PathAttribute,
  SKI_LENGTH,
} from '../../bgp/index.js';
import { createWriter, readU16, readU32 } from '../../bytes/index.js';
import { type Asn, sayValue } from '../../inet/index.js';

/**
 * NON-SPEC: type code of the FC path attribute while it has none: "reserved for development"
 * (docs/decisions/fcbgp.md D-fcbgp-codes).
 */
export const ATTR_FC_PATH = 255;
/** 0b11010000 (draft-wang-sidrops-fcbgp-protocol §3): optional, transitive, extended length; D-fcbgp-codes. */
export const FC_PATH_FLAGS = FLAG_OPTIONAL | FLAG_TRANSITIVE | FLAG_EXTENDED_LENGTH;
/** The one Algorithm ID: SHA-256 with ECDSA P-256 (draft §3). */
export const FC_ECDSA_P256_SHA256 = 1;

/** The bits of the Flags field of a segment (draft §3). The others are unassigned: sent as 0, ignored, and signed. */
export const FC_FLAG = {
  /** Flags-CS: sent inside a confederation. */
  confedSegment: 0x80,
  /** Flags-RS: added by a route server that stands in no AS_PATH. */
  routeServer: 0x40,
  /** Flags-ASPP: the AS stands in the AS_PATH more than once in a row. */
  asPathPrepending: 0x20,
  /** Flags-P2C: sent to a customer, or to a client of a route server. */
  providerToCustomer: 0x10,
  /** Flags-P2P: sent to a peer. */
  peerToPeer: 0x08,
} as const;

/** Octets of a segment before its signature: three AS numbers, SKI, Algorithm ID, Flags, Signature Length. */
const FIXED_OCTETS = 36;

/** A Forwarding Commitment (draft §3, Figure 2). NON-STANDARD. */
export interface FcSegment {
  /** PASN: the AS from which the route came; 0 at the origin, and only there. */
  readonly previousAs: Asn;
  /** CASN: the AS that signs. */
  readonly asn: Asn;
  /** NASN: the AS to which the route goes. */
  readonly nextAs: Asn;
  /** 20 octets. */
  readonly ski: Uint8Array;
  readonly algorithm: number;
  /** {@link FC_FLAG}. */
  readonly flags: number;
  readonly signature: Uint8Array;
}

/** The FCList in wire order: index 0 is the newest segment, as in the AS_PATH (draft §4.1). At least one. */
export interface FcPath {
  readonly segments: readonly FcSegment[];
}

/** What can be wrong with an FC path attribute by itself (check 1 of draft §5.2.1). */
export type FcFaultCode =
  | 'fc-list-empty'
  | 'fc-segment-truncated'
  | 'fc-signature-empty'
  | 'fc-signature-overrun'
  | 'as-zero';

/**
 * Decodes the value of an FC path attribute, `octets[start, end)`; SKIs and signatures are views of `octets`. Segments of
 * any algorithm are read.
 *
 * @throws {BgpError} treat-as-withdraw with `fc-list-empty`, `fc-segment-truncated`, `fc-signature-empty`,
 * `fc-signature-overrun` or `as-zero` (docs/decisions/fcbgp.md D-fcbgp-wire); offsets count from the start of `octets`.
 * @throws {RangeError} for a window outside of `octets`.
 */
export function decodeFcPath(octets: Uint8Array, start = 0, end = octets.length): FcPath {
  if (!(start >= 0 && start <= end && end <= octets.length)) throw new RangeError(`window ${start}..${end}`);
  if (start === end) throw malformed('fc-list-empty', start, 'fc-list', 'no segment');
  const segments: FcSegment[] = [];
  for (let at = start; at < end; ) {
    const field = `fc-list[${segments.length}]`;
    const left = end - at;
    if (left < FIXED_OCTETS) throw malformed('fc-segment-truncated', at, field, `${left} octets left`);
    const length = readU16(octets, at + FIXED_OCTETS - 2);
    const lengthAt = at + FIXED_OCTETS - 2;
    const lengthField = `${field}.signature-length`;
    if (length === 0) throw malformed('fc-signature-empty', lengthAt, lengthField, 'no signature');
    if (length > left - FIXED_OCTETS) {
      const message = `${length} octets of signature, ${left - FIXED_OCTETS} left`;
      throw malformed('fc-signature-overrun', lengthAt, lengthField, message);
    }
    const segment = {
      previousAs: readU32(octets, at),
      asn: readU32(octets, at + 4),
      nextAs: readU32(octets, at + 8),
      ski: octets.subarray(at + 12, at + 12 + SKI_LENGTH),
      algorithm: octets[at + 32] as number,
      flags: octets[at + 33] as number,
      signature: octets.subarray(at + FIXED_OCTETS, at + FIXED_OCTETS + length),
    };
    const zero = zeroIn(segment);
    if (zero !== undefined) throw malformed('as-zero', at + zero.at, `${field}.${zero.field}`, 'AS 0');
    segments.push(segment);
    at += FIXED_OCTETS + length;
  }
  return { segments };
}

/**
 * The attribute value for `path`: 36 octets and the signature for each segment. Draft §3.
 *
 * @throws {RangeError} for a path that {@link decodeFcPath} would refuse or a number outside its field.
 */
export function encodeFcPath({ segments }: FcPath): Uint8Array {
  if (segments.length === 0) throw new RangeError('fc-list: no segment');
  const writer = createWriter();
  for (const [i, segment] of segments.entries()) {
    const field = `fc-list[${i}]`;
    const { previousAs, asn, nextAs, ski, algorithm, flags, signature } = segment;
    const zero = zeroIn(segment);
    if (zero !== undefined) throw new RangeError(`${field}.${zero.field}: AS 0`);
    if (ski.length !== SKI_LENGTH) throw new RangeError(`${field}.ski: ${ski.length} octets instead of 20`);
    if (signature.length === 0) throw new RangeError(`${field}.signature: empty`);
    writer.u32(previousAs, `${field}.pasn`).u32(asn, `${field}.casn`).u32(nextAs, `${field}.nasn`);
    writer.bytes(ski).u8(algorithm, `${field}.algorithm-id`).u8(flags, `${field}.flags`);
    writer.u16(signature.length, `${field}.signature-length`).bytes(signature);
  }
  if (writer.length > 65535) throw new RangeError(`fc-list: ${writer.length} octets, a value has 65535`);
  return writer.finish();
}

/**
 * The path attribute that carries `path`, with the flags of draft §3. `type`: the code that the laboratory agreed on.
 *
 * @throws {RangeError} as {@link encodeFcPath}, and for a type outside 1..255.
 */
export function fcPathAttribute(path: FcPath, type: number = ATTR_FC_PATH): PathAttribute {
  requireType(type);
  return { flags: FC_PATH_FLAGS, code: type, value: encodeFcPath(path) };
}

/** Refuses what is no type code: no attribute would ever be found under it. */
export function requireType(type: number): void {
  if (Number.isInteger(type) && type >= 1 && type <= 255) return;
  throw new RangeError(`attribute type ${sayValue(type)} is not in 1..255`);
}

/** Draft §7.4.1: AS 0 stands for "no previous hop" and for nothing else. */
function zeroIn({ asn, nextAs }: FcSegment): { readonly field: string; readonly at: number } | undefined {
  if (asn === 0) return { field: 'casn', at: 4 };
  return nextAs === 0 ? { field: 'nasn', at: 8 } : undefined;
}

function malformed(code: FcFaultCode, offset: number, field: string, message: string): BgpError<FcFaultCode> {
  return new BgpError({
    code,
    treatment: 'treat-as-withdraw',
    message,
    field: `fc-path.${field}`,
    offset,
    attribute: ATTR_FC_PATH,
  });
}
