import { type AuditConditions, type JudgedFile, packJudgedFile } from '../../audit/index.js';
import { concatOctets, DecodeError } from '../../bytes/index.js';
import { MOST_KEPT } from './records.js';

/**
 * The result of a judged file, as it is kept.
 *
 * @throws {DecodeError} `archive-result` for more octets than are kept.
 */
export function packResult(conditions: AuditConditions, file: JudgedFile): Uint8Array {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (const piece of packJudgedFile(conditions, file)) {
    length += piece.length;
    if (length > MOST_KEPT) {
      const message = `a result of more than ${MOST_KEPT} octets`;
      throw new DecodeError('archive-result', message, { field: 'result' });
    }
    pieces.push(piece);
  }
  return concatOctets(pieces);
}
