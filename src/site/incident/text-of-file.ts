import { MAX_DRAWN } from '../../simulate/index.js';
import { unpackFile } from '../shared/unpack-file.js';

/** Octets of a file, unpacked: AS relationships have comments. */
const MAX_FILE = 1 << 20;

/** The text of a file, packed or not, of a size that is read; never settled once it is stopped. */
export function textOfFile(file: File): { readonly text: Promise<string>; readonly stop: () => void } {
  const { done, stop } = unpackFile(file, MAX_FILE);
  const text = done.then(({ cut, unpacked }) => {
    if (cut) throw new Error(`more than 1 MiB: this page draws up to ${MAX_DRAWN} ASes`);
    return unpacked.text();
  });
  return { text, stop };
}
