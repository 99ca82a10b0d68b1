import type { Audit } from '../audit/index.js';
import { createMrtReader, plainSummary, type ReadSummary, type RibPiece } from '../routes/index.js';

/** Judges a piece of a RIB dump into an audit, in whatever thread. */
export function judgePiece({ octets, from }: RibPiece, into: Audit, seed: number | undefined): ReadSummary {
  const reader = createMrtReader(into.add, { reuse: true, ...(seed === undefined ? {} : { seed }), from });
  reader.push(octets);
  reader.end();
  return plainSummary(reader.summary);
}
