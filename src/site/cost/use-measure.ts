import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Protection } from '../../cost/index.js';
import { browserProtections } from './browser-protections.js';
import type { BrowserCosts, FromMeasure, ToMeasure } from './measure-messages.js';

/** What has become of the measurement. */
export type MeasureStatus =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly done: number; readonly of: number | undefined }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'done'; readonly costs: BrowserCosts };

/** A measurement in a thread of its own. */
export interface MeasureHandle {
  readonly status: MeasureStatus;
  /** What was measured as protections of the model, for the table. */
  readonly protections: readonly Protection[];
  readonly begin: (pathLengths: readonly number[]) => void;
  /** Ends the thread, whatever it does. */
  readonly stop: () => void;
}

/** Measures in this browser when asked; the thread ends with its work, with `stop`, and with the screen. */
export function useMeasure(): MeasureHandle {
  const thread = useRef<Worker>(undefined);
  const [status, setStatus] = useState<MeasureStatus>({ kind: 'none' });
  const end = (): void => {
    thread.current?.terminate();
    thread.current = undefined;
  };
  useEffect(() => end, []);
  const begin = (pathLengths: readonly number[]): void => {
    end();
    const worker = new Worker(new URL('./measure-thread.ts', import.meta.url), { type: 'module' });
    thread.current = worker;
    setStatus({ kind: 'running', done: 0, of: undefined });
    const fail = (message: string): void => {
      end();
      setStatus({ kind: 'failed', message });
    };
    worker.addEventListener('message', ({ data }: MessageEvent<FromMeasure>) => {
      if (thread.current !== worker) return;
      if (data.kind === 'round') setStatus({ kind: 'running', done: data.done, of: data.of });
      else if (data.kind === 'failed') fail(data.message);
      else {
        end();
        setStatus({ kind: 'done', costs: data.costs });
      }
    });
    worker.addEventListener('error', () => fail('the thread ended'));
    worker.postMessage({ pathLengths } satisfies ToMeasure);
  };
  const stop = (): void => {
    end();
    setStatus({ kind: 'none' });
  };
  const protections = useMemo(
    () => (status.kind === 'done' ? browserProtections(status.costs.measured) : []),
    [status],
  );
  return { status, protections, begin, stop };
}
