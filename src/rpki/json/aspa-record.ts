import { DecodeError } from '../../bytes/index.js';
import { AFI_IPV4, AFI_IPV6, type Afi, type Asn, distinctAsns, isAsn, parseAsn } from '../../inet/index.js';
import type { AspaPayload } from '../../payload/index.js';
import type { JsonKind } from './json-row.js';
import { isJsonObject, type JsonObject, oneOf, readExpires, readTa } from './members.js';
import { readSourceExpiry } from './source-expiry.js';
import { createSpellingCheck, EXPIRES_ALIKE } from './spellings.js';

/** The spellings in circulation of the members of an ASPA, SLURM among them. */
const CUSTOMER_NAMES = ['customer_asid', 'customer', 'customerAsid', 'customerAsn', 'customer_asn'];
const PROVIDERS_NAMES = ['providers', 'provider_asids', 'providerAsns', 'provider_set'];
const PROVIDER_NAMES = ['asid', 'provider_asid', 'providerAsid', 'providerAsn'];
const LIMIT_NAMES = ['afi_limit', 'afiLimit', 'addressFamily'];

const checkSpellings = createSpellingCheck({
  read: [CUSTOMER_NAMES, PROVIDERS_NAMES, ['afi'], ['expires'], ['source'], ['ta']],
  alike: {
    ...EXPIRES_ALIKE,
    customeras: 'customer_asid',
    provideras: 'providers',
    provideraslist: 'providers',
  },
});
const checkProvider = createSpellingCheck({
  read: [PROVIDER_NAMES, LIMIT_NAMES],
  alike: { asn: 'asid', provideras: 'asid', afi: 'afi_limit' },
});

/**
 * An ASPA as a JSON object, in any spelling. `limit` is the family of the list it stands in, where that is of one.
 *
 * @throws {DecodeError} with a code for the member that is wrong.
 */
export function readAspa(record: JsonObject, limit?: Afi): AspaPayload {
  checkSpellings(record);
  const customer = parseAsn(oneOf(record, CUSTOMER_NAMES), 'customer');
  if (customer === 0)
    throw new DecodeError('aspa-customer-zero', 'AS 0 cannot be a customer', { field: 'customer' });
  const list = oneOf(record, PROVIDERS_NAMES);
  if (!Array.isArray(list)) {
    throw new DecodeError('aspa-providers-syntax', 'providers are an array', { field: 'providers' });
  }
  if (list.length === 0) {
    throw new DecodeError('aspa-no-providers', 'an ASPA lists at least one provider', { field: 'providers' });
  }
  const all = limit ?? readAfi(record.afi, 'afi');
  const { providers, afiLimits } = readProviders(list, all);
  const expires =
    record.source === undefined ? readExpires(record.expires) : readSourceExpiry(record.source, 'first');
  const ta = readTa(record.ta);
  return {
    customer,
    providers,
    ...(afiLimits.size > 0 ? { afiLimits } : {}),
    ...(expires === undefined ? {} : { expires }),
    ...(ta === undefined ? {} : { ta }),
  };
}

/** Providers as numbers, texts or objects with a number and maybe a family; `all` limits every one. */
export function readProviders(
  list: readonly unknown[],
  all?: Afi,
): { providers: Asn[]; afiLimits: Map<Asn, Afi> } {
  if (all === undefined && list.every(isAsn)) return { providers: distinctAsns(list), afiLimits: new Map() };
  const mentions = list.map((item) => {
    const object = isJsonObject(item);
    if (object) checkProvider(item);
    const number = object ? oneOf(item, PROVIDER_NAMES) : item;
    const asn = isAsn(number) ? number : parseAsn(number, 'providers');
    const limit = (object ? readAfi(oneOf(item, LIMIT_NAMES), 'afi_limit') : undefined) ?? all;
    return { asn, limit };
  });
  const providers = distinctAsns(mentions.map(({ asn }) => asn));
  const limited = mentions.filter(({ limit }) => limit !== undefined);
  if (limited.length === 0) return { providers, afiLimits: new Map() };
  // A provider is limited when every mention of it is, and to the same family.
  const afiLimits = new Map<Asn, Afi>();
  for (const { asn, limit } of limited) if (limit !== undefined) afiLimits.set(asn, limit);
  for (const { asn, limit } of mentions) if (afiLimits.get(asn) !== limit) afiLimits.delete(asn);
  return { providers, afiLimits };
}

/** An address family as text or number; undefined for none or "any". */
function readAfi(value: unknown, field: string): Afi | undefined {
  const name = typeof value === 'string' ? value.toLowerCase() : value;
  if (name === undefined || name === 'any') return undefined;
  if (name === 'ipv4' || name === AFI_IPV4) return AFI_IPV4;
  if (name === 'ipv6' || name === AFI_IPV6) return AFI_IPV6;
  throw new DecodeError('afi-syntax', 'an address family is "ipv4" or "ipv6"', { field });
}

/** ASPAs in the JSON of relying parties. NON-SPEC: dialects of rpki-client and Routinator. */
export const ASPA_JSON: JsonKind<AspaPayload> = {
  lists: ['aspas'],
  alike: { vaps: 'aspas', aspa: 'aspas' },
  known: CUSTOMER_NAMES,
  routinatorOnly: { member: 'customer' },
  read: (record) => readAspa(record),
  rpkiClient: {
    list: 'aspas',
    record: ({ customer, expires, providers }) => ({ customer_asid: customer, expires, providers }),
  },
  routinator: {
    list: 'aspas',
    record: ({ customer, providers, ta = 'N/A' }) => {
      return { customer: `AS${customer}`, providers: providers.map((asn) => `AS${asn}`), ta };
    },
  },
};
