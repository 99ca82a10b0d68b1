import { AS_SEQUENCE, type AsPath, decodeAsPath, readAsSequence } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import type { PathOctets } from '../routes/index.js';
import { doubled } from '../tables/index.js';

/** Room for the ASNs of one path at a time, whatever it comes as. */
export class PathWords {
  #asns = new Uint32Array(1 << 8);

  /** The ASNs of the path that was read last, in wire order; what stands behind them is of no meaning. */
  get asns(): Uint32Array {
    return this.#asns;
  }

  /** Takes a path in; returns how many ASNs it has, or -1 when it has other segments than AS_SEQUENCEs. */
  read(path: AsPath | PathOctets): number {
    if (!('octets' in path)) return this.#readSegments(path);
    const { octets, start, end, asnSize } = path;
    this.#reserve(end - start);
    return readAsSequence(octets, asnSize, start, end, this.#asns);
  }

  #readSegments(path: AsPath): number {
    let length = 0;
    for (const { type, asns } of path) {
      if (type !== AS_SEQUENCE) return -1;
      this.#reserve(length + asns.length);
      for (let i = 0; i < asns.length; i++) this.#asns[length++] = asns[i] as Asn;
    }
    return length;
  }

  #reserve(length: number): void {
    this.#asns = doubled(this.#asns, length);
  }
}

/** The path with its segments. */
export function segmentsOf(path: AsPath | PathOctets): AsPath {
  if (!('octets' in path)) return path;
  return decodeAsPath(path.octets, path.asnSize, path.start, path.end);
}
