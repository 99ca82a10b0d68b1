import { StringDecoder } from 'node:string_decoder';

/** Characters of a line; the largest answer of the vectors has 26,000. */
export const MAX_LINE = 1 << 20;
/** Characters of lines that wait to be read, before the reading of more is stopped. */
const MAX_WAITING = 1 << 20;

/**
 * Lines of a stream, cut from octets in pieces of any size; blank ones are passed over. A line over {@link MAX_LINE} is cut
 * there. Memory is bounded as long as nobody pushes more while `isFull`.
 */
export class LineQueue {
  readonly #lines: string[] = [];
  readonly #decoder = new StringDecoder('utf8');
  #waiting = 0;
  #partial: string[] = [];
  #partialLength = 0;

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  get isFull(): boolean {
    return this.#waiting > MAX_WAITING;
  }

  push(chunk: Uint8Array): void {
    const text = this.#decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#keep(text.slice(start, end));
      this.#endLine();
      start = end + 1;
    }
    this.#keep(text.slice(start));
  }

  /** The stream ends here; what stands behind the last line end is a line too. */
  end(): void {
    this.#keep(this.#decoder.end());
    this.#endLine();
  }

  shift(): string | undefined {
    const line = this.#lines.shift();
    this.#waiting -= line?.length ?? 0;
    return line;
  }

  clear(): void {
    this.#lines.length = 0;
    this.#waiting = 0;
    this.#partial = [];
    this.#partialLength = 0;
  }

  #keep(piece: string): void {
    if (piece === '') return;
    this.#partial.push(piece);
    this.#partialLength += piece.length;
    if (this.#partialLength > MAX_LINE) this.#endLine();
  }

  #endLine(): void {
    const line = this.#partial.join('');
    this.#partial = [];
    this.#partialLength = 0;
    if (line.trim() === '') return;
    this.#lines.push(line);
    this.#waiting += line.length;
  }
}
