import { AS_TRANS, type Asn, formatAddress } from '../inet/index.js';
import type { Peer } from '../routes/index.js';
import { createNumberMap, type NumberMap, type SeededHash } from '../tables/index.js';
import { atHand } from './at-hand.js';

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
 * which no peer has (RFC 7607) but writers have put there, do not (docs/decisions/audit.md D-audit-unknown-peer).
 */
export function isKnownPeer(peerAs: Asn): boolean {
  return peerAs !== 0 && peerAs !== AS_TRANS;
}

const NO_ADDRESS = new Uint8Array(0);
/** Keys of peers whose AS is not known begin behind the last AS number. */
const UNKNOWN = 2 ** 32;

/**
 * The peers of an audit by key: one an AS (docs/decisions/audit.md D-audit-peer-is-as), whose number is the key, or one
 * an address where the AS is not known. The key of a known peer costs no lookup.
 */
export class PeerDirectory {
  readonly #peers: NumberMap<AuditedPeer>;
  readonly #unknown = new Map<string, number>();

  constructor(hash: SeededHash) {
    this.#peers = createNumberMap(hash);
  }

  /** All peers that were asked for, by key. */
  get all(): NumberMap<AuditedPeer> {
    return this.#peers;
  }

  keyOf({ asn, address }: Peer): number {
    if (isKnownPeer(asn)) return asn;
    const name = `${asn} ${address.join('.')}`;
    let key = this.#unknown.get(name);
    if (key === undefined) {
      key = UNKNOWN + this.#unknown.size;
      this.#unknown.set(name, key);
      this.#peers.set(key, newPeer(asn, address));
    }
    return key;
  }

  /** The peer of a key that {@link keyOf} gave. */
  readonly of = atHand((key): AuditedPeer => {
    let peer = this.#peers.get(key);
    if (!peer) {
      peer = newPeer(key, NO_ADDRESS);
      this.#peers.set(key, peer);
    }
    return peer;
  });
}

const newPeer = (peerAs: Asn, address: Uint8Array): AuditedPeer => ({
  peerAs,
  address,
  paths: 0,
  own: 0,
  withdrawals: 0,
  stateChanges: 0,
});

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
