import { chainValue } from './chain.js';
import { type BisectionMode, type Culprits, findCulprits } from './culprits.js';
import { GROUP_ORDER } from './encoding.js';
import type { PairingEngine, PairingTerm } from './engine.js';
import type { SignedRoute } from './hops.js';
import { statementPoints } from './plain.js';

/**
 * Verifies a batch of PLAIN routes with random coefficients, grouped by signer:
 * product of e(z_r c, pk) = e(sum of z_r s_r, g2). When it fails, bisection names every bad route.
 *
 * `coefficients` has one value per route; draw them with `randomCoefficients`, and never twice for two batches. All 1
 * makes a cancelling pair pass. Every sigma must have been decoded one by one: a check of the sum alone could miss a
 * component outside the subgroup. No cofactor is cleared (docs/decisions/apvas.md D-apvas-cofactor).
 */
export function verifyPlainBatch<P, K, T>(
  engine: PairingEngine<P, K, T>,
  batch: readonly SignedRoute<P, K>[],
  coefficients: readonly bigint[],
  mode: BisectionMode = 'quotient',
): Culprits {
  requireCoefficients(batch, coefficients);
  const points = statementPoints(engine, batch, engine.mapToG1);
  return findCulprits(
    engine,
    batch.length,
    (from, to) => {
      const groups = new Map<K, { points: P[]; scalars: bigint[] }>();
      for (const { point, key, routes } of points) {
        // A statement that several routes share gets the sum of their coefficients.
        let scalar = 0n;
        for (const r of routes) if (r >= from && r < to) scalar += coefficients[r] as bigint;
        if (scalar === 0n) continue;
        const group = groups.get(key.prepared) ?? { points: [], scalars: [] };
        group.points.push(point);
        group.scalars.push(scalar % GROUP_ORDER);
        groups.set(key.prepared, group);
      }
      const terms: PairingTerm<P, K>[] = Array.from(groups, ([key, group]) => ({
        point: engine.combine(group.points, group.scalars),
        key,
      }));
      const sigma = combineSignatures(engine, batch, coefficients, from, to);
      terms.push({ point: engine.negate(sigma), key: engine.mappedGenerator });
      return engine.finalExponentiation(engine.miller(terms));
    },
    mode,
  );
}

/**
 * As {@link verifyPlainBatch}, for CHAIN: product of E_r^z_r = e(sum of z_r s_r, g2). E needs all its pairings anyway;
 * they are computed once and kept for the bisection.
 */
export function verifyChainBatch<P, K, T>(
  engine: PairingEngine<P, K, T>,
  batch: readonly SignedRoute<P, K>[],
  coefficients: readonly bigint[],
  mode: BisectionMode = 'quotient',
): Culprits {
  requireCoefficients(batch, coefficients);
  const values = batch.map((route, r) => engine.powGt(chainValue(engine, route), coefficients[r] as bigint));
  return findCulprits(
    engine,
    batch.length,
    (from, to) => {
      const sigma = combineSignatures(engine, batch, coefficients, from, to);
      const pairing = engine.finalExponentiation(
        engine.miller([{ point: engine.negate(sigma), key: engine.generator }]),
      );
      return values.slice(from, to).reduce((product, value) => engine.multiplyGt(product, value), pairing);
    },
    mode,
  );
}

function combineSignatures<P, K, T>(
  engine: PairingEngine<P, K, T>,
  batch: readonly SignedRoute<P, K>[],
  coefficients: readonly bigint[],
  from: number,
  to: number,
): P {
  const sigmas = batch.slice(from, to).map(({ sigma }) => sigma);
  return engine.combine(sigmas, coefficients.slice(from, to));
}

function requireCoefficients(batch: readonly unknown[], coefficients: readonly bigint[]): void {
  if (coefficients.length !== batch.length) throw new RangeError('one coefficient per route');
  if (coefficients.some((z) => z < 1n || z >= GROUP_ORDER)) throw new RangeError('coefficient out of range');
}
