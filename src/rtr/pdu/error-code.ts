import type { RtrVersion } from './format.js';

/** Numbers of the error codes by name (8210bis §12). */
export const ERROR_CODE = {
  corruptData: 0,
  internalError: 1,
  noDataAvailable: 2,
  invalidRequest: 3,
  unsupportedProtocolVersion: 4,
  unsupportedPduType: 5,
  withdrawalOfUnknownRecord: 6,
  duplicateAnnouncementReceived: 7,
  unexpectedProtocolVersion: 8,
  aspaProviderListError: 9,
  transportError: 10,
  orderingError: 11,
  cacheRestart: 12,
  cacheShutdown: 13,
} as const;

const NAMES = [
  'Corrupt Data',
  'Internal Error',
  'No Data Available',
  'Invalid Request',
  'Unsupported Protocol Version',
  'Unsupported PDU Type',
  'Withdrawal of Unknown Record',
  'Duplicate Announcement Received',
  'Unexpected Protocol Version',
  'ASPA Provider List Error',
  'Transport Error',
  'Ordering Error',
  'Cache Restart',
  'Cache Shutdown',
] as const;

/** The name of an error code as the specification writes it; `Error N` for a code without a name. 8210bis §12. */
export function errorCodeName(code: number): string {
  return NAMES[code] ?? `Error ${code}`;
}

/** Whether the text of `version` defines `code`: 0..7 in RFC 6810, 0..8 in RFC 8210, 0..13 in 8210bis. */
export function isErrorCodeOf(code: number, version: RtrVersion): boolean {
  return Number.isInteger(code) && code >= 0 && code <= ([7, 8, 13] as const)[version];
}

/**
 * Whether an error with `code` ends the session: all but 2 (No Data Available), in version 2 also 4 and 12
 * (8210bis §12). A code that the version does not define is fatal, because such a report is invalid.
 */
export function isFatal(code: number, version: RtrVersion): boolean {
  if (code === ERROR_CODE.noDataAvailable) return false;
  if (version !== 2) return true;
  return code !== ERROR_CODE.unsupportedProtocolVersion && code !== ERROR_CODE.cacheRestart;
}

/**
 * The code to send for `code` in a session of `version`: itself where the version defines it, else Corrupt Data
 * ("implementations MUST send errors only with error codes that were defined", 8210bis §12).
 */
export function errorCodeFor(code: number, version: RtrVersion): number {
  return isErrorCodeOf(code, version) ? code : ERROR_CODE.corruptData;
}
