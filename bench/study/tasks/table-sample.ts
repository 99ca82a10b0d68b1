import {
  createNobleEngine,
  decodeSignature,
  type FcRoute,
  randomCoefficients,
  verifyChain,
  verifyFcRoute,
  verifyPlain,
  verifyPlainBatch,
} from 'pathsec/apvas';
import { createSegmentCache, isValidRoute, type SignatureEngine, suite1 } from 'pathsec/bgpsec';
import { toHex } from 'pathsec/bytes';
import { seededRandom } from 'pathsec/tables';
import type { StudyConfig } from '../config.js';
import { STANDARD } from '../inputs.js';
import { measureRounds } from '../measure/rounds.js';
import { isWanted } from '../schemes.js';
import { readInput } from '../table-input.js';
import { createWorkload, LOCAL_AS } from '../workload.js';
import type { Job, TaskPart } from './part.js';

/** A signed sample of a table. */
export interface TableSampleFacts {
  readonly name: string;
  readonly routes: number;
  readonly prefixes: number;
  readonly meanHops: number;
  readonly distinctStatementShare: number;
}

/**
 * Signs a sample of whole prefixes (all routes of each, so that shared tails stay shared) of the first table, and
 * verifies it under every system, cold caches of statements, warm keys. Tables of several peers come first: there
 * the cache of common segments has something to find.
 */
export async function tableSample(
  config: StudyConfig,
  { process }: Job,
): Promise<TaskPart<TableSampleFacts>> {
  const [first] = config.tables;
  if (first === undefined) throw new Error('no table');
  const asked = STANDARD.includes(first.name) ? undefined : first;
  const severalPeers = config.tables.find(({ name }) => /^(updates of|embedded)/.test(name));
  const input = await readInput(config, asked ?? severalPeers ?? first);
  const random = seededRandom(config.seed + 3);
  const byPrefix = new Map<number, Map<number, number>>();
  for (const { prefix, peer, path } of input.events) {
    if (path < 0) continue;
    const routes = byPrefix.get(prefix) ?? new Map<number, number>();
    routes.set(peer, path);
    byPrefix.set(prefix, routes);
  }
  const order = [...byPrefix].map((entry) => ({ entry, key: random() })).sort((a, b) => a.key - b.key);
  const shapes: {
    asns: readonly number[];
    pCounts: readonly number[];
    prefix: (typeof input.prefixes)[number];
  }[] = [];
  let prefixes = 0;
  for (const { entry } of order) {
    if (shapes.length >= config.sampleRoutes) break;
    prefixes++;
    const prefix = input.prefixes[entry[0]];
    for (const path of entry[1].values()) {
      const found = input.paths[path];
      if (found && prefix && new Set(found.asns).size === found.asns.length)
        shapes.push({ ...found, prefix });
    }
  }
  const workload = createWorkload();
  const engine = createNobleEngine({ cachedKeys: 4096 });
  const ecdsa = shapes.map((shape) => workload.ecdsa(shape));
  const plain = shapes.map((shape) => workload.aggregate('plain', shape));
  const chain = shapes.map((shape) => workload.aggregate('chain', shape));
  const commitments = shapes.map((shape) => workload.commitments(shape));
  const octets = (sent: readonly { sigma: (typeof plain)[number]['sigma'] }[]) =>
    sent.map(({ sigma }) => engine.encodeG1(sigma));
  const [plainOctets, chainOctets] = [octets(plain), octets(chain)];
  const verifier = { keys: workload.routerKeys(), suites: workload.suites };
  const session = { localAs: LOCAL_AS, peerAs: 1, kind: 'external' as const };
  const statements = new Set<string>();
  let hops = 0;
  for (const { path, announced } of ecdsa) {
    const asns = path.segments.map(({ asn, pCount }) => `${asn}*${pCount}`);
    hops += asns.length;
    for (let i = 0; i < asns.length; i++) {
      statements.add(
        `${announced.prefix.octets} ${announced.prefix.length} ${asns.slice(Math.max(0, i - 1))}|${i === 0}`,
      );
    }
  }
  const open = (i: number, all: readonly Uint8Array[]) => decodeSignature(engine, all[i] ?? new Uint8Array());
  const random8 = (length: number): Uint8Array =>
    Uint8Array.from({ length }, () => Math.floor(random() * 256));
  const systems: Record<string, () => boolean> = {
    S1: () => ecdsa.every((route) => isValidRoute({ ...route, session }, verifier)),
    S1c: () => {
      const cache = createSegmentCache(100_000);
      return ecdsa.every((route) => isValidRoute({ ...route, session }, verifier, { cache }));
    },
    'FC-BGP': () => commitments.every(isCommitted({ keys: workload.fcKeys(), suites: workload.suites })),
    'FC-BGP cached': () => {
      const engine = withVerdicts(workload.suites.get(1) as SignatureEngine);
      return commitments.every(isCommitted({ keys: workload.fcKeys(), suites: suite1(engine) }));
    },
    'S2 cached': () =>
      plain.every((route, i) => verifyPlain(engine, { ...route, sigma: open(i, plainOctets) })),
    'S2g 128 bits': () => {
      const batch = plain.map((route, i) => ({ ...route, sigma: open(i, plainOctets) }));
      return verifyPlainBatch(engine, batch, randomCoefficients(batch.length, random8)).bad.length === 0;
    },
    'S3 cached': () => chain.every((route, i) => verifyChain(engine, [route], open(i, chainOctets))),
  };
  // Once before anything is measured: lines of all keys, and whether it verifies at all.
  for (const [system, run] of Object.entries(systems)) {
    if (!run()) throw new Error(`${system} refuses an honest route`);
  }
  const cells = Object.entries(systems)
    .filter(([scheme]) => isWanted(config.schemes, scheme))
    .map(([scheme, run]) => ({ scheme, parameter: input.name, run, per: shapes.length }));
  return {
    cells: measureRounds(cells, config.batchRounds, { seed: config.seed, process }),
    facts: {
      name: input.name,
      routes: shapes.length,
      prefixes,
      meanHops: hops / shapes.length,
      distinctStatementShare: statements.size / hops,
    },
  };
}

/** A test of routes with forwarding commitments from whoever sent them. */
function isCommitted(verifier: Parameters<typeof verifyFcRoute>[2]): (route: FcRoute) => boolean {
  return (route) => {
    const peerAs = route.asPath[0]?.asns[0] ?? 0;
    const session = { localAs: LOCAL_AS, peerAs, kind: 'external' as const };
    return verifyFcRoute(route, session, verifier).verdict === 'valid';
  };
}

/** An engine that verifies equal things once: a commitment does not depend on the rest of the path. */
function withVerdicts(engine: SignatureEngine): SignatureEngine {
  const known = new Map<string, boolean>();
  return {
    ...engine,
    verify: (key, octets, signature) => {
      const name = toHex(octets) + toHex(signature);
      const verdict = known.get(name) ?? engine.verify(key, octets, signature);
      known.set(name, verdict);
      return verdict;
    },
  };
}
