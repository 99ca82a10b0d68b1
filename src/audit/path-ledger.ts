import type { AsPath } from '../bgp/index.js';
import { DecodeError } from '../bytes/index.js';
import type { Asn } from '../inet/index.js';
import type { PathOctets, Peer } from '../routes/index.js';
import { originAs } from '../rov/index.js';
import { doubled, HashedMap, type SeededHash } from '../tables/index.js';
import { PathStore } from './path-store.js';
import { PeerDirectory } from './peer-directory.js';
import { RecentPaths } from './recent-paths.js';

const VALID = 0;
const INVALID = 1;
const NOT_FOUND = 2;
/** Columns of a row: the three counts, the two halves of the key, and the next row of the same path plus one. */
const PEER = 3;
const HIGH = 4;
const NEXT = 5;
const COLUMNS = 6;
const HALF = 2 ** 32;
/** Keys of peers are below this; rows of other payloads than the first have keys above it. */
export const PEER_KEYS = 2 * HALF;
/** Rows of one path that are looked through; beyond, an index leads to the row. */
const FEW = 8;

/** Routes of a path and peer by ROV state, and those of them that were signed. */
export interface RowCounts {
  readonly valid: number;
  readonly invalid: number;
  readonly notFound: number;
  readonly signed: number;
}

/** Receives a row: the key of its peer, its routes by ROV state, those of them that were signed, and its number. */
type VisitRow = (
  key: number,
  valid: number,
  invalid: number,
  notFound: number,
  signed: number,
  row: number,
) => void;

/** What a row of a path with many peers is found by. */
interface Pair {
  readonly path: number;
  readonly peer: number;
}

/**
 * All distinct paths seen, and per path its peers with their routes by ROV state: a row per pair of path and peer in
 * one array. Memory grows with those pairs, not with routes.
 */
export class PathLedger {
  readonly paths: PathStore;
  #rows = new Uint32Array(COLUMNS << 10);
  #size = 0;
  /** First row of a path plus one. */
  #first = new Uint32Array(1 << 10);
  readonly peers: PeerDirectory;
  /** Routes with a BGPsec_PATH, by row: few tables have any. */
  readonly #signed = new Map<number, number>();
  /** Rows plus one of the paths that have many peers, and which paths these are. */
  readonly #crowd: HashedMap<Pair, number>;
  readonly #crowded = new Set<number>();
  readonly #recent = new RecentPaths();
  #lastPath: AsPath | PathOctets | undefined;
  #lastPeer: Peer | undefined;
  #row = 0;
  #origin: Asn | undefined;
  /** Added to the keys of peers: where the keys of the payloads that judge now begin. */
  #from = 0;

  readonly hash: SeededHash;

