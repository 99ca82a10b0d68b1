import { DecodeError } from '../../bytes/index.js';
import {
  type Asn1,
  decodeAsn1,
  insideExplicit,
  integer,
  isContext,
  isExplicit,
  sequence,
  writtenDefault,
} from '../der/asn1.js';
import { profileTime } from '../der/profile-time.js';
import { decodeExtensions, type Extension } from './extensions.js';

const FIELD = 'certificate';

/** What the signed part of a certificate shows and pkijs does not tell: how the optional members are written. */
export interface SignedPart {
  readonly spki: Uint8Array;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly hasTimeTypesOfYears: boolean;
  readonly hasUniqueIdentifiers: boolean;
  readonly extensions: readonly Extension[];
}

/**
 * Reads the TBSCertificate (RFC 5280 §4.1).
 *
 * @throws {DecodeError} `asn1-syntax`; `der-default` for a version 1 or a `critical FALSE` that is written (X.690 §11.5);
 * `duplicate-extension`.
 */
export function decodeSignedPart(tbs: Uint8Array): SignedPart {
  const members = sequence(decodeAsn1(tbs, FIELD), FIELD);
  const [first] = members;
  if (isExplicit(first, 0)) {
    members.shift();
    const field = `${FIELD}.version`;
    if (integer(insideExplicit(first, field), field) === 0n) throw writtenDefault('version 1', field);
  }
  const [, , , validity, , spki, ...optional] = members;
  if (!spki) throw new DecodeError('asn1-syntax', 'no public key', { field: `${FIELD}.spki` });
  const [start, end] = sequence(validity, `${FIELD}.validity`);
  const notBefore = profileTime(start, `${FIELD}.validity.notBefore`);
  const notAfter = profileTime(end, `${FIELD}.validity.notAfter`);
  const list = optional.find((member) => isExplicit(member, 3));
  return {
    spki: spki.valueBeforeDecodeView.slice(),
    notBefore: notBefore.seconds,
    notAfter: notAfter.seconds,
    hasTimeTypesOfYears: notBefore.conforms && notAfter.conforms,
    hasUniqueIdentifiers: optional.some((member) => isContext(member, 1) || isContext(member, 2)),
    extensions: extensionsOf(list),
  };
}

function extensionsOf(list: Asn1 | undefined): Extension[] {
  if (!isExplicit(list, 3)) return [];
  return decodeExtensions(insideExplicit(list, `${FIELD}.extensions`), `${FIELD}.extensions`);
}
