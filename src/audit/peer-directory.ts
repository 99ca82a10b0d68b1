import { AS_TRANS, type Asn, formatAddress } from '../inet/index.js';
import type { Peer } from '../mrt/index.js';

/** A peer and what concerns no single path of it. */
export interface AuditedPeer {
  readonly peerAs: Asn;
  /** What tells it from others whose AS is not known either; empty for one whose AS is known. */
  readonly address: Uint8Array;
  /** Distinct paths, and those of them that begin with its own AS. */
  paths: number;
  own: number;
  withdrawals: number;
  stateChanges: number;
}

/**
 * Whether the AS that is recorded of a peer says who it is. AS_TRANS, in records of two octets (RFC 6793 §9), and AS 0,
 * which no peer has (RFC 7607) but writers have put there, do not (docs/decisions.md D-audit-unknown-peer).
 */
export function isKnownPeer(peerAs: Asn): boolean {
  return peerAs !== 0 && peerAs !== AS_TRANS;
}

const NO_ADDRESS = new Uint8Array(0);

/** The peers of an audit, numbered from 0: one an AS (docs/decisions.md D-audit-peer-is-as), or an address. */
export class PeerDirectory {
  readonly list: AuditedPeer[] = [];
  readonly #byAs = new Map<Asn, number>();
  readonly #byAddress = new Map<string, number>();
  #last: Peer | undefined;
  #lastIndex = 0;

  /** The number of a peer, a new one if it was not there. Readers share peer objects: the same one again is cheap. */
  indexOf(peer: Peer): number {
    if (peer === this.#last) return this.#lastIndex;
    this.#last = peer;
    this.#lastIndex = isKnownPeer(peer.asn)
      ? this.#find(this.#byAs, peer.asn, peer.asn, NO_ADDRESS)
      : this.#find(this.#byAddress, `${peer.asn} ${peer.address.join('.')}`, peer.asn, peer.address);
    return this.#lastIndex;
  }

  /** @throws {RangeError} for a number that no peer has. */
  at(index: number): AuditedPeer {
    const peer = this.list[index];
    if (!peer) throw new RangeError(`no peer ${index}`);
    return peer;
  }

  #find<K>(numbers: Map<K, number>, key: K, peerAs: Asn, address: Uint8Array): number {
    let index = numbers.get(key);
    if (index === undefined) {
      index = this.list.length;
      numbers.set(key, index);
      this.list.push({ peerAs, address, paths: 0, own: 0, withdrawals: 0, stateChanges: 0 });
    }
    return index;
  }
}

/** By AS, then by address. */
export function comparePeers(a: AuditedPeer, b: AuditedPeer): number {
  if (a.peerAs !== b.peerAs) return a.peerAs - b.peerAs;
  const at = a.address.findIndex((octet, i) => octet !== b.address[i]);
  if (a.address.length !== b.address.length || at < 0) return a.address.length - b.address.length;
  return (a.address[at] as number) - (b.address[at] as number);
}

/** The address as text; null where there is none or none is needed. */
export function addressText({ address }: AuditedPeer): string | null {
  return address.length === 0 ? null : formatAddress(address);
}
