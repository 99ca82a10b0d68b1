import { createAspaTable, fastVerify } from '../../aspa/index.js';
import { createNobleEngine, parseEcdsaSigValue, routerPrivateKey } from '../../bgpsec/index.js';
import { AFI_IPV4, makePrefix, type Prefix } from '../../inet/index.js';
import { createRovTable, validateOrigin } from '../../rov/index.js';
import { seededRandom } from '../../tables/index.js';
import type { MeasuredName } from './measure-messages.js';
import type { Operation } from './rounds.js';

const VRPS = 100_000;
const ASPAS = 20_000;
/** Routes and paths that are judged in turn. */
const ROUTES = 4096;
const HASHED = 160;

/** What WebCrypto needs to verify the signature that noble verifies. */
export interface SignedOctets {
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly spki: Uint8Array<ArrayBuffer>;
  /** r and s, 32 octets each. */
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** A signature by a key that was made for it, and its verification in portable code, without tables of keys. */
export function portableVerification(): {
  readonly signed: SignedOctets;
  readonly operation: Operation<MeasuredName>;
} {
  const engine = createNobleEngine({ maxTables: 0 });
  const key = routerPrivateKey(new Uint8Array(32).fill(0x5a));
  const octets = new Uint8Array(HASHED).map((_, i) => i);
  const signature = engine.sign(key, octets);
  const value = parseEcdsaSigValue(signature);
  if (value === undefined) throw new TypeError('a signature of the engine is none');
  const raw = new Uint8Array(64);
  raw.set(value.r, 32 - value.r.length);
  raw.set(value.s, 64 - value.s.length);
  const run = (times: number): void => {
    for (let i = 0; i < times; i++) {
      if (!engine.verify(key.spki, octets, signature)) throw new TypeError('a good signature is refused');
    }
  };
  return {
    signed: { octets, spki: key.spki.slice(), signature: raw },
    operation: { name: 'P-256, noble', run },
  };
}

/** Origin validation of routes, half of them with a VRP, over a table of so many. */
export function originValidation(): Operation<MeasuredName> {
  const random = seededRandom(1);
  const vrps = Array.from({ length: VRPS }, () => ({
    prefix: prefix24(random),
    maxLength: 24,
    asn: 1 + Math.floor(random() * 60_000),
  }));
  const table = createRovTable(vrps);
  const routes = Array.from({ length: ROUTES }, (_, i) => {
    const vrp = vrps[(i * 7) % VRPS];
    return i % 2 === 0 && vrp ? { prefix: vrp.prefix, asn: vrp.asn } : { prefix: prefix24(random), asn: 1 };
  });
  let valid = 0;
  const run = (times: number): void => {
    for (let i = 0; i < times; i++) {
      const { asn, prefix } = routes[i % ROUTES] as { prefix: Prefix; asn: number };
      if (validateOrigin(table, prefix, asn) === 'valid') valid++;
    }
    if (valid === 0) throw new TypeError('no route is valid');
  };
  return { name: 'origin validation', run };
}

/** ASPA verification, both procedures, of paths of such lengths over a table of 20,000 ASPAs. */
export function aspaVerification(pathLengths: readonly number[]): Operation<MeasuredName> {
  const random = seededRandom(2);
  const customer = (): number => 1 + Math.floor(random() ** 3 * 60_000);
  const providers = new Map<number, number[]>();
  while (providers.size < ASPAS) {
    providers.set(1 + Math.floor(random() * 60_000), [
      1 + Math.floor(random() * 1000),
      2000 + Math.floor(random() * 9000),
    ]);
  }
  const table = createAspaTable(
    [...providers].map(([asn, list]) => ({ customer: asn, providers: list.filter((one) => one !== asn) })),
  );
  const starts: number[] = [0];
  const asns: number[] = [];
  for (let i = 0; i < ROUTES; i++) {
    const hops = lengthOf(pathLengths, random());
    for (let hop = 0; hop < hops; hop++) asns.push(customer());
    starts.push(asns.length);
  }
  const flat = Uint32Array.from(asns);
  let sum = 0;
  const run = (times: number): void => {
    for (let i = 0; i < times; i++) {
      const start = starts[i % ROUTES] as number;
      sum += fastVerify(table, flat, start, (starts[(i % ROUTES) + 1] as number) - start);
    }
    if (!Number.isFinite(sum)) throw new TypeError('no outcomes');
  };
  return { name: 'ASPA', run };
}

function prefix24(random: () => number): Prefix {
  const octet = (): number => Math.floor(random() * 256);
  return makePrefix(AFI_IPV4, Uint8Array.of(1 + Math.floor(random() * 223), octet(), octet(), 0), 24);
}

/** The number of hops at a place between 0 and 1 of their shares. */
function lengthOf(shares: readonly number[], place: number): number {
  let left = place * shares.reduce((sum, share) => sum + share, 0);
  for (const [i, share] of shares.entries()) {
    left -= share;
    if (left < 0) return i + 1;
  }
  return shares.length;
}
