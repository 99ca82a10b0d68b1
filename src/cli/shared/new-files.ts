import { type FileHandle, open, unlink } from 'node:fs/promises';
import { naming } from './input.js';
import { refuseStdout } from './output-file.js';

/** A file that does not exist yet, and what it is to hold. */
export interface NewFile {
  readonly file: string;
  readonly content: string | Uint8Array;
  /** Its mode; 0o666 less the umask when absent. */
  readonly mode?: number;
}

/**
 * Makes sure, before the work for it begins, that a file is not there and can be made, without leaving a trace.
 *
 * @throws {CliError} that names the file.
 */
export async function checkNewFile(file: string): Promise<void> {
  refuseStdout(file);
  await naming(file, async () => {
    await (await open(file, 'wx')).close();
    await unlink(file);
  });
}

/**
 * Writes new files, all or none: every one of them is made before the first is filled, and when one cannot be made or filled
 * all that were made are taken away again. Nothing that exists is touched.
 *
 * @throws {CliError} that names the file.
 */
export async function writeNewFiles(files: readonly NewFile[]): Promise<void> {
  const made: { readonly file: string; readonly handle: FileHandle }[] = [];
  try {
    for (const { file, mode } of files) {
      refuseStdout(file);
      made.push({ file, handle: await naming(file, () => open(file, 'wx', mode)) });
    }
    for (const [i, { file, handle }] of made.entries()) {
      await naming(file, async () => {
        await handle.writeFile(files[i]?.content ?? '');
        await handle.sync();
      });
    }
  } catch (error) {
    await Promise.allSettled(made.map(({ file }) => unlink(file)));
    throw error;
  } finally {
    await Promise.allSettled(made.map(({ handle }) => handle.close()));
  }
}
