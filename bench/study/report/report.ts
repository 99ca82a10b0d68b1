import type { StudyResults } from '../results.js';
import { batchCost, memoryPerRoute, microseconds, ratioAt } from './analysis.js';
import {
  batchTable,
  byLengthTable,
  comparison,
  failureTable,
  feedTable,
  keysAndSigningTable,
  latencyTable,
  nativeTable,
  operationsTable,
  sampleTable,
  schemesTable,
} from './cost-sections.js';
import { num, table, withSpread } from './format.js';
import { hypotheses } from './hypotheses.js';
import {
  churnTable,
  limits,
  memoryTable,
  octetsTable,
  publishedFigures,
  tablesTable,
} from './size-sections.js';

/** The whole page. Every number in it comes from the results; the words are fixed. */
export function report(results: StudyResults): string {
  const { machine, config } = results;
  const command = `npm run study${config.mode === 'quick' ? ' -- --quick' : ''}`;
  return `# What aggregate path signatures would cost and save

NON-STANDARD. This page is about an experiment in the style of APVAS (arXiv:2008.13346). Its two schemes are no suites of
BGPsec, have not been reviewed outside this project, and protect nothing. The page is generated: \`${command}\` measures,
writes \`bench/results/study-${config.mode}.json\` with all raw samples, and writes this page and its pictures from it;
\`--report-only\` does the last step alone.

## The question

BGPsec carries one signature per hop. An aggregate carries one signature per path, and can carry one per table. What does
that save in octets and memory, what does it cost in CPU, and what does it lose? All systems below sit on the same routes,
parser, key tables and language (TypeScript, \`@noble/curves\`), so that ratios compare schemes and not languages.

| system | what it is |
| --- | --- |
| S0 | unsigned routes |
| S1, S1p, S1c, S1b | BGPsec: ECDSA per hop; with tables for keys; with a cache of common segments; best path only |
| S2 | PLAIN: BLS12-381, one final exponentiation per route; without and with cached lines of keys |
| S2g | PLAIN in batches of n, grouped by signer, random coefficients of 128 or 64 bits |
| S3 | CHAIN: the published sequential construction with the target AS signed; literal, and merged with cached lines |
| S4 | PLAIN, one aggregate per peer, no single signatures (stub) |
| S5, S6 | half-aggregated Schnorr; post-quantum signatures per hop |
| ROV, ASPA | origin validation and ASPA path verification: no signatures in UPDATEs at all |

## This run

${table(
  ['', ''],
  [
    ['mode, seed', `${config.mode}, ${config.seed}`],
    ['date, commit', `${machine.date}, ${machine.commit}`],
    ['machine', `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB`],
    ['Node, V8, OpenSSL', `${machine.node}, ${machine.v8}, ${machine.openssl}`],
    [
      'packages',
      Object.entries(machine.versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
    [
      'load average before, after',
      `${machine.loadBefore.map((l) => num(l)).join(' ')}, ${machine.loadAfter.map((l) => num(l)).join(' ')}`,
    ],
    ['duration', `${num(machine.seconds)} s`],
    [
      'rounds',
      `${config.rounds.rounds} (batches ${config.batchRounds.rounds}), after ${config.rounds.discard} discarded`,
    ],
  ],
)}

CPU is user and system time of one process per task; operations are interleaved, each once per round, and ratios are taken
within a round. Medians, quartiles in brackets. A load average far from 0 before the run means that another program ran on
the machine: ratios survive that, absolute times do not.

## Three kinds of protection, per UPDATE of four hops

${comparison(results)}

Memory is octets beyond an unsigned route, measured in packed stores, transit role. ROV and ASPA look things up in tables
that cost memory per payload, not per route. They and signatures answer different questions: ASPA finds leaks that every
signature scheme calls valid, and signatures find forged paths that attested providers would still let pass.

![CPU by path length](study/cpu-by-length.svg)

${byLengthTable(results)}

Milliseconds of CPU from attribute octets to verdict, decoding of signatures included.

![Ratio by path length](study/ratio-by-length.svg)

## Octets

![Octets by path length](study/octets-by-length.svg)

${octetsTable(results)}

BGPsec and the private attribute are encoded messages (BGPsec is the mean over several); the rest is computed by
\`52 + 26L + L(2 + s)\`, or with one signature. Both attributes carry one prefix per UPDATE.

${limits(results)}

## Memory

![Memory by table size](study/memory-by-size.svg)

${memoryTable(results)}

Octets per route beyond S0. *Payload* is what is logically needed, *arrays* what the packed store allocates, *measured*
the difference of heap and external memory of two fresh processes after forced collection. Transit keeps each route's
signature; the stub keeps none, and 48 octets per peer. With one JavaScript object per signature the same schemes look
quite different, which is a property of the data structure and not of the schemes.

### The model over real tables

${tablesTable(results)}

### Where the published 80 % and 20 % sit

${publishedFigures(results)}

## Batches

![Cost by batch size](study/cost-by-batch.svg)

CPU per route divided by ECDSA one by one over the same routes; four hops:

${batchTable(results)}

${latencyTable(results)}

## Bad routes

![Cost by share of bad routes](study/cost-by-bad-share.svg)

${failureTable(results)}

A wrong path signature says that some hop is wrong, never which one. ECDSA says which, and stops there.

## Churn

![Tombstones](study/tombstones.svg)

${churnTable(results)}

## Keys and signing

${keysAndSigningTable(results)}

Signing is for d neighbour ASes of a verified route of four hops. *First sight* admits the four keys of an UPDATE with their
proofs of possession, computes their lines, and verifies.

## A whole feed

1.2 million routes of one peer with the path lengths of a full feed, extrapolated; one core:

${feedTable(results)}

### A signed sample of a table

${sampleTable(results)}

## Other schemes

${schemesTable(results)}

Equal security is not given: BLS12-381 is rated at 117 to 126 bits, P-256, Ed25519 and secp256k1 at 128, the post-quantum
schemes at NIST levels 1 and 2.

## Native ceiling

${nativeTable(results)}

mcl-wasm is timed with its own hash to the curve, whose tag is fixed, so its equation cannot hold: time only. blst has the
variant with 96-octet signatures alone, and its aggregate calls use threads: compare CPU, not wall time.

## Do the systems agree?

${results.agreement.cases} cases (${results.agreement.valid} valid) with the same faults under every system; verdicts
that differ from S1: ${Object.entries(results.agreement.differences)
    .map(([system, count]) => `${system} ${count}`)
    .join(', ')}.

${table(
  ['fault', 'cases', 'refused'],
  Object.entries(results.agreement.byFault).map(([fault, row]) => [
    fault,
    String(row.cases),
    String(row.refused),
  ]),
)}

## The hypotheses

${hypotheses(results)}

## Targets

${targets(results)}

## Operations

${operationsTable(results)}

The library's hash ends with a subgroup check of its own result; the engine hashes by the same steps without it.

## Limits

- One language and one library in the main tables; the native ceiling shows that native ECDSA gains more than native
  pairings do.
- Keys are synthetic, one per AS; real deployments would have several per AS.
- No confederations: contributions cannot be taken out of a signature at egress, which is a cost of aggregation.
- No hop can be blamed; no early end at the first bad signature; added keys need signatures that a stub has dropped.
- Neither scheme is constant time in JavaScript, and the security argument has not been reviewed.
- What the papers measured, and against what, could not be read. Statements about them rest on their abstracts.
`;
}

