import { DecodeError } from '../../bytes/index.js';
import { type Asn, addressLength, formatPrefix, type Prefix } from '../../inet/index.js';
import { createVrpStore, type VrpStore } from '../../payload/index.js';
import type { Slurm } from './slurm.js';

/**
 * The union of several SLURM files (RFC 8416 §4.2). Files whose scopes overlap are refused as a whole set: 1. an address
 * lies in a prefix of two files, 2. an ASN is used for router keys in two files, and by extension a customer AS for
 * ASPAs (docs/decisions/rpki-files.md D-slurm-aspa-overlap). Overlaps inside one file are none of these.
 *
 * @throws {DecodeError} `slurm-overlap` naming the files by their index.
 */
export function mergeSlurm(files: readonly Slurm[]): Slurm {
  const prefixes = createVrpStore();
  const keyAsns = new Map<Asn, number>();
  const customers = new Map<Asn, number>();
  for (const [index, file] of files.entries()) {
    const own = prefixesOf(file);
    const ownStore = createVrpStore(own.map((prefix) => entryOf(prefix, index)));
    for (const prefix of own) refuseCovered(prefixes, prefix, index);
    for (const { prefix, asn } of prefixes) if (asn !== index) refuseCovered(ownStore, prefix, asn);
    for (const prefix of own) prefixes.announce(entryOf(prefix, index));
    const keys = [...file.bgpsecAssertions, ...file.bgpsecFilters].map(({ asn }) => asn);
    claim(keyAsns, keys, index, 'router keys');
    const aspas = [...file.aspaAssertions, ...file.aspaFilters].map(({ customer }) => customer);
    claim(customers, aspas, index, 'ASPAs');
  }
  return {
    prefixFilters: files.flatMap((file) => file.prefixFilters),
    bgpsecFilters: files.flatMap((file) => file.bgpsecFilters),
    aspaFilters: files.flatMap((file) => file.aspaFilters),
    prefixAssertions: files.flatMap((file) => file.prefixAssertions),
    bgpsecAssertions: files.flatMap((file) => file.bgpsecAssertions),
    aspaAssertions: files.flatMap((file) => file.aspaAssertions),
  };
}

function prefixesOf(file: Slurm): Prefix[] {
  const filtered = file.prefixFilters.flatMap(({ prefix }) => (prefix ? [prefix] : []));
  return [...file.prefixAssertions.map(({ prefix }) => prefix), ...filtered];
}

/** The prefix in a store; its ASN is the number of the file. */
function entryOf(prefix: Prefix, file: number): { prefix: Prefix; maxLength: number; asn: number } {
  return { prefix, maxLength: 8 * addressLength(prefix.afi), asn: file };
}

function refuseCovered(others: VrpStore, prefix: Prefix, file: number): void {
  const [other] = others.covering(prefix);
  if (!other) return;
  const [a, b] = [formatPrefix(prefix), formatPrefix(other.prefix)];
  throw new DecodeError('slurm-overlap', `${a} and ${b} overlap`, {
    field: `files ${file} and ${other.asn}`,
  });
}

function claim(claims: Map<Asn, number>, asns: Iterable<Asn | undefined>, file: number, what: string): void {
  for (const asn of asns) {
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
