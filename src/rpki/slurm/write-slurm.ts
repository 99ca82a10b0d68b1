import type { PayloadSet } from '../../payload/index.js';
import { storeIn } from '../../payload/index.js';
import { NO_EXCEPTIONS, type Slurm } from './slurm.js';
import { partOf } from './slurm-kind.js';
import { type NamedSlurmKind, SLURM_ROWS } from './slurm-kinds.js';

/**
 * A SLURM file in the order of the value: version 1 when it says nothing of ASPAs, else version 2 with the members that
 * Routinator and rpki-rs know, and no others. RFC 8416 §3.
 */
export function writeSlurm(slurm: Slurm): string {
  const used = SLURM_ROWS.filter((row) => {
    const { filters, assertions } = partOf(slurm, row);
    return filters.length + assertions.length > 0;
  });
  const { version, rows } = versionFor(used);
  const file = {
    slurmVersion: version,
    validationOutputFilters: Object.fromEntries(
      rows.map((row) => [row.filters, partOf(slurm, row).filters.map(row.filterMembers)]),
    ),
    locallyAddedAssertions: Object.fromEntries(
      rows.map((row) => [row.assertions, partOf(slurm, row).assertions.map(row.assertionMembers)]),
    ),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** The lowest version that has the lists in use, and all the lists that it has. */
function versionFor(used: readonly NamedSlurmKind[]): { version: 1 | 2; rows: readonly NamedSlurmKind[] } {
  const version = used.some(({ since }) => since === 2) ? 2 : 1;
  return { version, rows: SLURM_ROWS.filter(({ since }) => since <= version) };
}

/** The text of `writeSlurm(slurmOfPayloads(payloads))` (RFC 8416 §3) in pieces, made one assertion at a time. */
export function* slurmPieces(payloads: PayloadSet): IterableIterator<string> {
  const { version, rows } = versionFor(SLURM_ROWS.filter(({ kind }) => payloads[kind].size > 0));
  const empty = rows.map(({ filters }) => `    "${filters}": []`).join(',\n');
  yield `{\n  "slurmVersion": ${version},\n  "validationOutputFilters": {\n${empty}\n  },\n`;
  yield '  "locallyAddedAssertions": {\n';
  let separator = '';
  for (const row of rows) {
    yield separator;
    yield* members(row, storeIn(payloads, row.kind).sorted());
    separator = ',\n';
  }
  yield '\n  }\n}\n';
}

/** A list of the file, laid out as `JSON.stringify` does it. */
function* members(row: NamedSlurmKind, values: Iterable<unknown>): Generator<string> {
  let lead = '\n      ';
  yield `    "${row.assertions}": [`;
  for (const value of values) {
    const text = JSON.stringify(row.assertionMembers(row.assertionOf(value)), null, 2);
    yield lead + text.replaceAll('\n', '\n      ');
    lead = ',\n      ';
  }
  yield lead.startsWith(',') ? '\n    ]' : ']';
}

/** Payloads as assertions, ordered: a SLURM file that adds all of them and filters nothing. RFC 8416 §3.4. */
export function slurmOfPayloads(payloads: PayloadSet): Slurm {
  const lists = SLURM_ROWS.map((row) => [
    row.assertions,
    [...storeIn(payloads, row.kind).sorted()].map((value) => row.assertionOf(value)),
  ]);
  return { ...NO_EXCEPTIONS, ...Object.fromEntries(lists) };
}
