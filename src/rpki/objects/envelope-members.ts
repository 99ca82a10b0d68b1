import { checkAlgorithm } from '../der/algorithm.js';
import { type Asn1, afterTagged, atMost, isContext, membersOf } from '../der/asn1.js';
import { checkCertificateMembers } from '../x509/certificate-members.js';

/**
 * Looks for members that the types of RFC 5652 §3 and §5 do not have, which pkijs passes over (RFC 6488 §3 step 1: the syntax
 * complies). Whatever else may be wrong with an object is for its reader to say.
 *
 * @throws {DecodeError} `asn1-syntax`.
 */
export function checkEnvelopeMembers(contentInfo: Asn1): void {
  const field = 'signed-object';
  const [, content] = atMost(2, contentInfo, field);
  const [data] = atMost(1, content, field);
  const [, digestAlgorithms, encapsulated, ...others] = membersOf(data);
  for (const algorithm of membersOf(digestAlgorithms))
    checkAlgorithm(algorithm, `${field}.digest-algorithms`);
  const [, eContent] = atMost(2, encapsulated, `${field}.e-content`);
  atMost(1, eContent, `${field}.e-content`);
  const [certificates] = others;
  if (isContext(certificates, 0)) {
    for (const one of membersOf(certificates)) checkCertificateMembers(one, 'certificate');
  }
  const [infos] = atMost(1, afterTagged(others, [0, 1]), field);
  for (const info of membersOf(infos)) checkSignerInfo(info, `${field}.signer-infos`);
}

function checkSignerInfo(info: Asn1, field: string): void {
  const [, , digestAlgorithm, ...others] = membersOf(info);
  const [signatureAlgorithm, , ...last] = afterTagged(others, [0]);
  for (const algorithm of [digestAlgorithm, signatureAlgorithm]) checkAlgorithm(algorithm, field);
  const [attributes] = others;
  if (isContext(attributes, 0)) for (const one of membersOf(attributes)) atMost(2, one, field);
  atMost(0, afterTagged(last, [1]), field);
}
