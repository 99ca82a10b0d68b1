import type { AsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import type { PathOctets, Peer } from '../mrt/index.js';
import { originAs } from '../rov/index.js';
import { doubled, PathStore } from './path-store.js';
import { isKnownPeer, PeerDirectory } from './peer-directory.js';

const VALID = 0;
const INVALID = 1;
const NOT_FOUND = 2;
/** Columns of a row: the three counts, the AS recorded of the peer, and the next row of the same path plus one. */
const PEER = 3;
const NEXT = 4;
const COLUMNS = 5;

/**
 * All distinct paths seen, and per path its peers with their routes by ROV state: a row per pair of path and peer in
 * one array. Memory grows with those pairs, not with routes.
 */
export class PathLedger {
  readonly paths = new PathStore();
  #rows = new Uint32Array(COLUMNS << 10);
  #size = 0;
  /** First row of a path plus one. */
  #first = new Uint32Array(1 << 10);
  readonly peers = new PeerDirectory();
  /** Keys of the peers whose AS is not known, by row: few tables have any. */
  readonly #unknown = new Map<number, number>();
  /** Routes with a BGPsec_PATH, by row: few tables have any. */
  readonly #signed = new Map<number, number>();
  #lastPath: AsPath | PathOctets | undefined;
  #lastPeer: Peer | undefined;
  #row = 0;
  #origin: Asn | undefined;

  /** Turns to a path and peer; the next `count` is theirs. Readers share path objects: the same one again is cheap. */
  select(path: AsPath | PathOctets, from: Peer): void {
    if (path === this.#lastPath && from === this.#lastPeer) return;
    this.#lastPath = path;
    this.#lastPeer = from;
    const index = this.paths.add(path);
    const mixed = this.paths.mixed(index);
    this.#origin = mixed ? originAs(mixed) : this.paths.rightmost(index);
    while (index >= this.#first.length) this.#first = doubled(this.#first);
    let row = this.#first[index] as number;
    while (row !== 0 && this.#rows[(row - 1) * COLUMNS + PEER] !== from.asn) {
      row = this.#rows[(row - 1) * COLUMNS + NEXT] as number;
    }
    if (!isKnownPeer(from.asn)) row = this.#rowOfUnknown(row, from);
    this.#row = (row === 0 ? this.#append(index, from) : row - 1) * COLUMNS;
  }

  /** RFC 6811 §2 for the selected path; undefined is NONE. */
  get origin(): Asn | undefined {
    return this.#origin;
  }

  /** Counts one route of the selected path and peer. */
  count(state: 'valid' | 'invalid' | 'not-found'): void {
    const column = state === 'valid' ? VALID : state === 'invalid' ? INVALID : NOT_FOUND;
    this.#rows[this.#row + column] = (this.#rows[this.#row + column] as number) + 1;
  }

  /** Says that the route counted last came with a BGPsec_PATH. */
  countSigned(): void {
    this.#signed.set(this.#row, (this.#signed.get(this.#row) ?? 0) + 1);
  }

  /** Calls back for every peer of a path, with its routes by ROV state, and those of them that were signed. */
  forEachPeer(
    index: number,
    visit: (key: number, valid: number, invalid: number, notFound: number, signed: number) => void,
  ): void {
    const signed = this.#signed.size > 0 ? this.#signed : undefined;
    for (let row = this.#first[index] as number; row !== 0; ) {
      const at = (row - 1) * COLUMNS;
      const peerAs = this.#rows[at + PEER] as Asn;
      visit(
        isKnownPeer(peerAs) ? peerAs : (this.#unknown.get(at) as number),
        this.#rows[at + VALID] as number,
        this.#rows[at + INVALID] as number,
        this.#rows[at + NOT_FOUND] as number,
        signed?.get(at) ?? 0,
      );
      row = this.#rows[at + NEXT] as number;
    }
  }

  /** The row of a peer whose AS is not known, from `row` on in its chain; 0 when there is none. */
  #rowOfUnknown(row: number, from: Peer): number {
    const key = this.peers.keyOf(from);
    let found = row;
    while (found !== 0 && this.#unknown.get((found - 1) * COLUMNS) !== key) {
      found = this.#rows[(found - 1) * COLUMNS + NEXT] as number;
    }
    return found;
  }

  #append(index: number, from: Peer): number {
    const row = this.#size++;
    if (this.#size * COLUMNS > this.#rows.length) this.#rows = doubled(this.#rows);
    this.#rows[row * COLUMNS + PEER] = from.asn;
    this.#rows[row * COLUMNS + NEXT] = this.#first[index] as number;
    this.#first[index] = row + 1;
    const key = this.peers.keyOf(from);
    const known = isKnownPeer(from.asn);
    if (!known) this.#unknown.set(row * COLUMNS, key);
    const counts = this.peers.of(key);
    counts.paths++;
    if (known && this.paths.leftmost(index) === from.asn) counts.own++;
    return row;
  }
}
