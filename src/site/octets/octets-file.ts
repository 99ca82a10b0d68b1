import type { Frame, OctetsKind } from './kinds.js';

/** A file with its messages. */
export interface OctetsFile {
  readonly name: string;
  readonly octets: Uint8Array;
  readonly kind: OctetsKind;
  readonly frames: readonly Frame[];
  /** There is more of it than is listed. */
  readonly cut: boolean;
  /** What has to be known of octets that do not stand in the file as they are shown. */
  readonly note?: string;
}
