import {
  createFrameSplitter,
  createReader,
  createWriter,
  DecodeError,
  type FrameSplitter,
  type Reader,
  readU16,
  readU32,
} from '../bytes/index.js';
import { MAX_BMP_MESSAGE_LENGTH } from './header.js';
import { writeFixed } from './peer-header.js';

/** `OBMP`. */
const MAGIC = 0x4f42_4d50;
/** The major version that is spoken. */
const MAJOR = 1;
/** Octets up to the length of the message: magic (4), version (2), length of the header (2), of the message (4). */
const LENGTHS = 12;
/** Octets of a header without router, admin ID and extension. */
const LEAST_HEADER = 44;
const HASH_LENGTH = 16;
const ADDRESS_LENGTH = 16;

/** The frame has the fields of a router. */
export const OPENBMP_FLAG_ROUTER = 0x80;
/** The address of the router is IPv6. */
export const OPENBMP_FLAG_IPV6 = 0x40;
/** The object type of a BMP message as the router sent it. */
export const OPENBMP_RAW = 12;

/** The router of which a frame tells. */
export interface OpenBmpRouter {
  /** 16 octets by which the collector tells its routers apart. */
  readonly hash: Uint8Array;
  /** The 16 octets of the field; {@link openBmpRouterAddress} gives the address. */
  readonly addressField: Uint8Array;
  /** Text in UTF-8, untrusted. */
  readonly group: Uint8Array;
}

/**
 * A frame of OpenBMP's raw feed (message bus API 1.7): the binary header that its collectors put before each BMP message.
 * It decodes and encodes octet by octet (docs/decisions/bmp.md D-bmp-openbmp).
 */
export interface OpenBmpFrame {
  readonly minorVersion: number;
  readonly flags: number;
  /** {@link OPENBMP_RAW} for a BMP message; others are to be passed over. */
  readonly objectType: number;
  /** When the collector received it, since 1970. */
  readonly seconds: number;
  readonly microseconds: number;
  /** 16 octets. */
  readonly collectorHash: Uint8Array;
  /** Text in UTF-8, untrusted. */
  readonly collectorAdminId: Uint8Array;
  /** There exactly when the flags say so. */
  readonly router?: OpenBmpRouter;
  readonly rowCount: number;
  /** What a later minor version adds to the header: kept, not read. */
  readonly extension: Uint8Array;
  /** What is framed: for {@link OPENBMP_RAW} one BMP message, for `decodeBmp`. */
  readonly message: Uint8Array;
}

/** Whether octets begin like a stream of OpenBMP frames. */
export function looksLikeOpenBmp(head: Uint8Array): boolean {
  return head.length >= LENGTHS && readU32(head, 0) === MAGIC;
}

/** Lengths of header and message, of the 12 octets at `start` which are there. */
function readLengths(octets: Uint8Array, start: number, maxLength: number, position: number) {
  const place = (field: string, at: number) => ({ field: `openbmp.${field}`, offset: position + at });
  if (readU32(octets, start) !== MAGIC) {
    throw new DecodeError('openbmp-magic', 'no frame begins here', place('magic', 0));
  }
  const major = octets[start + 4];
  if (major !== MAJOR) {
    throw new DecodeError('openbmp-version', `version ${major}, ${MAJOR} is read`, place('version', 4));
  }
  const header = readU16(octets, start + 6);
  const message = readU32(octets, start + 8);
  if (header < LEAST_HEADER) {
    const text = `${header} octets, ${LEAST_HEADER} at least`;
    throw new DecodeError('openbmp-length', text, place('header-length', 6));
  }
  if (message > maxLength) {
    const text = `${message} octets, ${maxLength} are taken`;
    throw new DecodeError('openbmp-length', text, place('message-length', 8));
  }
  return { header, message };
}

/**
 * Decodes one whole frame, which `octets` holds from the first octet to the last. Arrays in the result are views; the
 * message in it is not read.
 *
 * @throws {DecodeError} `openbmp-magic`, `openbmp-version`, `openbmp-length`, `truncated`, `trailing-octets`.
 */
