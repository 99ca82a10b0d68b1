import { DecodeError } from '../../bytes/index.js';
import {
  type Asn1,
  bitString,
  decodeAsn1,
  insideExplicit,
  isExplicit,
  objectIdentifier,
  octetString,
  sequence,
  smallInteger,
} from '../der/asn1.js';
import { checkDer } from '../der/strict-der.js';
import { OID } from '../oids.js';
import { kindOfKeyFile, PRIVATE_KEY, pointForm } from './key-kind.js';
import { derOfFile } from './pem.js';

/** What a private key file holds; whether the two belong together is for the curve's owner to say. */
export interface PrivateKeyParts {
  /** The private scalar, 32 octets; behind a function, so that printing the object does not show it. */
  readonly scalar: () => Uint8Array;
  /** The uncompressed public point that stands beside it. */
  readonly point?: Uint8Array;
}

const FIELD = 'private-key';

/**
 * The P-256 private key of an unencrypted PKCS#8 PrivateKeyInfo (RFC 5208) or an ECPrivateKey (RFC 5915), DER or PEM.
 *
 * @throws {DecodeError} `pem`, `der-…`, `private-key` for anything else, which is called what it is: encrypted, of another
 * curve or algorithm, a public key, a certificate. Nothing of the key is in the message.
 */
export function privateKeyOfFile(file: Uint8Array): PrivateKeyParts {
  let der: Uint8Array | undefined;
  try {
    der = derOfFile(file);
    checkDer(der, FIELD);
    return decodeKey(der);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const kind = kindOfKeyFile(file, der);
    if (kind !== undefined && kind !== PRIVATE_KEY)
      throw refuse(`this is ${kind}, not ${WANTED}${HINTS.get(kind) ?? ''}`);
    if (error.code === 'asn1-syntax') throw refuse(`not a private key: ${WANTED} is wanted`);
    throw error;
  }
}

const WANTED = 'an unencrypted private key of P-256 (PKCS #8 or EC PRIVATE KEY)';
/** What makes a key of it, where something does. */
const HINTS: ReadonlyMap<string, string> = new Map([
  ['an encrypted private key', '; "openssl pkcs8 -in FILE" asks for the password and decrypts it'],
  ['a key in the form of OpenSSH', '; "ssh-keygen -p -m PKCS8 -f FILE" rewrites the file'],
]);

function decodeKey(der: Uint8Array): PrivateKeyParts {
  const parts = sequence(decodeAsn1(der, FIELD), FIELD);
  const [, second] = parts;
  if (second !== undefined && isSequence(second)) {
    // PrivateKeyInfo: version, algorithm and curve, the ECPrivateKey in an OCTET STRING.
    const [algorithm, curve] = sequence(second, FIELD);
    if (objectIdentifier(algorithm, FIELD) !== OID.ecPublicKey) throw refuse('not a P-256 key');
    requireCurve(curve);
    const inner = octetString(parts[2], FIELD);
    checkDer(inner, FIELD);
    return decodeEcPrivateKey(sequence(decodeAsn1(inner, FIELD), FIELD));
  }
  const curve = parts.find((part) => isExplicit(part, 0));
  requireCurve(isExplicit(curve, 0) ? insideExplicit(curve, FIELD) : undefined);
  return decodeEcPrivateKey(parts);
}

/** RFC 5915 §3: version 1, the scalar, `[0]` curve, `[1]` public key. */
function decodeEcPrivateKey(parts: readonly Asn1[]): PrivateKeyParts {
  smallInteger(parts[0], 1, 1, FIELD);
  const scalar = octetString(parts[1], FIELD).slice();
  if (scalar.length !== 32) throw refuse('the scalar has not 32 octets');
  const tagged = parts.find((part) => isExplicit(part, 1));
  const key = { scalar: () => scalar.slice() };
  if (!isExplicit(tagged, 1)) return key;
  const point = bitString(insideExplicit(tagged, FIELD), FIELD).octets;
  const form = pointForm(point);
  if (form !== undefined) {
    throw refuse(`the public key beside it is ${form}; RFC 8608 §3.1 wants it uncompressed`);
  }
  return { ...key, point };
}

function isSequence({ idBlock }: Asn1): boolean {
  return idBlock.tagClass === 1 && idBlock.tagNumber === 16;
}

function requireCurve(curve: Asn1 | undefined): void {
  if (curve === undefined || objectIdentifier(curve, FIELD) !== OID.secp256r1)
    throw refuse('not a P-256 key');
}

function refuse(message: string): DecodeError {
  return new DecodeError('private-key', message, { field: FIELD });
}
