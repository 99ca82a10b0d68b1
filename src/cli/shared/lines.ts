/** A line of an input, without its end. `overlong` lines are cut off and have no text. */
export interface Line {
  readonly text: string;
  readonly overlong: boolean;
}

/**
 * The lines of a byte stream (LF or CRLF), in one array per piece of input, so that a caller can answer what it has got
 * before it waits for more. Memory stays bounded: the rest of a line over `maxLength` octets is dropped.
 */
export async function* readLines(
  input: AsyncIterable<Uint8Array>,
  maxLength = 1 << 24,
): AsyncGenerator<Line[]> {
  /** What is there of a line that began in an earlier piece, in one array however small the pieces are. */
  let pending = new Uint8Array(1 << 12);
  let length = 0; // may be more than is held: the rest of an overlong line only counts
  const hold = (piece: Uint8Array): void => {
    const held = length;
    length += piece.length;
    if (length > maxLength) {
      pending = new Uint8Array(0);
      return;
    }
    if (length > pending.length) {
      const larger = new Uint8Array(Math.max(2 * pending.length, length));
      larger.set(pending.subarray(0, held));
      pending = larger;
    }
    pending.set(piece, held);
  };
  const finish = (): Line => {
    const line = lineOf(pending.subarray(0, length), length);
    length = 0;
    return line;
  };
  const lineOf = (octets: Uint8Array, size: number): Line => {
    const overlong = size > maxLength;
    return { text: overlong ? '' : decode(octets), overlong };
  };
  for await (const chunk of input) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      const piece = chunk.subarray(start, end);
      if (length === 0) {
        lines.push(lineOf(piece, piece.length));
      } else {
        hold(piece);
        lines.push(finish());
      }
      start = end + 1;
    }
    if (start < chunk.length) hold(chunk.subarray(start));
    if (lines.length > 0) yield lines;
  }
  if (length > 0) yield [finish()];
}

const utf8 = new TextDecoder('utf-8');

function decode(octets: Uint8Array): string {
  const text = utf8.decode(octets);
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
