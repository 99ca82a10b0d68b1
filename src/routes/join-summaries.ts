import type { Peer } from './element.js';
import { createProblemLog, type Problem } from './problem.js';
import { type AddPathCounts, createSummary, type ReadSummary } from './summary.js';

/** Names of the counts of a summary. */
type Count = { [K in keyof ReadSummary]: ReadSummary[K] extends number ? K : never }[keyof ReadSummary];

/**
 * The summary of an input that several readers have read, one behind the other: `summaries` in the order of what they read.
 *
 * @param keep problems that are kept, as `keepProblems` of a reader.
 */
export function joinSummaries(summaries: readonly ReadSummary[], keep = 100): ReadSummary {
  const first: Problem[] = [];
  const byCode = new Map<string, number>();
  const peers = new Map<string, Peer>();
  const { log } = createProblemLog(keep);
  const sum = createSummary(log);
  let count = 0;
  for (const summary of summaries) {
    for (const [name, value] of Object.entries(summary)) {
      if (typeof value === 'number') sum[name as Count] += value;
    }
    addCounts(sum.messages, summary.messages);
    addCounts(sum.recordTypes, summary.recordTypes);
    addPeers(sum, peers, summary.addPathPeers);
    addCounts(byCode, summary.problems.byCode);
    count += summary.problems.count;
    for (const problem of summary.problems.first) if (first.length < keep) first.push(problem);
    sum.cutOff ??= summary.cutOff;
  }
  return { ...sum, problems: { count, byCode, first } };
}

function addCounts<K>(sum: Map<K, number>, counts: ReadonlyMap<K, number>): void {
  for (const [key, count] of counts) sum.set(key, (sum.get(key) ?? 0) + count);
}

/** Adds the counts of peers; one that was posted by a thread is another object of the same peer. */
function addPeers(
  sum: ReadSummary,
  peers: Map<string, Peer>,
  counts: ReadonlyMap<Peer | undefined, AddPathCounts>,
): void {
  for (const [peer, { hidden, absent }] of counts) {
    let known = peer;
    if (peer !== undefined) {
      const key = `${peer.asn} ${peer.address.join('.')}`;
      known = peers.get(key) ?? peer;
      peers.set(key, known);
    }
    const before = sum.addPathPeers.get(known) ?? { hidden: 0, absent: 0 };
    sum.addPathPeers.set(known, { hidden: before.hidden + hidden, absent: before.absent + absent });
  }
}

/** The summary as a plain value, as it is now, which can be posted to a thread. */
export function plainSummary(summary: ReadSummary): ReadSummary {
  return joinSummaries([summary], summary.problems.first.length);
}
