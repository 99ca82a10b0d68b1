import { equalOctets } from '../../bytes/index.js';
import type { Finding } from '../finding.js';
import type { ResourceCrl } from '../x509/crl.js';
import { inspectCrl, namesKey, verifyCrl } from '../x509/crl-profile.js';
import { type PathMaterial, type PathResult, verifyPath } from '../x509/path.js';
import { inspectCertificate } from '../x509/profile.js';
import type { ResourceCertificate } from '../x509/resource-certificate.js';
import { verifyRsaSha256 } from '../x509/rsa.js';

/**
 * A CRL as the object itself: its profile, then issuer, time and signature, then the path of its issuer, since a CRL is
 * worth what the certificate is that it is verified with. Without an issuer it stays unanchored.
 */
export async function examineCrl(
  crl: ResourceCrl,
  material: PathMaterial,
): Promise<{ readonly findings: readonly Finding[]; readonly path?: PathResult }> {
  const issuer = await findIssuer(crl, material);
  if (issuer === undefined) {
    const message = 'the issuer of the CRL is not among the given certificates';
    const lost: Finding = { code: 'path-incomplete', section: 'RFC 6487 §7.2', message, severity: 'error' };
    return { findings: [...inspectCrl(crl), lost] };
  }
  const path = await verifyPath(issuer, material);
  const findings = [
    ...(await verifyCrl(crl, issuer, material.now)),
    ...inspectCertificate(issuer),
    ...path.findings,
  ];
  return { findings, path };
}

/**
 * The certificate that the CRL names by key or by name, best by both and with a key that has signed it, so that a fault in
 * one of the three is told as that fault.
 */
async function findIssuer(
  crl: ResourceCrl,
  { trustAnchors, certificates }: PathMaterial,
): Promise<ResourceCertificate | undefined> {
  const ranked: { readonly certificate: ResourceCertificate; readonly rank: number }[] = [];
  for (const certificate of [...trustAnchors, ...certificates]) {
    const key = namesKey(crl, certificate);
    const name = equalOctets(crl.issuerDer, certificate.subjectDer);
    const worth = (key ? 2 : 0) + (name ? 1 : 0);
    if (worth === 0) continue;
    const signed = (await verifyRsaSha256(certificate.spki, crl.tbs, crl.signature)) === 'holds';
    ranked.push({ certificate, rank: worth + (signed ? 4 : 0) });
  }
  return ranked.sort((a, b) => b.rank - a.rank)[0]?.certificate;
}
