import { DecodeError } from '../../bytes/index.js';
import { type Asn, addressLength, formatPrefix, type Prefix, parsePrefix } from '../../inet/index.js';
import { createVrpStore, type Vrp, type VrpStore } from '../../payload/index.js';
import { readMaxLength } from '../json/max-length.js';
import type { PrefixAssertion, PrefixFilter } from './slurm.js';
import type { SlurmKind, SlurmPart } from './slurm-kind.js';
import { commentOf, readNumberAsn, readObject, requireCriterion } from './slurm-object.js';

/** VRPs in SLURM (RFC 8416 §3.3.1, §3.4.1). */
export const PREFIX_SLURM: SlurmKind<Vrp, PrefixFilter, PrefixAssertion> = {
  since: 1,
  filters: 'prefixFilters',
  assertions: 'prefixAssertions',
  readFilter: readPrefixFilter,
  readAssertion: readPrefixAssertion,
  filterMembers: ({ prefix, asn, comment }) => ({ prefix: prefix && formatPrefix(prefix), asn, comment }),
  assertionMembers: prefixMembers,
  createFilter: (filters, seed) => {
    const isFiltered = createPrefixTest(filters, seed);
    return (vrp) => (isFiltered(vrp) ? undefined : vrp);
  },
  payloadOf: ({ prefix, asn, maxLength = prefix.length }) => ({ prefix, maxLength, asn }),
  assertionOf: prefixAssertion,
  refuseOverlap,
};

/** RFC 8416 §3.3.1. */
function readPrefixFilter(value: unknown, field: string): PrefixFilter {
  const item = readObject(value, field, [], ['prefix', 'asn', 'comment']);
  const filter = {
    ...(item.prefix === undefined ? {} : { prefix: readPrefixText(item.prefix, `${field}.prefix`) }),
    ...(item.asn === undefined ? {} : { asn: readNumberAsn(item.asn, `${field}.asn`) }),
    ...commentOf(item, field),
  };
  requireCriterion(filter, field);
  return filter;
}

/** RFC 8416 §3.4.1. */
function readPrefixAssertion(value: unknown, field: string): PrefixAssertion {
  const item = readObject(value, field, ['asn', 'prefix'], ['maxPrefixLength', 'comment']);
  const prefix = readPrefixText(item.prefix, `${field}.prefix`);
  const asn = readNumberAsn(item.asn, `${field}.asn`);
  const longest = item.maxPrefixLength;
  return {
    prefix,
    asn,
    ...(longest === undefined
      ? {}
      : { maxLength: readMaxLength(longest, prefix, `${field}.maxPrefixLength`) }),
    ...commentOf(item, field),
  };
}

function readPrefixText(value: unknown, field: string): Prefix {
  if (typeof value !== 'string') throw new DecodeError('prefix-syntax', 'a prefix is a text', { field });
  return parsePrefix(value, field);
}

function prefixMembers({ prefix, asn, maxLength, comment }: PrefixAssertion): object {
  return { asn, prefix: formatPrefix(prefix), maxPrefixLength: maxLength, comment };
}

function prefixAssertion({ prefix, maxLength, asn }: Vrp): PrefixAssertion {
  return { prefix, asn, ...(maxLength === prefix.length ? {} : { maxLength }) };
}

/**
 * The prefix filters as one test of a VRP (RFC 8416 §3.3.1). Prefixes go into packed stores, so that the time for a VRP
 * does not grow with the number of filters.
 */
function createPrefixTest(filters: Iterable<PrefixFilter>, seed?: number): (vrp: Vrp) => boolean {
  const asns = new Set<Asn>(); // case 2: only an ASN
  const prefixes = createVrpStore([], { seed }); // case 1: only a prefix (the ASN of the entry means nothing)
  const both = createVrpStore([], { seed }); // case 3
  for (const { prefix, asn } of filters) {
    if (!prefix) {
      if (asn !== undefined) asns.add(asn);
      continue;
    }
    const entry = { prefix, maxLength: 8 * addressLength(prefix.afi), asn: asn ?? 0 };
    (asn === undefined ? prefixes : both).announce(entry);
  }
  return ({ prefix, asn }) => {
    if (asns.has(asn)) return true;
    if (prefixes.family(prefix.afi).longestCovering(prefix.octets, prefix.length) >= 0) return true;
    const arena = both.family(prefix.afi);
    const bits = 8 * addressLength(prefix.afi);
    let head = arena.longestCovering(prefix.octets, prefix.length);
    while (head >= 0) {
      const length = arena.length(head);
      if (arena.find(prefix.octets, length, bits, asn) >= 0) return true;
      head = arena.longestCovering(prefix.octets, length - 1);
    }
    return false;
  };
}

/** An address may lie in the prefixes of one file only (§4.2, 1.). */
function refuseOverlap(files: readonly SlurmPart<PrefixFilter, PrefixAssertion>[], seed?: number): void {
  const prefixes = createVrpStore([], { seed });
  for (const [index, file] of files.entries()) {
    const own = prefixesOf(file);
    const ownStore = createVrpStore(
      own.map((prefix) => entryOf(prefix, index)),
      { seed },
    );
    for (const prefix of own) refuseCovered(prefixes, prefix, index);
    for (const { prefix, asn } of prefixes) if (asn !== index) refuseCovered(ownStore, prefix, asn);
    for (const prefix of own) prefixes.announce(entryOf(prefix, index));
  }
}

function prefixesOf({ filters, assertions }: SlurmPart<PrefixFilter, PrefixAssertion>): Prefix[] {
  const filtered = filters.flatMap(({ prefix }) => (prefix ? [prefix] : []));
  return [...assertions.map(({ prefix }) => prefix), ...filtered];
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
