import type { StudyResults } from '../results.js';
import { quantile, ratios, spread } from '../statistics.js';
import {
  batchCost,
  batchRatio,
  cpuAt,
  fullTableSeconds,
  latency,
  memoryPerRoute,
  microseconds,
  ratioAt,
} from './analysis.js';
import { num, percent, table, withSpread } from './format.js';

const FEED = 1_200_000;

/** The three kinds of protection side by side, per UPDATE of four hops. */
export function comparison(results: StudyResults): string {
  const four = results.octets.find(({ length }) => length === 4);
  const size = Math.max(...results.memory.map(({ routes }) => routes));
  const memory = (scheme: string): string =>
    num(
      memoryPerRoute(results).find((m) => m.scheme === scheme && m.routes === size)?.measured ?? Number.NaN,
    );
  const row = (name: string, system: string, octets: number, kept: string, tells: string): string[] => [
    name,
    num(cpuAt(results, system, 4).median),
    withSpread(ratioAt(results, system, 4)),
    num(octets),
    kept,
    tells,
  ];
  const plain = four?.unsigned ?? 0;
  return table(
    [
      'protection',
      'CPU ms',
      'times S1 (quartiles)',
      'octets',
      'memory per route',
      'what a good verdict says',
    ],
    [
      row('origin validation', 'ROV', plain, '0', 'the origin may announce the prefix'),
      row('ASPA', 'ASPA', plain, '0', 'the path is valley-free as far as attested'),
      row('S1 BGPsec, ECDSA', 'S1', four?.ecdsaMean ?? 0, memory('ECDSA'), 'every hop sent it to the next'),
      row('S1p with key tables', 'S1p', four?.ecdsaMean ?? 0, memory('ECDSA'), 'the same'),
      row('S2 PLAIN', 'S2', four?.aggregate ?? 0, memory('PLAIN, CHAIN: transit'), 'the same, hops unnamed'),
      row(
        'S2 PLAIN, cached lines',
        'S2 cached',
        four?.aggregate ?? 0,
        memory('PLAIN, CHAIN: transit'),
        'the same',
      ),
      row(
        'S3 CHAIN, literal',
        'S3 literal',
        four?.aggregate ?? 0,
        memory('PLAIN, CHAIN: transit'),
        'the same',
      ),
      row(
        'S3 CHAIN, merged, cached',
        'S3 cached',
        four?.aggregate ?? 0,
        memory('PLAIN, CHAIN: transit'),
        'the same',
      ),
    ],
  );
}

/** C_v(L), milliseconds. */
export function byLengthTable(results: StudyResults): string {
  const systems = Object.keys(results.byLength[0]?.samples ?? {});
  return table(
    ['hops', ...systems],
    results.byLength.map(({ length, samples }) => [
      String(length),
      ...systems.map((system) => num(quantile(samples[system]?.cpu ?? [], 0.5))),
    ]),
  );
}

/** C_b(n, 4, u) as ratios. */
export function batchTable(results: StudyResults): string {
  const systems = [
    'S2 cached',
    'S2g 128 bits',
    'S2g 64 bits',
    'S4 aggregate, no coefficients',
    'S3 aggregate',
    'hashing alone',
  ];
  const rows = results.batches
    .filter(({ samples }) => samples.S1 !== undefined)
    .map(({ n, signers }) => {
      const distinct = results.batches.find((b) => b.n === n && b.samples.S1 === undefined);
      const alone = distinct?.samples['S2g 128 bits'];
      const base = results.batches.find((b) => b.n === n && b.samples.S1)?.samples.S1?.cpu ?? [];
      return [
        String(n),
        String(signers),
        ...systems.map((system) => {
          const ratio = batchRatio(results, n, system);
          return ratio === undefined ? '' : withSpread(ratio);
        }),
        alone === undefined ? '' : num(quantile(alone.cpu, 0.5) / quantile(base, 0.5)),
      ];
    });
  return table(['n', 'signers', ...systems, 'S2g 128 bits, all signers distinct'], rows);
}

/** T_lat(n) at half of what S2 alone could do. */
export function latencyTable(results: StudyResults): string {
  const rate = 500 / (batchCost(results, 1, 'S2 cached') ?? 1);
  const sizes = results.batches.filter(({ samples }) => samples.S1).map(({ n }) => n);
  const rows = sizes.map((n) => {
    const { p50, p99 } = latency(results, n, rate);
    return [String(n), num(p50), num(p99)];
  });
  return `Simulated with the measured costs, ${num(rate)} arrivals per second (half of what S2 can do), a batch closing at n routes or after 100 ms:\n\n${table(['n', 'p50 ms', 'p99 ms'], rows)}`;
}

