import { pathDraft } from './aspa-paths.js';
import { tableDraft } from './aspa-tables.js';
import { updateDraft } from './aspa-updates.js';
import type { VectorDraft } from './write-vectors.js';

/** The vector files of the suite `aspa`. */
export function drafts(): VectorDraft[] {
  return [pathDraft(), tableDraft(), updateDraft()];
}
