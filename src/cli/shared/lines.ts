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
  let pending: Uint8Array[] = [];
  let length = 0;
  let overlong = false;
  const finish = (): Line => {
    const line = overlong ? { text: '', overlong } : { text: decode(pending), overlong };
    pending = [];
    length = 0;
    overlong = false;
    return line;
  };
  const keep = (piece: Uint8Array): void => {
    length += piece.length;
    if (length > maxLength) {
      overlong = true;
      pending = [];
    } else if (piece.length > 0) pending.push(piece);
  };
  for await (const chunk of input) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      keep(chunk.subarray(start, end));
      lines.push(finish());
      start = end + 1;
    }
    keep(chunk.slice(start));
    if (lines.length > 0) yield lines;
  }
  if (length > 0) yield [finish()];
}

const utf8 = new TextDecoder('utf-8');

function decode(pieces: readonly Uint8Array[]): string {
  const octets = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
  const text = utf8.decode(octets);
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
