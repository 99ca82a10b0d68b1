import { createSlotTable, removeSlot, reserveSlot, type SeededHash } from '../tables/index.js';

const FREE = -1;
const NONE = -1;
/** Cells of a row: the prefix, the path, the session, the Path Identifier, then two for each list that it is in. */
const PREFIX = 0;
const PATH = 1;
const SESSION = 2;
const PATH_ID = 3;
const CELLS = 10;
const SMALLEST = 16;

/** The lists that every row is in, by the cell in which the next row stands; the one before stands behind it. */
export const OF_PREFIX = 4;
export const OF_PATH = 6;
export const OF_SESSION = 8;
export type RowList = typeof OF_PREFIX | typeof OF_PATH | typeof OF_SESSION;

/**
 * Routes as rows of one array, 40 octets each, and an octet for the verdicts. A row is found by prefix, session and Path
 * Identifier, and is in the lists of its prefix, its path and its session, whose first rows stand with those. The first
 * row of a prefix is found with it and stands in no index: most prefixes of a single session have no other.
 */
export class RouteRows {
  #cells = new Int32Array(SMALLEST * CELLS);
  #verdicts = new Uint8Array(SMALLEST);
  #end = 0;
  #size = 0;
  #free = NONE;
  readonly #hash: SeededHash;
  readonly #index = createSlotTable();
  readonly #hashOf = (row: number): number =>
    this.#hashed(this.prefix(row), this.session(row), this.#cells[row * CELLS + PATH_ID] as number);

  constructor(hash: SeededHash) {
    this.#hash = hash;
  }

  /** Rows in use. */
  get size(): number {
    return this.#size;
  }

  /** Octets of the packed arrays. */
  get bytes(): number {
    return this.#cells.byteLength + this.#verdicts.byteLength + this.#index.slots.byteLength;
  }

  isUsed(row: number): boolean {
    return this.prefix(row) !== FREE;
  }
  prefix(row: number): number {
    return this.#cells[row * CELLS + PREFIX] as number;
  }
  path(row: number): number {
    return this.#cells[row * CELLS + PATH] as number;
  }
  setPath(row: number, path: number): void {
    this.#cells[row * CELLS + PATH] = path;
  }
  session(row: number): number {
    return this.#cells[row * CELLS + SESSION] as number;
  }
  pathId(row: number): number {
    return (this.#cells[row * CELLS + PATH_ID] as number) >>> 0;
  }
  verdicts(row: number): number {
    return this.#verdicts[row] as number;
  }
  setVerdicts(row: number, verdicts: number): void {
    this.#verdicts[row] = verdicts;
  }

  /** The row of these three numbers where `head` is the first row of the prefix; -1 where there is none. */
  find(head: number, prefix: number, session: number, pathId: number): number {
    if (head < 0 || this.#is(head, prefix, session, pathId | 0)) return head;
    if ((this.#cells[head * CELLS + OF_PREFIX] as number) < 0) return NONE;
    return this.#index.slots[this.#slot(prefix, session, pathId | 0)] as number;
  }

  /**
   * A new row, in no list but that of its prefix, whose first row is `head`, -1 where it has none: then the new one is. There must
   * be none of the same three numbers.
   */
  add(head: number, prefix: number, session: number, pathId: number): number {
    let row = this.#free;
    if (row >= 0) this.#free = this.path(row);
    else {
      if (this.#end === this.#verdicts.length) this.#grow();
      row = this.#end++;
    }
    this.#size++;
    const at = row * CELLS;
    const cells = this.#cells;
    cells[at + PREFIX] = prefix;
    cells[at + SESSION] = session;
    cells[at + PATH_ID] = pathId;
    if (head < 0) {
      cells[at + OF_PREFIX] = NONE;
      cells[at + OF_PREFIX + 1] = NONE;
      return row;
    }
    const second = cells[head * CELLS + OF_PREFIX] as number;
    cells[at + OF_PREFIX] = second;
    cells[at + OF_PREFIX + 1] = head;
    if (second >= 0) cells[second * CELLS + OF_PREFIX + 1] = row;
    cells[head * CELLS + OF_PREFIX] = row;
    reserveSlot(this.#index, this.#hashOf);
    this.#index.slots[this.#slot(prefix, session, pathId | 0)] = row;
    this.#index.used++;
    return row;
  }

  /** Removes a row that is in no list any more but that of its prefix; what the first row of the prefix is now. */
  remove(row: number, head: number): number {
    // The second row takes the place of the first, and leaves the index for it.
    const indexed = row === head ? (this.#cells[row * CELLS + OF_PREFIX] as number) : row;
    if (indexed >= 0) {
      const slot = this.#slot(this.prefix(indexed), this.session(indexed), this.pathId(indexed) | 0);
      removeSlot(this.#index, slot, this.#hashOf);
    }
    const first = this.unlink(OF_PREFIX, row, head);
    this.#cells[row * CELLS + PREFIX] = FREE;
    this.#cells[row * CELLS + PATH] = this.#free;
    this.#free = row;
    this.#size--;
    return first;
  }

  /** Puts the row at the head of a list that begins with `head`, -1 for an empty one. */
  link(list: Exclude<RowList, typeof OF_PREFIX>, row: number, head: number): void {
    this.#cells[row * CELLS + list] = head;
    this.#cells[row * CELLS + list + 1] = NONE;
    if (head >= 0) this.#cells[head * CELLS + list + 1] = row;
  }

  /** Takes the row out of a list that begins with `head`; returns with what it begins now. */
  unlink(list: RowList, row: number, head: number): number {
    const next = this.#cells[row * CELLS + list] as number;
    const before = this.#cells[row * CELLS + list + 1] as number;
    if (next >= 0) this.#cells[next * CELLS + list + 1] = before;
    if (before < 0) return next;
    this.#cells[before * CELLS + list] = next;
    return head;
  }

  /** The rows of a list as they are now, newest first. */
  rows(list: RowList, head: number): number[] {
    const rows: number[] = [];
    for (let row = head; row >= 0; row = this.#cells[row * CELLS + list] as number) rows.push(row);
    return rows;
  }

  #hashed(prefix: number, session: number, pathId: number): number {
    return this.#hash.five(prefix, session, pathId, 0, 0, 2);
  }

  #slot(prefix: number, session: number, pathId: number): number {
    const { slots } = this.#index;
    const mask = slots.length - 1;
    for (let at = this.#hashed(prefix, session, pathId) & mask; ; at = (at + 1) & mask) {
      const row = slots[at] as number;
      if (row < 0 || this.#is(row, prefix, session, pathId)) return at;
    }
  }

  #is(row: number, prefix: number, session: number, pathId: number): boolean {
    const cells = this.#cells;
    const at = row * CELLS;
    return cells[at + PREFIX] === prefix && cells[at + SESSION] === session && cells[at + PATH_ID] === pathId;
  }

  #grow(): void {
    // Half as much again, not double: at a million rows the slack would be the largest part of the table.
    const capacity = Math.ceil(this.#end * (this.#end < 1 << 14 ? 2 : 1.5));
    const cells = new Int32Array(capacity * CELLS);
    cells.set(this.#cells);
    this.#cells = cells;
    const verdicts = new Uint8Array(capacity);
    verdicts.set(this.#verdicts);
    this.#verdicts = verdicts;
  }
}
