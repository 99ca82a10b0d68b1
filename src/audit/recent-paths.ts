import type { Asn } from '../inet/index.js';
import type { PathOctets } from '../routes/index.js';

/** Places: that of a peer is the low bits of its key, and of two that share one only the last is remembered. */
const PLACES = 1 << 10;
/** Octets of the longest path that is remembered. */
const LONGEST = 1 << 7;

/**
 * The path that each peer sent last, as it stood in the input, with its row and its origin. Prefixes of one origin stand together
 * in RIB dumps and come together from peers, so that many a path is the last of its peer again: it need neither be read nor be
 * looked up. Memory and time are bounded, whatever the peers send.
 */
export class RecentPaths {
  readonly #octets = new Uint8Array(PLACES * LONGEST);
  /** Of the path in each place; 0 where there is none. */
  readonly #lengths = new Uint8Array(PLACES);
  readonly #asnSizes = new Uint8Array(PLACES);
  readonly #peers = new Float64Array(PLACES);
  readonly #rows = new Float64Array(PLACES);
  readonly #origins: (Asn | undefined)[] = new Array(PLACES).fill(undefined);

  /** The place of the path, where it is the last one under this key of a peer; else -1. */
  find(peer: number, { octets, start, end, asnSize }: PathOctets): number {
    const place = placeOf(peer);
    const length = end - start;
    if (length === 0 || this.#lengths[place] !== length) return -1;
    if (this.#peers[place] !== peer || this.#asnSizes[place] !== asnSize) return -1;
    const from = place * LONGEST;
    // Paths of one peer differ at their end.
    for (let i = length - 1; i >= 0; i--) if (this.#octets[from + i] !== octets[start + i]) return -1;
    return place;
  }

  row(place: number): number {
    return this.#rows[place] as number;
  }

  origin(place: number): Asn | undefined {
    return this.#origins[place];
  }

  /** Remembers the path as the last one of the peer. */
  keep(peer: number, path: PathOctets, row: number, origin: Asn | undefined): void {
    const { octets, start, end, asnSize } = path;
    if (end - start > LONGEST) return;
    const place = placeOf(peer);
    const from = place * LONGEST - start;
    for (let at = start; at < end; at++) this.#octets[from + at] = octets[at] as number;
    this.#lengths[place] = end - start;
    this.#asnSizes[place] = asnSize;
    this.#peers[place] = peer;
    this.#rows[place] = row;
    this.#origins[place] = origin;
  }
}

const placeOf = (peer: number): number => (peer >>> 0) & (PLACES - 1);
