import type { StudyResults } from '../results.js';
import { spread } from '../statistics.js';
import { SEARCHES } from '../tasks/failure-facts.js';
import {
  cellOf,
  cellsOf,
  factsOf,
  fullTableSeconds,
  latency,
  memoryRows,
  milliseconds,
  parametersOf,
  ratioOf,
  schemesOf,
  times,
  unitMilliseconds,
} from './analysis.js';
import { FEED, num, percent, table, withSpread } from './format.js';

/** The three kinds of protection side by side, per UPDATE of four hops. */
export function comparison(results: StudyResults): string {
  const four = factsOf(results, 'octets').rows.find(({ length }) => length === 4);
  const stores = results.tasks.memory === undefined ? [] : memoryRows(results);
  const size = Math.max(...stores.map(({ routes }) => routes));
  const kept = (scheme: string): string =>
    num(stores.find((row) => row.scheme === scheme && row.routes === size)?.measured.median ?? Number.NaN);
  const shared = (name: string): string => {
    const octets = payloadsPerRoute(results, name);
    return Number.isFinite(octets) ? `${num(octets)}, its table` : 'n/a';
  };
  const rows = [
    ['origin validation', 'ROV', four?.unsigned, shared('VRPs'), 'the origin may announce the prefix'],
    ['ASPA', 'ASPA', four?.unsigned, shared('ASPAs'), 'the path is valley-free as far as attested'],
    ['S1 BGPsec, ECDSA', 'S1', four?.ecdsaMean, kept('ECDSA'), 'every hop sent it to the next'],
    ['S1p with key tables', 'S1p', four?.ecdsaMean, kept('ECDSA'), 'the same'],
    ['S2 PLAIN', 'S2', four?.aggregate, kept('PLAIN, CHAIN: transit'), 'the same, hops unnamed'],
    ['S2 PLAIN, cached lines', 'S2 cached', four?.aggregate, kept('PLAIN, CHAIN: transit'), 'the same'],
    ['S3 CHAIN, literal', 'S3 literal', four?.aggregate, kept('PLAIN, CHAIN: transit'), 'the same'],
    ['S3 CHAIN, merged, cached', 'S3 cached', four?.aggregate, kept('PLAIN, CHAIN: transit'), 'the same'],
  ] as const;
  return table(
    [
      'protection',
      'CPU ms',
      'times S1 (quartiles)',
      'octets',
      'memory per route',
      'what a good verdict says',
    ],
    rows.map(([name, scheme, octets, memory, tells]) => [
      name,
      num(milliseconds(results, 'byLength', scheme, 4).median),
      withSpread(times(results, 'byLength', scheme, 4)),
      num(octets ?? Number.NaN, 4),
      memory,
      tells,
    ]),
  );
}

/** Octets of a full table of payloads for each route of a feed. */
function payloadsPerRoute(results: StudyResults, name: string): number {
  const samples = results.tasks.payloadMemory?.facts.samples ?? [];
  return spread(samples.flatMap(({ table, octets }) => (table === name ? [octets / FEED] : []))).median;
}

/** C_v(L), milliseconds. */
export function byLengthTable(results: StudyResults): string {
  const schemes = schemesOf(results, 'byLength');
  return table(
    ['hops', ...schemes],
    parametersOf(results, 'byLength').map((length) => [
      String(length),
      ...schemes.map((scheme) => num(milliseconds(results, 'byLength', scheme, length).median)),
    ]),
  );
}

/** C_b(n, 4, u) as ratios. */
export function batchTable(results: StudyResults): string {
  const schemes = schemesOf(results, 'batches').filter((scheme) => scheme !== 'S1');
  const { signers } = factsOf(results, 'batches');
  const rows = signers.map(({ n, ofPool }) => [
    String(n),
    String(ofPool),
    ...schemes.map((scheme) => {
      const ratio = times(results, 'batches', scheme, n);
      return ratio.count === 0 ? '' : withSpread(ratio);
    }),
  ]);
  return table(['n', 'signers', ...schemes], rows);
}

/** T_lat(n) at half of what S2 alone could do. */
export function latencyTable(results: StudyResults): string {
  const rate = 500 / milliseconds(results, 'batches', 'S2 cached', 1).median;
  if (!Number.isFinite(rate)) return 'Not simulated: that needs batches of one route.';
  const rows = results.config.batchSizes.map((n) => {
    const { p50, p99 } = latency(results, n, rate);
    return [String(n), num(p50), num(p99)];
  });
  return `Simulated with the measured costs, ${num(rate)} arrivals per second (half of what S2 can do), a batch closing at n routes or after 100 ms:\n\n${table(['n', 'p50 ms', 'p99 ms'], rows)}`;
}

/** C_k and C_s(d). */
export function keysAndSigningTable(results: StudyResults): string {
  const cells = cellsOf(results, 'keysAndSigning');
  const base = cells.find(({ scheme }) => scheme === 'S1 d=1');
  return table(
    ['act', 'CPU ms (quartiles)', 'times one signature of S1 (quartiles)'],
    cells.map((cell) => [
      cell.scheme,
      withSpread(milliseconds(results, 'keysAndSigning', cell.scheme, cell.parameter)),
      withSpread(ratioOf(cell, base)),
    ]),
  );
}

