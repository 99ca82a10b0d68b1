import { equalOctets } from '../../bytes/index.js';
import { createFindings, type Finding, type Findings } from '../finding.js';
import { OID } from '../oids.js';
import type { ResourceCrl } from './crl.js';
import { findExtension } from './extensions.js';
import type { ResourceCertificate } from './resource-certificate.js';
import { mustBeSigned, verifyRsaSha256 } from './rsa.js';

const SECTION = 'RFC 6487 §5';

/** Serial and CRL numbers have at most 20 octets, hence 159 bits of a number that is not negative (RFC 5280 §4.1.2.2). */
const LIMIT = 1n << 159n;

/** What a CRL by itself breaks of RFC 6487 §5 and RFC 5280 §5; issuer, time and signature are not looked at here. */
export function inspectCrl(crl: ResourceCrl): readonly Finding[] {
  const findings = createFindings();
  const { must } = findings;
  must(crl.version === 2, 'crl-version', SECTION, `version ${crl.version}, must be 2`);
  must(
    crl.signatureAlgorithms.every((oid) => oid === OID.sha256WithRsaEncryption),
    'crl-signature-algorithm',
    'RFC 7935 §2',
    `signed with ${crl.signatureAlgorithms.join(' and ')}, must be sha256WithRSAEncryption`,
  );
  must(
    crl.algorithmsAgree,
    'crl-algorithms-differ',
    'RFC 5280 §5.1.1.2',
    'the signature algorithms inside and outside of the signed part differ',
  );
  must(crl.nextUpdate !== undefined, 'crl-next-update', 'RFC 5280 §5.1.2.5', 'nextUpdate is absent');
  must(
    crl.nextUpdate === undefined || crl.thisUpdate <= crl.nextUpdate,
    'crl-times',
    'RFC 5280 §5.1.2.5',
    'nextUpdate lies before thisUpdate',
  );
  must(
    crl.timesConform,
    'crl-time-type',
    'RFC 5280 §5.1.2.4 to §5.1.2.6',
    'a time is not UTCTime through 2049 or GeneralizedTime from 2050',
  );
  inspectExtensions(crl, findings);
  inspectEntries(crl, findings);
  return findings.list;
}

function inspectExtensions(crl: ResourceCrl, { must }: Findings): void {
  const oids = crl.extensions.map(({ oid }) => oid);
  must(
    oids.sort().join() === [OID.authorityKeyIdentifier, OID.crlNumber].sort().join(),
    'crl-extensions',
    SECTION,
    'the extensions are not exactly Authority Key Identifier and CRL Number',
  );
  const aki = findExtension(crl.extensions, OID.authorityKeyIdentifier);
  must(
    aki === undefined || (crl.aki?.keyIdentifier.length === 20 && crl.aki.only),
    'crl-authority-key-identifier',
    'RFC 5280 §5.2.1, RFC 6487 §4.8.3',
    'the Authority Key Identifier holds something else than a key identifier of 20 octets',
  );
  const number = findExtension(crl.extensions, OID.crlNumber);
  must(
    number === undefined || (crl.number !== undefined && crl.number >= 0n && crl.number < LIMIT),
    'crl-number',
    'RFC 5280 §5.2.3',
    'the CRL Number is not an integer from 0 of at most 20 octets',
  );
  for (const [extension, section] of [
    [aki, 'RFC 5280 §5.2.1'],
    [number, 'RFC 5280 §5.2.3'],
  ] as const) {
    must(
      !extension?.critical,
      'crl-extension-critical',
      section,
      `extension ${extension?.oid} must not be critical`,
    );
  }
}

function inspectEntries({ revoked }: ResourceCrl, { must }: Findings): void {
  must(
    revoked?.length !== 0,
    'crl-revoked-empty',
    'RFC 5280 §5.1.2.6',
    'revokedCertificates is present without an entry',
  );
  const entries = revoked ?? [];
  must(
    entries.every(({ hasExtensions }) => !hasExtensions),
    'crl-entry-extensions',
    SECTION,
    'an entry has extensions',
  );
  must(
    entries.every(({ serial }) => serial > 0n && serial < LIMIT),
    'crl-entry-serial',
    'RFC 6487 §4.2',
    'the serial number of an entry is not a positive integer of at most 20 octets',
  );
  must(
    areDistinct(entries.map(({ serial }) => serial)),
    'crl-entry-twice',
    SECTION,
    'a serial number stands twice',
  );
}

/** RFC 6487 §5 and §7.2 step 5: the CRL is `issuer`'s, in profile, current at `now` and signed by the issuer's key. */
export async function verifyCrl(
  crl: ResourceCrl,
  issuer: ResourceCertificate,
  now: number,
): Promise<readonly Finding[]> {
  const findings = createFindings();
  findings.must(
    equalOctets(crl.issuerDer, issuer.subjectDer) && namesKey(crl, issuer),
    'crl-issuer',
    SECTION,
    'the CRL names another issuer, or names no key',
  );
  findings.must(
    crl.thisUpdate <= now && (crl.nextUpdate === undefined || now <= crl.nextUpdate),
    'crl-stale',
    SECTION,
    'the time lies outside thisUpdate .. nextUpdate',
  );
  mustBeSigned(
    findings,
    await verifyRsaSha256(issuer.spki, crl.tbs, crl.signature),
    'crl-signature',
    SECTION,
    'the signature does not verify with the issuer’s key',
  );
  return [...inspectCrl(crl), ...findings.list];
}

/** Whether the Authority Key Identifier is that of the issuer's key. */
export function namesKey({ aki }: ResourceCrl, { ski }: ResourceCertificate): boolean {
  return aki !== undefined && ski !== undefined && equalOctets(aki.keyIdentifier, ski);
}

/** Whether no number stands twice; by sorting, since the hash of numbers in a `Set` is known to whoever chose them. */
function areDistinct(numbers: bigint[]): boolean {
  const sorted = numbers.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted.every((number, i) => i === 0 || number !== sorted[i - 1]);
}
