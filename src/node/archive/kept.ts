import { createHash } from 'node:crypto';
import { concatOctets, DecodeError } from '../../bytes/index.js';
import type { JobNames } from './names.js';
import { type Kept, MOST_KEPT } from './records.js';
import type { ArchiveServer } from './server.js';

/** Pieces that are under way at once. */
const AHEAD = 4;

/**
 * Keeps octets on the server under their content, in pieces as long as its messages may be: whoever keeps the same writes the same
 * pieces, and nobody overwrites those of another.
 *
 * @throws {DecodeError} `archive-result` for too many octets.
 */
export async function keep(server: ArchiveServer, names: JobNames, octets: Uint8Array): Promise<Kept> {
  if (octets.length > MOST_KEPT) {
    const message = `${octets.length} octets to keep, where ${MOST_KEPT} are the limit`;
    throw new DecodeError('archive-result', message, { field: 'result' });
  }
  const sha256 = createHash('sha256').update(octets).digest('hex');
  const pieces = Math.ceil(octets.length / server.pieceLength);
  for (let first = 0; first < pieces; first += AHEAD) {
    const numbers = Array.from({ length: Math.min(AHEAD, pieces - first) }, (_, i) => first + i);
    await Promise.all(
      numbers.map((number) => {
        const at = number * server.pieceLength;
        return server.put(names.piece(sha256, number), octets.subarray(at, at + server.pieceLength));
      }),
    );
  }
  return { sha256, octets: octets.length, pieces };
}

/**
 * The octets that are kept; their number and hash are those that were told.
 *
 * @throws {DecodeError} `archive-result` where they are not.
 */
export async function fetchKept(server: ArchiveServer, names: JobNames, kept: Kept): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let first = 0; first < kept.pieces; first += AHEAD) {
    const numbers = Array.from({ length: Math.min(AHEAD, kept.pieces - first) }, (_, i) => first + i);
    const found = await Promise.all(
      numbers.map((number) => server.get(names, names.piece(kept.sha256, number))),
    );
    for (const [i, piece] of found.entries()) {
      if (piece === undefined) throw damaged(`piece ${first + i} of ${kept.pieces} is missing`);
      if (piece.octets.length === 0) throw damaged(`piece ${first + i} is empty`);
      length += piece.octets.length;
      if (length > kept.octets) throw damaged(`more than ${kept.octets} octets`);
      pieces.push(piece.octets);
    }
  }
  if (length !== kept.octets) throw damaged(`${length} octets, where ${kept.octets} were told`);
  const octets = concatOctets(pieces);
  const sha256 = createHash('sha256').update(octets).digest('hex');
  if (sha256 !== kept.sha256) throw damaged(`the SHA-256 is ${sha256}, where ${kept.sha256} was told`);
  return octets;
}

function damaged(message: string): DecodeError {
  return new DecodeError('archive-result', message, { field: 'result' });
}
