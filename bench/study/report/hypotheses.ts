import type { StudyResults } from '../results.js';
import { quantile, spread } from '../statistics.js';
import { batchCost, batchRatio, cpuAt, memoryPerRoute, microseconds, ratioAt } from './analysis.js';
import { num, percent, withSpread } from './format.js';

/** The answers to H1 to H6 in Markdown: what was measured, its spread, and whether what would refute it was seen. */
export function hypotheses(results: StudyResults): string {
  return [h1, h2, h3, h4, h5, h6].map((answer) => answer(results)).join('\n\n');
}

function answer(title: string, refuted: boolean | 'in part', text: string): string {
  const verdict = refuted === 'in part' ? 'refuted in part' : refuted ? 'refuted' : 'not refuted';
  return `### ${title}\n\n**${verdict}.** ${text}`;
}

function h1({ octets }: StudyResults): string {
  const four = octets.find(({ length }) => length === 4);
  const constant = new Set(octets.map(({ length, aggregate }) => aggregate - 26 * length)).size === 1;
  const ratio = (four?.aggregate ?? 0) / (four?.ecdsaMean ?? 1);
  const series = octets.map((o) => `${o.length}: ${percent(o.aggregate / o.ecdsaMean)}`).join(', ');
  return answer(
    'H1, octets: one constant signature, 46 % of a BGPsec UPDATE at four hops',
    !constant || Math.abs(ratio - 0.46) > 0.01,
    `Real messages at four hops have ${num(four?.aggregate ?? 0)} octets (PLAIN, CHAIN) and ` +
      `${num(four?.ecdsaMean ?? 0, 4)} on average (BGPsec): ${percent(ratio)}. By hops: ${series}. ` +
      `The signature is ${constant ? 'the same 48 octets at every length' : 'not constant'}; what grows is ` +
      `26 octets per hop of segment and SKI. DER lengths vary by an octet or two per signature, which moves the ratio ` +
      `by less than half a per cent. Another ratio from real messages would have refuted it.`,
  );
}

function h2(results: StudyResults): string {
  const rows = results.tables.map(({ name, octetsPerRoute: o }) => {
    const better = Math.min(
      o['ECDSA, paths interned'] ?? 0,
      o['ECDSA, statements and paths interned'] ?? Number.POSITIVE_INFINITY,
    );
    return {
      name,
      received: 1 - (o['aggregate as received'] ?? 0) / (o['ECDSA as received'] ?? 1),
      interned: 1 - (o['aggregate, paths interned'] ?? 0) / better,
      signatures: 1 - 48 / (o['ECDSA signatures alone'] ?? 1),
    };
  });
  const size = Math.max(...results.memory.map(({ routes }) => routes));
  const at = (scheme: string): number =>
    memoryPerRoute(results).find((row) => row.scheme === scheme && row.routes === size)?.measured ??
    Number.NaN;
  const measured = 1 - at('PLAIN, CHAIN: transit') / at('ECDSA');
  const low = rows.reduce((a, b) => (a.interned < b.interned ? a : b));
  return answer(
    'H2, memory: about 60 % (as received), 72 to 77 % (paths interned), 83 % (signatures alone) at a mean of four hops',
    rows.some(({ interned }) => interned < 0.5) || measured < 0.5,
    `Savings by table, as received / against the better interned ECDSA / signatures alone: ${rows
      .map((r) => `${r.name}: ${percent(r.received)} / ${percent(r.interned)} / ${percent(r.signatures)}`)
      .join('; ')}. Measured in packed stores at ${num(size)} routes (transit, paths interned for both): ` +
      `${percent(measured)}. The smallest interned saving is ${percent(low.interned)} (${low.name}); a saving below ` +
      `50 % would have refuted it. It shrinks where many peers see the same tails, because ECDSA signatures of shared ` +
      `statements can be stored once and aggregates cannot. A table with short paths saves less.`,
  );
}

