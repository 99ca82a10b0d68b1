import { createReadStream } from 'node:fs';
import { decompress } from '../node/decompress.js';
import type { Io } from './io.js';

/** The octets of a file, or of stdin for `-`, decompressed by content. Errors as `decompress` and the system give them. */
export function openInput(file: string, io: Io): AsyncGenerator<Uint8Array> {
  return decompress(file === '-' ? io.stdin : createReadStream(file, { highWaterMark: 1 << 18 }));
}

/** The whole text of a file, or of stdin for `-`. */
export async function readText(file: string, io: Io): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of openInput(file, io)) chunks.push(chunk);
  return new TextDecoder().decode(Buffer.concat(chunks));
}
