import { foreignKindOf, looksLikeCapture } from '../../unpack/index.js';
import { messagesOfCapture } from './capture-file.js';
import type { Gathered } from './gathered.js';
import { framesOf, kindOf } from './kinds.js';
import { readOctets } from './read-octets.js';
import { updatesOfRoutes } from './routes-file.js';

/** Octets that tell a text. */
const LOOKED_AT = 4096;
/** Messages of a file that are listed. */
export const MAX_FRAMES = 100_000;

/**
 * The messages of a file, unpacked: of octets as they are, of a capture of packets, or of text, which is hexadecimal or has routes;
 * never more of them than a bound. Long work pauses, so that the page stays alive.
 *
 * @throws {DecodeError} for a capture that is damaged before its first message; {@link Error} for what is nothing of it.
 */
export async function readOctetsFile(octets: Uint8Array): Promise<Gathered> {
  if (octets.length === 0) throw new Error('an empty file');
  if (looksLikeCapture(octets)) return messagesOfCapture(octets, MAX_FRAMES);
  const foreign = foreignKindOf(octets);
  if (foreign !== undefined) throw new Error(`${foreign}, which this page does not read`);
  if (!isText(octets)) return framed(octets);
  const reading = readOctets(new TextDecoder().decode(octets));
  if ('octets' in reading) return framed(reading.octets);
  const updates = await updatesOfRoutes(octets, MAX_FRAMES);
  if (updates === undefined) {
    throw new Error(`text that is no hexadecimal and has no routes: ${reading.problem}`);
  }
  return updates;
}

function framed(octets: Uint8Array): Gathered {
  const kind = kindOf(octets);
  const frames = framesOf(octets, kind, MAX_FRAMES);
  return { octets, kind, frames, cut: (frames.at(-1)?.end ?? 0) < octets.length };
}

/** Whether it begins with characters of ASCII alone, as no message, record or object does that is longer than a few octets. */
const isText = (octets: Uint8Array): boolean =>
  octets
    .subarray(0, LOOKED_AT)
    .every((octet) => (octet >= 0x20 && octet < 0x7f) || (octet >= 9 && octet <= 13));
