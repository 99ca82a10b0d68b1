import fc from 'fast-check';
import { formatPrefix, makePrefix, type Prefix } from 'pathsec/inet';
import {
  ALL_KINDS,
  type AspaPayload,
  forKinds,
  type PayloadKind,
  type Payloads,
  type PayloadTypes,
  type RouterKey,
  type ValueOf,
  type Vrp,
} from 'pathsec/payload';
import {
  type CacheOutput,
  type CacheSession,
  type CacheSessionOptions,
  type ClientEvent,
  type ClientOutput,
  createCacheSession,
  createRtrClient,
  decodePdu,
  type Pdu,
  type RtrCache,
  type RtrClient,
  type RtrClientOptions,
} from 'pathsec/rtr';
import { RTR, RTR_KINDS } from '../../src/rtr/rtr-kinds.js';
import { spokenLists } from '../payload/arbitrary-payloads.js';
import { arbitraryAsn } from '../support.js';

/** What came out of a client, sorted by kind. */
export interface Seen {
  readonly sent: Pdu[];
  readonly events: ClientEvent[];
  connects: number;
  disconnects: number;
}

/** Files outputs of a client under `seen`. */
export function note(seen: Seen, outputs: readonly ClientOutput[]): void {
  for (const output of outputs) {
    if (output.kind === 'send') seen.sent.push(decodePdu(output.octets).pdu);
    else if (output.kind === 'connect') seen.connects++;
    else if (output.kind === 'disconnect') seen.disconnects++;
    else seen.events.push(output);
  }
}

export function nothingSeen(): Seen {
  return { sent: [], events: [], connects: 0, disconnects: 0 };
}

/** A client and a cache joined without sockets; octets pass in chunks of `chunk` octets. */
export interface Pair {
  readonly client: RtrClient;
  readonly seen: Seen;
  readonly served: CacheOutput[];
  session: CacheSession | undefined;
  /** Lets time pass to `now` on both sides. */
  tick(now: number): void;
  /** Tells the session that the cache changed. */
  notify(now: number): void;
  /** Carries what a session answered over to the client. */
  carry(outputs: readonly CacheOutput[], now: number): void;
}

export function createPair(
  cache: RtrCache,
  options: { client?: RtrClientOptions; server?: CacheSessionOptions; chunk?: number } = {},
): Pair {
  const client = createRtrClient(options.client);
  const seen = nothingSeen();
  const served: CacheOutput[] = [];
  const chunk = options.chunk ?? Number.POSITIVE_INFINITY;
  const fromClient = (outputs: readonly ClientOutput[], now: number): void => {
    note(seen, outputs);
    for (const output of outputs) {
      if (output.kind === 'connect') {
        pair.session = createCacheSession(cache, options.server);
        fromClient(client.opened(now), now);
      } else if (output.kind === 'disconnect') {
        pair.session = undefined;
      } else if (output.kind === 'send' && pair.session) {
        pair.carry(pair.session.received(output.octets, now), now);
      }
    }
  };
  const pair: Pair = {
    client,
    seen,
    served,
    session: undefined,
    tick(now) {
      if (pair.session) pair.carry(pair.session.tick(now), now);
      fromClient(client.tick(now), now);
    },
    notify(now) {
      if (pair.session) pair.carry(pair.session.changed(now), now);
    },
    carry(outputs, now) {
      served.push(...outputs);
      for (const output of outputs) {
        if (output.kind === 'disconnect' && pair.session) {
          pair.session = undefined;
          fromClient(client.closed(now), now);
        } else if (output.kind === 'send') {
          for (let at = 0; at < output.octets.length; at += chunk) {
            fromClient(
              client.received(output.octets.slice(at, Math.min(output.octets.length, at + chunk)), now),
              now,
            );
          }
        }
      }
    },
  };
  return pair;
}

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');

/** A payload of each kind as a line. A kind that is forgotten here does not compile. */
const LINES: { readonly [K in PayloadKind]: (value: ValueOf<PayloadTypes[K]>) => string } = {
  vrps: ({ prefix, maxLength, asn }) => `vrp ${hex(prefix.octets)}/${prefix.length}-${maxLength} ${asn}`,
  routerKeys: ({ asn, ski, spki }) => `key ${asn} ${hex(ski)} ${hex(spki)}`,
  aspas: ({ customer, providers }) => `aspa ${customer}: ${[...providers].sort((a, b) => a - b)}`,
  asras: ({ asn, subcategory, neighbors }) => `asra ${asn}/${subcategory}: ${neighbors}`,
  prefixLists: ({ asn, prefixes }) => `prefix-list ${asn}: ${prefixes.map(formatPrefix)}`,
};

/** The state of a client or any payloads as comparable text lines, sorted. */
export function lines(payloads: Partial<Payloads>): string[] {
  return ALL_KINDS.flatMap((kind) =>
    [...((payloads[kind] ?? []) as Iterable<never>)].map(LINES[kind]),
  ).sort();
}

/** A prefix from few enough that histories meet the same one again. */
const arbitraryPrefix: fc.Arbitrary<Prefix> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 8, max: 32 }))
    .map(([octet, length]) => makePrefix(1, Uint8Array.of(10, octet, octet << 4, octet), length)),
  fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 16, max: 128 }))
    .map(([octet, length]) => makePrefix(2, new Uint8Array(16).fill(0x20 + octet), length)),
);

const bitsOf = ({ afi }: Prefix): number => (afi === 1 ? 32 : 128);

export const arbitraryVrp: fc.Arbitrary<Vrp> = fc
  .tuple(arbitraryPrefix, fc.nat(128), fc.oneof(fc.constant(0), arbitraryAsn))
  .map(([prefix, more, asn]) => ({
    prefix,
    maxLength: Math.min(prefix.length + more, bitsOf(prefix)),
    asn,
  }));

export const arbitraryRouterKey: fc.Arbitrary<RouterKey> = fc
  .tuple(arbitraryAsn, fc.nat(3), fc.uint8Array({ minLength: 1, maxLength: 100 }))
  .map(([asn, ski, spki]) => ({ asn, ski: new Uint8Array(20).fill(ski), spki }));

export const arbitraryAspa: fc.Arbitrary<AspaPayload> = fc
  .tuple(
    fc.oneof(fc.integer({ min: 1, max: 6 }), arbitraryAsn),
    fc.uniqueArray(fc.oneof(fc.constant(0), arbitraryAsn), { minLength: 1, maxLength: 6 }),
  )
  .map(([customer, providers]) => ({ customer, providers }));

export const arbitraryPayloads: fc.Arbitrary<Payloads> = spokenLists(8, {
  vrps: arbitraryVrp,
  routerKeys: arbitraryRouterKey,
  aspas: arbitraryAspa,
});

/** What a client of `version` must hold of the cache: the kinds that the version has. */
export function expectedOf({ store }: RtrCache, version: number): string[] {
  const held = RTR.payloads(store, 10_000);
  return lines(
    forKinds<Payloads>(ALL_KINDS, (kind) => (RTR_KINDS[kind].since <= version ? held[kind] : []) as never),
  );
}
