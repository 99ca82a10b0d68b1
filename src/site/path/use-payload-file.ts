import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Asn, Prefix } from '../../inet/index.js';
import { saveFile } from '../shared/save-file.js';
import type { FileFacts, FoundEntries, FromPayloads, ToPayloads } from './payload-messages.js';

/** What has become of a file of payloads. */
export type FileStatus =
  | { readonly kind: 'none' }
  | { readonly kind: 'reading'; readonly name: string; readonly read: number }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string }
  | { readonly kind: 'ready'; readonly facts: FileFacts };

/** A file of payloads in a thread of its own. */
export interface PayloadFileHandle {
  readonly status: FileStatus;
  readonly open: (file: File) => void;
  /** Ends the thread, also while it reads. */
  readonly close: () => void;
  readonly ask: (message: ToPayloads) => void;
  readonly found: { readonly key: string; readonly entries: FoundEntries } | undefined;
}

/** The file of payloads that is open, if any; `onReady` is told when one was read. */
export function usePayloadFile(onReady: (facts: FileFacts) => void): PayloadFileHandle {
  const thread = useRef<Worker>(undefined);
  const [status, setStatus] = useState<FileStatus>({ kind: 'none' });
  const [found, setFound] = useState<PayloadFileHandle['found']>();
  const told = useRef(onReady);
  told.current = onReady;
  const close = (): void => {
    thread.current?.terminate();
    thread.current = undefined;
    setStatus({ kind: 'none' });
    setFound(undefined);
  };
  const open = (file: File): void => {
    close();
    const { name } = file;
    const worker = new Worker(new URL('./payload-thread.ts', import.meta.url), { type: 'module' });
    thread.current = worker;
    setStatus({ kind: 'reading', name, read: 0 });
    worker.addEventListener('message', ({ data }: MessageEvent<FromPayloads>) => {
      if (thread.current !== worker) return;
      if (data.kind === 'progress') setStatus({ kind: 'reading', name, read: data.read });
      else if (data.kind === 'found') setFound(data);
      else if (data.kind === 'slurm') saveFile('changes.json', data.text);
      else if (data.kind === 'failed') setStatus({ kind: 'failed', name, message: data.message });
      else {
        setStatus({ kind: 'ready', facts: data.facts });
        told.current(data.facts);
      }
    });
    worker.addEventListener('error', () => setStatus({ kind: 'failed', name, message: 'the thread ended' }));
    worker.postMessage({ kind: 'open', file } satisfies ToPayloads);
  };
  const ask = (message: ToPayloads): void => thread.current?.postMessage(message);
  return { status, open, close, ask, found };
}

/**
 * What of the file matters to a path. It is asked for before the page is painted: an effect that waits for the frame would cost
 * 20 ms a key stroke. Until the answer to `key` is here the last one stands, and it is outstanding.
 */
export function useFound(
  { ask, found, status }: PayloadFileHandle,
  asns: readonly Asn[],
  prefix: Prefix | undefined,
  changes: readonly string[],
  key: string,
): { readonly found: FoundEntries | undefined; readonly outstanding: boolean } {
  const ready = status.kind === 'ready';
  useLayoutEffect(() => {
    if (ready) ask({ kind: 'find', key, asns, prefix, changes });
  }, [ready, key]);
  if (!ready) return { found: undefined, outstanding: status.kind === 'reading' };
  return { found: found?.entries, outstanding: found?.key !== key };
}
