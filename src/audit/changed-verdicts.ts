import { verifyAsPath } from '../aspa/index.js';
import { formatAsPath } from '../bgp/index.js';
import { type Asn, comparePrefix, formatPrefix, type Prefix } from '../inet/index.js';
import { explainOrigin } from '../rov/index.js';
import { verificationInput } from './aspa-verdicts.js';
import { type GatheredImpact, type Judges, originOf } from './gathered-impact.js';
import type { AspaSide, ChangedVerdict, OriginSide } from './impact-report.js';
import { namedVrp } from './named-vrp.js';
import { comparePathTexts } from './path-order.js';
import type { PeerTallies, PeerTally } from './peer-tally.js';
import type { DecidingHop } from './report.js';
import { type Rows, rowsOf } from './rows.js';

/** The chosen routes in order, those that are the same as one; their evidence is made when they are read. */
export function changedVerdicts(
  { rows, paths, prefixes, before, after }: GatheredImpact,
  tallies: PeerTallies,
  chosen: readonly number[],
): Rows<ChangedVerdict> {
  const rank = ranksOf(prefixes.size, (index) => prefixes.prefix(index));
  const peerRank = new Map(tallies.all.map((tally, i) => [tally, i]));
  const peerOf = (row: number): number => peerRank.get(tallies.of(rows.peer(row))) ?? 0;
  const compare = (a: number, b: number): number =>
    (rank[rows.prefix(a)] as number) - (rank[rows.prefix(b)] as number) ||
    peerOf(a) - peerOf(b) ||
    (rows.path(a) === rows.path(b) ? 0 : comparePathTexts(paths, rows.path(a), rows.path(b)));
  const order = Uint32Array.from(chosen).sort(compare);
  const starts: number[] = [];
  for (let i = 0; i < order.length; i++) {
    if (i === 0 || compare(order[i - 1] as number, order[i] as number) !== 0) starts.push(i);
  }
  return rowsOf(starts.length, (i) => {
    const start = starts[i] as number;
    const row = order[start] as number;
    return verdictOf(row, (starts[i + 1] ?? order.length) - start);
  });

  function verdictOf(row: number, routes: number): ChangedVerdict {
    const prefix = prefixes.prefix(rows.prefix(row));
    const path = rows.path(row);
    const origin = originOf(paths, path);
    const tally = tallies.of(rows.peer(row));
    const { peerAs, peerAddress, role, procedure } = tally;
    const aspa = (side: Judges): AspaSide => aspaSide(side.aspa, paths.asPath(path), tally);
    const rov = (side: Judges): OriginSide => originSide(side.rov, prefix, origin);
    return {
      prefix: formatPrefix(prefix),
      path: formatAsPath(paths.asPath(path)),
      origin: origin ?? null,
      peerAs,
      peerAddress,
      role: role ?? null,
      procedure,
      routes,
      rov: { before: rov(before), after: rov(after) },
      aspa: { before: aspa(before), after: aspa(after) },
    };
  }
}

/** The place of each prefix in their order. */
function ranksOf(size: number, prefixAt: (index: number) => Prefix): Uint32Array {
  const prefixes = Array.from({ length: size }, (_, index) => prefixAt(index));
  const order = prefixes.map((_, index) => index);
  order.sort((a, b) => comparePrefix(prefixes[a] as Prefix, prefixes[b] as Prefix));
  const ranks = new Uint32Array(size);
  for (const [place, index] of order.entries()) ranks[index] = place;
  return ranks;
}

function originSide(table: Judges['rov'], prefix: Prefix, origin: Asn | undefined): OriginSide {
  const { validity, reason, matched, unmatchedAs, unmatchedLength } = explainOrigin(table, prefix, origin);
  return {
    validity,
    reason: reason ?? null,
    matched: matched.map(namedVrp),
    unmatchedAs: unmatchedAs.map(namedVrp),
    unmatchedLength: unmatchedLength.map(namedVrp),
  };
}

function aspaSide(
  table: Judges['aspa'],
  asPath: Parameters<typeof verificationInput>[0],
  tally: PeerTally,
): AspaSide {
  const { outcome, step, reason, notProviderHops, unattested } = verifyAsPath(
    table,
    verificationInput(asPath, tally),
  );
  return {
    outcome,
    step,
    reason,
    hops: outcome === 'invalid' ? notProviderHops.flatMap(decidingHop) : [],
    unattested: outcome === 'unknown' ? [...new Set(unattested.map(({ asn }) => asn))] : [],
  };
}

function decidingHop({
  customer,
  provider,
  bounds,
}: ReturnType<typeof verifyAsPath>['notProviderHops'][number]): DecidingHop[] {
  return bounds === null ? [] : [{ customer, provider, bounds }];
}
