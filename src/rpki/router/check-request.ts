import { type Check, createFindings } from '../finding.js';
import { OID } from '../oids.js';
import { findExtension } from '../x509/extensions.js';
import { formatName } from '../x509/resource-certificate.js';
import type { RouterCertificateRequest } from './certificate-request.js';
import { routerKeyFault } from './router-key.js';

/** Whether `signature` (DER) is an ecdsa-with-SHA256 signature over `octets` by the key: a signature engine's `verify`. */
export type VerifyEcdsa = (spki: Uint8Array, octets: Uint8Array, signature: Uint8Array) => boolean;

/** The request profile item by item, passed ones included: RFC 6487 §6.1 as RFC 8209 §3.2 changes it. */
export function checkCertificateRequest(
  request: RouterCertificateRequest,
  verify: VerifyEcdsa,
): readonly Check[] {
  const { version, subject, spki, extensions, signatureAlgorithm, signed, signature } = request;
  const { extendedKeyUsage, basicConstraints } = request;
  const { must, should, checks } = createFindings();
  must(version === 0, 'request-version', 'RFC 6487 §6.1.1', `version ${version}, must be 0`);
  should(
    subject.length === 0,
    'request-subject',
    'RFC 6487 §6.1.1',
    `${formatName(subject)}: the subject should be empty`,
  );
  const fault = routerKeyFault(spki);
  must(
    fault === undefined,
    'public-key',
    'RFC 8209 §3.2, RFC 8608 §3.1',
    `the key is not a router key: ${fault}`,
  );
  must(
    extendedKeyUsage === undefined || extendedKeyUsage.includes(OID.bgpsecRouter),
    'extended-key-usage',
    'RFC 8209 §3.2',
    'Extended Key Usage is asked for without id-kp-bgpsec-router',
  );
  should(
    basicConstraints?.ca !== true,
    'basic-constraints',
    'RFC 8209 §3.2',
    'asks for cA, which the CA must not honour',
  );
  should(
    findExtension(extensions, OID.subjectInfoAccess) === undefined,
    'subject-info-access',
    'RFC 8209 §3.2',
    'asks for Subject Information Access, which the CA must not honour',
  );
  must(
    signatureAlgorithm === OID.ecdsaWithSha256,
    'signature-algorithm',
    'RFC 8608 §2.2.1',
    `signed with ${signatureAlgorithm}, must be ecdsa-with-SHA256`,
  );
  must(
    fault === undefined && verify(spki, signed, signature),
    'proof-of-possession',
    'RFC 6487 §6.3',
    'the signature does not verify with the requested key',
  );
  return checks;
}
