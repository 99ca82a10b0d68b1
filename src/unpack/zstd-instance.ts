import { ZSTDDecoder } from 'zstddec/stream';

/** The streaming decoder of zstd in memory of its own; pointers are offsets in that memory. */
export interface ZstdInstance {
  readonly memory: { readonly buffer: ArrayBuffer };
  malloc(size: number): number;
  ZSTD_createDCtx(): number;
  /** Octets still wanted; 0 at the end of a frame; minus the number of an error. */
  ZSTD_decompressStream(context: number, output: number, input: number): number;
}

/** The types at hand know no WebAssembly; every engine does. */
declare const WebAssembly: {
  instantiate(module: object, imports: object): Promise<{ readonly exports: object }>;
};

let compiled: Promise<object> | undefined;

/**
 * An instance of the WebAssembly of zstddec for one stream. zstddec's own `decodeStreaming` loops for ever over a damaged frame
 * and keeps all memory that it ever took; an instance is garbage when the stream is done
 * (docs/decisions/unpack.md D-unpack-zstd).
 */
export async function createZstdInstance(): Promise<ZstdInstance> {
  compiled ??= compile();
  const { exports } = await WebAssembly.instantiate(await compiled, {
    env: { emscripten_notify_memory_growth: () => undefined },
  });
  if (!isZstd(exports)) throw new TypeError('zstddec has no streaming decoder');
  return exports;
}

async function compile(): Promise<object> {
  let module: object | undefined;
  /** zstddec hands what it has compiled to this method. */
  class Compiling extends ZSTDDecoder {
    override _init(result: { readonly module: object }): void {
      module = result.module;
    }
  }
  await new Compiling().init();
  if (module === undefined) throw new TypeError('zstddec was in use by something else');
  return module;
}

function isZstd(exports: object): exports is ZstdInstance {
  return ['memory', 'malloc', 'ZSTD_createDCtx', 'ZSTD_decompressStream'].every((name) => name in exports);
}
