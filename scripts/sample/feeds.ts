import { type Chosen, type Circumstances, exported, type SamplePath } from './propagate.js';
import { COLLECTOR, type Relation, ROUTE_SERVER, type Topology, tier1, tier2, tier3 } from './topology.js';

/** A BGP session of the collector's network: the neighbour, and what the neighbour is to it. */
export interface Feed {
  readonly asn: number;
  /** `unassigned`: the peer sends everything and the roles file says nothing about it. */
  readonly role: 'provider' | 'peer' | 'customer' | 'rs' | 'unassigned';
}

export const FEEDS: readonly Feed[] = [
  { asn: tier1(1), role: 'provider' },
  { asn: tier1(3), role: 'provider' },
  { asn: tier3(2), role: 'customer' },
  { asn: ROUTE_SERVER, role: 'rs' },
  { asn: tier2(2), role: 'peer' },
  { asn: tier2(6), role: 'unassigned' },
];

/** What the collector's network is to the neighbour. */
const COLLECTOR_IS: Record<Feed['role'], Relation> = {
  provider: 'customer',
  unassigned: 'customer',
  peer: 'peer',
  rs: 'peer',
  customer: 'provider',
};

/** The path each feed delivers of one announcement, feeds in the order of {@link FEEDS}. */
export function heard(
  topology: Topology,
  chosen: ReadonlyMap<number, Chosen>,
  circumstances: Circumstances,
): Array<SamplePath | undefined> {
  return FEEDS.map(({ asn, role }) => {
    if (role !== 'rs') {
      return exported(topology, asn, COLLECTOR, chosen.get(asn), circumstances, COLLECTOR_IS[role]);
    }
    // A transparent route server passes on the best of its clients' routes and leaves the path alone (RFC 7947 §2.2.2.1).
    return topology.rsClients
      .flatMap((client) => {
        const path = exported(topology, client, asn, chosen.get(client), circumstances, 'peer');
        return path ? [path] : [];
      })
      .sort((a, b) => a.length - b.length)[0];
  });
}
