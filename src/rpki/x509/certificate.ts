import { Certificate as PkijsCertificate } from 'pkijs';
import { DecodeError } from '../../bytes/index.js';
import { checkDer } from '../der/strict-der.js';
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
  return convertCertificate(parse(der), der);
}

function parse(der: Uint8Array): PkijsCertificate {
  try {
    return PkijsCertificate.fromBER(der as Uint8Array<ArrayBuffer>);
  } catch {
    throw new DecodeError('asn1-syntax', 'not an X.509 certificate', { field: 'certificate' });
  }
}
