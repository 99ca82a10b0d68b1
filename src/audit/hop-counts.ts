import type { HopCount } from './report.js';
import { type Rows, rowsOf } from './rows.js';

/**
 * Calls `hop` for every hop that decided, with the routes of its path.
 *
 * Hops are counted by sorting them, in packed arrays: with every path a peer can bring hops of its own.
 */
type EachHop = (hop: (customer: number, provider: number, routes: number) => void) => void;

/** How many invalid paths and routes each hop decided; most routes first, then by customer and provider. */
export function countHops(total: number, each: EachHop): Rows<HopCount> {
  const { customers, providers } = distinct(total, each);
  const paths = new Uint32Array(customers.length);
  const routes = new Float64Array(customers.length);
  each((customer, provider, count) => {
    const at = find(customers, providers, customer, provider);
    paths[at] = (paths[at] as number) + 1;
    routes[at] = (routes[at] as number) + count;
  });
  const order = new Uint32Array(customers.length).map((_, i) => i);
  order.sort((a, b) => (routes[b] as number) - (routes[a] as number) || a - b);
  return rowsOf(order.length, (i) => {
    const at = order[i] as number;
    return {
      customer: customers[at] as number,
      provider: providers[at] as number,
      paths: paths[at] as number,
      routes: routes[at] as number,
    };
  });
}

/** The hops, each once, by customer and provider ascending. */
function distinct(total: number, each: EachHop): { customers: Uint32Array; providers: Uint32Array } {
  const keys = new BigUint64Array(total);
  let count = 0;
  each((customer, provider) => {
    keys[count++] = (BigInt(customer) << 32n) | BigInt(provider);
  });
  keys.sort();
  const customers = new Uint32Array(total);
  const providers = new Uint32Array(total);
  let size = 0;
  let last = -1n;
  for (const key of keys) {
    if (key === last) continue;
    last = key;
    customers[size] = Number(key >> 32n);
    providers[size++] = Number(key & 0xffffffffn);
  }
  return { customers: customers.slice(0, size), providers: providers.slice(0, size) };
}

function find(customers: Uint32Array, providers: Uint32Array, customer: number, provider: number): number {
  let low = 0;
  let high = customers.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const before = (customers[middle] as number) - customer || (providers[middle] as number) - provider;
    if (before < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
