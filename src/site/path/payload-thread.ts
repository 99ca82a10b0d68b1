import type { Asn, Prefix } from '../../inet/index.js';
import type { PayloadSet } from '../../payload/index.js';
import { readPayloadPieces } from '../../rpki/payloads.js';
import { changedEntries, relevantTo } from './changes.js';
import type { Entries } from './entries.js';
import type { FileFacts, FromPayloads, ToPayloads } from './payload-messages.js';

// The thread that reads a file of payloads and keeps them, so that the page stays alive meanwhile.

/** Octets of a file, and characters of what it unpacks to. */
const MAX_FILE = 256 << 20;
const MAX_TEXT = 1 << 30;

let held: PayloadSet | undefined;
const tell = (message: FromPayloads): void => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<ToPayloads>) => {
  if (data.kind === 'find') {
    const { asns, changes, id, prefix } = data;
    tell({ kind: 'found', id, entries: changedEntries(find(asns, prefix), relevantTo(changes, asns)) });
    return;
  }
  open(data.file).then(
    (facts) => tell({ kind: 'ready', facts }),
    (error: unknown) =>
      tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});

/** What of the payloads can matter to a path: the ASPAs of its ASes, the VRPs that cover its prefix. */
function find(asns: readonly Asn[], prefix: Prefix | undefined): Entries {
  if (held === undefined) return { aspas: [], vrps: [] };
  const { aspas, vrps } = held;
  return {
    aspas: asns.flatMap((asn) => aspas.get(asn) ?? []),
    vrps: prefix === undefined ? [] : vrps.covering(prefix),
  };
}

async function open(file: File): Promise<FileFacts> {
  const started = performance.now();
  if (file.size > MAX_FILE) throw new RangeError(`more than ${MAX_FILE >> 20} MiB`);
  const octets = await file.arrayBuffer();
  // Names of tables that outsiders fill are scattered by a number that they cannot know.
  const [seed] = crypto.getRandomValues(new Uint32Array(1));
  const read = await readPayloadPieces(textOf(new Uint8Array(octets)), { seed: seed ?? 0 });
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

/** The text of a file in pieces, gunzipped where it begins as gzip does. */
async function* textOf(octets: Uint8Array<ArrayBuffer>): AsyncGenerator<string> {
  const gzip = octets[0] === 0x1f && octets[1] === 0x8b;
  const plain = new Blob([octets]).stream();
  const source = gzip ? plain.pipeThrough(new DecompressionStream('gzip')) : plain;
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
