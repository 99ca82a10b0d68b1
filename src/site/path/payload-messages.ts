import type { Asn, Prefix } from '../../inet/index.js';
import type { Entries, EntryProblem } from './entries.js';

/** What is known of a file of payloads that was read. */
export interface FileFacts {
  readonly name: string;
  readonly octets: number;
  /** Empty where the page may not compute it: outside of https and this machine. */
  readonly sha256: string;
  readonly dialect: string;
  readonly vrps: number;
  readonly aspas: number;
  readonly problems: number;
  readonly firstProblem: string | undefined;
  readonly seconds: number;
}

/** What of a file matters to a path, with the changes made, and the changes that could not be. */
export type FoundEntries = Entries & { readonly problems: readonly EntryProblem[] };

/** What the page asks of the thread that holds a file of payloads. */
export type ToPayloads =
  | { readonly kind: 'open'; readonly file: File }
  | {
      readonly kind: 'find';
      /** What is asked, as a text that comes back with the answer. */
      readonly key: string;
      readonly asns: readonly Asn[];
      readonly prefix: Prefix | undefined;
      readonly changes: readonly string[];
    }
  /** The changes as local exceptions to the file. */
  | { readonly kind: 'slurm'; readonly changes: readonly string[] };

/** What the thread tells. */
export type FromPayloads =
  | { readonly kind: 'progress'; readonly read: number }
  | { readonly kind: 'ready'; readonly facts: FileFacts }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'found'; readonly key: string; readonly entries: FoundEntries }
  | { readonly kind: 'slurm'; readonly text: string };