/** C_k and C_s(d). */
export function keysAndSigningTable({ keysAndSigning }: StudyResults): string {
  const { keys, signing, cold } = keysAndSigning;
  const rows = Object.entries({ ...keys, ...signing, ...cold }).map(([name, { cpu, wall }]) => [
    name,
    withSpread(spread(cpu)),
    num(quantile(wall, 0.5)),
  ]);
  return table(['act', 'CPU ms (quartiles)', 'wall ms'], rows);
}

/** C_id(n, b). */
export function failureTable({ failures }: StudyResults): string {
  return table(
    ['bad of n', 'search', 'CPU ms', 'passes', 'checks', 'misses', 'false accusations'],
    failures.map((row) => [
      `${row.bad} of ${row.n}`,
      row.mode,
      num(quantile(row.cpu, 0.5)),
      num(quantile(row.passes, 0.5)),
      num(quantile(row.checks, 0.5)),
      String(row.misses),
      String(row.falseAccusations),
    ]),
  );
}

/** The single operations, with one P-256 verification and one pairing as units. */
export function operationsTable(results: StudyResults): string {
  const unit = microseconds(results, 'P-256 verification');
  const pairing = microseconds(results, 'pairing');
  return table(
    ['operation (benny)', 'microseconds', 'P-256 verifications', 'pairings', 'relative margin'],
    results.operations.map(({ name, microseconds: us, relativeMargin }) => [
      name,
      num(us),
      num(us / unit),
      num(us / pairing),
      `${num(relativeMargin, 2)} %`,
    ]),
  );
}

/** CPU of a full feed from one peer, seconds. */
export function feedTable(results: StudyResults): string {
  const systems = ['ROV', 'ASPA', 'S1', 'S1p', 'S2', 'S2 cached', 'S3 literal', 'S3 cached'];
  return table(
    ['system', 'CPU seconds', 'updates per second'],
    systems.map((system) => {
      const seconds = fullTableSeconds(results, system, FEED);
      return [system, num(seconds), num(FEED / seconds)];
    }),
  );
}

/** The signed sample of a table, S1c and S1b included. */
export function sampleTable({ tableSample: s }: StudyResults): string {
  const best = s.prefixes / s.routes;
  const rows = Object.entries(s.cpuPerRoute).map(([system, cpu]) => [
    system,
    num(cpu),
    num(cpu / (s.cpuPerRoute.S1 ?? Number.NaN)),
  ]);
  rows.push(['S1b (computed)', num((s.cpuPerRoute.S1 ?? 0) * best), num(best)]);
  return (
    `${s.routes} routes of ${s.prefixes} whole prefixes from "${s.name}", mean ${num(s.meanHops)} hops. S1b verifies one ` +
    `route per prefix, ${percent(best)} of these.\n\n${table(['system', 'CPU ms per route', 'times S1'], rows)}`
  );
}

/** OpenSSL, mcl and blst: a table of its own, since no ratio is taken across languages. */
export function nativeTable({ native }: StudyResults): string {
  const base = native.samples['ECDSA, OpenSSL']?.cpu ?? [];
  const rows = Object.entries(native.samples).map(([name, { cpu, wall }]) => [
    name,
    withSpread(spread(cpu)),
    num(quantile(wall, 0.5)),
    num(ratios(cpu, base).median),
  ]);
  const missing = native.absent.length === 0 ? '' : `\n\nNot installed: ${native.absent.join(', ')}.`;
  return `${table(['four hops', 'CPU ms (quartiles)', 'wall ms', 'times OpenSSL'], rows)}${missing}`;
}

/** The other schemes. */
export function schemesTable({ schemes }: StudyResults): string {
  return table(
    [
      'scheme',
      'hops',
      'signature octets',
      'sign ms per hop (one sample)',
      'verify ms',
      'times ECDSA (quartiles)',
    ],
    schemes.map((s) => [
      s.name,
      String(s.hops),
      num(s.signatureOctets, 5),
      num(s.signMs / s.hops),
      num(quantile(s.verify.cpu, 0.5)),
      withSpread(ratios(s.verify.cpu, s.ecdsa.cpu)),
    ]),
  );
}
