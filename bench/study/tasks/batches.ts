import {
  createNobleEngine,
  decodeSignature,
  type NobleKey,
  type NoblePoint,
  randomCoefficients,
  type SignedRoute,
  statementPoints,
  verifyChain,
  verifyPlain,
  verifyPlainBatch,
  verifyPlainSet,
} from 'pathsec/apvas';
import { isValidRoute } from 'pathsec/bgpsec';
import { seededRandom } from 'pathsec/tables';
import type { StudyConfig } from '../config.js';
import { type Cell, measureRounds } from '../measure/rounds.js';
import { isWanted } from '../schemes.js';
import { createWorkload, LOCAL_AS, prefix24 } from '../workload.js';
import type { Job, TaskPart } from './part.js';

/** The signers of each batch; times are per route of the batch. */
export interface BatchFacts {
  readonly hops: number;
  readonly signers: readonly { readonly n: number; readonly ofPool: number; readonly allDistinct?: number }[];
}

const HOPS = 4;

/** C_b(n, 4, u): batches of n routes of four hops, from 64 signers in all and from signers that are all distinct. */
export function batches(config: StudyConfig, { process }: Job): TaskPart<BatchFacts> {
  const made = config.batchSizes.map((n) => ({
    n,
    pool: batch(config, n, 64),
    // The many-signer variant of large batches would be all key generation; it is measured up to 64 routes.
    ...(n > 1 && n <= 64 && n * HOPS !== 64 && { distinct: batch(config, n, n * HOPS) }),
  }));
  const cells = made
    .flatMap(({ pool, distinct }) => [...pool.cells, ...(distinct?.cells ?? [])])
    .filter(({ scheme }) => isWanted(config.schemes, scheme));
  const signers = made.map(({ n, pool, distinct }) => ({
    n,
    ofPool: pool.signers,
    ...(distinct && { allDistinct: distinct.signers }),
  }));
  return {
    cells: measureRounds(cells, config.batchRounds, { seed: config.seed, process }),
    facts: { hops: HOPS, signers },
  };
}

function batch(
  config: StudyConfig,
  n: number,
  signers: number,
): { readonly cells: Cell[]; readonly signers: number } {
  const random = seededRandom(config.seed + n + signers);
  const workload = createWorkload();
  const engine = createNobleEngine({ cachedKeys: 4096 });
  const octetsOf = (length: number): Uint8Array =>
    Uint8Array.from({ length }, () => Math.floor(random() * 256));
  const shapes = Array.from({ length: n }, (_, i) => ({
    asns: pickDistinct(HOPS, signers, random, i),
    prefix: prefix24(i),
  }));
  const received = shapes.map((shape) => {
    const sent = workload.aggregate('plain', shape);
    return { ...sent, octets: engine.encodeG1(sent.sigma) };
  });
  const open = (): SignedRoute<NoblePoint, NobleKey>[] =>
    received.map(({ route, keys, octets }) => ({ route, keys, sigma: decodeSignature(engine, octets) }));
  const runs: Record<string, () => unknown> = {};
  if (signers === 64) {
    const ecdsa = shapes.map((shape) => workload.ecdsa(shape));
    const verifier = { keys: workload.routerKeys(), suites: workload.suites };
    const session = { localAs: LOCAL_AS, peerAs: 1, kind: 'external' as const };
    runs.S1 = () => ecdsa.every((route) => isValidRoute({ ...route, session }, verifier));
    runs['S2 cached'] = () => open().every((route) => verifyPlain(engine, route));
    runs['S2g 64 bits'] = () =>
      verifyPlainBatch(engine, open(), randomCoefficients(n, octetsOf, 64)).bad.length === 0;
    runs['S4 aggregate, no coefficients'] = () => {
      const routes = open();
      const sum = routes.reduce((total, { sigma }) => engine.add(total, sigma), engine.identity);
      return verifyPlainSet(engine, routes, sum);
    };
    runs['hashing alone'] = () => statementPoints(engine, received).length;
    if (n <= config.chainBatchLimit) {
      const chained = shapes.map((shape) => workload.aggregate('chain', shape));
      const encoded = chained.map(({ sigma }) => engine.encodeG1(sigma));
      runs['S3 aggregate'] = () => {
        const sum = encoded.reduce(
          (total, octets) => engine.add(total, decodeSignature(engine, octets)),
          engine.identity,
        );
        return verifyChain(engine, chained, sum);
      };
    }
  }
  runs[signers === 64 ? 'S2g 128 bits' : 'S2g 128 bits, distinct signers'] = () =>
    verifyPlainBatch(engine, open(), randomCoefficients(n, octetsOf)).bad.length === 0;
  // Once before anything is measured: lines of all keys, and whether it verifies at all.
  for (const [scheme, run] of Object.entries(runs)) {
    if (run() === false) throw new Error(`${scheme} refuses honest routes`);
  }
  return {
    cells: Object.entries(runs).map(([scheme, run]) => ({ scheme, parameter: n, run, per: n })),
    signers: new Set(shapes.flatMap(({ asns }) => asns)).size,
  };
}

/** `count` distinct ASes of a pool; a pool as large as the batch needs is used up without repetition. */
function pickDistinct(count: number, pool: number, random: () => number, index: number): number[] {
  if (pool !== 64) return Array.from({ length: count }, (_, k) => 65_000 + ((index * count + k) % pool));
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(64_500 + Math.floor(random() * pool));
  return [...chosen];
}