/** C_id(n, b). */
export function failureTable(results: StudyResults): string {
  const { n, passes } = factsOf(results, 'failures');
  const rows = parametersOf(results, 'failures').flatMap((bad) =>
    SEARCHES.map((mode) => {
      const found = passes.find((row) => row.mode === mode && row.bad === bad);
      return [
        `${bad} of ${n}`,
        mode,
        num(milliseconds(results, 'failures', mode, bad).median),
        withSpread(
          ratioOf(cellOf(results, 'failures', mode, bad), cellOf(results, 'failures', 'one by one', 0)),
        ),
        found === undefined ? '' : `${num(found.mean)} (${num(found.low)} to ${num(found.high)})`,
      ];
    }),
  );
  return table(
    ['bad of n', 'search', 'CPU ms', 'times one by one, none bad (quartiles)', 'passes, mean (range)'],
    rows,
  );
}

/** The single operations, with one P-256 verification and one pairing as units. */
export function operationsTable(results: StudyResults): string {
  const cells = cellsOf(results, 'operations');
  const [p256, pairing] = ['P-256 verification', 'pairing'].map((name) =>
    cells.find(({ scheme }) => scheme === name),
  );
  return table(
    ['operation', 'microseconds', 'P-256 verifications (quartiles)', 'pairings (quartiles)'],
    cells.map((cell) => [
      cell.scheme,
      num(1000 * milliseconds(results, 'operations', cell.scheme, cell.parameter).median),
      withSpread(ratioOf(cell, p256)),
      withSpread(ratioOf(cell, pairing)),
    ]),
  );
}

/** CPU of a full feed from one peer, seconds. */
export function feedTable(results: StudyResults): string {
  return table(
    ['system', 'CPU seconds (quartiles of all lengths)', 'updates per second'],
    ['ROV', 'ASPA', 'S1', 'S1p', 'S2', 'S2 cached', 'S3 literal', 'S3 cached'].map((system) => {
      const seconds = fullTableSeconds(results, system, FEED);
      return [system, withSpread(seconds), num(FEED / seconds.median)];
    }),
  );
}

/** The signed sample of a table, S1c and S1b included. */
export function sampleTable(results: StudyResults): string {
  const facts = factsOf(results, 'tableSample');
  const best = facts.prefixes / facts.routes;
  const rows = cellsOf(results, 'tableSample').map(({ scheme, parameter }) => [
    scheme,
    num(milliseconds(results, 'tableSample', scheme, parameter).median),
    withSpread(times(results, 'tableSample', scheme, parameter)),
  ]);
  rows.push([
    'S1b (computed)',
    num(milliseconds(results, 'tableSample', 'S1', facts.name).median * best),
    num(best),
  ]);
  return (
    `${facts.routes} routes of ${facts.prefixes} whole prefixes from "${facts.name}", mean ${num(facts.meanHops)} hops. S1b ` +
    `verifies one route per prefix, ${percent(best)} of these.\n\n` +
    table(['system', 'CPU ms per route', 'times S1 (quartiles)'], rows)
  );
}

/** OpenSSL, mcl and blst: a table of its own, since no ratio is taken across languages elsewhere. */
export function nativeTable(results: StudyResults): string {
  const { absent } = factsOf(results, 'native');
  const rows = cellsOf(results, 'native').map(({ scheme, parameter, wall }) => [
    scheme,
    withSpread(milliseconds(results, 'native', scheme, parameter)),
    num(spread(wall).median),
    withSpread(times(results, 'native', scheme, parameter, 'ECDSA, OpenSSL')),
  ]);
  const missing = absent.length === 0 ? '' : `\n\nNot installed: ${absent.join(', ')}.`;
  return `${table(['four hops', 'CPU ms (quartiles)', 'wall ms', 'times OpenSSL (quartiles)'], rows)}${missing}`;
}

/** The other schemes. */
export function schemesTable(results: StudyResults): string {
  return table(
    [
      'scheme',
      'hops',
      'signature octets',
      'sign ms per hop (one sample)',
      'verify ms',
      'times portable ECDSA (quartiles)',
    ],
    factsOf(results, 'schemes').schemes.map(({ name, hops, signatureOctets, signMs }) => [
      name,
      String(hops),
      num(signatureOctets, 5),
      num(signMs / hops),
      num(milliseconds(results, 'schemes', name, hops).median),
      withSpread(times(results, 'schemes', name, hops)),
    ]),
  );
}

/** The calibration operations of the run. */
export function calibrationText(results: StudyResults): string {
  const { p256, pairing } = unitMilliseconds(results);
  return (
    `one P-256 verification by OpenSSL ${withSpread(p256)} ms, one pairing by noble ${withSpread(pairing)} ms, ` +
    `median (quartiles) over ${p256.count} samples of each`
  );
}
