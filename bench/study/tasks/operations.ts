import { bls12_381 } from '@noble/curves/bls12-381.js';
import { p256 } from '@noble/curves/nist.js';
import { createAggregate, createNobleEngine, DST_PLAIN, decodeSignature } from 'pathsec/apvas';
import { createAspaTable, fastVerify } from 'pathsec/aspa';
import { createRovTable, validateOrigin } from 'pathsec/rov';
import type { StudyConfig } from '../config.js';
import { measureRounds } from '../measure/rounds.js';
import { createWorkload, prefix24 } from '../workload.js';
import type { Job, TaskPart } from './part.js';

/** The single operations that everything else is made of. */
export function operations(config: StudyConfig, { process }: Job): TaskPart<null> {
  const engine = createNobleEngine();
  const workload = createWorkload();
  const message = new Uint8Array(200).fill(7);
  const secret = new Uint8Array(32).fill(9);
  const ecdsaKey = p256.getPublicKey(secret);
  const signature = p256.sign(message, secret, { format: 'der', lowS: false });
  const signed = workload.aggregate('plain', { asns: [64501, 64502, 64503, 64504], prefix: prefix24(1) });
  const octets = engine.encodeG1(signed.sigma);
  const key = signed.keys[0]?.prepared ?? engine.generator;
  const terms = [{ point: signed.sigma, key }];
  const miller = engine.miller(terms);
  const gt = engine.finalExponentiation(miller);
  const aggregate = createAggregate(engine, 'plain');
  aggregate.add(signed.route, signed.sigma);
  const vrps = Array.from({ length: 20_000 }, (_, i) => ({
    prefix: prefix24(i),
    maxLength: 24,
    asn: 64_500 + (i % 50),
  }));
  const rov = createRovTable(vrps);
  const announced = prefix24(77);
  const aspas = Array.from({ length: 20_000 }, (_, i) => ({
    customer: i + 1,
    providers: [i + 2, i + 3, i + 11],
  }));
  const aspa = createAspaTable(aspas);
  const path = Uint32Array.of(104, 103, 102, 101);
  const runs: Record<string, () => unknown> = {
    'P-256 verification': () => p256.verify(signature, message, ecdsaKey, { format: 'der', lowS: false }),
    'P-256 signature': () => p256.sign(message, secret, { format: 'der', lowS: false }),
    'hash to G1': () => engine.hashToG1(message, DST_PLAIN),
    'hash to G1 by the library, with its subgroup check': () =>
      bls12_381.shortSignatures.hash(message, DST_PLAIN),
    'subgroup check of a point': () =>
      bls12_381.G1.Point.fromAffine(signed.sigma.toAffine()).assertValidity(),
    'multiplication in G1, secret scalar': () => engine.multiply(signed.sigma, 2n ** 250n + 12345n),
    pairing: () => engine.finalExponentiation(createNobleEngine({ cachedKeys: 0 }).miller(terms)),
    'Miller loop, cached lines': () => engine.miller(terms),
    'lines of a key': () => bls12_381.utils.calcPairingPrecomputes(key.point),
    'final exponentiation': () => engine.finalExponentiation(miller),
    'multiplication in GT': () => engine.multiplyGt(gt, gt),
    'encoding of GT': () => engine.encodeGt(gt),
    'addition in G1': () => engine.add(signed.sigma, signed.sigma),
    'aggregate: add': () => aggregate.add(signed.route, signed.sigma),
    'aggregate: remove': () => {
      // The matching addition is part of the time: a removal needs a member.
      aggregate.add(signed.route, signed.sigma);
      return aggregate.remove(signed.route, signed.sigma);
    },
    'decode sigma': () => decodeSignature(engine, octets),
    'encode sigma': () => engine.encodeG1(signed.sigma),
    'ASPA verification of a path of 4': () => fastVerify(aspa, path, 0, 4),
    'origin validation': () => validateOrigin(rov, announced, 64_577),
  };
  const cells = Object.entries(runs).map(([scheme, run]) => ({ scheme, parameter: 1, run }));
  return { cells: measureRounds(cells, config.rounds, { seed: config.seed, process }), facts: null };
}
