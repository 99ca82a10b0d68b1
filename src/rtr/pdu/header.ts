import { readU16, readU32, type Writer } from '../../bytes/index.js';
import { ERROR_CODE } from './error-code.js';
import { isRtrVersion, MAX_PDU_LENGTH, type RtrFormat, type RtrVersion } from './format.js';
import { RtrError } from './rtr-error.js';

/** PDU type numbers (8210bis §5.2 to §5.12, §14). */
export const PDU_TYPE = {
  serialNotify: 0,
  serialQuery: 1,
  resetQuery: 2,
  cacheResponse: 3,
  ipv4Prefix: 4,
  ipv6Prefix: 6,
  endOfData: 7,
  cacheReset: 8,
  routerKey: 9,
  errorReport: 10,
  aspa: 11,
} as const;

/** The eight octets before every PDU body. `x` is the session ID, the error code, flags and zero, or zero. */
export interface RtrHeader {
  readonly version: number;
  readonly type: number;
  readonly x: number;
  readonly length: number;
}

/** The header at `offset`; the caller has checked that eight octets are there. */
export function readHeader(octets: Uint8Array, offset: number): RtrHeader {
  const header = { version: 0, type: 0, x: 0, length: 0 };
  readHeaderInto(header, octets, offset);
  return header;
}

/** As {@link readHeader}, into an object that is there: a cache sends a million PDUs in a row. */
export function readHeaderInto(
  header: { -readonly [Member in keyof RtrHeader]: RtrHeader[Member] },
  octets: Uint8Array,
  offset: number,
): void {
  header.version = octets[offset] as number;
  header.type = octets[offset + 1] as number;
  header.x = readU16(octets, offset + 2);
  header.length = readU32(octets, offset + 4);
}

/** The version of a header as one that exists. Throws `rtr-version` (error 4) otherwise. */
export function requireVersion({ version }: RtrHeader): RtrVersion {
  if (isRtrVersion(version)) return version;
  throw new RtrError(ERROR_CODE.unsupportedProtocolVersion, 'rtr-version', `version ${version}`, {
    field: 'version',
    offset: 0,
  });
}

/** Writes a header with a length that is already known. */
export function writeHeader(writer: Writer, version: number, type: number, x: number, length: number): void {
  writer.u8(version, 'version').u8(type, 'type').u16(x, 'x').u32(length, 'length');
}

/** What the header of a PDU of some type may say. */
interface PduForm {
  /** The first version that has it. */
  readonly since: RtrVersion;
  /** Its one length, if it has one. */
  readonly exact?: number | ((version: number) => number);
  /** What is wrong with the length otherwise: what it is not, or undefined. */
  readonly wrong?: (length: number, format: RtrFormat) => string | undefined;
}

/** By number: one that is forgotten here does not compile. 8210bis §5. */
const FORMS: Readonly<Record<(typeof PDU_TYPE)[keyof typeof PDU_TYPE], PduForm>> = {
  [PDU_TYPE.serialNotify]: { since: 0, exact: 12 },
  [PDU_TYPE.serialQuery]: { since: 0, exact: 12 },
  [PDU_TYPE.resetQuery]: { since: 0, exact: 8 },
  [PDU_TYPE.cacheResponse]: { since: 0, exact: 8 },
  [PDU_TYPE.ipv4Prefix]: { since: 0, exact: 20 },
  [PDU_TYPE.ipv6Prefix]: { since: 0, exact: 32 },
  [PDU_TYPE.endOfData]: { since: 0, exact: (version) => (version === 0 ? 12 : 24) },
  [PDU_TYPE.cacheReset]: { since: 0, exact: 8 },
  [PDU_TYPE.routerKey]: { since: 1, wrong: (length) => (length > 32 ? undefined : 'above 32') },
  [PDU_TYPE.errorReport]: { since: 0, wrong: (length) => (length >= 16 ? undefined : 'at least 16') },
  [PDU_TYPE.aspa]: {
    since: 2,
    wrong(length, { aspaLayout }) {
      const least = aspaLayout === '8210bis-10' ? 16 : 12;
      return length >= least && length % 4 === 0 ? undefined : `${least} + 4n`;
    },
  },
};

/**
 * Checks type and length of a header before the body has been read, so that a lying length never makes anybody wait
 * for, or store, what no PDU can hold.
 *
 * @throws {RtrError} `rtr-pdu-type` (error 5): a type that the version does not have; `rtr-length` (error 0).
 */
export function checkHeader(header: RtrHeader, format: RtrFormat, maxLength = MAX_PDU_LENGTH): void {
  const { type, length } = header;
  const wrong = (expected: string): RtrError =>
    new RtrError(
      ERROR_CODE.corruptData,
      'rtr-length',
      `PDU type ${type} has length ${length}, not ${expected}`,
      {
        field: 'length',
      },
    );
  const form = (FORMS as Readonly<Record<number, PduForm>>)[type];
  if (form === undefined || form.since > format.version) {
    throw new RtrError(
      ERROR_CODE.unsupportedPduType,
      'rtr-pdu-type',
      `version ${format.version} has no PDU type ${type}`,
      { field: 'type' },
    );
  }
  const exact = typeof form.exact === 'function' ? form.exact(format.version) : form.exact;
  if (exact !== undefined) {
    if (length !== exact) throw wrong(String(exact));
    return;
  }
  if (length > maxLength) throw wrong(`at most ${maxLength}`);
  const expected = form.wrong?.(length, format);
  if (expected !== undefined) throw wrong(expected);
}
