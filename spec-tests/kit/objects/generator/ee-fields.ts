import { extension, NOT_AFTER, NOT_BEFORE, RPKI_POLICY } from './certificate.js';
import {
  bitString,
  context,
  FALSE,
  generalizedTime,
  ia5,
  implicit,
  int,
  octetString,
  oid,
  seq,
  setOf,
  utcTime,
  utf8,
} from './der.js';
import { ee, type ObjectRow, row } from './row.js';

const CPS = '1.3.6.1.5.5.7.2.1';
const USER_NOTICE = '1.3.6.1.5.5.7.2.2';
const cps = seq(oid(CPS), ia5('https://x.example/cps'));
const qualified = (...qualifiers: readonly Buffer[]): Buffer =>
  extension('2.5.29.32', seq(seq(oid(RPKI_POLICY), seq(...qualifiers))), true);
const uniqueIdentifier = (number: number): Buffer => implicit(number, bitString(Buffer.of(1)).subarray(2));

/** Fields of the EE certificate that are written as RFC 5280, RFC 6487, RFC 7318 or DER do not have them. */
export const BAD_FIELDS: readonly ObjectRow[] = [
  row('issuer-unique-id', 'The certificate has an issuerUniqueID', 'RFC 6487 §4', {
    ee: { uniqueIdentifiers: [uniqueIdentifier(1)] },
  }),
  row('subject-unique-id', 'The certificate has a subjectUniqueID', 'RFC 6487 §4', {
    ee: { uniqueIdentifiers: [uniqueIdentifier(2)] },
  }),
  row(
    'policy-user-notice',
    'The policy has a user notice as qualifier',
    'RFC 7318 §2',
    ee({ policies: qualified(seq(oid(USER_NOTICE), seq(utf8('read this')))) }),
  ),
  row(
    'policy-cps-and-notice',
    'The policy has a CPS pointer and a user notice',
    'RFC 7318 §2',
    ee({ policies: qualified(cps, seq(oid(USER_NOTICE), seq())) }),
  ),
  row(
    'policy-cps-twice',
    'The policy has two CPS pointers',
    'RFC 7318 §2',
    ee({ policies: qualified(cps, cps) }),
  ),
  row(
    'policy-cps-utf8',
    'The CPS pointer is a UTF8String',
    'RFC 7318 §2, RFC 5280 §4.2.1.4',
    ee({ policies: qualified(seq(oid(CPS), utf8('https://x.example/cps'))) }),
  ),
  row(
    'policy-no-qualifier',
    'The list of qualifiers of the policy is empty',
    'RFC 5280 §4.2.1.4',
    ee({ policies: qualified() }),
  ),
  row(
    'not-before-generalized',
    'notBefore in 2026 is a GeneralizedTime',
    'RFC 6487 §4.6, RFC 5280 §4.1.2.5',
    {
      ee: { validity: seq(generalizedTime(NOT_BEFORE), utcTime(NOT_AFTER)) },
    },
  ),
  row(
    'not-after-generalized',
    'notAfter in the last second of 2049 is a GeneralizedTime',
    'RFC 6487 §4.6, RFC 5280 §4.1.2.5',
    { ee: { validity: seq(utcTime(NOT_BEFORE), generalizedTime('2049-12-31T23:59:59Z')) } },
  ),
  row('validity-without-seconds', 'The validity is told without seconds', 'RFC 6487 §4.6, X.690 §11.8', {
    ee: { validity: seq(utcTime('2026-01-01T00:00Z'), utcTime('2027-01-01T00:00Z')) },
  }),
  row('validity-fraction', 'notAfter has a fraction of a second', 'RFC 6487 §4.6, RFC 5280 §4.1.2.5.2', {
    ee: { validity: seq(utcTime(NOT_BEFORE), generalizedTime('2051-01-01T00:00:00.5Z')) },
  }),
  row('validity-no-day', 'notAfter is the 31st of November', 'RFC 6487 §4.6', {
    ee: { validity: seq(utcTime(NOT_BEFORE), utcTime('2026-11-31T00:00:00Z')) },
  }),
  row(
    'critical-false',
    'An extension says critical FALSE, which is the DEFAULT',
    'RFC 6487 §4, X.690 §11.5',
    ee({ sia: criticalFalse('1.3.6.1.5.5.7.1.11') }),
  ),
  row('certificate-version-0', 'The certificate has version 1, written', 'RFC 6487 §4.1, X.690 §11.5', {
    ee: { version: context(0, int(0)) },
  }),
  row('subject-ia5', 'The CommonName of the subject is an IA5String', 'RFC 6487 §4.5, RFC 6487 §4.4', {
    ee: { subject: seq(setOf(seq(oid('2.5.4.3'), ia5('ee')))) },
  }),
  row(
    'access-three',
    'An access description with a third member',
    'RFC 5280 §4.2.2',
    ee({
      sia: extension(
        '1.3.6.1.5.5.7.1.11',
        seq(seq(oid('1.3.6.1.5.5.7.48.11'), implicit(6, Buffer.from('rsync://x.example/a.asa')), int(1))),
      ),
    }),
  ),
];

/** The Subject Information Access of an EE certificate with an explicit `critical FALSE`. */
function criticalFalse(id: string): Buffer {
  const location = implicit(6, Buffer.from('rsync://x.example/a.asa'));
  return seq(oid(id), FALSE, octetString(seq(seq(oid('1.3.6.1.5.5.7.48.11'), location))));
}

/** Fields that are in order, though unusual. */
export const GOOD_FIELDS: readonly ObjectRow[] = [
  row('policy-cps', 'The policy has a CPS pointer', 'RFC 7318 §2', ee({ policies: qualified(cps) })),
  row('not-after-2050', 'notAfter in 2050 is a GeneralizedTime', 'RFC 6487 §4.6, RFC 5280 §4.1.2.5', {
    ee: { validity: seq(utcTime(NOT_BEFORE), generalizedTime('2050-01-01T00:00:00Z')) },
  }),
  row(
    'subject-utf8',
    'The CommonName of the subject is a UTF8String',
    'RFC 6487 §4.5',
    { ee: { subject: seq(setOf(seq(oid('2.5.4.3'), utf8('ee')))) } },
    { or: 'RFC 6487 §4.4 demands a PrintableString' },
  ),
];
