import { concatOctets } from 'pathsec/bytes';
import { pick } from './random.js';
import type { Mutation, Random } from './target.js';

/** Numbers at which length fields and counters break, for 1, 2 and 4 octets. */
const BOUNDARIES: readonly (readonly [width: number, values: readonly number[]])[] = [
  [1, [0, 1, 2, 0x7f, 0x80, 0x81, 0xfe, 0xff]],
  [2, [0, 1, 0x7fff, 0x8000, 0xff, 0x100, 0xfffe, 0xffff, 0x1000, 0x1001]],
  [4, [0, 1, 0xffff, 0x10000, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff, 23456]],
];
/** Inputs grow at most to this by mutation: long inputs make few executions. */
const LONGEST = 1 << 16;

export function put(octets: Uint8Array, at: number, width: number, value: number): void {
  for (let i = width - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) {
    if (at + i < octets.length) octets[at + i] = rest % 256;
  }
}

function get(octets: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let i = 0; i < width; i++) value = value * 256 + (octets[at + i] ?? 0);
  return value;
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return concatOctets(parts);
}

/** A place and a length inside the octets, short ones preferred. */
function range(octets: Uint8Array, random: Random): [number, number] {
  const at = random(octets.length + 1);
  const most = octets.length - at;
  const length = random(2) === 0 ? Math.min(most, 1 + random(8)) : random(most + 1);
  return [at, at + length];
}

const changed = (octets: Uint8Array, change: (copy: Uint8Array) => void): Uint8Array => {
  const copy = octets.slice();
  if (copy.length > 0) change(copy);
  return copy;
};

const OCTET_MUTATIONS: readonly Mutation[] = [
  // One bit; one octet; an octet a little up or down.
  (octets, random) =>
    changed(octets, (copy) => {
      const at = random(copy.length);
      copy[at] = (copy[at] as number) ^ (1 << random(8));
    }),
  (octets, random) =>
    changed(octets, (copy) => {
      copy[random(copy.length)] = random(256);
    }),
  (octets, random) =>
    changed(octets, (copy) => {
      const at = random(copy.length);
      copy[at] = (copy[at] as number) + random(9) - 4;
    }),
  // A boundary number in a field of 1, 2 or 4 octets.
  (octets, random) =>
    changed(octets, (copy) => {
      const [width, values] = pick(BOUNDARIES, random);
      put(copy, random(copy.length), width, pick(values, random));
    }),
  // A length field: the octets that follow, a few more or fewer, or what was there, a few more or fewer.
  (octets, random) =>
    changed(octets, (copy) => {
      const width = pick([1, 2, 4], random);
      const at = random(copy.length);
      const base = random(2) === 0 ? copy.length - at - width : get(copy, at, width);
      put(copy, at, width, Math.max(0, base + random(9) - 4));
    }),
  // Delete; duplicate; move.
  (octets, random) => {
    const [start, end] = range(octets, random);
    return join(octets.subarray(0, start), octets.subarray(end));
  },
  (octets, random) => {
    const [start, end] = range(octets, random);
    const times = random(8) === 0 ? 1 + random(64) : 1;
    const copies = Array.from({ length: times }, () => octets.subarray(start, end));
    return join(octets.subarray(0, end), ...copies, octets.subarray(end));
  },
  (octets, random) => {
    const [start, end] = range(octets, random);
    const rest = join(octets.subarray(0, start), octets.subarray(end));
    const at = random(rest.length + 1);
    return join(rest.subarray(0, at), octets.subarray(start, end), rest.subarray(at));
  },
  // Insert random octets, or a run of one octet.
  (octets, random) => {
    const at = random(octets.length + 1);
    const run = random(2) === 0 ? random(256) : undefined;
    const fresh = Uint8Array.from({ length: 1 + random(16) }, () => run ?? random(256));
    return join(octets.subarray(0, at), fresh, octets.subarray(at));
  },
  // Cut off; append.
  (octets, random) => octets.slice(0, random(octets.length + 1)),
  (octets, random) =>
    join(
      octets,
      Uint8Array.from({ length: 1 + random(8) }, () => random(256)),
    ),
  // Splice with another input: its tail behind our head, or a piece of it in the middle.
  (octets, random, other) =>
    join(octets.subarray(0, random(octets.length + 1)), other.subarray(random(other.length + 1))),
  (octets, random, other) => {
    const at = random(octets.length + 1);
    const [start, end] = range(other, random);
    const kept = random(2) === 0 ? at : Math.min(octets.length, at + end - start);
    return join(octets.subarray(0, at), other.subarray(start, end), octets.subarray(kept));
  },
];

/** What {@link createMutator} needs. */
export interface MutatorParts {
  readonly dictionary?: readonly Uint8Array[];
  readonly mutate?: Mutation;
  readonly repair?: (octets: Uint8Array) => Uint8Array;
}

/** A function that makes an input from good ones: one to some changes, and in half the cases a repair. */
export function createMutator(
  seeds: readonly Uint8Array[],
  { dictionary = [], mutate, repair }: MutatorParts,
): (random: Random) => Uint8Array {
  return (random) => {
    let octets = pick(seeds, random);
    if (random(64) === 0) return octets.slice();
    for (let changes = 1 + random(random(4) === 0 ? 8 : 2); changes > 0; changes--) {
      const other = pick(seeds, random);
      if (mutate && random(2) === 0) octets = mutate(octets, random, other);
      else if (dictionary.length > 0 && random(8) === 0) {
        const word = pick(dictionary, random);
        const at = random(octets.length + 1);
        const kept = random(2) === 0 ? at : at + word.length;
        octets = join(octets.subarray(0, at), word, octets.subarray(kept));
      } else octets = pick(OCTET_MUTATIONS, random)(octets, random, other);
      if (octets.length > LONGEST) octets = octets.subarray(0, LONGEST);
    }
    return repair && random(2) === 0 ? repair(octets.slice()) : octets.slice();
  };
}

/** Octets of no structure: short, with small numbers and runs more often than chance has them. */
export function randomOctets(random: Random): Uint8Array {
  const length = random(random(8) === 0 ? 512 : 64);
  const style = random(3);
  return Uint8Array.from({ length }, () =>
    style === 0 ? random(256) : style === 1 ? random(5) : random(2) * 255,
  );
}
