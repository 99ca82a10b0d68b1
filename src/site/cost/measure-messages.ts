import type { Measured } from './rounds.js';

/** What is measured in the browser. */
export type MeasuredName = 'P-256, WebCrypto' | 'P-256, noble' | 'origin validation' | 'ASPA';

/** What the page asks of the thread that measures. */
export interface ToMeasure {
  readonly pathLengths: readonly number[];
}

/** What was measured. */
export interface BrowserCosts {
  readonly measured: readonly Measured<MeasuredName>[];
  readonly seconds: number;
}

/** What the thread tells. */
export type FromMeasure =
  | { readonly kind: 'round'; readonly done: number; readonly of: number }
  | { readonly kind: 'done'; readonly costs: BrowserCosts }
  | { readonly kind: 'failed'; readonly message: string };
