import { DecodeError, fromHex, requireUniqueNames, toHex } from '../bytes/index.js';
import { isAsn } from '../inet/index.js';
import type { KeyEntry } from './keys.js';

/** NON-SPEC: the format of a file of public keys. Secret keys live elsewhere. */
const KEYS_FORMAT = 'pathsec/apvas-keys/1';

/**
 * Reads `{"format": "pathsec/apvas-keys/1", "keys": [{"as", "ski", "publicKey", "pop"}]}`, octets in hexadecimal.
 * Nothing cryptographic is checked: that is what {@link KeyTable.admit} does.
 *
 * @throws {DecodeError} `json-syntax`, `json-depth`, `duplicate-name`, `keys-format`, `keys-shape`, `hex-syntax` or `hex-length`.
 */
export function parseKeys(text: string): KeyEntry[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new DecodeError('json-syntax', 'not JSON');
  }
  requireUniqueNames(text);
  const { format, keys } = record(document, 'keys-file');
  if (format !== KEYS_FORMAT) {
    throw new DecodeError('keys-format', `format is not ${KEYS_FORMAT}`, { field: 'format' });
  }
  if (!Array.isArray(keys)) throw new DecodeError('keys-shape', 'not an array', { field: 'keys' });
  return keys.map((value: unknown, i) => {
    const entry = record(value, `keys[${i}]`);
    const octets = (name: string): Uint8Array => {
      const digits = entry[name];
      const field = `keys[${i}].${name}`;
      if (typeof digits !== 'string') throw new DecodeError('keys-shape', 'not a string', { field });
      return fromHex(digits, field);
    };
    const asn = entry.as;
    if (typeof asn !== 'number' || !isAsn(asn)) {
      throw new DecodeError('keys-shape', 'not an AS number', { field: `keys[${i}].as` });
    }
    return { asn, ski: octets('ski'), publicKey: octets('publicKey'), pop: octets('pop') };
  });
}

/** The inverse of {@link parseKeys}. Writes the public members only, also of a signing key. */
export function formatKeys(keys: readonly KeyEntry[]): string {
  const rows = keys.map(({ asn, ski, publicKey, pop }) => ({
    as: asn,
    ski: toHex(ski),
    publicKey: toHex(publicKey),
    pop: toHex(pop),
  }));
  return `${JSON.stringify({ format: KEYS_FORMAT, keys: rows }, null, 2)}\n`;
}

function record(value: unknown, field: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DecodeError('keys-shape', 'not an object', { field });
  }
  return value as Record<string, unknown>;
}
