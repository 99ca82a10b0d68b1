import { p256 } from '@noble/curves/nist.js';
import {
  aggregatePathScheme,
  createNobleEngine,
  ed25519Signer,
  type HopSigner,
  halfAggregatedSchnorr,
  longAggregatePathScheme,
  nobleOctetEngine,
  type PathScheme,
  perHopPathScheme,
} from 'pathsec/apvas';
import type { StudyConfig } from '../config.js';
import { measure } from '../measure/counters.js';
import { type Cell, measureRounds } from '../measure/rounds.js';
import { isWanted } from '../schemes.js';
import { createWorkload, prefix24 } from '../workload.js';
import type { Job, TaskPart } from './part.js';

/** Sizes, and one sample of signing all hops in turn, in milliseconds. */
export interface SchemeFacts {
  readonly schemes: readonly {
    readonly name: string;
    readonly hops: number;
    readonly signatureOctets: number;
    readonly signMs: number;
  }[];
}

const ecdsaSigner: HopSigner = {
  name: 'S1',
  signatureOctets: 72,
  keyPair: (seed) => ({ secretKey: seed, publicKey: p256.getPublicKey(seed) }),
  sign: (message, key) => p256.sign(message, key, { format: 'der', lowS: false }),
  verify: (signature, message, key) => p256.verify(signature, message, key, { format: 'der', lowS: false }),
};

/** Every other scheme behind the one interface, against ECDSA over the same statements, in the same rounds. */
export function schemes(config: StudyConfig, { process }: Job): TaskPart<SchemeFacts> {
  const made = [
    one('S1', perHopPathScheme(ecdsaSigner), 4),
    one('S2', aggregatePathScheme(createNobleEngine(), 'plain'), 4),
    one('PLAIN, 96-octet signatures', longAggregatePathScheme(nobleOctetEngine), 4),
    one('half-aggregated Schnorr', halfAggregatedSchnorr, 4),
    one(ed25519Signer.name, perHopPathScheme(ed25519Signer), 4),
  ]
    .filter(({ scheme }) => isWanted(config.schemes, scheme))
    .map(({ make }) => make());
  return {
    cells: measureRounds(
      made.map(({ cell }) => cell),
      config.rounds,
      { seed: config.seed, process },
    ),
    facts: { schemes: made.map(({ facts }) => facts) },
  };
}

interface Made {
  readonly cell: Cell;
  readonly facts: SchemeFacts['schemes'][number];
}

function one<S, V>(
  name: string,
  of: PathScheme<S, V>,
  hops: number,
): { readonly scheme: string; readonly make: () => Made } {
  const make = (): Made => {
    const asns = Array.from({ length: hops }, (_, i) => 64_500 + i);
    const { route } = createWorkload().aggregate('plain', { asns, prefix: prefix24(3) });
    const pairs = asns.map((_, i) => of.keyPair(new Uint8Array(32).fill(i + 1)));
    let signatures: Uint8Array[] = [];
    const { cpu } = measure(() => {
      signatures = of.sign(
        route,
        pairs.map(({ secret }) => secret),
      );
      return true;
    });
    const keys = pairs.map(({ verifier }) => verifier);
    const verify = () => of.verify(route, keys, signatures);
    if (!verify()) throw new Error(`${name} does not verify`);
    const signatureOctets = signatures.reduce((sum, { length }) => sum + length, 0);
    return {
      cell: { scheme: name, parameter: hops, run: verify },
      facts: { name, hops, signatureOctets, signMs: cpu },
    };
  };
  return { scheme: name, make };
}
