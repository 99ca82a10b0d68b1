import type { VectorDraft } from '../../write-vectors.js';
import { pathDraft } from './paths.js';
import { tableDraft } from './tables.js';
import { updateDraft } from './updates.js';

/** The vector files of the suite `aspa`. */
export function drafts(): VectorDraft[] {
  return [pathDraft(), tableDraft(), updateDraft()];
}
