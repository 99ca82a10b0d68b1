import * as asn1js from 'asn1js';
import { type Asn1, decodeAsn1, sequence } from '../der/asn1.js';
import type { Findings } from '../finding.js';
import { OID } from '../oids.js';
import { routerKeyFault } from '../router/router-key.js';
import type { CertificateKind } from './certificate-kind.js';
import type { ResourceCertificate } from './resource-certificate.js';

/** RFC 6487 §4.7: RSA of 2048 bits with exponent 65537 (RFC 7935 §3), P-256 for routers (RFC 8608 §3.1). */
export function inspectKey(
  certificate: ResourceCertificate,
  kind: CertificateKind,
  { must }: Findings,
): void {
  const { spki, keyAlgorithm, keyBits } = certificate;
  if (kind === 'router') {
    const fault = routerKeyFault(spki);
    must(fault === undefined, 'public-key', 'RFC 8608 §3.1', `not a router key: ${fault}`);
    return;
  }
  if (
    !must(
      keyAlgorithm === OID.rsaEncryption,
      'public-key',
      'RFC 7935 §3',
      `the key is of ${keyAlgorithm}, must be rsaEncryption`,
    )
  ) {
    return;
  }
  const key = rsaKey(keyBits);
  must(
    key !== undefined && key.bits === 2048 && key.exponent === 65537n,
    'public-key',
    'RFC 7935 §3',
    key
      ? `RSA of ${key.bits} bits with exponent ${key.exponent}, must be 2048 and 65537`
      : 'the RSA key cannot be read',
  );
}

/** Modulus size and exponent of an RSAPublicKey (RFC 8017 A.1.1). */
function rsaKey(octets: Uint8Array): { bits: number; exponent: bigint } | undefined {
  let members: readonly Asn1[];
  try {
    members = sequence(decodeAsn1(octets, 'public-key'), 'public-key');
  } catch {
    return undefined;
  }
  const [modulus, exponent] = members;
  if (!(modulus instanceof asn1js.Integer) || !(exponent instanceof asn1js.Integer)) return undefined;
  return { bits: modulus.toBigInt().toString(2).length, exponent: exponent.toBigInt() };
}
