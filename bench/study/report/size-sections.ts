import type { StudyResults } from '../results.js';
import { type Spread, spread } from '../statistics.js';
import { LAYOUTS, memoryCells } from '../tasks/memory-cells.js';
import { payloadTables } from '../tasks/payload-tables.js';
import { factsOf, memoryRows, milliseconds } from './analysis.js';
import { FEED, num, percent, table, withSpread } from './format.js';

/** B_wire(L). */
export function octetsTable(results: StudyResults): string {
  const octets = factsOf(results, 'octets').rows;
  const names = Object.keys(octets[0]?.computed ?? {}).filter((name) => !/^(ECDSA|PLAIN)/.test(name));
  return table(
    ['hops', 'unsigned', 'BGPsec', 'PLAIN, CHAIN', 'ratio', ...names.map((name) => `${name} (computed)`)],
    octets.map((o) => [
      String(o.length),
      String(o.unsigned),
      num(o.ecdsaMean, 4),
      String(o.aggregate),
      percent(o.aggregate / o.ecdsaMean),
      ...names.map((name) => String(o.computed[name] ?? '')),
    ]),
  );
}

/** The longest path that fits a message, and what a packed form would take; both computed. */
export function limits(): string {
  // 52 + 26L + L(2 + s) for a signature per hop, 54 + 26L + a for one per path.
  const perHop = (s: number, limit: number): number => Math.floor((limit - 52) / (28 + s));
  const perPath = (a: number, limit: number): number => Math.floor((limit - 54 - a) / 26);
  const rows: [string, (limit: number) => number][] = [
    ['BGPsec, ECDSA (mean 71)', (limit) => perHop(71, limit)],
    ['PLAIN, CHAIN', (limit) => perPath(48, limit)],
    ['half-aggregated Schnorr', (limit) => Math.floor((limit - 86) / 58)],
    ['FC-BGP, ECDSA (mean 71)', (limit) => Math.floor((limit - 52) / 111)],
  ];
  return table(
    ['hops that fit (computed)', 'in 4096 octets', 'in 65535'],
    rows.map(([name, hops]) => [name, String(hops(4096)), String(hops(65_535))]),
  );
}

/** What a packed form would take; computed. */
export function packedForm(results: StudyResults): string {
  const packed = factsOf(results, 'tables').rows.map(({ name, nlriPerRun: m }) => {
    const octets = (51 + 26 * 4 + 52 * m) / m;
    return `${name} ${num(m)} prefixes per run, ${num(octets)} octets each`;
  });
  return (
    'A packed form, several prefixes /24 of one path in one UPDATE with 48 octets each (51 + 26L + 52m octets, computed, sent ' +
    `by nobody), would take at four hops: ${packed.join('; ')}; alone each prefix takes 206.`
  );
}

/** M_payload and M_alloc. */
export function memoryTable(results: StudyResults): string {
  const rows = memoryRows(results).map(({ scheme, routes, payload, arrays, measured, processes }) => [
    scheme,
    num(routes, 7),
    num(payload, 4),
    LAYOUTS[scheme]?.objects ? '' : num(arrays, 4),
    `${num(measured.median, 4)} (${num(measured.low, 4)} to ${num(measured.high, 4)})`,
    String(processes),
  ]);
  const { leftOut } = memoryCells(results.config);
  const names = leftOut.map(({ scheme, routes }) => `${scheme} at ${num(routes, 7)} routes`);
  const note = names.length === 0 ? '' : `\n\nLeft out for their size: ${names.join('; ')}.`;
  return `${table(['scheme and role', 'routes', 'payload', 'arrays', 'measured (range)', 'processes'], rows)}${note}`;
}

/** Octets per payload of full tables, and per route of a feed. */
export function payloadMemoryTable(results: StudyResults): string {
  const { samples } = factsOf(results, 'payloadMemory');
  const tables = payloadTables({
    mode: results.config.mode,
    ...(results.inputs.payloads && { rpki: '' }),
  });
  const rows = tables.map(({ name, source }) => {
    const own = samples.filter(({ table: of }) => of === name);
    const octets = spread(own.map((sample) => sample.octets));
    const [first] = own;
    const count = first?.count ?? Number.NaN;
    const each = (value: number): string => num(value / count, 4);
    return [
      name,
      num(count, 7),
      source,
      num((first?.floor ?? Number.NaN) / count, 4),
      `${each(octets.median)} (${each(octets.low)} to ${each(octets.high)})`,
      num(octets.median / 2 ** 20),
      num(octets.median / FEED, 4),
    ];
  });
  const head = [
    'table',
    'payloads',
    'their number',
    'in it at least',
    'measured (range)',
    'MiB',
    'per route',
  ];
  return table(head, rows);
}

