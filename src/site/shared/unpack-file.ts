import type { FromUnpack, ToUnpack } from './unpack-messages.js';

/** A file that is being unpacked in a thread of its own. */
export interface Unpacking {
  /** The octets, and whether there were more than were wanted. Rejected for what cannot be unpacked; never settled once stopped. */
  readonly done: Promise<{ readonly unpacked: Blob; readonly cut: boolean }>;
  readonly stop: () => void;
}

/** Octets that are held here at once; the browser may put what is in a Blob elsewhere. */
const HELD = 16 << 20;

/** Unpacks a file by how it begins, also several times, at most so many octets. */
export function unpackFile(file: File, most: number): Unpacking {
  const thread = new Worker(new URL('./unpack-thread.ts', import.meta.url), { type: 'module' });
  const done = new Promise<{ unpacked: Blob; cut: boolean }>((resolve, reject) => {
    let unpacked = new Blob();
    let held: Uint8Array<ArrayBuffer>[] = [];
    let count = 0;
    const put = (): void => {
      unpacked = new Blob([unpacked, ...held]);
      held = [];
      count = 0;
    };
    thread.addEventListener('message', ({ data }: MessageEvent<FromUnpack>) => {
      if (data.kind === 'octets') {
        held.push(data.octets);
        count += data.octets.length;
        if (count >= HELD) put();
        return;
      }
      thread.terminate();
      put();
      if (data.kind === 'done') resolve({ unpacked, cut: data.cut });
      else reject(new Error(data.message));
    });
    thread.addEventListener('error', () => reject(new Error('the thread ended')));
    thread.postMessage({ file, most } satisfies ToUnpack);
  });
  return { done, stop: () => thread.terminate() };
}
