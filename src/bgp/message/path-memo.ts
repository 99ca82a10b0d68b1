import type { AsPath } from '../as-path.js';

/**
 * The AS_PATH that was read last on a session, in whose terms its octets mean what they mean: UPDATEs of one path often come one behind
 * the other, those of both families of an AS above all, and share its value.
 */
export class PathMemo {
  // A copy: a view would hold all that was received with it.
  #octets = new Uint8Array(64);
  #length = 0;
  #path: AsPath | undefined;

  /** The path, where the value `octets[start, end)` is that of the last one. */
  recall(octets: Uint8Array, start: number, end: number): AsPath | undefined {
    if (this.#path === undefined || end - start !== this.#length) return undefined;
    for (let i = 0; i < this.#length; i++) if (octets[start + i] !== this.#octets[i]) return undefined;
    return this.#path;
  }

  keep(octets: Uint8Array, start: number, end: number, path: AsPath | undefined): void {
    const length = end - start;
    if (length > this.#octets.length) this.#octets = new Uint8Array(2 * length);
    for (let i = 0; i < length; i++) this.#octets[i] = octets[start + i] as number;
    this.#length = length;
    this.#path = path;
  }
}
