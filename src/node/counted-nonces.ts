import { hash } from 'node:crypto';
import type { RouterPrivateKey, SignatureEngine } from '../bgpsec/index.js';
import {
  createBaseMultiplication,
  integer,
  inversesOf,
  type Nonce,
  ORDER,
  signWithNonce,
} from './ecdsa-arithmetic.js';

/** The prime of the field of P-256 (SP 800-186 §3.2.1.3). */
const PRIME = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
/** Multiples of G on either side of a centre. */
export const REACH = 128n;

/**
 * Signs as {@link SignatureEngine} `signMany` says, with nonces that are runs of neighbouring numbers: whoever knows one knows the key.
 * ONLY for keys that are no secret (docs/decisions/bgpsec.md D-bgpsec-counted-nonces). Equal seeds and equal requests in equal order,
 * in however many calls, give equal signatures.
 */
export function createCountedSigning(seed: number): NonNullable<SignatureEngine['signMany']> {
  const nextNonce = createNonces(seed);
  const scalars = new WeakMap<RouterPrivateKey, bigint>();
  const scalarOf = (key: RouterPrivateKey): bigint => {
    let scalar = scalars.get(key);
    if (scalar === undefined) {
      scalar = integer(Buffer.from(key.scalar()).toString('hex'));
      scalars.set(key, scalar);
    }
    return scalar;
  };
  return (requests) =>
    requests.map(({ key, octets }) => signWithNonce({ scalar: scalarOf(key), octets, ...nextNonce() }));
}

/** One nonce after the other, from centres that the seed gives. */
function createNonces(seed: number): () => Nonce {
  const around = createNeighbours();
  let run: readonly Nonce[] = [];
  let [at, number] = [0, 0];
  return () => {
    if (at === run.length) {
      const drawn = integer(hash('sha512', `pathsec counted nonces ${seed} ${number++}`, 'hex'));
      run = around((drawn % (ORDER - 2n * REACH - 1n)) + REACH + 1n);
      at = 0;
    }
    return run[at++] as Nonce;
  };
}

/**
 * The nonces from `centre` - {@link REACH} to `centre` + REACH, the centre aside, for a centre of REACH + 1 to n - REACH - 1: so that
 * neither is a nonce zero nor the centre one of the multiples that are added to it. A point costs 4.5 products: centre + j·G and centre - j·G
 * have the same denominator, and one inversion serves all.
 */
export function createNeighbours(): (centre: bigint) => Nonce[] {
  const timesBase = createBaseMultiplication();
  const multiples = Array.from({ length: Number(REACH) }, (_, i) => timesBase(BigInt(i + 1)));
  return (centre) => {
    const { x, y } = timesBase(centre);
    const inverses = inversesOf(
      multiples.map((multiple) => modulo(multiple.x - x)),
      PRIME,
    );
    const ks = multiples.flatMap((_, i) => [centre + BigInt(i + 1), centre - BigInt(i + 1)]);
    const ofKs = inversesOf(ks, ORDER);
    return ks.map((_, i) => {
      const multiple = multiples[i >> 1] as (typeof multiples)[number];
      // SEC 1 §2.2.1: the sum of two points of different x
      const rise = (i % 2 === 0 ? multiple.y : -multiple.y) - y;
      const slope = (rise * (inverses[i >> 1] as bigint)) % PRIME;
      return { inverse: ofKs[i] as bigint, x: modulo(slope * slope - x - multiple.x) };
    });
  };
}

function modulo(value: bigint): bigint {
  const rest = value % PRIME;
  return rest < 0n ? rest + PRIME : rest;
}
