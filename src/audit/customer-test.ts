import type { CustomerSet } from '../aspa/index.js';
import type { AsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import type { PathOctets } from '../routes/index.js';

const LOW_BITS = 0xffff;

/** Customers, asked for by millions of paths of which hardly any has one: nearly all are told by the last bits of their ASNs. */
export class CustomerTest {
  readonly #customers: CustomerSet;
  /** By the last 16 bits of an ASN, whether there is a customer with these. */
  readonly #marks = new Uint8Array(LOW_BITS + 1);

  constructor(customers: CustomerSet) {
    this.#customers = customers;
    for (const customer of customers) this.#marks[customer & LOW_BITS] = 1;
  }

  has(asn: Asn): boolean {
    return this.#marks[asn & LOW_BITS] === 1 && this.#customers.has(asn);
  }

  /** Whether one of them may be in the path: false is sure. Segments of any type are looked through. */
  mayBeIn(path: AsPath | PathOctets): boolean {
    if (this.#customers.size === 0) return false;
    if (!('octets' in path)) return true;
    const { octets, start, end, asnSize } = path;
    const marks = this.#marks;
    for (let at = start; at < end; ) {
      const next = at + 2 + (octets[at + 1] as number) * asnSize;
      for (let low = at + asnSize; low < next; low += asnSize) {
        // The last two octets of each ASN; an AS_PATH value of right syntax ends where its last segment does.
        if (marks[((octets[low] as number) << 8) | (octets[low + 1] as number)] === 1) return true;
      }
      at = next;
    }
    return false;
  }
}
