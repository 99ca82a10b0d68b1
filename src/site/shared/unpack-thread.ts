import { decompress } from '../../unpack/index.js';
import type { FromUnpack, ToUnpack } from './unpack-messages.js';

// The thread that unpacks a file, whatever it is packed by, so that the page stays alive meanwhile and can end it. WebAssembly,
// which zstd needs, is allowed here and not in the page.

addEventListener('message', ({ data }: MessageEvent<ToUnpack>) => {
  unpack(data).then(
    (cut) => tell({ kind: 'done', cut }),
    (error: unknown) =>
      tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});

function tell(message: FromUnpack): void {
  postMessage(message, message.kind === 'octets' ? { transfer: [message.octets.buffer] } : {});
}

/** Whether there was more than is wanted. */
async function unpack({ file, most }: ToUnpack): Promise<boolean> {
  let length = 0;
  for await (const chunk of decompress(chunksOf(file))) {
    const octets = chunk.slice(0, most - length);
    const isCut = octets.length < chunk.length; // what is handed over has no length any more
    length += octets.length;
    tell({ kind: 'octets', octets });
    if (isCut) return true;
  }
  return false;
}

async function* chunksOf(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => undefined); // that dropping the rest may fail makes no difference
  }
}
