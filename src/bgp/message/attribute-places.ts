import { createPathAttributeCursor, nextPathAttribute } from '../attribute/path-attributes.js';
import { BgpError, type Fault } from '../fault.js';

/** Cells of an attribute: where its header stands, type code and flags, where its value begins and ends. */
const HEADER = 0;
const TYPE = 1;
const START = 2;
const END = 3;
const CELLS = 4;
const NO_OCTETS = new Uint8Array(0);

/** Where the attributes of a Path Attributes field stand (RFC 4271 §4.3), packed; another field takes the place of the last one. */
export class AttributePlaces {
  #cells = new Int32Array(CELLS << 4);
  #size = 0;
  #fault: Fault | undefined;
  readonly #cursor = createPathAttributeCursor(NO_OCTETS);

  /** How many there are. */
  get size(): number {
    return this.#size;
  }
  /** Where begins what is no attribute (RFC 7606 §4); the end of the field where all of it is. */
  get rest(): number {
    return this.#cursor.offset;
  }
  /** What is wrong with {@link rest}. */
  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** Where the attribute begins, with its flags. */
  header(i: number): number {
    return this.#cells[i * CELLS + HEADER] as number;
  }
  code(i: number): number {
    return (this.#cells[i * CELLS + TYPE] as number) & 0xff;
  }
  flags(i: number): number {
    return (this.#cells[i * CELLS + TYPE] as number) >> 8;
  }
  /** The value is `octets[start, end)`. */
  start(i: number): number {
    return this.#cells[i * CELLS + START] as number;
  }
  end(i: number): number {
    return this.#cells[i * CELLS + END] as number;
  }

  /** Cuts the field `octets[start, end)` into attributes (RFC 4271 §4.3). */
  find(octets: Uint8Array, start: number, end: number): void {
    const cursor = this.#cursor;
    cursor.octets = octets;
    cursor.offset = start;
    cursor.end = end;
    this.#size = 0;
    this.#fault = undefined;
    try {
      for (let header = start; nextPathAttribute(cursor); header = cursor.offset) {
        const at = this.#size * CELLS;
        if (at === this.#cells.length) this.#grow();
        const cells = this.#cells;
        cells[at + HEADER] = header;
        cells[at + TYPE] = (cursor.flags << 8) | cursor.code;
        cells[at + START] = cursor.valueStart;
        cells[at + END] = cursor.valueEnd;
        this.#size++;
      }
    } catch (error) {
      if (!(error instanceof BgpError)) throw error;
      this.#fault = error.fault;
    }
    cursor.octets = NO_OCTETS; // what was received is not held
  }

  #grow(): void {
    const larger = new Int32Array(2 * this.#cells.length);
    larger.set(this.#cells);
    this.#cells = larger;
  }
}
