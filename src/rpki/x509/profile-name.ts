import type { Findings } from '../finding.js';
import { OID } from '../oids.js';
import type { NameAttribute } from './resource-certificate.js';

/**
 * RFC 6487 §4.4, §4.5: one CommonName of PrintableString, perhaps a serialNumber; RFC 8209 §3.1.1 also allows UTF8String,
 * which elsewhere is only a warning (docs/decisions/rpki-objects.md D-name-utf8-string).
 */
export function inspectName(
  name: readonly NameAttribute[],
  role: 'issuer' | 'subject' | 'router-subject',
  section: string,
  { must, should }: Findings,
): void {
  const router = role === 'router-subject';
  const common = name.filter(({ oid }) => oid === OID.commonName);
  const serials = name.filter(({ oid }) => oid === OID.serialNumber);
  const what = router ? 'subject' : role;
  must(
    common.length === 1 && serials.length <= 1 && common.length + serials.length === name.length,
    `${what}-name`,
    section,
    `the ${what} is not one CommonName with at most one serialNumber`,
  );
  must(
    common.every(({ type }) => type !== 'other'),
    `${what}-name-type`,
    router ? 'RFC 8209 §3.1.1' : section,
    `the CommonName of the ${what} is not a PrintableString${router ? ' or UTF8String' : ''}`,
  );
  if (!router) {
    should(
      common.every(({ type }) => type !== 'UTF8String'),
      `${what}-name-utf8`,
      section,
      `the CommonName of the ${what} is a UTF8String instead of a PrintableString`,
    );
  }
  // X.520 ub-common-name: 64 characters; validators accept longer ones.
  should(
    common.every(({ value }) => value.length <= 64),
    `${what}-name-length`,
    'X.520',
    `the CommonName of the ${what} is longer than 64 characters`,
  );
  if (router) {
    should(
      common.every(({ value }) => /^ROUTER-[0-9A-Fa-f]{8}$/.test(value)),
      'router-name-form',
      'RFC 8209 §3.1.1',
      'the CommonName has not the recommended form ROUTER- and eight hexadecimal digits',
    );
  }
}
