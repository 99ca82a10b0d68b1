import { CertificateRevocationList } from 'pkijs';
import { DecodeError, equalOctets } from '../../bytes/index.js';
import { checkDer } from '../der/strict-der.js';
import { createFindings, type Finding } from '../finding.js';
import { OID } from '../oids.js';
import { decodeAuthorityKeyIdentifier } from './extensions.js';
import type { ResourceCertificate } from './resource-certificate.js';
import { verifyRsaSha256 } from './rsa.js';

/** A certificate revocation list (RFC 6487 §5), decoded. Times are seconds since 1970 UTC. */
export interface ResourceCrl {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly signature: Uint8Array;
  readonly signatureAlgorithm: string;
  /** 2 for X.509 CRL version 2. */
  readonly version: number;
  readonly issuerDer: Uint8Array;
  readonly thisUpdate: number;
  readonly nextUpdate?: number;
  readonly aki?: Uint8Array;
  readonly extensions: readonly string[];
  readonly revoked: readonly {
    readonly serial: bigint;
    readonly date: number;
    readonly hasExtensions: boolean;
  }[];
}

/** Decodes a CRL. Throws {@link DecodeError} `der-…` or `asn1-syntax`. RFC 6487 §5. */
export function decodeCrl(der: Uint8Array): ResourceCrl {
  checkDer(der, 'crl');
  let crl: CertificateRevocationList;
  try {
    crl = CertificateRevocationList.fromBER(der as Uint8Array<ArrayBuffer>);
  } catch {
    throw new DecodeError('asn1-syntax', 'not a certificate revocation list', { field: 'crl' });
  }
  const extensions = crl.crlExtensions?.extensions ?? [];
  const aki = extensions.find(({ extnID }) => extnID === OID.authorityKeyIdentifier);
  const keyIdentifier =
    aki && decodeAuthorityKeyIdentifier(aki.extnValue.valueBlock.valueHexView).keyIdentifier;
  const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
  return {
    der,
    tbs: crl.tbsView,
    signature: crl.signatureValue.valueBlock.valueHexView,
    signatureAlgorithm: crl.signatureAlgorithm.algorithmId,
    version: crl.version + 1,
    issuerDer: new Uint8Array(crl.issuer.valueBeforeDecode),
    thisUpdate: seconds(crl.thisUpdate.value),
    ...(crl.nextUpdate ? { nextUpdate: seconds(crl.nextUpdate.value) } : {}),
    ...(keyIdentifier ? { aki: keyIdentifier } : {}),
    extensions: extensions.map(({ extnID }) => extnID),
    revoked: (crl.revokedCertificates ?? []).map(
      ({ userCertificate, revocationDate, crlEntryExtensions }) => ({
        serial: userCertificate.toBigInt(),
        date: seconds(revocationDate.value),
        hasExtensions: crlEntryExtensions !== undefined,
      }),
    ),
  };
}

/** RFC 6487 §5 and §7.2 step 4: the CRL is `issuer`'s, in profile, in time and correctly signed. */
export async function verifyCrl(
  crl: ResourceCrl,
  issuer: ResourceCertificate,
  now: number,
): Promise<readonly Finding[]> {
  const findings = createFindings();
  const { must } = findings;
  const section = 'RFC 6487 §5';
  must(crl.version === 2, 'crl-version', section, `version ${crl.version}, must be 2`);
  must(
    crl.signatureAlgorithm === OID.sha256WithRsaEncryption,
    'crl-signature-algorithm',
    'RFC 7935 §2',
    `signed with ${crl.signatureAlgorithm}`,
  );
  must(
    [...crl.extensions].sort().join() === [OID.authorityKeyIdentifier, OID.crlNumber].sort().join(),
    'crl-extensions',
    section,
    'the extensions are not exactly Authority Key Identifier and CRL Number',
  );
  must(
    crl.revoked.every(({ hasExtensions }) => !hasExtensions),
    'crl-entry-extensions',
    section,
    'an entry has extensions',
  );
  must(
    equalOctets(crl.issuerDer, issuer.subjectDer) &&
      crl.aki !== undefined &&
      issuer.ski !== undefined &&
      equalOctets(crl.aki, issuer.ski),
    'crl-issuer',
    section,
    'the CRL is of another issuer',
  );
  must(
    crl.thisUpdate <= now && crl.nextUpdate !== undefined && now <= crl.nextUpdate,
    'crl-stale',
    section,
    'the time lies outside thisUpdate .. nextUpdate',
  );
  must(
    await verifyRsaSha256(issuer.spki, crl.tbs, crl.signature),
    'crl-signature',
    section,
    'the signature does not verify with the issuer’s key',
  );
  return findings.list;
}
