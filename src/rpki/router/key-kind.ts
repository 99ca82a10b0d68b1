import { DecodeError } from '../../bytes/index.js';
import {
  type Asn1,
  bitString,
  decodeAsn1,
  insideExplicit,
  isContext,
  isExplicit,
  objectIdentifier,
  sequence,
} from '../der/asn1.js';
import { OID } from '../oids.js';

/** Algorithms and curves by identifier, as people call them (docs/decisions/rpki-objects.md D-foreign-keys). */
const NAMES: ReadonlyMap<string, string> = new Map([
  [OID.rsaEncryption, 'an RSA key'],
  ['1.2.840.113549.1.1.10', 'an RSA key (RSASSA-PSS)'],
  ['1.2.840.10040.4.1', 'a DSA key'],
  ['1.3.101.110', 'an X25519 key'],
  ['1.3.101.111', 'an X448 key'],
  ['1.3.101.112', 'an Ed25519 key'],
  ['1.3.101.113', 'an Ed448 key'],
  ['1.3.132.1.12', 'an EC key for key agreement alone (id-ecDH)'],
  ['1.2.840.10045.3.1.1', 'an EC key of P-192'],
  ['1.3.132.0.33', 'an EC key of P-224'],
  ['1.3.132.0.34', 'an EC key of P-384'],
  ['1.3.132.0.35', 'an EC key of P-521'],
  ['1.3.132.0.10', 'an EC key of secp256k1'],
  ['1.3.36.3.3.2.8.1.1.7', 'an EC key of brainpoolP256r1'],
  ['1.3.36.3.3.2.8.1.1.11', 'an EC key of brainpoolP384r1'],
  ['1.3.36.3.3.2.8.1.1.13', 'an EC key of brainpoolP512r1'],
  ['1.2.156.10197.1.301', 'an EC key of SM2'],
]);

/** PBES2 (RFC 8018 §A.4) and the older password schemes of PKCS #5 and PKCS #12. */
const PASSWORD = /^1\.2\.840\.113549\.1\.(?:5\.(?:1|3|4|6|10|11|13)|12\.1\.[1-6])$/;

const ENCRYPTED = 'an encrypted private key';
const REQUEST = 'a certificate request';
/** PEM labels (RFC 7468) of what is no key of the kind wanted, and those that say more than the octets. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['CERTIFICATE', 'a certificate'],
  ['X509 CRL', 'a CRL'],
  ['CERTIFICATE REQUEST', REQUEST],
  ['NEW CERTIFICATE REQUEST', REQUEST],
  ['OPENSSH PRIVATE KEY', 'a key in the form of OpenSSH'],
  ['ENCRYPTED PRIVATE KEY', ENCRYPTED],
  ['RSA PRIVATE KEY', 'an RSA key'],
  ['DSA PRIVATE KEY', 'a DSA key'],
  ['PGP PRIVATE KEY BLOCK', 'an OpenPGP key'],
  ['PGP PUBLIC KEY BLOCK', 'an OpenPGP key'],
]);

/** How {@link kindOfKeyFile} calls what a router may have. */
export const PRIVATE_KEY = 'a private key of P-256';
export const PUBLIC_KEY = 'a public key of P-256';
export const CERTIFICATE = 'a certificate';

/**
 * What a key file holds, in words: the form, the algorithm, the curve; undefined where nothing is known. `der` is its content
 * where it could be had. Nothing of a key is in the words.
 */
export function kindOfKeyFile(file: Uint8Array, der?: Uint8Array): string | undefined {
  if (file[0] !== 0x30) {
    const text = new TextDecoder('latin1').decode(file.subarray(0, 1 << 16));
    // OpenSSL's own form (RFC 1421 §4.6.1.1) has the encryption in a header.
    if (/^Proc-Type:\s*4,ENCRYPTED/m.test(text)) return ENCRYPTED;
    const label = /-----BEGIN ((?!EC PARAMETERS)[A-Z0-9 ]+)-----/.exec(text)?.[1];
    const known = label === undefined ? undefined : LABELS.get(label);
    if (known !== undefined) return known;
  }
  if (der === undefined) return undefined;
  try {
    return kindOfDer(sequence(decodeAsn1(der, 'key'), 'key'));
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return undefined;
  }
}

function kindOfDer([first, second, third]: readonly Asn1[]): string | undefined {
  if (first === undefined || second === undefined) return undefined;
  if (isSequence(first)) {
    const [head, next] = sequence(first, 'key');
    // A certificate begins with its version or serial number (RFC 5280 §4.1), a request with version and name (RFC 2986 §4).
    if (isContext(head, 0)) return CERTIFICATE;
    if (head !== undefined && isUniversal(head, 2)) return next && isSequence(next) ? REQUEST : CERTIFICATE;
    if (PASSWORD.test(objectIdentifier(head, 'key'))) return ENCRYPTED;
    // SubjectPublicKeyInfo (RFC 5280 §4.1).
    return algorithmName(first) ?? pointName(second) ?? PUBLIC_KEY;
  }
  // PrivateKeyInfo (RFC 5208 §5) has the algorithm second, ECPrivateKey (RFC 5915 §3) an OCTET STRING, PKCS #1 INTEGERs.
  if (isSequence(second)) return algorithmName(second) ?? PRIVATE_KEY;
  if (isUniversal(second, 2)) return 'an RSA key';
  return (isExplicit(third, 0) ? curveName(insideExplicit(third, 'key')) : undefined) ?? PRIVATE_KEY;
}

/** Of an AlgorithmIdentifier; undefined for P-256. */
function algorithmName(value: Asn1): string | undefined {
  const [algorithm, parameters] = sequence(value, 'key');
  const named = objectIdentifier(algorithm, 'key');
  if (named === OID.ecPublicKey) return curveName(parameters);
  return NAMES.get(named) ?? `a key of the algorithm ${named}`;
}

/** Of the parameters of an EC key; undefined for P-256 by name. */
function curveName(value: Asn1 | undefined): string | undefined {
  if (value === undefined) return 'an EC key that names no curve';
  if (isSequence(value)) return 'an EC key with its curve in explicit parameters';
  const curve = objectIdentifier(value, 'key');
  return curve === OID.secp256r1 ? undefined : (NAMES.get(curve) ?? `an EC key of the curve ${curve}`);
}

/** Of the public point of a P-256 key (SEC 1 §2.3.3); undefined for an uncompressed one. */
export function pointForm(point: Uint8Array): string | undefined {
  const [lead] = point;
  if (point.length === 33 && (lead === 2 || lead === 3)) return 'a compressed point';
  if (point.length === 65 && (lead === 6 || lead === 7)) return 'a point in hybrid form';
  return point.length === 65 && lead === 4 ? undefined : 'no point of P-256';
}

function pointName(value: Asn1): string | undefined {
  const form = pointForm(bitString(value, 'key').octets);
  return form === undefined ? undefined : `a P-256 key with ${form}`;
}

function isSequence(value: Asn1): boolean {
  return isUniversal(value, 16);
}

function isUniversal({ idBlock }: Asn1, number: number): boolean {
  return idBlock.tagClass === 1 && idBlock.tagNumber === number;
}
