import { HEADER_LENGTH } from './format.js';
import { type RtrHeader, readHeaderInto } from './header.js';

/** Who judges headers and takes PDUs from a {@link Framer}. The header is the same object each time. */
export interface FrameSink {
  /** Judges a header before its body is there. Throws when the PDU cannot be right; its length is relied on from then. */
  header(header: RtrHeader): void;
  /** Takes one whole PDU, whose header has been judged and stands at `start`. Throws when it is wrong. */
  pdu(header: RtrHeader, octets: Uint8Array, start: number): void;
  /** False ends the reading: what follows in the stream is dropped. */
  open(): boolean;
}

/** Cuts a stream of octets, in chunks of any size, into PDUs; keeps at most one incomplete PDU. */
export class Framer {
  readonly #sink: FrameSink;
  readonly #header = { version: 0, type: 0, x: 0, length: 0 };
  #partial = new Uint8Array(HEADER_LENGTH);
  #have = 0;
  /** Length of the incomplete PDU, 0 while its header is incomplete. */
  #need = 0;
  /** The PDU under work: where it is, and whether more than its header is there. */
  #octets: Uint8Array = this.#partial;
  #start = 0;
  #whole = false;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /** The header of the PDU under work. */
  get header(): RtrHeader {
    return this.#header;
  }

  /** The octets of the PDU under work, for an Error Report: all of it, or its header while that is judged. */
  get current(): Uint8Array {
    const length = this.#whole ? this.#header.length : HEADER_LENGTH;
    return this.#octets.subarray(this.#start, this.#start + length);
  }

  /** Forgets the incomplete PDU. */
  clear(): void {
    this.#have = 0;
    this.#need = 0;
    this.#partial = new Uint8Array(HEADER_LENGTH);
  }

  /** Reads the next octets of the stream. Rethrows what the sink throws; the framer is then to be cleared. */
  feed(chunk: Uint8Array): void {
    let at = 0;
    while (this.#have > 0 && at < chunk.length && this.#sink.open()) at = this.#complete(chunk, at);
    while (chunk.length - at >= HEADER_LENGTH && this.#sink.open()) {
      const length = this.#judge(chunk, at);
      if (chunk.length - at < length) {
        this.#need = length;
        break;
      }
      this.#take(chunk, at);
      at += length;
    }
    if (at < chunk.length && this.#sink.open()) this.#keep(chunk, at, chunk.length - at);
  }

  /** Has the header at `at` judged; gives the length of the PDU. */
  #judge(octets: Uint8Array, at: number): number {
    readHeaderInto(this.#header, octets, at);
    this.#octets = octets;
    this.#start = at;
    this.#whole = false;
    this.#sink.header(this.#header);
    return this.#header.length;
  }

  /** Hands on the PDU at `start`, whose header was the last to be judged. */
  #take(octets: Uint8Array, start: number): void {
    this.#octets = octets;
    this.#start = start;
    this.#whole = true;
    this.#sink.pdu(this.#header, octets, start);
  }

  /** Adds to the incomplete PDU what it lacks, first the header, then the body; gives the next offset. */
  #complete(chunk: Uint8Array, at: number): number {
    const wanted = (this.#need || HEADER_LENGTH) - this.#have;
    const taken = Math.min(wanted, chunk.length - at);
    this.#keep(chunk, at, taken);
    if (taken < wanted) return at + taken;
    if (this.#need === 0) this.#need = this.#judge(this.#partial, 0);
    if (this.#have === this.#need) {
      this.#take(this.#partial, 0);
      this.#have = 0;
      this.#need = 0;
    }
    return at + taken;
  }

  #keep(chunk: Uint8Array, at: number, count: number): void {
    const length = this.#have + count;
    if (length > this.#partial.length) {
      const grown = new Uint8Array(Math.max(length, Math.min(this.#need, 2 * this.#partial.length)));
      grown.set(this.#partial.subarray(0, this.#have));
      this.#partial = grown;
    }
    this.#partial.set(chunk.subarray(at, at + count), this.#have);
    this.#have = length;
  }
}
