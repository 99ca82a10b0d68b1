import { HEADER_LENGTH } from './format.js';

/** Who judges headers and takes PDUs from a {@link Framer}. */
export interface FrameSink {
  /**
   * Judges the header at `at`, of which eight octets are there, and gives the length of the PDU. Throws when the PDU
   * cannot be right.
   */
  header(octets: Uint8Array, at: number): number;
  /** Takes one whole PDU. Throws when it is wrong. */
  pdu(octets: Uint8Array, start: number, end: number): void;
  /** False ends the reading: what follows in the stream is dropped. */
  open(): boolean;
}

/** Cuts a stream of octets, in chunks of any size, into PDUs; keeps at most one incomplete PDU. */
export class Framer {
  readonly #sink: FrameSink;
  #partial = new Uint8Array(HEADER_LENGTH);
  #have = 0;
  /** Length of the incomplete PDU, 0 while its header is incomplete. */
  #need = 0;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /** Octets of the incomplete PDU at the end of what was fed. */
  get pending(): Uint8Array {
    return this.#partial.subarray(0, this.#have);
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
      const length = this.#sink.header(chunk, at);
      if (chunk.length - at < length) break;
      this.#sink.pdu(chunk, at, at + length);
      at += length;
    }
    if (at < chunk.length && this.#sink.open()) {
      const rest = chunk.length - at;
      this.#need = rest >= HEADER_LENGTH ? this.#sink.header(chunk, at) : 0;
      this.#keep(chunk, at, rest);
    }
  }

  /** Adds to the incomplete PDU what it lacks, first the header, then the body; gives the next offset. */
  #complete(chunk: Uint8Array, at: number): number {
    const wanted = (this.#need || HEADER_LENGTH) - this.#have;
    const taken = Math.min(wanted, chunk.length - at);
    this.#keep(chunk, at, taken);
    if (taken < wanted) return at + taken;
    if (this.#need === 0) this.#need = this.#sink.header(this.#partial, 0);
    if (this.#have === this.#need) {
      const pdu = this.#partial;
      const length = this.#need;
      this.#sink.pdu(pdu, 0, length);
      this.#have = 0;
      this.#need = 0;
    }
    return at + taken;
  }

  #keep(chunk: Uint8Array, at: number, count: number): void {
    const length = this.#have + count;
    if (length > this.#partial.length) {
      const grown = new Uint8Array(Math.max(length, Math.min(this.#need, 2 * this.#partial.length)));
      grown.set(this.pending);
      this.#partial = grown;
    }
    this.#partial.set(chunk.subarray(at, at + count), this.#have);
    this.#have = length;
  }
}
