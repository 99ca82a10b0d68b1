/**
 * The octets of a compressed stream, of one or several members, as they were before; damage is a `DecodeError` after everything
 * before it was yielded.
 */
export type Unpacker = (chunks: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array, void, undefined>;

/** A compression: how its streams begin, and what unpacks them. */
interface Compression {
  readonly name: string;
  /** The first octets of its streams, of which every one matters. */
  readonly begins: readonly number[];
  readonly unpack: Unpacker;
}

/** An unpacker that is loaded when a stream wants it: each brings a package or some hundred lines, and few streams are packed. */
function loaded(load: () => Promise<Unpacker>): Unpacker {
  return async function* (chunks) {
    const unpack = await load();
    yield* unpack(chunks);
  };
}

/** Every compression that is read. A new one is its reader and a row; `spec-tests/unpack/compressions.test.ts` wants a sample. */
export const COMPRESSIONS = [
  {
    name: 'gzip',
    begins: [0x1f, 0x8b],
    unpack: loaded(async () => (await import('./gunzip.js')).gunzip),
  },
  {
    name: 'bzip2',
    begins: [0x42, 0x5a, 0x68],
    unpack: loaded(async () => (await import('./bunzip2.js')).bunzip2),
  },
  {
    name: 'xz',
    begins: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
    unpack: loaded(async () => (await import('./unxz.js')).unxz),
  },
  {
    name: 'zstd',
    begins: [0x28, 0xb5, 0x2f, 0xfd],
    unpack: loaded(async () => (await import('./unzstd.js')).unzstd),
  },
] as const satisfies readonly Compression[];

/** The name of a compression. */
export type CompressionName = (typeof COMPRESSIONS)[number]['name'];

const compressions: readonly (Compression & { readonly name: CompressionName })[] = COMPRESSIONS;

/** So many octets say which compression a stream has. */
export const LOOKED_AT = Math.max(...compressions.map(({ begins }) => begins.length));

/** The compression of what begins so; undefined for none. */
export function compressionOf(head: Uint8Array) {
  return compressions.find(({ begins }) => begins.every((octet, i) => head[i] === octet));
}

/** Whether what begins so can still be the beginning of a compression. */
export function mayBeCompressed(head: Uint8Array): boolean {
  return compressions.some(({ begins }) =>
    begins.slice(0, head.length).every((octet, i) => octet === head[i]),
  );
}
