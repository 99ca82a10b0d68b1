import { concatOctets, DecodeError } from '../bytes/index.js';
import { LINK_VERSION, type LinkState, readLinkState } from './link-state.js';

/** Octets of a state, unpacked: counted while it is inflated, because 48 KB can hold 50 MB of zeros. */
export const MAX_STATE = 1 << 20;
/** Characters of a link that is opened. */
const MAX_LINK = 2 << 20;
/** Characters of a link that is made: chat programs cut longer ones. */
export const MAX_MADE_LINK = 8000;

/**
 * The part after `#` that holds a whole state: `1.` and the JSON of the state, deflated, in base64url.
 *
 * @throws {DecodeError} `link-too-long` where it is longer than {@link MAX_MADE_LINK} characters; `link-member` for a state that no link
 * may hold.
 */
export async function packLink(state: LinkState): Promise<string> {
  const members = { v: LINK_VERSION, ...state };
  readLinkState(members); // a link that is made can be opened
  const octets = new TextEncoder().encode(JSON.stringify(members));
  const packed: Uint8Array[] = [];
  if (octets.length <= MAX_STATE) {
    const stream = new Blob([octets]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    for (const reader = stream.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      packed.push(value);
    }
  }
  const link = `${LINK_VERSION}.${toBase64Url(concatOctets(packed))}`;
  if (octets.length > MAX_STATE || link.length > MAX_MADE_LINK) {
    throw new DecodeError('link-too-long', `a link holds at most ${MAX_MADE_LINK} characters`, {
      field: 'link',
    });
  }
  return link;
}

/**
 * The state of a link that `packLink` made, without the `#`.
 *
 * @throws {DecodeError} `link-syntax`, `link-too-long`, `link-version`, `link-screen` or `link-member`.
 */
export async function unpackLink(fragment: string): Promise<LinkState> {
  const [, version = '', packed = ''] = /^([0-9]{1,9})\.([A-Za-z0-9_-]*)$/.exec(fragment) ?? [];
  if (version === '') throw damaged('neither a screen nor a packed state');
  if (version !== String(LINK_VERSION)) return readLinkState({ v: Number(version) });
  const text = await inflate(fromBase64Url(packed));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged('the link is cut or damaged');
  }
  return readLinkState(value);
}

/** @throws {DecodeError} `link-too-long` before anything of a link is looked at. */
export function requireLinkLength(fragment: string): void {
  if (fragment.length > MAX_LINK) throw tooLong();
}

/** The text of deflated octets; what is more than {@link MAX_STATE} is never taken. */
async function inflate(octets: Uint8Array<ArrayBuffer>): Promise<string> {
  const reader = new Blob([octets]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > MAX_STATE) break;
      pieces.push(value);
    }
  } catch {
    throw damaged('the link is cut or damaged');
  }
  if (length > MAX_STATE) {
    // What is left is dropped; that dropping may fail makes no difference.
    reader.cancel().catch(() => undefined);
    throw tooLong();
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(concatOctets(pieces));
  } catch {
    throw damaged('the link holds no text');
  }
}

function toBase64Url(octets: Uint8Array): string {
  const binary = Array.from(octets, (octet) => String.fromCharCode(octet)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    throw damaged('the link is cut or damaged');
  }
}

function damaged(what: string): DecodeError {
  return new DecodeError('link-syntax', what, { field: 'link' });
}

function tooLong(): DecodeError {
  return new DecodeError('link-too-long', `a state of more than ${MAX_STATE} octets`, { field: 'link' });
}
