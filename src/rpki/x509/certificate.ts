import { Certificate as PkijsCertificate } from 'pkijs';
import { DecodeError } from '../../bytes/index.js';
import { type Asn1, decodeAsn1 } from '../der/asn1.js';
import { checkDer } from '../der/strict-der.js';
import { checkCertificateMembers } from './certificate-members.js';
import { convertCertificate } from './convert-certificate.js';
import type { ResourceCertificate } from './resource-certificate.js';

/**
 * Decodes one certificate. The octets must be DER; whether fields and extensions are those of a profile is
 * `inspectCertificate`'s question. RFC 6487 §4.
 *
 * @throws {DecodeError} `der-…`, `asn1-syntax`, `duplicate-extension`.
 */
export function decodeCertificate(der: Uint8Array): ResourceCertificate {
  checkDer(der, 'certificate');
  const value = decodeAsn1(der, 'certificate');
  checkCertificateMembers(value, 'certificate');
  return convertCertificate(parse(value), der);
}

function parse(value: Asn1): PkijsCertificate {
  try {
    return new PkijsCertificate({ schema: value });
  } catch {
    throw new DecodeError('asn1-syntax', 'not an X.509 certificate', { field: 'certificate' });
  }
}
