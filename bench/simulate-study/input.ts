import { createReadStream } from 'node:fs';
import { decompress } from 'pathsec/node';

/** The text of a file, unpacked by its content. */
export async function unpackedText(file: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of decompress(createReadStream(file)))
    text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}
