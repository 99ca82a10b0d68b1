import {
  createNobleEngine,
  type NobleKey,
  type NoblePoint,
  randomCoefficients,
  type SignedRoute,
  verifyChain,
  verifyFcRoute,
  verifyPlain,
  verifyPlainBatch,
  verifyPlainSet,
} from 'pathsec/apvas';
import type { SecurePathSegment } from 'pathsec/bgp';
import { isValidRoute, unicast } from 'pathsec/bgpsec';
import { seededRandom } from 'pathsec/tables';
import type { StudyConfig } from '../config.js';
import { createWorkload, destinationOf, LOCAL_AS, prefix24 } from '../workload.js';
import type { TaskPart } from './part.js';

/** Verdicts of every system on one mutated corpus. */
export interface AgreementFacts {
  readonly cases: number;
  readonly valid: number;
  /** Cases in which the system's verdict differs from S1's. */
  readonly differences: Record<string, number>;
  readonly byFault: Record<string, { readonly cases: number; readonly refused: number }>;
}

interface Mutation {
  readonly segments?: (segments: readonly SecurePathSegment[]) => SecurePathSegment[];
  readonly permute?: (hops: number) => number[];
  readonly localAs?: number;
  readonly prefix?: number;
  readonly foreignSignature?: boolean;
}

const MUTATIONS: Record<string, Mutation> = {
  'as sent': {},
  'other target': { localAs: LOCAL_AS - 5 },
  'other prefix': { prefix: 999 },
  'changed pCount': { segments: (s) => s.map((v, i) => (i === s.length - 1 ? { ...v, pCount: 2 } : v)) },
  'changed flags': { segments: (s) => s.map((v, i) => (i === 0 ? { ...v, flags: 1 } : v)) },
  'swapped hops': { permute: (n) => Array.from({ length: n }, (_, i) => (i < 2 ? 1 - i : i)) },
  'origin removed': { permute: (n) => Array.from({ length: n - 1 }, (_, i) => i) },
  'newest hop removed': { permute: (n) => Array.from({ length: n - 1 }, (_, i) => i + 1) },
  'signature of another route': { foreignSignature: true },
};

/** S2, S2g, S3, S4 and FC-BGP against S1: the same routes, the same faults. */
export function agreement(config: StudyConfig): TaskPart<AgreementFacts> {
  const random = seededRandom(config.seed + 9);
  const octets = (length: number): Uint8Array =>
    Uint8Array.from({ length }, () => Math.floor(random() * 256));
  const workload = createWorkload();
  const engine = createNobleEngine({ cachedKeys: 4096 });
  const lengths = config.mode === 'full' ? [2, 3, 3, 4, 4, 4, 5, 5, 6, 8] : [2, 3, 4];
  const differences: Record<string, number> = { S2: 0, S2g: 0, S3: 0, S4: 0, 'FC-BGP': 0 };
  const byFault: Record<string, { cases: number; refused: number }> = {};
  let cases = 0;
  let valid = 0;
  for (const [index, length] of lengths.entries()) {
    const asns = Array.from({ length }, (_, k) => 64_500 + ((index * 3 + k * 5) % 40));
    const shape = { asns, prefix: prefix24(index) };
    const other = { asns, prefix: prefix24(500 + index) };
    const batch: SignedRoute<NoblePoint, NobleKey>[] = [];
    const expected: boolean[] = [];
    for (const [fault, mutation] of Object.entries(MUTATIONS)) {
      const order = mutation.permute?.(length) ?? Array.from({ length }, (_, i) => i);
      const pick = <V>(values: readonly V[]): V[] => order.map((i) => values[i] as V);
      const localAs = mutation.localAs ?? LOCAL_AS;
      const prefix = mutation.prefix === undefined ? shape.prefix : prefix24(mutation.prefix);
      const change = (s: readonly SecurePathSegment[]) => mutation.segments?.(pick(s)) ?? pick(s);
      const ecdsa = workload.ecdsa(shape);
      const foreign = workload.ecdsa(other).path.blocks[0]?.signatures ?? [];
      const blocks = ecdsa.path.blocks.map(({ suite, signatures }) => ({
        suite,
        signatures: pick(
          signatures.map((s, i) => (mutation.foreignSignature && i === 0 ? (foreign[0] ?? s) : s)),
        ),
      }));
      const session = { localAs, peerAs: 1, kind: 'external' as const };
      const path = { segments: change(ecdsa.path.segments), blocks };
      const verifier = { keys: workload.routerKeys(), suites: workload.suites };
      const reference = isValidRoute({ path, announced: unicast(prefix), session }, verifier);
      const mutate = (scheme: 'plain' | 'chain'): SignedRoute<NoblePoint, NobleKey> => {
        const sent = workload.aggregate(scheme, shape);
        const keys = pick([...sent.keys].reverse()).reverse();
        return {
          route: {
            ...destinationOf(prefix),
            targetAs: localAs,
            segments: change(sent.route.segments),
            skis: pick(sent.route.skis),
          },
          keys,
          sigma: mutation.foreignSignature ? workload.aggregate(scheme, other).sigma : sent.sigma,
        };
      };
      const commitments = (): boolean => {
        const sent = workload.commitments(shape).path.segments;
        const [alien] = workload.commitments(other).path.segments;
        const own = sent.map((s, i) =>
          mutation.foreignSignature && i === 0 && alien ? { ...s, signature: alien.signature } : s,
        );
        const segments = pick(own).map((s, i) => ({ ...s, flags: s.flags | (path.segments[i]?.flags ?? 0) }));
        const sequence = path.segments.flatMap(({ asn, pCount }) => new Array<number>(pCount).fill(asn));
        const route = { prefix, path: { segments }, asPath: [{ type: 2 as const, asns: sequence }] };
        const all = { keys: workload.fcKeys(), suites: workload.suites };
        return verifyFcRoute(route, { ...session, kind: 'internal' }, all).verdict === 'valid';
      };
      const [plain, chain] = [mutate('plain'), mutate('chain')];
      const note = (system: string, verdict: boolean): void => {
        if (verdict !== reference) differences[system] = (differences[system] ?? 0) + 1;
      };
      note('S2', verifyPlain(engine, plain));
      note('FC-BGP', commitments());
      note('S3', verifyChain(engine, [chain], chain.sigma));
      // S4 gives one verdict for a set: this route beside an honest one.
      const honest = workload.aggregate('plain', other);
      note('S4', verifyPlainSet(engine, [honest, plain], engine.add(honest.sigma, plain.sigma)));
      batch.push(plain);
      expected.push(reference);
      cases++;
      if (reference) valid++;
      const row = byFault[fault] ?? { cases: 0, refused: 0 };
      byFault[fault] = row;
      row.cases++;
      if (!reference) row.refused++;
    }
    const { bad } = verifyPlainBatch(engine, batch, randomCoefficients(batch.length, octets));
    for (const [i, reference] of expected.entries()) {
      if (bad.includes(i) === reference) differences.S2g = (differences.S2g ?? 0) + 1;
    }
  }
  return { cells: [], facts: { cases, valid, differences, byFault } };
}
