import { type AspaTable, type AspaTableOptions, createAspaTable } from '../aspa/index.js';
import type { AsPath } from '../bgp/index.js';
import { createRouterKeys, type RouterKeyChange, type RouterKeys } from '../bgpsec/index.js';
import { AFI_IPV4, AFI_IPV6, type Asn, type Prefix, sayValue } from '../inet/index.js';
import { createVrpStore, type Payloads, type Vrp, type VrpStore } from '../payload/index.js';
import { createRovTable, type RovTable } from '../rov/index.js';
import { applyPayloadChanges, type ClientOutput, type PayloadChanges, vrpsOf } from '../rtr/index.js';
import { createNumberMap, SeededHash, type SeedOptions } from '../tables/index.js';

/** Where live tables take what is known at the start; an RTR client is one. */
export interface LiveSource {
  payloads(): Pick<Payloads, 'vrps' | 'aspas' | 'routerKeys'>;
}

/** What a change of payloads may have changed: which stored routes to judge again. Others keep their verdicts. */
export interface LiveChange {
  /** The prefixes of the VRPs that came or went: routes at and below them (RFC 6811 §4). Made as they are read. */
  readonly prefixes: Iterable<Prefix>;
  /** Those of them that no other covers, each once: between them they cover every route that the others cover. */
  readonly outermost: Iterable<Prefix>;
  /** Customers whose ASPA came, went or changed: routes with one of them in the path (draft-28 §5.3, §5.7). */
  readonly customers: Iterable<Asn>;
  /** Router keys that came or went, for `affected` of a revalidation index (RFC 8205 §5). */
  readonly routerKeys: readonly RouterKeyChange[];
  /** Whether origin validation of a route to `prefix` may have another result now. */
  affectsPrefix(prefix: Prefix): boolean;
  /** Whether ASPA verification of the path may have another result now. */
  affectsPath(asPath: AsPath): boolean;
}

/** The tables of the three verifiers, kept in step with an RTR cache. */
export interface LiveTables {
  readonly vrps: RovTable;
  readonly aspas: AspaTable;
  readonly routerKeys: RouterKeys;
  /** Takes what the client puts out, of any kind; what it changed, `undefined` where payloads stayed as they were. */
  follow(output: ClientOutput): LiveChange | undefined;
  /** Carries changes out that come another way, as from a union of caches. */
  apply(changes: PayloadChanges): LiveChange;
}

/**
 * Tables with the payloads that `client` holds now, to be told of each of its outputs from now on. No I/O, no clock:
 * whoever moves the client calls `follow`.
 *
 * @throws {TypeError} for a client that has no payloads; {@link RangeError} for a `maxProviders` that is none.
 */
export function createLiveTables(client: LiveSource, options: AspaTableOptions = {}): LiveTables {
  if (typeof (client as Partial<LiveSource> | null | undefined)?.payloads !== 'function') {
    throw new TypeError(`the client is ${sayValue(client)}, not what createRtrClient made`);
  }
  const held = client.payloads();
  const vrps = createRovTable(held.vrps, { seed: options.seed });
  const aspas = createAspaTable(held.aspas, options);
  const routerKeys = createRouterKeys(held.routerKeys, { seed: options.seed });
  const apply = (changes: PayloadChanges): LiveChange => {
    const keys: RouterKeyChange[] = [];
    const noteKeys = (change: 'announce' | 'withdraw') => (key: Parameters<RouterKeys['announce']>[0]) => {
      if (!routerKeys[change](key)) return false;
      keys.push('asn' in key ? { min: key.asn, max: key.asn, ski: key.ski } : key);
      return true;
    };
    const noted = { announce: noteKeys('announce'), withdraw: noteKeys('withdraw') };
    applyPayloadChanges({ vrps, aspas, routerKeys: noted }, changes);
    return changeOf(changes, keys, options);
  };
  return {
    vrps,
    aspas,
    routerKeys,
    apply,
    follow: (output) =>
      output.kind === 'update' || output.kind === 'flush' ? apply(output.changes) : undefined,
  };
}

function changeOf(
  changes: PayloadChanges,
  routerKeys: readonly RouterKeyChange[],
  { seed }: SeedOptions,
): LiveChange {
  const customers = createNumberMap<true>(new SeededHash(seed));
  for (const { customer } of changes.aspas) customers.set(customer, true);
  let made: VrpStore | undefined;
  const covering = (): VrpStore => {
    made ??= createVrpStore(changedVrps(changes), { seed }); // when first asked
    return made;
  };
  return {
    prefixes: { [Symbol.iterator]: () => prefixesOf(changes) },
    outermost: { [Symbol.iterator]: () => outermostOf(covering()) },
    customers: { [Symbol.iterator]: () => customers.keys() },
    routerKeys,
    affectsPrefix: ({ afi, octets, length }) => covering().family(afi).longestCovering(octets, length) >= 0,
    affectsPath: (asPath) => asPath.some(({ asns }) => asns.some((asn) => customers.has(asn))),
  };
}

function* changedVrps({ vrps: { announced, withdrawn } }: PayloadChanges): Generator<Vrp> {
  yield* vrpsOf(announced);
  yield* vrpsOf(withdrawn);
}

function* prefixesOf(changes: PayloadChanges): Generator<Prefix> {
  for (const { prefix } of changedVrps(changes)) yield prefix;
}

function* outermostOf(vrps: VrpStore): Generator<Prefix> {
  for (const afi of [AFI_IPV4, AFI_IPV6] as const) {
    const arena = vrps.family(afi);
    for (let entry = 0; entry < arena.end; entry++) {
      if (!arena.isUsed(entry)) continue;
      const octets = arena.octets(entry);
      const length = arena.length(entry);
      // Of several VRPs of one prefix the first that is found speaks for all.
      if (arena.longestCovering(octets, length) !== entry) continue;
      if (arena.longestCovering(octets, length - 1) < 0) yield { afi, octets, length };
    }
  }
}
