import { NO_EXCEPTIONS, type Slurm } from './slurm.js';
import { partOf } from './slurm-kind.js';
import { SLURM_ROWS } from './slurm-kinds.js';

/**
 * The union of several SLURM files (RFC 8416 §4.2). Files whose scopes overlap are refused as a whole set: 1. an address
 * lies in a prefix of two files, 2. an ASN is used for router keys in two files, and by extension a customer AS for
 * ASPAs (docs/decisions/rpki-files.md D-slurm-aspa-overlap). Overlaps inside one file are none of these.
 * `seed` is that of the tables in which they are sought.
 *
 * @throws {DecodeError} `slurm-overlap` naming the files by their index.
 */
export function mergeSlurm(files: readonly Slurm[], seed?: number): Slurm {
  for (const row of SLURM_ROWS)
    row.refuseOverlap(
      files.map((file) => partOf(file, row)),
      seed,
    );
  const names = Object.keys(NO_EXCEPTIONS) as (keyof Slurm)[];
  return Object.fromEntries(
    names.map((name) => [name, files.flatMap((file) => file[name])]),
  ) as unknown as Slurm;
}
