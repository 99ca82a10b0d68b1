import { DecodeError } from '../../bytes/index.js';
import type { Asn } from '../../inet/index.js';
import type { AspaPayload } from '../../payload/index.js';
import { readProviders } from '../json/aspa-record.js';
import { isJsonObject, oneOf } from '../json/members.js';
import type { AspaAssertion, AspaFilter } from './slurm.js';
import type { SlurmKind } from './slurm-kind.js';
import { commentOf, readNumberAsn, readObject, refuseShared, requireCriterion } from './slurm-object.js';

// The names of ASPA members are not settled: revisions of the draft, Routinator and rpstir2 differ, even between filter and
// assertion of one file. All spellings stand here; the first of each line is the one that is written, that of the draft
// (docs/decisions/rpki-files.md D-slurm-aspa-names).
const CUSTOMER = ['customerAsn', 'customerAsid', 'customerASID'];
const PROVIDERS = ['providerAsns', 'providers'];
const PROVIDER = ['providerAsn', 'providerAsid'];
const LIMIT = ['afiLimit', 'addressFamily'];

/**
 * ASPAs in SLURM. What is left of a customer and what is asserted of it become one in the set that takes both; files may
 * not share a customer (docs/decisions/rpki-files.md D-slurm-aspa-overlap).
 */
export const ASPA_SLURM: SlurmKind<AspaPayload, AspaFilter, AspaAssertion> = {
  since: 2,
  filters: 'aspaFilters',
  assertions: 'aspaAssertions',
  readFilter: readAspaFilter,
  readAssertion: readAspaAssertion,
  filterMembers: ({ customer, providers, comment }) => {
    return { customerAsn: customer, providerAsns: providers, comment };
  },
  assertionMembers: aspaMembers,
  createFilter: createAspaFilter,
  payloadOf: ({ comment: _, ...aspa }) => aspa,
  assertionOf: ({ customer, providers }) => ({ customer, providers }),
  refuseOverlap: (files) => refuseShared(files, ({ customer }) => customer, 'ASPAs'),
};

/** One item of `aspaFilters`. */
function readAspaFilter(value: unknown, field: string): AspaFilter {
  const item = readObject(value, field, [], [...CUSTOMER, ...PROVIDERS, 'comment']);
  const customer = oneOf(item, CUSTOMER);
  const providers = oneOf(item, PROVIDERS);
  const filter = {
    ...(customer === undefined ? {} : { customer: readCustomer(customer, field) }),
    ...(providers === undefined ? {} : { providers: readProviderList(providers, field).providers }),
    ...commentOf(item, field),
  };
  requireCriterion(filter, field);
  return filter;
}

/** One item of `aspaAssertions`. */
function readAspaAssertion(value: unknown, field: string): AspaAssertion {
  const item = readObject(value, field, [], [...CUSTOMER, ...PROVIDERS, 'comment']);
  const customer = readCustomer(oneOf(item, CUSTOMER), field);
  const { providers, afiLimits } = readProviderList(oneOf(item, PROVIDERS), field);
  return { customer, providers, ...(afiLimits.size > 0 ? { afiLimits } : {}), ...commentOf(item, field) };
}

function readCustomer(value: unknown, field: string): Asn {
  const customer = readNumberAsn(value, `${field}.${CUSTOMER[0]}`);
  if (customer !== 0) return customer;
  throw new DecodeError('aspa-customer-zero', 'AS 0 cannot be a customer', { field });
}

function readProviderList(value: unknown, field: string): ReturnType<typeof readProviders> {
  if (!Array.isArray(value) || value.length === 0) {
    throw new DecodeError('aspa-no-providers', 'providers are an array of at least one', { field });
  }
  for (const [index, item] of value.entries()) {
    const at = `${field}.${PROVIDERS[0]}[${index}]`;
    const object = isJsonObject(item) ? readObject(item, at, [], [...PROVIDER, ...LIMIT]) : undefined;
    readNumberAsn(object ? oneOf(object, PROVIDER) : item, at);
  }
  return readProviders(value);
}

function aspaMembers({ customer, providers, comment }: AspaAssertion): object {
  return { customerAsn: customer, providerAsns: providers, comment };
}

/**
 * What the ASPA filters leave of a payload; undefined when nothing (docs/decisions/rpki-files.md D-slurm-aspa-filter).
 */
function createAspaFilter(filters: readonly AspaFilter[]): (aspa: AspaPayload) => AspaPayload | undefined {
  const customers = new Set<Asn>();
  const fromAll = new Set<Asn>();
  const fromOne = new Map<Asn, Set<Asn>>();
  for (const { customer, providers } of filters) {
    if (customer === undefined) {
      for (const provider of providers ?? []) fromAll.add(provider);
    } else if (providers === undefined) {
      customers.add(customer);
    } else {
      const known = fromOne.get(customer);
      if (known) for (const provider of providers) known.add(provider);
      else fromOne.set(customer, new Set(providers));
    }
  }
  return (aspa) => {
    if (customers.has(aspa.customer)) return undefined;
    const own = fromOne.get(aspa.customer);
    const providers = aspa.providers.filter((provider) => !fromAll.has(provider) && !own?.has(provider));
    return providers.length > 0 ? { ...aspa, providers } : undefined;
  };
}
