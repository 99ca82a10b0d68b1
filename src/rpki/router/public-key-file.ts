import { DecodeError } from '../../bytes/index.js';
import type { Asn } from '../../inet/index.js';
import { decodeCertificate } from '../x509/certificate.js';
import { type CertifiedRouterKey, certifiedRouterKeys } from './certified-keys.js';
import { CERTIFICATE, kindOfKeyFile, PUBLIC_KEY } from './key-kind.js';
import { derOfFile } from './pem.js';
import { routerKeyFault, routerKeySki } from './router-key.js';

/**
 * The public keys of a file, DER or PEM: a SubjectPublicKeyInfo, which names no AS and gets `asns`, or a certificate,
 * whose AS Resources count; the form of its Subject is only recommended (RFC 8209 §3.1.1).
 *
 * @throws {DecodeError} `pem`, `der-…`, `asn1-syntax`, `certificate-key`, `spki` for a bare key that is no router key and
 * for other files of keys, which are called what they are, `asn-missing` for one without `asns`.
 */
export function publicKeysOfFile(file: Uint8Array, asns: readonly Asn[] = []): readonly CertifiedRouterKey[] {
  let der: Uint8Array | undefined;
  try {
    der = derOfFile(file);
    // Every bare router key has this length; a certificate is several times longer.
    return der.length === 91 ? bareKey(der, asns) : certifiedRouterKeys(decodeCertificate(der));
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const kind = kindOfKeyFile(file, der);
    if (kind === undefined || kind === CERTIFICATE || kind === PUBLIC_KEY) throw error;
    const message = `this is ${kind}, not the public key of a router (P-256, uncompressed: RFC 8608 §3.1)`;
    throw new DecodeError('spki', message, { field: 'key-file' });
  }
}

function bareKey(der: Uint8Array, asns: readonly Asn[]): CertifiedRouterKey[] {
  const fault = routerKeyFault(der);
  if (fault !== undefined) throw new DecodeError('spki', `not a router key: ${fault}`, { field: 'key-file' });
  if (asns.length === 0) {
    throw new DecodeError('asn-missing', 'a bare public key names no AS', { field: 'key-file' });
  }
  return asns.map((asn) => ({ min: asn, max: asn, ski: routerKeySki(der), spki: der }));
}
