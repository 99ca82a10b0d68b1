import { createPayloadSet, type PayloadSet } from '../../payload/index.js';
import { applyPayloadChange, applySlurm, parsePayloadChange } from '../../rpki/payloads.js';
import { inFile } from '../shared/input.js';
import type { Io } from '../shared/io.js';
import { loadSlurm } from '../shared/slurm-files.js';

/** Whether a `--change` names a file: a notation has an arrow, or takes an ASPA away. */
export function isChangeFile(text: string): boolean {
  return !text.includes('=>') && !/^\s*-\s*AS?[0-9]/i.test(text);
}

/**
 * The payloads with the changes carried out, one after the other: notations, and SLURM files (RFC 8416). Faults name the
 * option and, of several, which one it is.
 *
 * @throws {CliError}
 */
export async function changedPayloads(
  before: PayloadSet,
  changes: readonly string[],
  io: Io,
): Promise<PayloadSet> {
  let after = createPayloadSet(before, { seed: io.seed });
  for (const [i, text] of changes.entries()) {
    if (isChangeFile(text)) {
      after = applySlurm(after, await loadSlurm([text], io), io.seed);
      continue;
    }
    const option = changes.length === 1 ? '--change' : `--change (number ${i + 1})`;
    inFile(option, () => applyPayloadChange(after, parsePayloadChange(text)));
  }
  return after;
}
