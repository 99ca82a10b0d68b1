import type { Protection } from './router-view.js';

/** What a run of the study measured of each protection: what the model is asked with. */
export interface StudyCosts {
  readonly format: 'pathsec/study-costs/1';
  readonly mode: string;
  /** `2026-11-30`. */
  readonly date: string;
  readonly commit: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly node: string;
    readonly openssl: string;
  };
  /** Cores that other programs kept busy while times were taken, in the task in which it was most. */
  readonly others: number;
  readonly protections: readonly Protection[];
}
