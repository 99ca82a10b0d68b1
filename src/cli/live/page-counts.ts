import type { PageCounts, PageTally } from '../../live-page/messages.js';
import { checksOf } from '../bgp/checks.js';
import type { HeldCounts } from '../bgp/held-routes.js';
import type { Measured } from '../bgp/metrics.js';
import { pagePeer } from './page-row.js';

/** Peers that a page shows. */
const PEERS = 100;

/** What there is at the moment, of the peers with the most routes also one by one. */
export function pageCounts({ counts, held, tables, up }: Measured): PageCounts {
  const all = [...held];
  const verdicts: Tally = {};
  for (const one of all) addTally(verdicts, one);
  const first = all.sort((a, b) => b.size - a.size).slice(0, PEERS);
  return {
    ...counts,
    up: up(),
    held: all.reduce((sum, { size }) => sum + size, 0),
    verdicts,
    peers: first.map((one) => ({
      peer: pagePeer(one.peer),
      held: one.size,
      verdicts: addTally({}, one),
    })),
    otherPeers: all.length - first.length,
    payloads: tables
      ? { vrps: tables.vrps.size, aspas: tables.aspas.size, routerKeys: tables.routerKeys.size }
      : null,
  };
}

type Tally = Record<string, Record<string, number>>;

function addTally(tally: Tally, routes: HeldCounts): PageTally {
  for (const { verdicts, count } of routes.tally()) {
    for (const [check, verdict] of checksOf(verdicts)) {
      tally[check] ??= {};
      const of = tally[check];
      of[verdict] = (of[verdict] ?? 0) + count;
    }
  }
  return tally;
}
