import type { Asn } from '../inet/index.js';
import { type Aggregate, createAggregate } from './aggregate.js';
import type { AggregateRoute } from './aggregate-route.js';
import { verifyChain } from './chain.js';
import type { PairingEngine } from './engine.js';
import type { KeyedRoute } from './hops.js';
import { verifyPlainSet } from './plain.js';
import { type PendingRoute, verifyRoute } from './receive.js';
import { createSlotArena } from './slot-arena.js';
import { latin1 } from './statement.js';
import { type SchemeId, SIGNATURE_OCTETS } from './suite.js';

/**
 * What a speaker keeps. `transit`: every route's own signature, as long as it may re-advertise the route. `stub`: no
 * signature, routes were verified on arrival; one aggregate per peer is evidence. `deferred`: no signature, nothing
 * verified yet; one aggregate per peer stands for all, and no culprit can be named.
 */
export type MemoryRole = 'transit' | 'stub' | 'deferred';

/**
 * How a withdrawal went. `tombstone`: without the signature the aggregate cannot be reduced, so the statements stay
 * until the peer refreshes its table.
 */
export type Withdrawal = 'removed' | 'tombstone' | 'not-a-member' | 'signature-mismatch';

/** Routes of one scheme by (peer, prefix), with what the role keeps of their signatures. `G` names a peer. */
export interface ApvasRib<P, K, G> {
  readonly size: number;
  readonly tombstones: number;
  /** Octets of signatures kept: 48 per route (transit), 48 per peer otherwise. */
  readonly signatureOctets: number;
  /** Adds a route; one for the same peer and prefix is replaced, that is withdrawn first. */
  announce(peer: G, pending: PendingRoute<P, K>): void;
  /**
   * Takes a route out. Roles without own signatures subtract `supplied` when the peer sends it again, after verifying
   * it: a bogus one is refused and nothing changes.
   */
  withdraw(peer: G, route: Pick<AggregateRoute, 'afi' | 'safi' | 'nlri'>, supplied?: P): Withdrawal;
  /** The signature to extend when the route is sent on; undefined means asking the peer again (Route Refresh). */
  signature(peer: G, route: Pick<AggregateRoute, 'afi' | 'safi' | 'nlri'>): P | undefined;
  /** Whether all statements of the peer, tombstones included, are signed. One verdict for the whole set. */
  verify(peer: G): boolean;
  /** The routes that name a key, and whether each can be judged again without asking the peer. */
  routesOfKey(asn: Asn, ski: Uint8Array): { readonly route: AggregateRoute; readonly rejudgeable: boolean }[];
  /** Forgets a peer: its routes, tombstones and aggregate. The peer then announces everything again. */
  refresh(peer: G): void;
}

interface Entry<K> {
  readonly route: KeyedRoute<K>['route'];
  readonly keys: KeyedRoute<K>['keys'];
  readonly slot: number;
}

/** An empty {@link ApvasRib}. */
export function createApvasRib<P, K, T, G>(
  engine: PairingEngine<P, K, T>,
  role: MemoryRole,
  scheme: SchemeId,
): ApvasRib<P, K, G> {
  const arena = createSlotArena(SIGNATURE_OCTETS);
  interface Peer {
    readonly entries: Map<string, Entry<K>>;
    readonly dead: KeyedRoute<K>[];
    readonly aggregate: Aggregate<P>;
  }
  const peers = new Map<G, Peer>();
  const nameOf = (r: Pick<AggregateRoute, 'afi' | 'safi' | 'nlri'>) => `${r.afi} ${r.safi} ${latin1(r.nlri)}`;
  const keptSignature = (entry: Entry<K>): P | undefined =>
    role === 'transit' ? engine.decodeG1(arena.get(entry.slot)) : undefined;

  const rib: ApvasRib<P, K, G> = {
    get size() {
      return [...peers.values()].reduce((sum, { entries }) => sum + entries.size, 0);
    },
    get tombstones() {
      return [...peers.values()].reduce((sum, { dead }) => sum + dead.length, 0);
    },
    get signatureOctets() {
      return SIGNATURE_OCTETS * (role === 'transit' ? arena.size : peers.size);
    },
    announce(peer, { route, keys, sigma }) {
      if (peers.get(peer)?.entries.has(nameOf(route))) rib.withdraw(peer, route);
      let known = peers.get(peer);
      if (known === undefined) {
        known = { entries: new Map(), dead: [], aggregate: createAggregate(engine, scheme) };
        peers.set(peer, known);
      }
      const slot = role === 'transit' ? arena.put(engine.encodeG1(sigma)) : -1;
      known.entries.set(nameOf(route), { route, keys, slot });
      if (role !== 'transit') known.aggregate.add(route, sigma);
    },
    withdraw(peer, route, supplied) {
      const known = peers.get(peer);
      const entry = known?.entries.get(nameOf(route));
      if (known === undefined || entry === undefined) return 'not-a-member';
      if (role === 'transit') {
        arena.free(entry.slot);
      } else if (supplied === undefined) {
        known.dead.push(entry);
      } else {
        // An unverified signature would poison the aggregate.
        const pending = { ...entry, scheme, sigma: supplied };
        if (verifyRoute(engine, pending).verdict !== 'valid') return 'signature-mismatch';
        const outcome = known.aggregate.remove(entry.route, supplied);
        if (outcome !== 'removed') return outcome;
      }
      known.entries.delete(nameOf(route));
      return role !== 'transit' && supplied === undefined ? 'tombstone' : 'removed';
    },
    signature(peer, route) {
      const entry = peers.get(peer)?.entries.get(nameOf(route));
      return entry === undefined ? undefined : keptSignature(entry);
    },
    verify(peer) {
      const known = peers.get(peer);
      if (known === undefined) return true;
      const members: KeyedRoute<K>[] = [...known.entries.values(), ...known.dead];
      let sum = known.aggregate.sigma;
      for (const entry of known.entries.values()) {
        const own = keptSignature(entry);
        if (own !== undefined) sum = engine.add(sum, own);
      }
      return scheme === 'plain' ? verifyPlainSet(engine, members, sum) : verifyChain(engine, members, sum);
    },
    routesOfKey(asn, ski) {
      const named: { route: AggregateRoute; rejudgeable: boolean }[] = [];
      for (const { entries } of peers.values()) {
        for (const { route } of entries.values()) {
          const uses = route.segments.some(
            (segment, i) => segment.asn === asn && latin1(route.skis[i] as Uint8Array) === latin1(ski),
          );
          if (uses) named.push({ route, rejudgeable: role === 'transit' });
        }
      }
      return named;
    },
    refresh(peer) {
      if (role === 'transit')
        for (const { slot } of peers.get(peer)?.entries.values() ?? []) arena.free(slot);
      peers.delete(peer);
    },
  };
  return rib;
}
