import { concatOctets, toHex } from '../../bytes/index.js';
import { createPayloadSet, type PayloadSet } from '../../payload/index.js';
import { octetPayloadFormatOf, readPayloadPieces, writeSlurm } from '../../rpki/payloads.js';
import { unpackFile } from '../shared/unpack-file.js';
import { changedEntries, slurmOfChanges } from './changes.js';
import type { FileFacts, FromPayloads, ToPayloads } from './payload-messages.js';

// The thread that reads a file of payloads and keeps them, so that the page stays alive meanwhile.

/** Octets of a file, characters of a text that it unpacks to, and octets of what is no text. */
const MAX_FILE = 256 << 20;
const MAX_TEXT = 1 << 30;
const MAX_OCTETS = 256 << 20;
/** Octets that tell what is no text. */
const LOOKED_AT = 20;

/** How bzip2, xz and zstd begin. */
const OTHERWISE_PACKED = ['425a68', 'fd377a58', '28b52ffd'];

let held: PayloadSet = createPayloadSet();
const tell = (message: FromPayloads): void => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<ToPayloads>) => {
  if (data.kind === 'find') {
    tell({ kind: 'found', key: data.key, entries: changedEntries(held, data.changes, data) });
    return;
  }
  if (data.kind === 'slurm') {
    tell({ kind: 'slurm', text: writeSlurm(slurmOfChanges(held, data.changes)) });
    return;
  }
  open(data.file).then(
    (facts) => tell({ kind: 'ready', facts }),
    (error: unknown) =>
      tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});

async function open(file: File): Promise<FileFacts> {
  const started = performance.now();
  if (file.size > MAX_FILE) throw new RangeError(`more than ${MAX_FILE >> 20} MiB`);
  const octets = await file.arrayBuffer();
  // Names of tables that outsiders fill are scattered by a number that they cannot know.
  const [seed] = crypto.getRandomValues(new Uint32Array(1));
  const read = await readAny(await unpacked(file, new Uint8Array(octets)), { seed: seed ?? 0 });
  held = read;
  const { problems } = read;
  return {
    name: file.name,
    octets: file.size,
    sha256: await sha256(octets),
    dialect: read.dialect,
    vrps: read.vrps.size,
    aspas: read.aspas.size,
    problems: problems.count,
    firstProblem: problems.listed[0]?.message,
    seconds: (performance.now() - started) / 1000,
  };
}

/** The payloads of octets that come in pieces: Canonical Cache Representation, or text. */
async function readAny(pieces: ReadableStream<Uint8Array<ArrayBuffer>>, options: { readonly seed: number }) {
  const [first, whole] = pieces.tee();
  const format = octetPayloadFormatOf(await gather(first, LOOKED_AT));
  if (format === undefined) return readPayloadPieces(textOf(whole), options);
  const octets = await gather(whole, MAX_OCTETS + 1);
  if (octets.length > MAX_OCTETS) throw new RangeError(`more than ${MAX_OCTETS >> 20} MiB`);
  return format.readOctets(octets, options);
}

/** The octets of a file: gunzipped by the browser where it begins as gzip does, else unpacked by a thread of their own. */
async function unpacked(
  file: File,
  octets: Uint8Array<ArrayBuffer>,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const begins = toHex(octets.subarray(0, 4));
  if (OTHERWISE_PACKED.some((packed) => begins.startsWith(packed))) {
    const { cut, unpacked } = await unpackFile(file, MAX_OCTETS).done;
    if (cut) throw new RangeError(`more than ${MAX_OCTETS >> 20} MiB`);
    return unpacked.stream();
  }
  const plain = new Blob([octets]).stream();
  return begins.startsWith('1f8b') ? plain.pipeThrough(new DecompressionStream('gzip')) : plain;
}

/** Octets of a stream until there are so many, or all. */
async function gather(stream: ReadableStream<Uint8Array>, enough: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  while (length < enough) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    length += value.length;
  }
  reader.cancel().catch(() => undefined); // that dropping the rest may fail makes no difference
  return concatOctets(pieces);
}

/** A text in pieces, and how much of it was read. */
async function* textOf(source: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = source.pipeThrough(new TextDecoderStream('utf-8', { fatal: true })).getReader();
  let read = 0;
  let told = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    read += value.length;
    if (read > MAX_TEXT) throw new RangeError(`more than ${MAX_TEXT >> 20} Mi characters`);
    if (read - told > 1 << 20) {
      told = read;
      tell({ kind: 'progress', read });
    }
    yield value;
  }
}

async function sha256(octets: ArrayBuffer): Promise<string> {
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  if (subtle === undefined) return '';
  const digest = new Uint8Array(await subtle.digest('SHA-256', octets));
  return Array.from(digest, (octet) => octet.toString(16).padStart(2, '0')).join('');
}
