import { DecodeError } from '../../bytes/index.js';
import { parseStrictJson } from '../json/strict-json.js';
import { NO_EXCEPTIONS, type Slurm } from './slurm.js';
import { SLURM_ROWS } from './slurm-kinds.js';
import { readItems, readObject } from './slurm-object.js';

/**
 * Reads a SLURM file of version 1 (RFC 8416) or 2 (with ASPA). Any deviation is an error (RFC 8416 §3.1), and an error
 * refuses the whole file, because its effect is atomic (§4.1).
 *
 * @throws {DecodeError} with the code of what is wrong and its place as the field.
 */
export function readSlurm(text: string): Slurm {
  // RFC 8416 §3.2: the three members of the file, and exactly two in each of the objects (and the ASPA ones from 2 on;
  // docs/decisions/rpki-files.md D-slurm-v1-aspa).
  const file = readObject(parseStrictJson(text), 'slurm', [
    'slurmVersion',
    'validationOutputFilters',
    'locallyAddedAssertions',
  ]);
  const version = file.slurmVersion;
  if (version !== 1 && version !== 2) {
    throw new DecodeError('slurm-version', 'slurmVersion is the number 1 or 2', { field: 'slurmVersion' });
  }
  const lists = { ...NO_EXCEPTIONS } as { -readonly [M in keyof Slurm]: unknown[] };
  const [filtersAt, assertionsAt] = ['validationOutputFilters', 'locallyAddedAssertions'];
  const named = (list: 'filters' | 'assertions', since: 1 | 2): string[] =>
    SLURM_ROWS.filter((row) => row.since === since).map((row) => row[list]);
  const later = (list: 'filters' | 'assertions'): string[] => (version === 2 ? named(list, 2) : []);
  const filters = readObject(file[filtersAt], filtersAt, named('filters', 1), later('filters'));
  const assertions = readObject(
    file[assertionsAt],
    assertionsAt,
    named('assertions', 1),
    later('assertions'),
  );
  for (const row of SLURM_ROWS) {
    lists[row.filters] = readItems(filters[row.filters], row.filters, row.readFilter);
  }
  for (const row of SLURM_ROWS) {
    lists[row.assertions] = readItems(assertions[row.assertions], row.assertions, row.readAssertion);
  }
  return lists as Slurm;
}
