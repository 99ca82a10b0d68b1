import { OID } from '../oids.js';

/** Signed objects whose content is not read here: Ghostbusters record, Signed Checklist, Trust Anchor Key. */
export type UnreadKind = 'ghostbusters' | 'checklist' | 'trust-anchor-key' | 'signed-object';

/** What an RPKI file can be; `signed-object` is one whose content type is not known. */
export type ObjectKind =
  | 'aspa'
  | 'asra'
  | 'roa'
  | 'manifest'
  | 'prefix-list'
  | 'certificate'
  | 'router-certificate'
  | 'crl'
  | 'ccr'
  | UnreadKind;

const UNREAD: ReadonlyMap<string, UnreadKind> = new Map([
  [OID.ghostbusters, 'ghostbusters'],
  [OID.checklist, 'checklist'],
  [OID.trustAnchorKey, 'trust-anchor-key'],
]);

/** The kind of a content type that is not read. */
export function unreadKind(eContentType: string): UnreadKind {
  return UNREAD.get(eContentType) ?? 'signed-object';
}

/**
 * The registered file name extensions (IANA, RPKI Repository Name Schemes) and what they promise: RFC 6481 §2 and RFC 9286;
 * `.roa` RFC 9582, `.gbr` RFC 6493, `.sig` RFC 9323, `.tak` RFC 9691, `.asa` and `.spl` of the profiles, `.ccr` ccr §7.3.
 */
export const EXTENSIONS: ReadonlyMap<string, readonly ObjectKind[]> = new Map<string, readonly ObjectKind[]>([
  // draft-geng-sidrops-asra-profile asks for the extension that ASPA objects have.
  ['asa', ['aspa', 'asra']],
  ['ccr', ['ccr']],
  ['cer', ['certificate', 'router-certificate']],
  ['crl', ['crl']],
  ['gbr', ['ghostbusters']],
  ['mft', ['manifest']],
  ['roa', ['roa']],
  ['sig', ['checklist']],
  ['spl', ['prefix-list']],
  ['tak', ['trust-anchor-key']],
]);
