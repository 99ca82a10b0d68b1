import { DecodeError } from '../bytes/index.js';

/** `no such file or directory (ENOENT)` for an error of the operating system, without call and path; undefined for others. */
export function systemErrorText(error: unknown): string | undefined {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return undefined;
  const [, text = error.message] =
    /^(?:listen )?[A-Z0-9_]+: (.*?)(?:, | \S+:[0-9]+$)/.exec(error.message) ?? [];
  return `${text} (${String(error.code)})`;
}

/** The octets; an error of the operating system on the way is a DecodeError `input-unreadable`, so that a reader goes on. */
export async function* readably(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    const text = systemErrorText(error);
    if (text === undefined) throw error;
    throw new DecodeError('input-unreadable', text, { field: 'input', offset: 0 });
  }
}