function targets(results: StudyResults): string {
  const pairing = microseconds(results, 'pairing');
  const largest = Math.max(...results.batches.filter(({ n }) => n <= 64).map(({ n }) => n));
  const batch = (batchCost(results, largest, 'S2g 128 bits') ?? 0) * 1000;
  const short = (batchCost(results, largest, 'S2g 64 bits') ?? 0) * 1000;
  const size = Math.max(...results.memory.map(({ routes }) => routes));
  const stores = memoryPerRoute(results).filter((m) => m.routes === size && !m.scheme.includes('object'));
  const add = microseconds(results, 'aggregate: add');
  return table(
    ['target', 'measured'],
    [
      [
        'PLAIN, four hops, warm keys: at most 3.5 times ECDSA',
        `${withSpread(ratioAt(results, 'S2 cached', 4))}`,
      ],
      [
        `batch of ${largest} grouped: at most 12 ms per route, about one pairing`,
        `${num(batch / pairing)} pairings, ${num(batch / 1000)} ms (64 bits: ${num(short / pairing)}, ${num(short / 1000)} ms)`,
      ],
      [
        'aggregate: add and remove under 20 microseconds each',
        `${num(add)}, ${num(microseconds(results, 'aggregate: remove') - add)} (decoded signatures)`,
      ],
      [
        'packed store within 10 % of its payload',
        stores.map((m) => `${m.scheme}: ${num(100 * (m.arrays / m.payload - 1), 2)} %`).join('; '),
      ],
    ],
  );
}
