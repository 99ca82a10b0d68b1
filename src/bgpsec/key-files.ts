import * as asn1js from 'asn1js';
import { DecodeError } from '../bytes/index.js';
import type { Asn } from '../inet/index.js';
import { type RouterPrivateKey, routerPrivateKey } from './private-key.js';
import { decodeRouterCertificate, routerKeysOf } from './router-certificate.js';
import type { RouterKeyRange } from './router-keys.js';
import { computeSki, SPKI_LENGTH, spkiFault } from './spki.js';
import { decodeDer, members } from './x509.js';

const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
const P256 = '1.2.840.10045.3.1.7';
const PEM = /-----BEGIN ([A-Z0-9 ]+)-----\s*([A-Za-z0-9+/=\s]*?)-----END \1-----/;

/**
 * The DER in `file`: the first PEM block of text, or the octets themselves. Text before and after the block is
 * ignored.
 *
 * @throws {DecodeError} `pem` when a file that begins like text holds no PEM block, or bad base64 in it.
 */
export function derOfFile(file: Uint8Array): Uint8Array {
  if (file[0] === 0x30) return file;
  let text = '';
  for (const octet of file) text += String.fromCharCode(octet);
  const body = PEM.exec(text)?.[2]?.replace(/\s+/g, '');
  if (body === undefined)
    throw new DecodeError('pem', 'neither DER nor PEM', { field: 'key-file', offset: 0 });
  try {
    return Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
  } catch {
    throw new DecodeError('pem', 'bad base64', { field: 'key-file' });
  }
}

/** `der` in PEM with the label, lines of 64 characters. */
export function pemOf(label: string, der: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...der));
  return `-----BEGIN ${label}-----\n${base64.replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`;
}

/**
 * The public key, or keys with their ASNs, of a file: a SubjectPublicKeyInfo, which names no AS and gets `asns`, or a
 * certificate, whose AS Resources count; the form of its Subject is only recommended (RFC 8209 §3.1.1).
 *
 * @throws {DecodeError} `pem`, `der`, `certificate-syntax`, `certificate-key`, `spki` for a key that is no router key,
 * `asn-missing` for a bare key without `asns`.
 */
export function publicKeysOfFile(file: Uint8Array, asns: readonly Asn[] = []): readonly RouterKeyRange[] {
  const der = derOfFile(file);
  if (der.length !== SPKI_LENGTH) return routerKeysOf(decodeRouterCertificate(der));
  const fault = spkiFault(der);
  if (fault !== undefined) throw new DecodeError('spki', `not a router key: ${fault}`, { field: 'key-file' });
  if (asns.length === 0)
    throw new DecodeError('asn-missing', 'a bare public key names no AS', { field: 'key-file' });
  return asns.map((asn) => ({ min: asn, max: asn, ski: computeSki(der), spki: der }));
}

/**
 * The private key of a PKCS#8 PrivateKeyInfo or an ECPrivateKey (RFC 5915), DER or PEM, unencrypted.
 *
 * @throws {DecodeError} `pem`, `der`, `private-key` for anything that is not a P-256 key, or holds a public key that
 * is not its own. Nothing of the key is in the message.
 */
export function privateKeyOfFile(file: Uint8Array, asns?: readonly Asn[]): RouterPrivateKey {
  const parts = members(decodeDer(derOfFile(stripEcParameters(file)), 'private-key'));
  const [, second, third] = parts;
  if (second instanceof asn1js.Sequence && third instanceof asn1js.OctetString) {
    const [algorithm, curve] = members(second).map(oidOf);
    if (algorithm !== EC_PUBLIC_KEY || curve !== P256) throw bad('not a P-256 key');
    return ecPrivateKey(
      members(decodeDer(new Uint8Array(third.valueBlock.valueHexView), 'private-key')),
      asns,
    );
  }
  const curve = parts.find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 0);
  if (curve === undefined || oidOf(members(curve)[0]) !== P256) throw bad('not a P-256 key');
  return ecPrivateKey(parts, asns);
}

/** RFC 5915: version 1, the scalar, [0] curve, [1] public key. */
function ecPrivateKey(parts: readonly asn1js.AsnType[], asns: readonly Asn[] | undefined): RouterPrivateKey {
  const [version, scalar] = parts;
  if (
    !(version instanceof asn1js.Integer) ||
    version.toBigInt() !== 1n ||
    !(scalar instanceof asn1js.OctetString)
  ) {
    throw bad('not an ECPrivateKey of version 1');
  }
  let key: RouterPrivateKey;
  try {
    key = routerPrivateKey(new Uint8Array(scalar.valueBlock.valueHexView), asns);
  } catch {
    throw bad('the scalar is out of range');
  }
  const tagged = parts.find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 1);
  const [point] = tagged === undefined ? [] : members(tagged);
  if (point instanceof asn1js.BitString) {
    const own = key.spki.subarray(26);
    const stated = point.valueBlock.valueHexView;
    if (own.length !== stated.length || own.some((octet, i) => octet !== stated[i])) {
      throw bad('the public key beside it is another one');
    }
  }
  return key;
}

/** `openssl ecparam -genkey` writes an EC PARAMETERS block before the key. */
function stripEcParameters(file: Uint8Array): Uint8Array {
  if (file[0] === 0x30) return file;
  let text = '';
  for (const octet of file) text += String.fromCharCode(octet);
  const rest = text.replace(/-----BEGIN EC PARAMETERS-----[^-]*-----END EC PARAMETERS-----/, '');
  return Uint8Array.from(rest, (character) => character.charCodeAt(0));
}

function oidOf(value: asn1js.AsnType | undefined): string | undefined {
  return value instanceof asn1js.ObjectIdentifier ? value.valueBlock.toString() : undefined;
}

function bad(message: string): DecodeError {
  return new DecodeError('private-key', message, { field: 'private-key' });
}
