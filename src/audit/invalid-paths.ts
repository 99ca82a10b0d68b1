import {
  type AspaTable,
  compareNeighbor,
  DECIDING_WORDS,
  fastDecidingHops,
  type Procedure,
  type Reason,
  type Step,
  verifyAsPath,
} from '../aspa/index.js';
import { formatAsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import { doubled, type SeededHash, WordLists } from '../tables/index.js';
import { verificationInput } from './aspa-verdicts.js';
import { countHops } from './hop-counts.js';
import { comparePathTexts, compareText } from './path-order.js';
import type { PathStore } from './path-store.js';
import type { PeerTally } from './peer-tally.js';
import type { DecidingHop, HopCount, InvalidPath } from './report.js';
import { type Rows, rowsOf } from './rows.js';

// Words of a row. A verdict rests on two hops at most: one that ended each ramp.
const PATH = 0;
const PEER = 1;
const VALID = 2;
const INVALID = 3;
const NOT_FOUND = 4;
const EVIDENCE = 5;
const HOPS = 6;
const COLUMNS = 10;
/** Rows of a block: blocks are never copied, however many there are. */
const BLOCK = 1 << 14;

const PROCEDURES: readonly Procedure[] = ['upstream', 'downstream'];
/** The first hop ended the up-ramp, the second the down-ramp. */
const BOUNDS: readonly DecidingHop['bounds'][] = ['maxUpRamp', 'maxDownRamp'];

/**
 * The paths that ASPA finds invalid, with the peers that sent them: 40 octets each, for a table can be full of them. What
 * the report says of one is made when it is read.
 */
export class InvalidPaths {
  #table: AspaTable;
  /** The time of the payloads; undefined where there is one set alone. */
  #set: number | undefined;
  readonly #paths: PathStore;
  readonly #blocks: Uint32Array[] = [];
  #size = 0;
  #hops = 0;
  readonly #peers: PeerTally[] = [];
  readonly #numbers = new Map<PeerTally, number>();
  readonly #reasons: Reason[] = [];

  /** What distinguishes each row, by its number, and its time, where there are payloads of many times. */
  readonly #known: WordLists;
  #times = new Uint32Array(1 << 8);

  constructor(table: AspaTable, paths: PathStore, hash: SeededHash) {
    this.#table = table;
    this.#paths = paths;
    this.#known = new WordLists(hash);
  }

  /** Turns to the ASPAs of a time, by which what comes next is invalid; times ascend. */
  turnTo(table: AspaTable, set: number): void {
    this.#table = table;
    this.#set = set;
  }

  /**
   * Takes a path of the store that is invalid as sent by a peer, with its routes by ROV state. What payloads of several times
   * say for the same reason is one row.
   */
  add(path: number, peer: PeerTally, valid: number, invalid: number, notFound: number): void {
    const row = this.#size++;
    if (row === this.#blocks.length * BLOCK) this.#blocks.push(new Uint32Array(BLOCK * COLUMNS));
    const { block, at } = this.#at(row);
    block[at + PATH] = path;
    block[at + PEER] = this.#numberOf(peer);
    block[at + VALID] = valid;
    block[at + INVALID] = invalid;
    block[at + NOT_FOUND] = notFound;
    const words = this.#paths.mixed(path)
      ? this.#literal(path, peer, block, at)
      : this.#decide(path, peer, block, at);
    if (this.#set === undefined || !this.#joins(row, this.#set)) this.#hops += words / 2;
  }

  /** Notes why a path of AS_SEQUENCEs is invalid, step by step (draft-28 §5.5, §5.6); the words of its hops. */
  #decide(path: number, { procedure, peerAs, checked }: PeerTally, block: Uint32Array, at: number): number {
    const [start, end] = [this.#paths.start(path), this.#paths.end(path)];
    // Step 1.
    if (start === end) return this.#note(block, at, procedure, 1, 'empty-as-path', 0);
    // Step 2.
    if (checked && compareNeighbor(this.#paths.leftmost(path), peerAs) === 'mismatch')
      return this.#note(block, at, procedure, 2, 'neighbor-as-mismatch', 0);
    // Step 4; step 3 is for other segments.
    const hops = block.subarray(at + HOPS, at + HOPS + DECIDING_WORDS);
    const words = fastDecidingHops(this.#table, procedure, this.#paths.asns, start, end - start, hops);
    return this.#note(block, at, procedure, 4, 'not-provider', words);
  }

  /** The same for a path with other segments, of which few are anywhere. */
  #literal(path: number, peer: PeerTally, block: Uint32Array, at: number): number {
    const { procedure, step, reason } = verifyAsPath(
      this.#table,
      verificationInput(this.#paths.asPath(path), peer),
    );
    return this.#note(block, at, procedure, step, reason, 0); // steps 1 to 3 look at no hop
  }

  #note(
    block: Uint32Array,
    at: number,
    procedure: Procedure,
    step: Step,
    reason: Reason,
    words: number,
  ): number {
    let number = this.#reasons.indexOf(reason);
    if (number < 0) number = this.#reasons.push(reason) - 1;
    block[at + EVIDENCE] = step | (PROCEDURES.indexOf(procedure) << 3) | ((words / 2) << 4) | (number << 8);
    return words;
  }

  /** Counts the last row with one that says the same of earlier payloads, where there is one. */
  #joins(row: number, set: number): boolean {
    const { block, at } = this.#at(row);
    const words = block.slice(at, at + COLUMNS);
    words.fill(0, VALID, NOT_FOUND + 1);
    const first = this.#known.add(words, 0, COLUMNS);
    if (first === row) {
      this.#times = doubled(this.#times, row + 1);
      this.#times[row] = set;
      return false;
    }
    const earlier = this.#at(first);
    for (const column of [VALID, INVALID, NOT_FOUND]) {
      const sum = (earlier.block[earlier.at + column] as number) + (block[at + column] as number);
      earlier.block[earlier.at + column] = sum;
    }
    block.fill(0, at, at + COLUMNS);
    this.#size--;
    return true;
  }

  /** Most routes first, then by the text of the path and the peer. */
  report(): Rows<InvalidPath> {
    const size = this.#size;
    const order = new Uint32Array(size);
    const paths = new Uint32Array(size);
    const routes = new Float64Array(size);
    for (let row = 0; row < size; row++) {
      const { block, at } = this.#at(row);
      order[row] = row;
      paths[row] = block[at + PATH] as number;
      routes[row] = routesAt(block, at);
    }
    order.sort((a, b) => {
      const text = (): number => comparePathTexts(this.#paths, paths[a] as number, paths[b] as number);
      return (
        (routes[b] as number) - (routes[a] as number) ||
        text() ||
        this.#comparePeers(a, b) ||
        this.#compareTimes(a, b)
      );
    });
    return rowsOf(order.length, (i) => this.#row(order[i] as number));
  }

  /** How many paths and routes each hop decided, most routes first. */
  hops(): Rows<HopCount> {
    return countHops(this.#hops, (hop) => {
      for (let row = 0; row < this.#size; row++) {
        const { block, at } = this.#at(row);
        const count = hopsAt(block, at);
        for (let i = 0; i < count; i++) {
          const from = at + HOPS + 2 * i;
          hop(block[from] as Asn, block[from + 1] as Asn, routesAt(block, at));
        }
      }
    });
  }

  #row(row: number): InvalidPath {
    const { block, at } = this.#at(row);
    const evidence = block[at + EVIDENCE] as number;
    const { peerAs, peerAddress, role } = this.#peerAt(block, at);
    const hops: DecidingHop[] = [];
    for (let i = 0; i < hopsAt(block, at); i++) {
      hops.push({
        customer: block[at + HOPS + 2 * i] as Asn,
        provider: block[at + HOPS + 2 * i + 1] as Asn,
        bounds: BOUNDS[i] as DecidingHop['bounds'],
      });
    }
    return {
      path: formatAsPath(this.#paths.asPath(block[at + PATH] as number)),
      peerAs,
      peerAddress,
      role: role ?? null,
      procedure: PROCEDURES[(evidence >> 3) & 1] as Procedure,
      step: (evidence & 7) as Step,
      reason: this.#reasons[evidence >>> 8] as Reason,
      hops,
      routes: routesAt(block, at),
      rov: {
        valid: block[at + VALID] as number,
        invalid: block[at + INVALID] as number,
        notFound: block[at + NOT_FOUND] as number,
      },
      ...(this.#set === undefined ? {} : { payloadTime: this.#times[row] as number }),
    };
  }

  #comparePeers(a: number, b: number): number {
    const peerOf = (row: number): PeerTally => {
      const { block, at } = this.#at(row);
      return this.#peerAt(block, at);
    };
    const [left, right] = [peerOf(a), peerOf(b)];
    return left.peerAs - right.peerAs || compareText(left.peerAddress ?? '', right.peerAddress ?? '');
  }

  #compareTimes(a: number, b: number): number {
    return this.#set === undefined ? 0 : (this.#times[a] as number) - (this.#times[b] as number);
  }

  #at(row: number): { readonly block: Uint32Array; readonly at: number } {
    return { block: this.#blocks[Math.floor(row / BLOCK)] as Uint32Array, at: (row % BLOCK) * COLUMNS };
  }

  #peerAt(block: Uint32Array, at: number): PeerTally {
    return this.#peers[block[at + PEER] as number] as PeerTally;
  }

  #numberOf(peer: PeerTally): number {
    let number = this.#numbers.get(peer);
    if (number === undefined) {
      number = this.#peers.push(peer) - 1;
      this.#numbers.set(peer, number);
    }
    return number;
  }
}

function routesAt(block: Uint32Array, at: number): number {
  return (block[at + VALID] as number) + (block[at + INVALID] as number) + (block[at + NOT_FOUND] as number);
}

function hopsAt(block: Uint32Array, at: number): number {
  return ((block[at + EVIDENCE] as number) >> 4) & 3;
}
