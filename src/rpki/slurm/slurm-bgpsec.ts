import { DecodeError, toHex } from '../../bytes/index.js';
import type { Asn } from '../../inet/index.js';
import { type RouterKey, SKI_LENGTH } from '../../payload/index.js';
import { fromBase64, toBase64Url } from '../octet-text.js';
import type { BgpsecAssertion, BgpsecFilter } from './slurm.js';
import type { SlurmKind } from './slurm-kind.js';
import { commentOf, readNumberAsn, readObject, refuseShared, requireCriterion } from './slurm-object.js';

/** Router keys in SLURM (RFC 8416 §3.3.2, §3.4.2). */
export const BGPSEC_SLURM: SlurmKind<RouterKey, BgpsecFilter, BgpsecAssertion> = {
  since: 1,
  filters: 'bgpsecFilters',
  assertions: 'bgpsecAssertions',
  readFilter: readBgpsecFilter,
  readAssertion: readBgpsecAssertion,
  filterMembers: ({ asn, ski, comment }) => ({ asn, SKI: ski && toBase64Url(ski), comment }),
  assertionMembers: bgpsecMembers,
  createFilter: (filters) => {
    const isFiltered = createKeyTest(filters);
    return (key) => (isFiltered(key) ? undefined : key);
  },
  payloadOf: ({ asn, ski, spki }) => ({ asn, ski, spki }),
  assertionOf: ({ asn, ski, spki }) => ({ asn, ski, spki }),
  refuseOverlap: (files) => refuseShared(files, ({ asn }) => asn, 'router keys'),
};

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

function bgpsecMembers({ asn, ski, spki, comment }: BgpsecAssertion): object {
  return { asn, SKI: toBase64Url(ski), routerPublicKey: toBase64Url(spki), comment };
}

/** The BGPsec filters as one test of a router key: every member of a filter must match (RFC 8416 §3.3.2). */
function createKeyTest(filters: readonly BgpsecFilter[]): (key: RouterKey) => boolean {
  const nameOf = (asn: Asn | undefined, ski: Uint8Array | undefined): string => {
    return `${asn ?? ''}/${ski ? toHex(ski) : ''}`;
  };
  const names = new Set(filters.map(({ asn, ski }) => nameOf(asn, ski)));
  return ({ asn, ski }) => {
    return (
      names.size > 0 &&
      [nameOf(asn, ski), nameOf(asn, undefined), nameOf(undefined, ski)].some((name) => names.has(name))
    );
  };
}