function h3(results: StudyResults): string {
  const at = (system: string, length: number): string => withSpread(ratioAt(results, system, length));
  const lowest = [
    ...results.byLength.flatMap(({ length }) =>
      ['S2', 'S2 cached'].map((system) => ({
        where: `${system}, n = 1, L = ${length}`,
        ratio: ratioAt(results, system, length).median,
      })),
    ),
    ...results.batches.flatMap(({ n }) =>
      ['S2g 128 bits', 'S2g 64 bits', 'S4 aggregate, no coefficients'].map((system) => ({
        where: `${system}, n = ${n}, L = 4`,
        ratio: batchRatio(results, n, system)?.median ?? Number.POSITIVE_INFINITY,
      })),
    ),
  ].reduce((a, b) => (a.ratio < b.ratio ? a : b));
  const cached = ratioAt(results, 'S2 cached', 4, 'S1p');
  return answer(
    'H3, CPU: PLAIN 3 to 5 times ECDSA, CHAIN 7 to 8 times at three to six hops; never below ECDSA',
    lowest.ratio < 1 ? 'in part' : false,
    `One UPDATE, nothing cached, as a ratio to ECDSA in the same rounds, median (quartiles): PLAIN ${at('S2', 1)} at one ` +
      `hop, ${at('S2', 4)} at four, ${at('S2', 6)} at six; literal CHAIN ${at('S3 literal', 1)}, ` +
      `${at('S3 literal', 4)}, ${at('S3 literal', 6)}. With lines cached and CHAIN merged: PLAIN ${at('S2 cached', 4)}, ` +
      `CHAIN ${at('S3 cached', 4)} at four hops. Cached against cached (ECDSA with key tables): PLAIN ` +
      `${withSpread(cached)} times. Decoding of the signature is included here, and costs about ` +
      `${num(microseconds(results, 'decode sigma') / microseconds(results, 'P-256 verification'), 2)} P-256 ` +
      `verifications. The closest that PLAIN came to ECDSA without key tables is ${num(lowest.ratio)} times ` +
      `(${lowest.where}). ${
        lowest.ratio < 1
          ? 'A pair of n and L below 1 refutes the second half of the hypothesis: here large grouped batches do it, which ' +
            'hash without the redundant subgroup check of the library. Per route on arrival, and against ECDSA with key ' +
            'tables, PLAIN stays well above'
          : 'Any pair of n and L below 1 would have refuted it'
      }.`,
  );
}

function h4(results: StudyResults): string {
  const sizes = [...new Set(results.batches.map(({ n }) => n))];
  const list = (system: string): string =>
    sizes
      .map((n) => ({ n, cost: batchCost(results, n, system) }))
      .filter(({ cost }) => cost !== undefined)
      .map(({ n, cost }) => `${n}: ${num(cost ?? 0)}`)
      .join(', ');
  const distinct = results.batches
    .filter(({ samples }) => samples.S1 === undefined)
    .map(({ n, samples }) => `${n}: ${num(quantile(samples['S2g 128 bits']?.cpu ?? [], 0.5) / n)}`)
    .join(', ');
  const chain = sizes.map((n) => batchCost(results, n, 'S3 aggregate')).filter((c) => c !== undefined);
  const fall = 1 - (chain.at(-1) ?? 1) / (chain[0] ?? 1);
  const miller = microseconds(results, 'Miller loop, cached lines');
  const final = microseconds(results, 'final exponentiation');
  const hash = microseconds(results, 'hash to G1');
  const single = 4 * hash + 5 * miller + 4 * final;
  const expected = (miller + final) / single;
  const largest = sizes.at(-1) ?? 1;
  const grouped = batchCost(results, largest, 'S2g 128 bits') ?? 0;
  const hashing = batchCost(results, largest, 'hashing alone') ?? 0;
  return answer(
    'H4, batching: PLAIN falls with n, grouped further and down to hashing; CHAIN does not fall',
    fall > 0.05 ? 'in part' : false,
    `CPU per route in milliseconds by batch size, four hops, 64 signers. PLAIN grouped, 128-bit coefficients: ` +
      `${list('S2g 128 bits')}; 64 bits: ${list('S2g 64 bits')}; aggregate without coefficients: ` +
      `${list('S4 aggregate, no coefficients')}; 128 bits with all signers distinct, where grouping finds nothing: ` +
      `${distinct}; hashing alone: ${list('hashing alone')}. At n = ${largest} the ` +
      `grouped batch costs ${num(grouped / hashing)} times its own hashing. CHAIN, merged: ${list('S3 aggregate')}. ` +
      `From one route to the largest batch CHAIN changes by ${percent(-fall)}: the pairing of the aggregate itself is ` +
      `shared, which is worth at most ${percent(expected)} at four hops by the measured operations, and nothing ` +
      `else is. CHAIN falling with n would refute the hypothesis${
        fall <= 0.05
          ? '; it does not'
          : fall <= expected + 0.1
            ? '; it does so by about that constant and no further'
            : ', and here it falls by more than that constant explains: look at the spread and at the load'
      }.`,
  );
}

