import { DecodeError } from '../bytes/index.js';
import { createZstdInstance } from './zstd-instance.js';

const INPUT = 1 << 17;
/** The longest block (RFC 8878 §3.1.1.2.4): what one call can give. */
const OUTPUT = 1 << 17;
/** Octets of the structures by which input and output are handed over: pointer, size, position. */
const BUFFER = 12;

/** Numbers of the errors of zstd that are told apart here. */
const WINDOW_TOO_LARGE = 16;
const DICTIONARY_WRONG = 32;
const MESSAGES: ReadonlyMap<number, string> = new Map([
  [10, 'no frame header'],
  [22, 'wrong check sum of a frame'],
]);

/**
 * The decompressed octets of a zstd stream (RFC 8878) of one or several frames; skippable ones are skipped. Zeros behind the last
 * frame are ignored. Memory is bounded by the window, of at most 128 MiB.
 *
 * @throws {DecodeError} `zstd-damaged`, after everything before the damage was yielded, but for the block in which it shows;
 * `window-too-large`, `compression-unsupported` for a frame that wants a dictionary.
 */
export async function* unzstd(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const zstd = await createZstdInstance();
  const context = zstd.ZSTD_createDCtx();
  const input = createBuffer(zstd, INPUT);
  const output = createBuffer(zstd, OUTPUT);
  let passed = 0; // octets before the piece
  let open = true; // within a frame
  let padded = false;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += INPUT) {
      const piece = chunk.subarray(at, at + INPUT);
      input.fill(piece);
      let full = false;
      while (input.position < piece.length || full) {
        padded ||= !open && piece[input.position] === 0;
        if (padded) {
          if (piece.subarray(input.position).some((octet) => octet !== 0))
            throw damaged('octets behind the last frame', passed + input.position);
          break;
        }
        output.position = 0;
        const wanted = zstd.ZSTD_decompressStream(context, output.pointer, input.pointer);
        if (wanted < 0) throw errorOf(-wanted, passed + input.position);
        open = wanted > 0;
        full = open && output.position === OUTPUT;
        if (output.position > 0) yield output.copy();
      }
      passed += piece.length;
    }
  }
  if (open) throw damaged('the stream ends too early', passed);
}

type Instance = Awaited<ReturnType<typeof createZstdInstance>>;

/** A buffer in the memory of the instance, with the structure that hands it over. The memory may move at every call. */
function createBuffer({ memory, malloc }: Instance, size: number) {
  const data = malloc(size);
  const pointer = malloc(BUFFER);
  const view = (): DataView => new DataView(memory.buffer, pointer, BUFFER);
  view().setUint32(0, data, true);
  view().setUint32(4, size, true);
  return {
    pointer,
    get position() {
      return view().getUint32(8, true);
    },
    set position(position: number) {
      view().setUint32(8, position, true);
    },
    /** Puts octets in, to be read from the first. */
    fill: (octets: Uint8Array): void => {
      new Uint8Array(memory.buffer, data, size).set(octets);
      view().setUint32(4, octets.length, true);
      view().setUint32(8, 0, true);
    },
    /** A copy of what was put in up to the position. */
    copy: (): Uint8Array => new Uint8Array(memory.buffer, data, view().getUint32(8, true)).slice(),
  };
}

function errorOf(number: number, offset: number): DecodeError {
  const place = { field: 'zstd', offset };
  if (number === WINDOW_TOO_LARGE)
    return new DecodeError('window-too-large', 'the stream wants a window of more than 128 MiB', place);
  if (number === DICTIONARY_WRONG)
    return new DecodeError(
      'compression-unsupported',
      'the stream wants a dictionary, and none is known',
      place,
    );
  return damaged(MESSAGES.get(number) ?? 'damaged data', offset);
}

function damaged(message: string, offset: number): DecodeError {
  return new DecodeError('zstd-damaged', message, { field: 'zstd', offset });
}
