import type { AsPath } from '../../../../src/bgp/index.js';
import type { Fields, Json } from '../../../../src/conformance/vector.js';
import type { AspaPayload } from '../../../../src/payload/index.js';
import { aspas, neighbor, path } from '../../../aspa/notation.js';

// From the compact notation of the facts to the JSON of the requests.

const TYPES = ['', 'AS_SET', 'AS_SEQUENCE', 'AS_CONFED_SEQUENCE', 'AS_CONFED_SET'];

export function payloadsJson(payloads: readonly AspaPayload[]): Json {
  return payloads.map(({ customer, providers }) => ({ customer, providers: [...providers] }));
}

/** `1:{2,3} 2:{0}` */
export function aspasJson(text: string): Json {
  return payloadsJson(aspas(text));
}

/** The same, with the families to which an old profile limits some: customer, provider, AFI. */
export function limitedAspasJson(text: string, afiLimits: readonly (readonly number[])[]): Json {
  return aspas(text).map(({ customer, providers }): Fields => {
    const own = afiLimits.filter(([one]) => one === customer);
    const limits = own.map(([, provider = 0, afi = 0]) => ({ provider, afi }));
    return { customer, providers: [...providers], ...(limits.length > 0 && { afiLimits: limits }) };
  });
}

export function asPathJson(asPath: AsPath): Json {
  return asPath.map(({ type, asns }) => ({ type: TYPES[type] ?? '', asns: [...asns] }));
}

/** A path and its neighbour, `customer` or `rs AS9`, as the members of a request. */
export function pathFields(pathText: string, neighborText: string): Fields {
  const asPath = path(pathText);
  const { neighborAs, neighborRole } = neighbor(neighborText, asPath[0]?.asns[0]);
  return { asPath: asPathJson(asPath), neighborAs, neighborRole };
}

/** `verify 2 1 from customer`, `announce 1:{2}`, `hold a: 2 1 from customer`, ... */
export function stepJson(text: string): Json {
  const [name = '', ...words] = text.split(' ');
  const rest = words.join(' ');
  const [left = '', right = ''] = rest.split(' from ');
  switch (name) {
    case 'announce':
      return { announce: (aspasJson(rest) as readonly Json[])[0] ?? null };
    case 'withdraw':
      return { withdraw: { customer: Number(rest) } };
    case 'load':
      return { load: aspasJson(rest) };
    case 'verify':
      return { verify: pathFields(left, right) };
    case 'hold': {
      const [route = '', held = ''] = left.split(': ');
      return { hold: { route, ...pathFields(held, right) } };
    }
    case 'copy': {
      const [route = '', as = ''] = rest.split(' as ');
      return { copy: { route, as } };
    }
    case 'outcome':
      return { outcome: { route: rest } };
    default:
      throw new Error(`not a step: ${text}`);
  }
}
