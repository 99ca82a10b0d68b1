import { createSign, generateKeyPairSync, verify } from 'node:crypto';
import { createNobleEngine } from 'pathsec/apvas';

/** The two operations by which all others are measured: a P-256 verification by OpenSSL, a pairing by noble. */
export const UNITS = ['p256', 'pairing'] as const;
export type Unit = (typeof UNITS)[number];

/** Calls of each operation in one sample: some milliseconds. */
export const CALLS: Readonly<Record<Unit, number>> = { p256: 24, pairing: 1 };

/** The operations themselves; nothing of a pairing is kept for the next one. */
export function calibrations(): Readonly<Record<Unit, () => unknown>> {
  const octets = new Uint8Array(118).fill(7);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signature = createSign('sha256').update(octets).sign(privateKey);
  const engine = createNobleEngine({ cachedKeys: 0 });
  const point = engine.hashToG1(octets, 'pathsec-study-calibration');
  return {
    p256: () => verify('sha256', octets, publicKey, signature),
    pairing: () => engine.finalExponentiation(engine.miller([{ point, key: engine.generator }])),
  };
}
