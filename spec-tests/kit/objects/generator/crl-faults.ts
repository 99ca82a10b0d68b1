import { extension, KEYS, NOT_AFTER, NOT_BEFORE, name } from './certificate.js';
import { akiExtension, type CrlPlan, entry, generalizedTime, numberExtension } from './crl.js';
import { implicit, int, NULL, octetString, oid, seq, tlv, utcTime } from './der.js';

/** A CRL that breaks one rule; `codes` are pathsec's findings about it. */
export interface CrlFault {
  readonly name: string;
  readonly title: string;
  readonly section: string;
  readonly codes: readonly string[];
  readonly plan: CrlPlan;
}

const fault = (
  faultName: string,
  title: string,
  section: string,
  codes: string | readonly string[],
  plan: CrlPlan,
): CrlFault => ({
  name: faultName,
  title,
  section,
  codes: typeof codes === 'string' ? [codes] : codes,
  plan: { revoked: [7], ...plan },
});

const DELTA = extension('2.5.29.27', int(1), true);
const REASON = seq(extension('2.5.29.21', tlv(0x0a, Buffer.of(1))));
const number = (value: Buffer, critical = false): CrlPlan => ({
  extensions: { number: numberExtension(value, critical) },
});

/** CRLs of the trust anchor that revoke serial 7 and break one rule each; all are signed by its key. */
export const CRL_FAULTS: readonly CrlFault[] = [
  fault('version-1', 'version 1', 'RFC 6487 §5', 'crl-version', { version: null }),
  fault('version-3', 'version 3', 'RFC 6487 §5', 'crl-version', { version: int(2) }),
  fault(
    'algorithms-differ',
    'the parameters of the inner algorithm are absent',
    'RFC 5280 §5.1.1.2',
    'crl-algorithms-differ',
    { algorithm: seq(oid('1.2.840.113549.1.1.11')), outerAlgorithm: seq(oid('1.2.840.113549.1.1.11'), NULL) },
  ),
  fault(
    'algorithm-sha512',
    'the inner algorithm is sha512WithRSAEncryption',
    'RFC 7935 §2',
    ['crl-signature-algorithm', 'crl-algorithms-differ'],
    {
      algorithm: seq(oid('1.2.840.113549.1.1.13'), NULL),
      outerAlgorithm: seq(oid('1.2.840.113549.1.1.11'), NULL),
    },
  ),
  fault('issuer-other-name', 'another issuer name', 'RFC 6487 §5', 'crl-issuer', { issuer: name('other') }),
  fault('aki-absent', 'no Authority Key Identifier', 'RFC 6487 §5', ['crl-extensions', 'crl-issuer'], {
    extensions: { aki: undefined },
  }),
  fault('aki-other', 'the Authority Key Identifier of another key', 'RFC 6487 §5', 'crl-issuer', {
    extensions: { aki: akiExtension(KEYS.other.identifier) },
  }),
  fault('issuer-and-aki-other', 'name and key identifier of another issuer', 'RFC 6487 §5', 'crl-issuer', {
    issuer: name('other'),
    extensions: { aki: akiExtension(KEYS.other.identifier) },
  }),
  fault('aki-critical', 'a critical Authority Key Identifier', 'RFC 5280 §5.2.1', 'crl-extension-critical', {
    extensions: { aki: akiExtension(KEYS.ta.identifier, true) },
  }),
  fault(
    'aki-more',
    'a serial number in the Authority Key Identifier',
    'RFC 5280 §5.2.1, RFC 6487 §4.8.3',
    'crl-authority-key-identifier',
    {
      extensions: {
        aki: extension('2.5.29.35', seq(implicit(0, KEYS.ta.identifier), implicit(2, Buffer.of(1)))),
      },
    },
  ),
  fault('no-extensions', 'no extension', 'RFC 6487 §5', ['crl-extensions', 'crl-issuer'], {
    extensions: { aki: undefined, number: undefined },
  }),
  fault('delta', 'a Delta CRL Indicator', 'RFC 6487 §5', 'crl-extensions', { extensions: { delta: DELTA } }),
  fault('number-absent', 'no CRL Number', 'RFC 6487 §5', 'crl-extensions', {
    extensions: { number: undefined },
  }),
  fault('number-critical', 'a critical CRL Number', 'RFC 5280 §5.2.3', 'crl-extension-critical', {
    ...number(int(3), true),
  }),
  fault('number-negative', 'a negative CRL Number', 'RFC 5280 §5.2.3', 'crl-number', number(int(-3))),
  fault(
    'number-21-octets',
    'a CRL Number of 21 octets',
    'RFC 5280 §5.2.3',
    'crl-number',
    number(int(1n << 165n)),
  ),
  fault('number-159-bits', 'a CRL Number of 2^159', 'RFC 5280 §5.2.3', 'crl-number', number(int(1n << 159n))),
  fault('number-text', 'a text as CRL Number', 'RFC 5280 §5.2.3', 'crl-number', {
    ...number(tlv(0x0c, Buffer.from('seven'))),
  }),
  fault('number-padded', 'a CRL Number that is not DER', 'RFC 5280 §5.2.3', 'crl-number', {
    ...number(tlv(0x02, Buffer.of(0, 7))),
  }),
  fault('next-update-absent', 'no nextUpdate', 'RFC 5280 §5.1.2.5', 'crl-next-update', { nextUpdate: null }),
  fault('times-swapped', 'nextUpdate before thisUpdate', 'RFC 5280 §5.1.2.5', ['crl-times', 'crl-stale'], {
    thisUpdate: utcTime(NOT_AFTER),
    nextUpdate: utcTime(NOT_BEFORE),
  }),
  fault('stale', 'nextUpdate is over', 'RFC 6487 §7.2 step 5', 'crl-stale', {
    nextUpdate: utcTime('2026-05-31T23:59:59Z'),
  }),
  fault('future', 'thisUpdate is to come', 'RFC 6487 §7.2 step 5', 'crl-stale', {
    thisUpdate: utcTime('2026-06-01T00:00:01Z'),
  }),
  fault('time-generalized', 'GeneralizedTime before 2050', 'RFC 5280 §5.1.2.4', 'crl-time-type', {
    thisUpdate: generalizedTime(NOT_BEFORE),
  }),
  fault('entry-time-generalized', 'GeneralizedTime in an entry', 'RFC 5280 §5.1.2.6', 'crl-time-type', {
    entries: [entry(7, generalizedTime(NOT_BEFORE))],
  }),
  fault('entry-reason', 'a reason in an entry', 'RFC 6487 §5', 'crl-entry-extensions', {
    entries: [entry(7, utcTime(NOT_BEFORE), REASON)],
  }),
  fault('entry-twice', 'a serial number twice', 'RFC 6487 §5', 'crl-entry-twice', { revoked: [7, 7] }),
  fault('entry-negative', 'a negative serial number', 'RFC 6487 §4.2', 'crl-entry-serial', {
    revoked: [7, -7],
  }),
  fault('entry-zero', 'serial number 0', 'RFC 6487 §4.2', 'crl-entry-serial', { revoked: [0, 7] }),
  fault('entry-21-octets', 'a serial number of 21 octets', 'RFC 6487 §4.2', 'crl-entry-serial', {
    revoked: [7, 1n << 160n],
  }),
];

/** CRLs of the trust anchor that cannot be decoded; pathsec's finding is `crl-damaged`. */
export const DAMAGED_CRLS: readonly CrlFault[] = [
  fault('truncated', 'one octet short', 'RFC 5280 §5.1', 'crl-damaged', {
    around: (crl) => crl.subarray(0, -1),
  }),
  fault('trailing', 'an octet too many', 'RFC 5280 §5.1', 'crl-damaged', {
    around: (crl) => Buffer.concat([crl, Buffer.of(0)]),
  }),
  fault('empty', 'no octets', 'RFC 5280 §5.1', 'crl-damaged', { around: () => Buffer.alloc(0) }),
  fault('critical-false', 'critical FALSE is written out', 'X.690 §11.5', 'crl-damaged', {
    extensions: {
      number: seq(oid('2.5.29.20'), tlv(0x01, Buffer.of(0)), octetString(int(1))),
    },
  }),
];
