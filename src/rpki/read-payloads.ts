import { DecodeError, quoted } from '../bytes/index.js';
import { requireText, sayValue } from '../inet/index.js';
import { COLLECTED, Collector } from './collector.js';
import { JsonScanner } from './json/json-scanner.js';
import type { PayloadFile, ReadOptions } from './payload-file.js';
import { firstLine, payloadFileKindOf, payloadFormatOf } from './payload-formats.js';

/**
 * Characters at the beginning of a file among which something has to be said; no file that a person or a program made
 * begins with more blanks or comments, and what says nothing is not to be held without an end.
 */
const BEGINNING = 1 << 24;

/**
 * Reads validated payloads in any of the dialects in circulation, told apart by content:
 * JSON of rpki-client (old, new and filemode; Cloudflare, bgpipe and StayRTR write the same members) and of Routinator
 * (`json`, `jsonext`), OpenBGPD `aspa-set` and `roa-set`, BIRD `route` statements, CSV of Routinator, rpki-client,
 * FORT, RIPE's validator or without a header, arrays of JSON records without a list (rpki-prover), VRP and ASPA notation
 * (draft-ietf-sidrops-vrp-notation, draft-ietf-sidrops-aspa-notation), and NIST BGP-SRx scripts. Records that cannot be used are reported and skipped; unknown members are ignored.
 * NON-SPEC: the dialects of relying parties.
 *
 * @throws {DecodeError} when the text as a whole is of no dialect or is cut off, and in strict mode for the first
 * problem.
 */
export function readPayloads(text: string, options: ReadOptions = {}): PayloadFile {
  requireText(text, 'the payload file');
  const line = firstLine(text.slice(0, BEGINNING));
  if (line === undefined) {
    const where = text.length > BEGINNING ? ' in the first 16 Mi characters' : '';
    throw new DecodeError('empty-file', `nothing but blanks and comments${where}`, {
      field: 'text',
      offset: 0,
    });
  }
  const format = payloadFormatOf(line);
  if (format === undefined) {
    const kind = payloadFileKindOf(text);
    const what =
      kind === undefined
        ? `text that begins with ${quoted(line.slice(0, 40))}`
        : `${kind.holds} (${kind.title})`;
    throw new DecodeError('unknown-dialect', `${what}, but no RPKI payloads`, { field: 'text', offset: 0 });
  }
  return format.read(text, new Collector(COLLECTED, options));
}

/** Characters that are read on at once: for each piece the scanner copies it, with what it holds of a value. */
const PIECE = 1 << 20;

/**
 * As {@link readPayloads}, of a text that comes in pieces of any length, from a file, a decoder, a download. Of JSON no more
 * than about 17 Mi characters are held at a time; a text of another dialect is put together first. The pieces are closed
 * when reading ends early. NON-SPEC: the dialects of relying parties.
 *
 * @throws {DecodeError} as {@link readPayloads}, and what `pieces` throws.
 * @throws {TypeError} for a piece that is no text: octets have to be decoded first.
 * @example
 * const { body } = await fetch('https://example.net/rpki.json');
 * const { vrps } = await readPayloadPieces(body.pipeThrough(new TextDecoderStream()));
 */
export async function readPayloadPieces(
  pieces: AsyncIterable<string> | Iterable<string>,
  options: ReadOptions = {},
): Promise<PayloadFile> {
  const source = largePieces(pieces);
  try {
    let text = '';
    let empty = 0; // characters of the lines that said nothing: each is looked at once
    let format: ReturnType<typeof payloadFormatOf>;
    for (let ended = false; !format && !ended && text.length <= BEGINNING; ) {
      const more = await source.next();
      ended = more.done === true;
      text += more.value ?? '';
      const line = firstLine(text.slice(empty, BEGINNING));
      format = line === undefined ? undefined : payloadFormatOf(line);
      if (line === undefined) empty = text.lastIndexOf('\n') + 1;
    }
    if (!format) return readPayloads(text, options); // it says what this is instead, without the rest
    const steps = format.asItComes;
    if (steps === undefined) {
      const rest = [text];
      for await (const piece of source) rest.push(piece);
      return readPayloads(rest.join(''), options);
    }
    const scanner = new JsonScanner(text, false);
    const reading = steps(scanner, new Collector(COLLECTED, options));
    let step = reading.next();
    for (; !step.done; step = reading.next()) {
      const { value, done = false } = await source.next();
      scanner.feed(value ?? '', done);
    }
    return step.value;
  } finally {
    await source.return(undefined);
  }
}

/** The pieces joined to such of {@link PIECE} characters at least, but for the last. */
async function* largePieces(
  pieces: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<string, undefined, undefined> {
  let held: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    if (typeof piece !== 'string') throw new TypeError(`a piece is ${sayValue(piece)}, not text`);
    if (piece === '') continue;
    held.push(piece);
    length += piece.length;
    if (length < PIECE) continue;
    yield held.join('');
    held = [];
    length = 0;
  }
  if (length > 0) yield held.join('');
  return undefined;
}
