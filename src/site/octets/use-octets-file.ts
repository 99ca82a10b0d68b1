import { useState } from 'preact/hooks';
import { concatOctets, toHex } from '../../bytes/index.js';
import { foreignKindOf } from '../../unpack/index.js';
import { type Frame, framesOf, kindOf, type OctetsKind } from './kinds.js';
import { readOctets } from './read-octets.js';

/** What is packed by what browsers do not unpack, by its first octets in hexadecimal. */
const PACKED = [
  ['425a68', 'bzip2'],
  ['fd377a58', 'xz'],
  ['28b52ffd', 'zstd'],
] as const;
/** Octets that tell a text. */
const LOOKED_AT = 4096;
/** Octets of a file that are looked at; the first of a longer one. */
const MAX_FILE = 64 << 20;
/** Messages of a file that are listed. */
const MAX_FRAMES = 100_000;

/** A file with its messages. */
export interface OctetsFile {
  readonly name: string;
  readonly octets: Uint8Array;
  readonly kind: OctetsKind;
  readonly frames: readonly Frame[];
  /** There is more of it than is listed. */
  readonly cut: boolean;
}

/** A file that is open, and why the last one could not be. */
export interface OctetsFileHook {
  readonly file: OctetsFile | undefined;
  readonly problem: string | undefined;
  readonly open: (file: File, opened: (file: OctetsFile) => void) => void;
  readonly close: () => void;
}

/** Opens files of octets: as they are, packed by gzip, or in hexadecimal; never more of them than a bound. */
export function useOctetsFile(): OctetsFileHook {
  const [file, setFile] = useState<OctetsFile>();
  const [problem, setProblem] = useState<string>();
  const open = (from: File, opened: (file: OctetsFile) => void): void => {
    read(from).then(
      (read) => {
        setFile(read);
        setProblem(undefined);
        opened(read);
      },
      (error: unknown) =>
        setProblem(`${from.name}: ${error instanceof Error ? error.message : String(error)}`),
    );
  };
  return { file, problem, open, close: () => setFile(undefined) };
}

async function read(from: File): Promise<OctetsFile> {
  const head = toHex(new Uint8Array(await from.slice(0, 4).arrayBuffer()));
  const packed = PACKED.find(([begins]) => head.startsWith(begins));
  if (packed) throw new Error(`packed by ${packed[1]}: unpack it first`);
  const stream = from.stream();
  const taken = await take(
    head.startsWith('1f8b') ? stream.pipeThrough(new DecompressionStream('gzip')) : stream,
  );
  if (taken.octets.length === 0) throw new Error('an empty file');
  const foreign = foreignKindOf(taken.octets);
  if (foreign !== undefined) throw new Error(`${foreign}, which this page does not read`);
  const octets = isText(taken.octets) ? octetsOfText(taken.octets) : taken.octets;
  const kind = kindOf(octets);
  const frames = framesOf(octets, kind, MAX_FRAMES);
  const cut = taken.cut || (frames.at(-1)?.end ?? 0) < octets.length;
  return { name: from.name, octets, kind, frames, cut };
}

/** The first octets of a stream; the rest is never unpacked. */
async function take(stream: ReadableStream<Uint8Array>): Promise<{ octets: Uint8Array; cut: boolean }> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  while (length <= MAX_FILE) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    length += value.length;
  }
  reader.cancel().catch(() => undefined); // that dropping the rest may fail makes no difference
  return { octets: concatOctets(pieces).subarray(0, MAX_FILE), cut: length > MAX_FILE };
}

/** Whether it begins with characters of ASCII alone, as no message, record or object does that is longer than a few octets. */
const isText = (octets: Uint8Array): boolean =>
  octets
    .subarray(0, LOOKED_AT)
    .every((octet) => (octet >= 0x20 && octet < 0x7f) || (octet >= 9 && octet <= 13));

function octetsOfText(text: Uint8Array): Uint8Array {
  const reading = readOctets(new TextDecoder().decode(text));
  if ('octets' in reading) return reading.octets;
  throw new Error(`text that is no hexadecimal: ${reading.problem}`);
}
