import { DecodeError } from '../../bytes/index.js';
import { type Asn, isAsn } from '../../inet/index.js';
import { isJsonObject, type JsonObject } from '../json/members.js';
import type { SlurmPart } from './slurm-kind.js';

/**
 * The object at `field` with the members `required` and maybe some of `optional`, and no others: a member that is not
 * defined is an error (RFC 8416 §3.1).
 *
 * @throws {DecodeError} `slurm-syntax`, `slurm-unknown-member` or `slurm-missing-member`.
 */
export function readObject(
  value: unknown,
  field: string,
  required: readonly string[],
  optional: readonly string[] = [],
): JsonObject {
  if (!isJsonObject(value)) throw new DecodeError('slurm-syntax', 'expected an object', { field });
  for (const name of Object.keys(value)) {
    if (!required.includes(name) && !optional.includes(name)) {
      throw new DecodeError('slurm-unknown-member', `${JSON.stringify(name.slice(0, 60))} is not defined`, {
        field,
      });
    }
  }
  for (const name of required) {
    if (value[name] === undefined) {
      throw new DecodeError('slurm-missing-member', `${JSON.stringify(name)} is missing`, { field });
    }
  }
  return value;
}

/** The items of the array at `field`, each read by `read`; absent is empty. Throws `slurm-syntax`. */
export function readItems<T>(value: unknown, field: string, read: (item: unknown, field: string) => T): T[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new DecodeError('slurm-syntax', 'expected an array', { field });
  return value.map((item, index) => read(item, `${field}[${index}]`));
}

/** An ASN, in SLURM always a number (RFC 8416 §3.3.1 and on). Throws `asn-syntax` or `asn-range`. */
export function readNumberAsn(value: unknown, field: string): Asn {
  if (isAsn(value)) return value;
  if (typeof value !== 'number')
    throw new DecodeError('asn-syntax', 'an ASN is a number in SLURM', { field });
  throw new DecodeError('asn-range', `${value} is not an ASN (0..4294967295)`, { field });
}

/** The optional comment of an item, as a part of the result. Throws `slurm-syntax` when it is no text. */
export function commentOf(item: JsonObject, field: string): { comment?: string } {
  const { comment } = item;
  if (comment === undefined) return {};
  if (typeof comment !== 'string') throw new DecodeError('slurm-syntax', 'a comment is a text', { field });
  return { comment };
}

/** For a filter without any criterion, which would remove everything. Throws `slurm-empty-filter`. */
export function requireCriterion(filter: object, field: string): void {
  if (Object.keys(filter).every((name) => name === 'comment')) {
    throw new DecodeError('slurm-empty-filter', 'a filter needs a criterion', { field });
  }
}

/**
 * Refuses files of which two name the same ASN (RFC 8416 §4.2, 2.). Inside one file that is no overlap.
 *
 * @throws {DecodeError} `slurm-overlap` naming the files by their index.
 */
export function refuseShared<F, A>(
  files: readonly SlurmPart<F, A>[],
  asnOf: (item: F | A) => Asn | undefined,
  what: string,
): void {
  const claims = new Map<Asn, number>();
  for (const [file, { filters, assertions }] of files.entries()) {
    for (const item of [...assertions, ...filters]) {
      const asn = asnOf(item);
      if (asn === undefined) continue;
      const other = claims.get(asn);
      if (other !== undefined && other !== file) {
        throw new DecodeError('slurm-overlap', `${what} of AS ${asn} in both`, {
          field: `files ${other} and ${file}`,
        });
      }
      claims.set(asn, file);
    }
  }
}
