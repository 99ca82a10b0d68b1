import { isKnownPeer } from '../../audit/index.js';
import { printable } from '../../bytes/index.js';
import { formatAddress } from '../../inet/index.js';
import type { Element, Peer } from '../../routes/index.js';
import type { EventRun } from '../bgp/event-run.js';
import type { EventPeer } from '../bgp/events.js';
import { createHeldRoutes, type HeldRoutes } from '../bgp/held-routes.js';

/** What is told of peers by routes alone: by a file, or by the collectors of RIS Live. */
export interface ElementPeers {
  /** Takes what `source` tells of one of its peers. */
  take(source: string, element: Exclude<Element, { kind: 'path' }>): void;
  /** Forgets all peers and their routes. */
  drop(reason: string): void;
}

interface KnownPeer {
  readonly peer: EventPeer;
  readonly routes: HeldRoutes;
}

/** NON-SPEC: peers that are known at once. */
const MAX_PEERS = 65_536;

const ESTABLISHED = 6;

/**
 * No peers yet. A peer comes up with the first route of it: what came before it is not known. Nothing is known of roles
 * and of whom signatures are for, so both procedures of ASPA are run, and signatures are not verified.
 */
export function createElementPeers(run: EventRun): ElementPeers {
  const { tell, held } = run;
  const peers = new Map<string, KnownPeer>();
  /** The name of a peer; readers have one object for each. */
  const names = new WeakMap<Peer, string>();
  let full = false;
  const nameOf = (peer: Peer): string => {
    const known = names.get(peer);
    if (known !== undefined) return known;
    const name = `${peer.address.length === 0 ? '' : formatAddress(peer.address)} ${peer.asn}`;
    names.set(peer, name);
    return name;
  };
  const up = (source: string, key: string, { address, asn }: Peer): KnownPeer | undefined => {
    if (peers.size >= MAX_PEERS) {
      const message = `more than ${MAX_PEERS} peers: what is told of others is left out`;
      if (!full) tell({ type: 'fault', peer: null, code: 'live-peers', treatment: 'skipped', message });
      full = true;
      return undefined;
    }
    const shown = address.length === 0 ? '' : formatAddress(address);
    const peer = { address: shown, as: asn, id: null, source: printable(source) };
    // docs/decisions/audit.md D-audit-unknown-peer
    const peerAs = isKnownPeer(asn) ? asn : undefined;
    const session = { peerAs, localRole: undefined, neighborRole: undefined, bgpsec: undefined };
    const routes = createHeldRoutes(peer, session, run, () => down(key, 'too many routes'));
    const one: KnownPeer = { peer, routes };
    peers.set(key, one);
    held.add(routes);
    tell({ type: 'session', peer, state: 'established', localRole: null, neighborRole: null });
    return one;
  };
  const down = (key: string, reason: string): void => {
    const one = peers.get(key);
    if (!one) return;
    peers.delete(key);
    held.delete(one.routes);
    one.routes.drop();
    tell({ type: 'session', peer: one.peer, state: 'down', reason });
  };
  return {
    take(source, element) {
      // What a collector itself sent says nothing of a neighbour.
      if (element.local) return;
      const key = `${source} ${nameOf(element.peer)}`;
      if (element.kind === 'state') {
        if (element.newState === ESTABLISHED) {
          down(key, 'it came up again');
          up(source, key, element.peer);
        } else if (element.oldState === ESTABLISHED) down(key, `${printable(source)} says so`);
        return;
      }
      const { prefix, pathId } = element;
      const name = { prefix, ...(pathId !== undefined && { pathId }) };
      const known = peers.get(key);
      if (element.kind === 'withdrawal') known?.routes.withdraw(name);
      else (known ?? up(source, key, element.peer))?.routes.announce({ ...name, asPath: element.asPath });
    },
    drop(reason) {
      for (const key of [...peers.keys()]) down(key, reason);
    },
  };
}
