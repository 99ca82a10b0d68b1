import type { NativeSpeed } from '../openssl-speed.js';

/** What everything is divided by: a verification or signature of ECDSA by node:crypto. */
export const NATIVE_ECDSA = 'ECDSA, OpenSSL';

/** The algorithms that are measured, and what `openssl speed` calls them; undefined: it has them not. */
export const PQ_NATIVE: Readonly<Record<string, string | undefined>> = {
  'ML-DSA-44': 'ML-DSA-44',
  'ML-DSA-65': 'ML-DSA-65',
  'FN-DSA-512': undefined,
  'SLH-DSA-SHA2-128s': 'SLH-DSA-SHA2-128s',
};

/** What the task finds besides times in rounds. */
export interface PostQuantumFacts {
  /** One sample of signing, milliseconds, of what takes too long for rounds. */
  readonly signMs: Readonly<Record<string, number>>;
  /** One of each process. */
  readonly native: readonly NativeSpeed[];
}

/** The native samples of all processes. */
export function joinPostQuantum(all: readonly PostQuantumFacts[]): PostQuantumFacts {
  return { signMs: all[0]?.signMs ?? {}, native: all.flatMap(({ native }) => native) };
}