function h5(results: StudyResults): string {
  const rows = results.failures;
  const misses = rows.reduce((sum, row) => sum + row.misses, 0);
  const accusations = rows.reduce((sum, row) => sum + row.falseAccusations, 0);
  const base = spread(rows.filter(({ mode }) => mode === 'one by one').flatMap(({ cpu }) => cpu)).median;
  const extra = (mode: string, bad: number): string => {
    const row = rows.find((r) => r.mode === mode && r.bad === bad);
    return row === undefined ? 'n/a' : num(quantile(row.passes, 0.5) - 1);
  };
  const loss = (mode: string): string => {
    const row = rows.find((r) => r.mode === mode && quantile(r.cpu, 0.5) > base);
    return row === undefined
      ? 'not in this run'
      : `from ${row.bad} bad in ${row.n} (${percent(row.bad / row.n)})`;
  };
  return answer(
    'H5, failures: one bad route costs 1.0 (quotient) to 1.5 (plain) extra passes; every bad route is named',
    misses + accusations > 0,
    `Batch of ${results.config.failureBatch}: extra passes of pairings for one bad route ${extra('quotient', 1)} ` +
      `(quotient) and ${extra('plain', 1)} (plain), for two ${extra('quotient', 2)} and ${extra('plain', 2)}, for eight ` +
      `${extra('quotient', 8)} and ${extra('plain', 8)}. With cancelling pairs among the faults there were ${misses} ` +
      `misses and ${accusations} false accusations in ${rows.reduce((s, r) => s + r.cpu.length, 0)} searches; one of ` +
      `either would have refuted it. In CPU the batch becomes dearer than one by one: quotient ${loss('quotient')}, ` +
      `plain ${loss('plain')}. The passes depend on where the bad routes lie; the published expectation is for uniform ` +
      `places, and one search has at most log2 n of them per bad route.`,
  );
}

function h6(results: StudyResults): string {
  const { acts, tombstoneChecks, replays } = results.churn;
  const cost = (name: string): number => spread(acts[name]?.cpu ?? []).median;
  const first = tombstoneChecks[0];
  const last = tombstoneChecks.at(-1);
  const slope =
    ((last?.cpu ?? 0) - (first?.cpu ?? 0)) / Math.max(1, (last?.tombstones ?? 0) - (first?.tombstones ?? 0));
  const lines = replays.map(
    (r) =>
      `${r.source}: ${num(r.replacements)} replacements and ${num(r.withdrawals)} withdrawals leave ` +
      `${num(r.tombstones.at(-1) ?? 0)} tombstones for ${num(r.liveRoutes)} live routes; buckets of 16, 256, 4096 send ` +
      `${[16, 256, 4096].map((b) => num((r.resent[String(b)] ?? 0) / Math.max(1, r.tombstones.at(-1) ?? 1))).join(', ')} ` +
      `routes again per removal`,
  );
  return answer(
    'H6, churn: without stored signatures the cost of removal grows with tombstones or with routes sent again',
    slope <= 0 || 'in part',
    `With the signature stored (strategy a) a removal costs ${num(1000 * cost('a: read a stored signature, subtract it'))} ` +
      `microseconds, nearly all of it the decoding. Sent again in the withdrawal (b): ` +
      `${num(cost('b: verify a supplied signature, subtract it'))} ms, because it must be verified, and 51 more octets. ` +
      `Tombstones (c) cost nothing when they are made and ${num(slope)} ms each at every later check of the aggregate ` +
      `(${tombstoneChecks.map((t) => `${t.tombstones}: ${num(t.cpu)} ms`).join(', ')}; 8 live routes). ${lines.join('. ')}. ` +
      `A strategy without stored signatures whose cost stays flat would refute the hypothesis, and by the letter strategy ` +
      `b is one: a removal always costs about one verification (${num(cpuAt(results, 'S2 cached', 4).median)} ms at four ` +
      `hops). It is flat only because the peer keeps what this side dropped and sends it again in a field that no ` +
      `message has. For c and d, which need nothing from the peer's memory, the hypothesis stands.`,
  );
}
