import { DecodeError } from '../../bytes/index.js';

const PEM = /-----BEGIN ([A-Z0-9 ]+)-----\s*([A-Za-z0-9+/=\s]*?)-----END \1-----/;
/** `openssl ecparam -genkey` writes such a block before the key. */
const PARAMETERS = /-----BEGIN EC PARAMETERS-----[^-]*-----END EC PARAMETERS-----/;

/**
 * The DER in a file: the first PEM block of text (RFC 7468), EC PARAMETERS passed over, or the octets themselves. Text
 * around the block is ignored.
 *
 * @throws {DecodeError} `pem` when what begins like text holds no PEM block, or bad base64 in it.
 */
export function derOfFile(file: Uint8Array): Uint8Array {
  if (file[0] === 0x30) return file;
  const text = new TextDecoder('latin1').decode(file).replace(PARAMETERS, '');
  const body = PEM.exec(text)?.[2]?.replace(/\s+/g, '');
  if (body === undefined) {
    throw new DecodeError('pem', 'neither DER nor PEM', { field: 'key-file', offset: 0 });
  }
  try {
    return Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
  } catch {
    throw new DecodeError('pem', 'bad base64', { field: 'key-file' });
  }
}

/** `der` in PEM with the label, lines of 64 characters (RFC 7468). */
export function pemOf(label: string, der: Uint8Array): string {
  let octets = '';
  for (const octet of der) octets += String.fromCharCode(octet);
  return `-----BEGIN ${label}-----\n${btoa(octets).replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`;
}