/** The memory model over every input. */
export function tablesTable(results: StudyResults): string {
  const tables = factsOf(results, 'tables').rows;
  const lines: [string, (t: (typeof tables)[number]) => string][] = [
    ['routes without AS_SET', (t) => num(t.routes, 7)],
    ['left out', (t) => num(t.leftOut)],
    ['peers; prefixes', (t) => `${t.peers}; ${num(t.prefixes, 7)}`],
    [
      'signed statements; distinct',
      (t) => `${num(t.statements, 7)}; ${percent(t.distinctStatements / t.statements)}`,
    ],
    [
      'mean hops; p50, p95, p99, max',
      (t) => `${num(t.meanHops)}; ${t.hops.p50}, ${t.hops.p95}, ${t.hops.p99}, ${t.hops.max}`,
    ],
    ['distinct commitments of FC-BGP', (t) => percent(t.distinctCommitments / t.statements)],
    ['signers; statements per signer', (t) => `${num(t.signers, 7)}; ${num(t.statements / t.signers)}`],
    ['share of the top 10, top 100 signers', (t) => `${percent(t.topTen)}, ${percent(t.topHundred)}`],
    ['routes per (peer, path); hops', (t) => `${num(t.routes / t.distinctPaths)}; ${num(t.hopsPerPath)}`],
    ['routes per run of one path', (t) => num(t.nlriPerRun)],
  ];
  for (const name of Object.keys(tables[0]?.octetsPerRoute ?? {})) {
    lines.push([`octets: ${name}`, (t) => num(t.octetsPerRoute[name] ?? Number.NaN, 4)]);
  }
  for (const scheme of ['ASPA', 'ROV']) {
    const cost = (name: string): string =>
      withSpread(inMicroseconds(milliseconds(results, 'tables', scheme, name)));
    lines.push([`CPU microseconds a route: ${scheme}`, ({ name }) => cost(name)]);
  }
  return table(
    ['', ...tables.map(({ name }) => name)],
    lines.map(([label, cell]) => [label, ...tables.map(cell)]),
  );
}

/** Where the published 80 % and 20 % sit, and which denominator each needs. */
export function publishedFigures(results: StudyResults): string {
  const rows: string[][] = [];
  const stubs: number[] = [];
  for (const { name, meanHops, octetsPerRoute: o } of factsOf(results, 'tables').rows) {
    const received = o['ECDSA as received'] ?? 0;
    const aggregateReceived = o['aggregate as received'] ?? 0;
    const better = Math.min(o['ECDSA, paths interned'] ?? 0, o['ECDSA, statements and paths interned'] ?? 0);
    const interned = o['aggregate, paths interned'] ?? 0;
    // (R + a) / (R + e) = 0.8, solved for the octets R that the rest of a route takes.
    const rest = (e: number, a: number): number => (e - a) / 0.2 - e;
    stubs.push(1 - (o['aggregate per peer (stub)'] ?? 0) / better);
    rows.push([
      name,
      percent(1 - 48 / (71 * meanHops)),
      percent(1 - aggregateReceived / received),
      percent(1 - interned / better),
      percent(1 - (o['aggregate per peer (stub)'] ?? 0) / better),
      num(rest(received, aggregateReceived)),
      num(rest(better, interned)),
    ]);
  }
  const head = [
    'table',
    'signatures alone',
    'attribute as received',
    'paths interned',
    'stub, interned',
    'R for 20 %, as received',
    'R for 20 %, interned',
  ];
  const hops = 48 / (0.2 * 71);
  return `${table(head, rows)}

**80 %** (published abstract, 2020) is a saving on *signature octets*, or on state in which signatures are nearly all there
is: 48 octets against 71 per hop save 80 % at a mean of ${num(hops)} hops, between the three-hop value
(${percent(1 - 48 / 213)}) and the four-hop value (${percent(1 - 48 / 284)}). With SKIs and segments counted, as received or
interned, a transit role stays below it in every table above; a stub that keeps one aggregate per peer saves
${percent(Math.min(...stubs))} to ${percent(Math.max(...stubs))}. Its denominator
is the signature memory, not the routing table.

**20 %** (published abstract, 2023) fits a *whole routing table*: everything a route takes, attributes and data structures
included. With R octets of other state per route the saving is (e - a) / (R + e), where e and a are the octets of ECDSA and
aggregate; the last two columns give the R at which it is 20 %. A daemon that spends some hundreds of octets to a kilobyte
per route on everything else lands there. The two figures therefore do not contradict each other, and neither can be
compared with the other or with ours without its denominator. What the papers divided by could not be read; both
readings are ours.`;
}

/** C_rm, B_rm by strategy. */
export function churnTable(results: StudyResults): string {
  const [share] = factsOf(results, 'churn').replays;
  const cost = (name: string): number => milliseconds(results, 'churn', name, 4).median;
  const add = cost('add a decoded signature');
  const stored = cost('a: read a stored signature, subtract it') - add;
  const rows: string[][] = [
    ['add a decoded signature', `${num(1000 * add)} us`, '', ''],
    [
      'remove a decoded signature',
      `${num(1000 * (cost('add and remove a decoded signature') - add))} us`,
      '',
      '',
    ],
    ['a: stored', `${num(stored)} ms`, '33', '48 per route'],
    ['b: supplied', `${num(cost('b: verify a supplied signature, subtract it'))} ms`, '84', '48 per peer'],
    ['c: tombstones', '0, later per check', '33', '48 per peer, 26L + 4 per tombstone'],
  ];
  for (const b of [16, 256, 4096]) {
    const again = (share?.resent[String(b)] ?? 0) / Math.max(1, share?.tombstones.at(-1) ?? 1);
    const octets = 54 + 26 * (share?.meanHops ?? 4) + 48;
    rows.push([
      `d: buckets of ${b}`,
      `${num(again)} verifications`,
      `33 + ${num(again * octets)}`,
      `${num(48 / b, 2)} per route`,
    ]);
  }
  return table(['strategy', 'CPU per removal', 'octets on the wire', 'signature octets kept'], rows);
}

function inMicroseconds({ median, q1, q3 }: Spread): Pick<Spread, 'median' | 'q1' | 'q3'> {
  return { median: 1000 * median, q1: 1000 * q1, q3: 1000 * q3 };
}
