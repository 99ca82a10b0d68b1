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
import { seededRandom } from '../../lib/random.js';
import type { StudyConfig } from '../config.js';
import { interleave, type Samples } from '../counters.js';
import { createWorkload, LOCAL_AS, prefix24 } from '../workload.js';

/** C_b(n, 4, u): milliseconds per *batch*; divide by `n`. */
export interface BatchResult {
  readonly n: number;
  readonly signers: number;
  readonly hops: number;
  readonly samples: Record<string, Samples>;
}

const HOPS = 4;

/** Batches of n routes of four hops, from 64 signers in all and from signers that are all distinct. */
export function batches(config: StudyConfig): BatchResult[] {
  const results: BatchResult[] = [];
  for (const n of config.batchSizes) {
    // The many-signer variant of large batches would be all key generation; it is measured up to 64 routes.
    const pools = n > 1 && n <= 64 && n * HOPS !== 64 ? [64, n * HOPS] : [64];
    for (const signers of pools) results.push(batch(config, n, signers));
  }
  return results;
}

function batch(config: StudyConfig, n: number, signers: number): BatchResult {
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
  const operations: Record<string, () => unknown> = {};
  if (signers === 64) {
    const ecdsa = shapes.map((shape) => workload.ecdsa(shape));
    const verifier = { keys: workload.routerKeys(), suites: workload.suites };
    const session = { localAs: LOCAL_AS, peerAs: 1, kind: 'external' as const };
    operations.S1 = () => ecdsa.every((route) => isValidRoute({ ...route, session }, verifier));
    operations['S2 cached'] = () => open().every((route) => verifyPlain(engine, route));
    operations['S2g 64 bits'] = () =>
      verifyPlainBatch(engine, open(), randomCoefficients(n, octetsOf, 64)).bad.length === 0;
    operations['S4 aggregate, no coefficients'] = () => {
      const routes = open();
      const sum = routes.reduce((total, { sigma }) => engine.add(total, sigma), engine.identity);
      return verifyPlainSet(engine, routes, sum);
    };
    operations['hashing alone'] = () => statementPoints(engine, received).length;
    if (n <= config.chainBatchLimit) {
      const chained = shapes.map((shape) => workload.aggregate('chain', shape));
      const encoded = chained.map(({ sigma }) => engine.encodeG1(sigma));
      operations['S3 aggregate'] = () => {
        const sum = encoded.reduce(
          (total, octets) => engine.add(total, decodeSignature(engine, octets)),
          engine.identity,
        );
        return verifyChain(engine, chained, sum);
      };
    }
  }
  operations['S2g 128 bits'] = () =>
    verifyPlainBatch(engine, open(), randomCoefficients(n, octetsOf)).bad.length === 0;
  const distinct = new Set(shapes.flatMap(({ asns }) => asns)).size;
  return { n, signers: distinct, hops: HOPS, samples: interleave(operations, config.batchRounds) };
}

/** `count` distinct ASes of a pool; a pool as large as the batch needs is used up without repetition. */
function pickDistinct(count: number, pool: number, random: () => number, index: number): number[] {
  if (pool !== 64) return Array.from({ length: count }, (_, k) => 65_000 + ((index * count + k) % pool));
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(64_500 + Math.floor(random() * pool));
  return [...chosen];
}
