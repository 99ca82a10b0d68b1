import { bls12_381 } from '@noble/curves/bls12-381.js';
import {
  attributeOf,
  createKeyTable,
  createNobleEngine,
  decodePublicKey,
  forward,
  propagateFc,
  verifyUpdate,
} from 'pathsec/apvas';
import { addSegment, createSigner, routerPrivateKey, type SignatureEngine, spkiFault } from 'pathsec/bgpsec';
import type { StudyConfig } from '../config.js';
import { type Cell, measureRounds } from '../measure/rounds.js';
import { createWorkload, LOCAL_AS, prefix24 } from '../workload.js';
import type { Job, TaskPart } from './part.js';

/**
 * C_k and C_s(d): admission of a key, forwarding of a route of four hops to d neighbour ASes, and first sight of the
 * signers of an UPDATE: keys admitted, lines computed, then verified.
 */
export function keysAndSigning(config: StudyConfig, { process }: Job): TaskPart<null> {
  const workload = createWorkload();
  const { engine } = workload;
  const shape = { asns: [64_500, 64_501, 64_502, LOCAL_AS - 1], prefix: prefix24(2) };
  const plain = workload.aggregate('plain', shape);
  const chain = workload.aggregate('chain', shape);
  const ecdsa = workload.ecdsa(shape);
  const own = { ...workload.admitted(LOCAL_AS), ...signingKeyOf(workload) };
  const gt = engine.finalExponentiation(engine.miller([{ point: chain.sigma, key: engine.generator }]));
  const p256 = routerPrivateKey(new Uint8Array(32).fill(3));
  const signer = createSigner(workload.suites, [{ asn: LOCAL_AS, key: p256 }]);
  const { path, prefix } = workload.commitments(shape);
  const committed = { path, prefix, previousAs: LOCAL_AS - 1 };
  const speaker = { asn: LOCAL_AS, key: p256, engine: workload.suites.get(1) as SignatureEngine };
  const segment = { pCount: 1, flags: 0, asn: LOCAL_AS };
  const publicKeys = plain.keys.map(({ publicKey }) => publicKey);
  const each = (d: number, sign: (target: number) => unknown) => () => {
    for (let i = 0; i < d; i++) sign(65_000 + i);
    return true;
  };
  const signing: Record<string, () => unknown> = {};
  for (const d of [1, 10]) {
    signing[`S1 d=${d}`] = each(d, (t) => addSegment(ecdsa.path, segment, t, ecdsa.announced, signer));
    signing[`FC-BGP d=${d}`] = each(d, (asn) => propagateFc(committed, speaker, { asn, kind: 'external' }));
    signing[`S2 d=${d}`] = each(d, (targetAs) =>
      forward(engine, { ...plain, publicKeys }, own, { targetAs }),
    );
    signing[`S3 E kept d=${d}`] = each(d, (targetAs) =>
      forward(engine, { ...chain, publicKeys, gt }, own, { targetAs }),
    );
    signing[`S3 E recomputed d=${d}`] = each(d, (targetAs) =>
      forward(engine, { ...chain, publicKeys }, own, { targetAs }),
    );
  }
  const entry = workload.admitted(64_500);
  const point = entry.prepared.point;
  const spki = p256.spki;
  const update = {
    flags: 0x80,
    value: attributeOf(engine, plain),
    reach: { afi: 1, safi: 1, nlri: [plain.route.nlri] },
  };
  const session = { localAs: LOCAL_AS, peerAs: LOCAL_AS - 1, kind: 'external' as const };
  const entries = shape.asns.map((asn) => workload.admitted(asn));
  const runs: Record<string, () => unknown> = {
    'P-256: decode the key': () => spkiFault(spki) === undefined,
    'PLAIN, CHAIN: decode, subgroup': () => decodePublicKey(engine, entry.publicKey),
    'PLAIN, CHAIN: admission with proof of possession': () => createKeyTable(engine).admit(entry),
    'PLAIN, CHAIN: lines': () => bls12_381.utils.calcPairingPrecomputes(point),
    ...signing,
    'S2 first sight': () => {
      const fresh = createNobleEngine();
      const table = createKeyTable(fresh);
      for (const key of entries) table.admit(key);
      return verifyUpdate(fresh, table, update, session).verdict === 'valid';
    },
  };
  const cells = Object.entries(runs).map(
    ([scheme, run]): Cell => ({
      scheme,
      parameter: 4,
      run,
      unit: scheme.startsWith('P-256') ? 'p256' : 'pairing',
    }),
  );
  return { cells: measureRounds(cells, config.rounds, { seed: config.seed, process }), facts: null };
}

function signingKeyOf(workload: ReturnType<typeof createWorkload>) {
  const key = workload.admitted(LOCAL_AS);
  return { ...key, scalar: BigInt(LOCAL_AS) ** 7n + 12_345n };
}
