import { createPayloadSet, type PayloadSet, unitePayloads } from '../../payload/index.js';
import { applySlurm, readAsRelationships } from '../../rpki/payloads.js';
import { checkStdin, inFile, readText } from '../shared/input.js';
import { notRelationships } from '../shared/input-kind.js';
import type { Io } from '../shared/io.js';
import { createInputProblems } from '../shared/problem-log.js';
import { loadSlurm } from '../shared/slurm-files.js';

/** What the first AS of a line is to the second where the line has this number. */
export const PROVIDER_SIGNS = ['-1', '1'] as const;

interface RelationshipOptions {
  readonly asRel: (typeof PROVIDER_SIGNS)[number];
  readonly strict?: boolean;
  readonly slurm?: readonly string[];
}

/**
 * The payloads there were if every AS of files of AS relationships had published its providers. Lines that cannot be read are told on
 * stderr.
 *
 * @throws {CliError} that names the file: for one that holds no relationships, and in strict mode for any fault.
 */
export async function payloadsOfRelationships(
  files: readonly string[],
  { asRel, strict = false, slurm = [] }: RelationshipOptions,
  io: Io,
): Promise<PayloadSet> {
  checkStdin(...files, ...slurm);
  const { seed } = io;
  const union = createPayloadSet({}, { seed });
  for (const file of files) {
    const text = await readText(file, io, undefined, notRelationships);
    const { aspas, problems } = inFile(file, () =>
      readAsRelationships(text, asRel === '1' ? 1 : -1, { strict, seed }),
    );
    unitePayloads(union, createPayloadSet({ aspas }, { seed }));
    const faults = createInputProblems(io);
    for (const { code, message, index } of problems.listed)
      await faults.tell(file, { code, message, place: `line ${index}` }, 'record');
    faults.count(file, 'record', problems.count - problems.listed.length);
    await faults.end();
  }
  return slurm.length > 0 ? applySlurm(union, await loadSlurm(slurm, io), seed) : union;
}
