import type { Afi } from '../inet/index.js';

/** The packed arrays of the VRPs of one address family. */
export interface PackedVrps {
  readonly cells: Int32Array;
  /** The indexes by prefix and by identity. */
  readonly chains: Int32Array;
  readonly identities: Int32Array;
  /** Entries ever used, and those in use. */
  readonly end: number;
  readonly size: number;
}

/**
 * The VRPs of a store in memory that threads share, as they were when `VrpStore.share` made it: a value that can be posted
 * to a thread, where `openVrpStore` reads it without a copy.
 */
export interface SharedVrps {
  /** Of the indexes. */
  readonly seed: number;
  readonly families: ReadonlyArray<PackedVrps & { readonly afi: Afi }>;
}

/** A copy of the arrays, each in memory that threads share. */
export function sharedCopy({ cells, chains, identities, end, size }: PackedVrps): PackedVrps {
  return { cells: shared(cells), chains: shared(chains), identities: shared(identities), end, size };
}

function shared(array: Int32Array): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}