export function decodeOpenBmp(octets: Uint8Array): OpenBmpFrame {
  const whole = createReader(octets);
  whole.skip(LENGTHS, 'openbmp');
  const lengths = readLengths(octets, 0, Number.POSITIVE_INFINITY, 0);
  const header = whole.sub(lengths.header - LENGTHS, 'openbmp.header');
  const message = whole.bytes(lengths.message, 'openbmp.message');
  whole.expectEnd('openbmp');
  const flags = header.u8('openbmp.flags');
  return {
    minorVersion: octets[5] as number,
    flags,
    objectType: header.u8('openbmp.object-type'),
    seconds: header.u32('openbmp.seconds'),
    microseconds: header.u32('openbmp.microseconds'),
    collectorHash: header.bytes(HASH_LENGTH, 'openbmp.collector-hash'),
    collectorAdminId: readText(header, 'openbmp.admin-id'),
    ...(flags & OPENBMP_FLAG_ROUTER && { router: readRouter(header) }),
    rowCount: header.u32('openbmp.row-count'),
    extension: header.bytes(header.remaining, 'openbmp.extension'),
    message,
  };
}

function readRouter(header: Reader): OpenBmpRouter {
  return {
    hash: header.bytes(HASH_LENGTH, 'openbmp.router-hash'),
    addressField: header.bytes(ADDRESS_LENGTH, 'openbmp.router-address'),
    group: readText(header, 'openbmp.router-group'),
  };
}

const readText = (header: Reader, field: string): Uint8Array =>
  header.bytes(header.u16(`${field}-length`), field);

/** The address of the router, 4 or 16 octets: an IPv4 address stands in the first 4 of the field. A view. */
export function openBmpRouterAddress({ flags, router }: OpenBmpFrame): Uint8Array | undefined {
  return flags & OPENBMP_FLAG_IPV6 ? router?.addressField : router?.addressField.subarray(0, 4);
}

/**
 * The octets of a frame.
 *
 * @throws {RangeError} for what does not fit, and for a router where the flags say that there is none, or none where they do.
 */
export function encodeOpenBmp(frame: OpenBmpFrame): Uint8Array {
  const { flags, router, message, extension } = frame;
  if ((router !== undefined) !== (flags & OPENBMP_FLAG_ROUTER) > 0) {
    throw new RangeError(`openbmp.flags: ${flags}, ${router ? 'with' : 'without'} a router`);
  }
  const header = createWriter();
  header
    .u8(flags, 'openbmp.flags')
    .u8(frame.objectType, 'openbmp.object-type')
    .u32(frame.seconds, 'openbmp.seconds')
    .u32(frame.microseconds, 'openbmp.microseconds');
  writeFixed(header, frame.collectorHash, HASH_LENGTH, 'openbmp.collector-hash');
  header.sized(2, 'openbmp.admin-id-length', (inner) => inner.bytes(frame.collectorAdminId));
  if (router) {
    writeFixed(header, router.hash, HASH_LENGTH, 'openbmp.router-hash');
    writeFixed(header, router.addressField, ADDRESS_LENGTH, 'openbmp.router-address');
    header.sized(2, 'openbmp.router-group-length', (inner) => inner.bytes(router.group));
  }
  header.u32(frame.rowCount, 'openbmp.row-count').bytes(extension);
  return createWriter()
    .u32(MAGIC, 'openbmp.magic')
    .u8(MAJOR, 'openbmp.version')
    .u8(frame.minorVersion, 'openbmp.version')
    .u16(LENGTHS + header.length, 'openbmp.header-length')
    .u32(message.length, 'openbmp.message-length')
    .bytes(header.finish())
    .bytes(message)
    .finish();
}

/**
 * Cuts a stream of octets into OpenBMP frames, as `createBmpSplitter` does into messages: errors are `openbmp-magic`,
 * `openbmp-version` and `openbmp-length`.
 *
 * @param maxLength octets of the longest message that is taken.
 */
export function createOpenBmpSplitter(maxLength = MAX_BMP_MESSAGE_LENGTH): FrameSplitter {
  return createFrameSplitter(LENGTHS, (octets, start, position) => {
    const { header, message } = readLengths(octets, start, maxLength, position);
    return header + message;
  });
}
