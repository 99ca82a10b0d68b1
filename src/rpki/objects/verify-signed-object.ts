import { sha256 } from '@noble/hashes/sha2.js';
import { equalOctets } from '../../bytes/index.js';
import { createFindings, type Finding } from '../finding.js';
import { type PathMaterial, type PathResult, verifyPath } from '../x509/path.js';
import { mustBeSigned, verifyRsaSha256 } from '../x509/rsa.js';
import type { SignedObject } from './signed-object.js';

/**
 * RFC 6488 §3 step 2: the message digest fits the content, and the signature over the signed attributes (RFC 5652 §5.4)
 * verifies with the key of the EE certificate.
 */
export async function verifyObjectSignature({
  eContent,
  signer,
  certificate,
}: SignedObject): Promise<readonly Finding[]> {
  const findings = createFindings();
  const { must, list } = findings;
  must(
    signer.messageDigest !== undefined && equalOctets(signer.messageDigest, sha256(eContent)),
    'cms-message-digest',
    'RFC 6488 §2.1.6.4.2',
    'the message digest is not that of the content',
  );
  const { signedOctets, signature } = signer;
  mustBeSigned(
    findings,
    signedOctets ? await verifyRsaSha256(certificate.spki, signedOctets, signature) : 'fails',
    'cms-signature',
    'RFC 6488 §3 (2)',
    'the signature does not verify with the key of the EE certificate',
  );
  return list;
}

/** RFC 6488 §3 steps 2 and 3: signature, then the certification path of the EE certificate. */
export async function verifySignedObject(
  object: SignedObject,
  material: PathMaterial,
): Promise<{ readonly findings: readonly Finding[]; readonly path: PathResult }> {
  const signature = await verifyObjectSignature(object);
  const path = await verifyPath(object.certificate, material);
  return { findings: [...signature, ...path.findings], path };
}
