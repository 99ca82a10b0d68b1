import type { Peer } from './element.js';
import type { Problem, ProblemLog } from './problem.js';

/** What a reader has met so far. All counts grow while it reads. */
export interface ReadSummary {
  /** MRT records, or lines of text. */
  records: number;
  /**
   * Of them, those that said something: of a kind that is read, and not damaged before the first element. An input
   * without one is none of routes, whatever it is.
   */
  usable: number;
  /** The input ends inside a record, a line or a compressed stream: the problem that says where. */
  cutOff: Problem | undefined;
  /** Octets of the (decompressed) input. */
  octets: number;
  routes: number;
  withdrawals: number;
  states: number;
  /** Plain path lines. */
  paths: number;
  /** Of the elements, those of messages that the collector sent. */
  local: number;
  /** Records of an MRT type or subtype, and messages of a kind, that are not read. */
  skippedRecords: number;
  /** RIB records and NLRI fields of other families than IPv4 and IPv6 unicast, skipped. */
  skippedFamilies: number;
  /** NLRI fields and RIB records read with Path Identifiers although the record's subtype has none (`detectAddPath`). */
  hiddenAddPath: number;
  /** NLRI fields and RIB records read without Path Identifiers although the record's subtype has them (`detectAddPath`). */
  absentAddPath: number;
  /**
   * The same by the peer whose fields they were; undefined for RIB records, which are of many. Of more than 1,000 peers the others
   * are one, of AS 0 without an address.
   */
  readonly addPathPeers: Map<Peer | undefined, AddPathCounts>;
  /** BGP messages by type: 1 OPEN, 2 UPDATE, 3 NOTIFICATION, 4 KEEPALIVE, 5 ROUTE-REFRESH. */
  readonly messages: Map<number, number>;
  /** Records by `type/subtype`, `13/2` for RIB_IPV4_UNICAST; `other` once there are more than 256 kinds. */
  readonly recordTypes: Map<string, number>;
  readonly problems: ProblemLog;
}

/** How often octets were read against their record or session, with Path Identifiers and without. */
export interface AddPathCounts {
  hidden: number;
  absent: number;
}

/** NON-SPEC: peers that are counted each. */
const MAX_ADD_PATH_PEERS = 1_000;
const OTHER_PEERS: Peer = { address: new Uint8Array(0), asn: 0 };

/** Counts one field or record of `peer` that is read against what its record or session says. */
export function countAddPath(summary: ReadSummary, peer: Peer | undefined, hidden: boolean): void {
  const { addPathPeers } = summary;
  const isCounted = peer === undefined || addPathPeers.has(peer) || addPathPeers.size < MAX_ADD_PATH_PEERS;
  const key = isCounted ? peer : OTHER_PEERS;
  const counts = addPathPeers.get(key) ?? { hidden: 0, absent: 0 };
  addPathPeers.set(key, counts);
  if (hidden) {
    summary.hiddenAddPath++;
    counts.hidden++;
  } else {
    summary.absentAddPath++;
    counts.absent++;
  }
}

export function createSummary(problems: ProblemLog): ReadSummary {
  return {
    records: 0,
    usable: 0,
    cutOff: undefined,
    octets: 0,
    routes: 0,
    withdrawals: 0,
    states: 0,
    paths: 0,
    local: 0,
    skippedRecords: 0,
    skippedFamilies: 0,
    hiddenAddPath: 0,
    absentAddPath: 0,
    addPathPeers: new Map(),
    messages: new Map(),
    recordTypes: new Map(),
    problems,
  };
}

/** Elements of all kinds so far. */
export function elementsOf({ routes, withdrawals, states, paths }: ReadSummary): number {
  return routes + withdrawals + states + paths;
}

/** Adds one to the count of `key`. */
export function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