  constructor(hash: SeededHash) {
    this.hash = hash;
    this.paths = new PathStore(hash);
    this.peers = new PeerDirectory(hash);
    this.#crowd = new HashedMap({
      hash: ({ path, peer }) => hash.five(path, peer, Math.floor(peer / HALF), 0, 0, 2),
      equal: (a, b) => a.path === b.path && a.peer === b.peer,
    });
  }

  /** Rows, one a pair of path and peer. */
  get size(): number {
    return this.#size;
  }

  /** Slots that are looked at when every path, and every pair of a path with many peers, is looked for once. */
  get probes(): number {
    return this.paths.probes + this.#crowd.probes;
  }

  /**
   * Turns to the payloads of this number, which judge what comes next. A pair of path and peer has a row for each of them, whose
   * key is that of the peer and {@link PEER_KEYS} times the number.
   */
  turnTo(set: number): void {
    this.#from = set * PEER_KEYS;
    this.#lastPath = undefined;
  }

  /** Turns to a path and peer; the next `count` is theirs. Readers share path objects: the same one again is cheap. */
  select(path: AsPath | PathOctets, from: Peer): void {
    if (path === this.#lastPath && from === this.#lastPeer) return;
    this.#lastPath = path;
    this.#lastPeer = from;
    const pair = this.peers.keyOf(from) + this.#from;
    const octets = 'octets' in path ? path : undefined;
    const place = octets ? this.#recent.find(pair, octets) : -1;
    if (place >= 0) {
      this.#origin = this.#recent.origin(place);
      this.#row = this.#recent.row(place);
      return;
    }
    const index = this.paths.add(path);
    const mixed = this.paths.mixed(index);
    this.#origin = mixed ? originAs(mixed) : this.paths.rightmost(index);
    this.#row = this.#rowOf(index, pair);
    if (octets) this.#recent.keep(pair, octets, this.#row, this.#origin);
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

  /**
   * Counts routes of a path of {@link paths} and a peer of {@link peers}, which other ledgers have counted.
   *
   * @throws {DecodeError} `count-range` for more than a row can hold: no input has so many.
   */
  addCounts(index: number, key: number, counts: RowCounts): void {
    const row = this.#rowOf(index, key + this.#from);
    this.#addTo(row + VALID, counts.valid);
    this.#addTo(row + INVALID, counts.invalid);
    this.#addTo(row + NOT_FOUND, counts.notFound);
    if (counts.signed > 0) this.#signed.set(row, (this.#signed.get(row) ?? 0) + counts.signed);
    this.#lastPath = undefined;
  }

  /** Says that the route counted last came with a BGPsec_PATH. */
  countSigned(): void {
    this.#signed.set(this.#row, (this.#signed.get(this.#row) ?? 0) + 1);
  }

  /** Calls back for every row of a path. */
  forEachPeer(index: number, visit: VisitRow): void {
    for (let row = this.#first[index] as number; row !== 0; ) {
      this.visitRow(row - 1, visit);
      row = this.#rows[(row - 1) * COLUMNS + NEXT] as number;
    }
  }

  /** Calls back for the row of a number that {@link PathLedger.forEachPeer} gave. */
  visitRow(row: number, visit: VisitRow): void {
    const at = row * COLUMNS;
    visit(
      this.#keyAt(at),
      this.#rows[at + VALID] as number,
      this.#rows[at + INVALID] as number,
      this.#rows[at + NOT_FOUND] as number,
      this.#signed.size > 0 ? (this.#signed.get(at) ?? 0) : 0,
      row,
    );
  }

  /** Where the row of a path and peer begins; a new one if there was none. */
  #rowOf(index: number, key: number): number {
    this.#first = doubled(this.#first, index + 1);
    const row = this.#find(index, key);
    return (row === 0 ? this.#append(index, key) : row - 1) * COLUMNS;
  }

  #addTo(at: number, count: number): void {
    const sum = (this.#rows[at] as number) + count;
    if (sum >= HALF) {
      throw new DecodeError('count-range', `${sum} routes of one path and peer`, { field: 'routes' });
    }
    this.#rows[at] = sum;
  }

  /** The row of a path and peer plus one; 0 when there is none. */
  #find(path: number, peer: number): number {
    const high = highOf(peer);
    const low = peer - high * HALF;
    let row = this.#first[path] as number;
    for (let walked = 0; row !== 0; walked++) {
      if (walked === FEW) return this.#findInCrowd(path, peer);
      const at = (row - 1) * COLUMNS;
      if (this.#rows[at + PEER] === low && this.#rows[at + HIGH] === high) break;
      row = this.#rows[at + NEXT] as number;
    }
    return row;
  }

  #findInCrowd(path: number, peer: number): number {
    if (!this.#crowded.has(path)) {
      this.#crowded.add(path);
      for (let row = this.#first[path] as number; row !== 0; ) {
        const at = (row - 1) * COLUMNS;
        this.#crowd.set({ path, peer: this.#keyAt(at) }, row);
        row = this.#rows[at + NEXT] as number;
      }
    }
    return this.#crowd.get({ path, peer }) ?? 0;
  }

  #append(index: number, key: number): number {
    const row = this.#size++;
    this.#rows = doubled(this.#rows, this.#size * COLUMNS);
    this.#rows[row * COLUMNS + PEER] = key % HALF;
    this.#rows[row * COLUMNS + HIGH] = highOf(key);
    this.#rows[row * COLUMNS + NEXT] = this.#first[index] as number;
    if (this.#crowded.size > 0 && this.#crowded.has(index))
      this.#crowd.set({ path: index, peer: key }, row + 1);
    this.#first[index] = row + 1;
    const peer = key < PEER_KEYS ? key : key % PEER_KEYS;
    const counts = this.peers.of(peer);
    counts.paths++;
    if (peer < HALF && this.paths.leftmost(index) === peer) counts.own++;
    return row;
  }

  /** The key of the peer of the row at `at`. */
  #keyAt(at: number): number {
    return (this.#rows[at + PEER] as number) + (this.#rows[at + HIGH] as number) * HALF;
  }
}

const highOf = (key: number): number => (key < HALF ? 0 : Math.floor(key / HALF));
