import { checkAlgorithm } from '../der/algorithm.js';
import { type Asn1, afterTagged, atMost, isContext, membersOf } from '../der/asn1.js';

/**
 * Looks for members that the types of RFC 5280 §4.1 do not have, which pkijs passes over. Whatever else may be wrong with a
 * certificate is for its reader to say.
 *
 * @throws {DecodeError} `asn1-syntax`.
 */
export function checkCertificateMembers(certificate: Asn1 | undefined, field: string): void {
  const [signed, outerAlgorithm] = atMost(3, certificate, field);
  const members = membersOf(signed);
  const versioned = isContext(members[0], 0);
  if (versioned) atMost(1, members[0], `${field}.version`);
  const [, algorithm, issuer, validity, subject, spki, ...optional] = members.slice(versioned ? 1 : 0);
  for (const one of [algorithm, outerAlgorithm]) checkAlgorithm(one, `${field}.signature-algorithm`);
  for (const attribute of [issuer, subject].flatMap(membersOf).flatMap(membersOf)) {
    atMost(2, attribute, `${field}.name`);
  }
  atMost(2, validity, `${field}.validity`);
  const [keyAlgorithm] = atMost(2, spki, `${field}.spki`);
  checkAlgorithm(keyAlgorithm, `${field}.spki.algorithm`);
  atMost(0, afterTagged(optional, [1, 2, 3]), field);
}
