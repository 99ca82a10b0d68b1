import { DecodeError } from '../../bytes/index.js';
import { type Prefix, parsePrefix } from '../../inet/index.js';
import { SKI_LENGTH } from '../../payload/index.js';
import { parseStrictJson } from '../json/strict-json.js';
import { readMaxLength } from '../json/vrp-record.js';
import { fromBase64 } from '../octet-text.js';
import type { BgpsecAssertion, BgpsecFilter, PrefixAssertion, PrefixFilter, Slurm } from './slurm.js';
import { readAspaAssertion, readAspaFilter } from './slurm-aspa.js';
import { commentOf, readItems, readNumberAsn, readObject, requireCriterion } from './slurm-object.js';

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
  const [filtersAt, assertionsAt] = ['validationOutputFilters', 'locallyAddedAssertions'];
  const filters = readObject(
    file[filtersAt],
    filtersAt,
    ['prefixFilters', 'bgpsecFilters'],
    version === 2 ? ['aspaFilters'] : [],
  );
  const assertions = readObject(
    file[assertionsAt],
    assertionsAt,
    ['prefixAssertions', 'bgpsecAssertions'],
    version === 2 ? ['aspaAssertions'] : [],
  );
  return {
    prefixFilters: readItems(filters.prefixFilters, 'prefixFilters', readPrefixFilter),
    bgpsecFilters: readItems(filters.bgpsecFilters, 'bgpsecFilters', readBgpsecFilter),
    aspaFilters: readItems(filters.aspaFilters, 'aspaFilters', readAspaFilter),
    prefixAssertions: readItems(assertions.prefixAssertions, 'prefixAssertions', readPrefixAssertion),
    bgpsecAssertions: readItems(assertions.bgpsecAssertions, 'bgpsecAssertions', readBgpsecAssertion),
    aspaAssertions: readItems(assertions.aspaAssertions, 'aspaAssertions', readAspaAssertion),
  };
}

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

/** RFC 8416 §3.3.2. */
function readBgpsecFilter(value: unknown, field: string): BgpsecFilter {
  const item = readObject(value, field, [], ['asn', 'SKI', 'comment']);
  const filter = {
    ...(item.asn === undefined ? {} : { asn: readNumberAsn(item.asn, `${field}.asn`) }),
    ...(item.SKI === undefined ? {} : { ski: readSlurmSki(item.SKI, `${field}.SKI`) }),
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

/** RFC 8416 §3.4.2. */
function readBgpsecAssertion(value: unknown, field: string): BgpsecAssertion {
  const item = readObject(value, field, ['asn', 'SKI', 'routerPublicKey'], ['comment']);
  const asn = readNumberAsn(item.asn, `${field}.asn`);
  if (asn === 0)
    throw new DecodeError('router-key-asn-zero', 'AS 0 has no routers', { field: `${field}.asn` });
  const ski = readSlurmSki(item.SKI, `${field}.SKI`);
  const spki = readOctets(item.routerPublicKey, `${field}.routerPublicKey`);
  if (spki.length === 0) throw new DecodeError('key-syntax', 'an empty key', { field });
  return { asn, ski, spki, ...commentOf(item, field) };
}

function readPrefixText(value: unknown, field: string): Prefix {
  if (typeof value !== 'string') throw new DecodeError('prefix-syntax', 'a prefix is a text', { field });
  return parsePrefix(value, field);
}

function readSlurmSki(value: unknown, field: string): Uint8Array {
  const ski = readOctets(value, field);
  if (ski.length === SKI_LENGTH) return ski;
  throw new DecodeError('ski-syntax', `an SKI has ${SKI_LENGTH} octets, not ${ski.length}`, { field });
}

/**
 * Base64url without padding, and the padded standard base64 that StayRTR wants (docs/decisions/rpki-files.md
 * D-slurm-base64).
 */
function readOctets(value: unknown, field: string): Uint8Array {
  if (typeof value !== 'string') throw new DecodeError('base64-syntax', 'expected a text', { field });
  return fromBase64(value, field);
}
