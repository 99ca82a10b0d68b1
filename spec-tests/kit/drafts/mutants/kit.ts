import type { NeighborRole } from 'pathsec/aspa';
import type { Bounds } from '../../aspa/mutants/kit.js';

/** Whether a path is verified upstream, as from a customer, or downstream, as from a provider. */
export type Direction = 'up' | 'down';

/** An ASRA of a request. */
export interface Asra {
  readonly asn: number;
  readonly subcategory: number;
  readonly neighbors: readonly number[];
}

/** What is known of a hop that may be a fake link. */
export interface Link {
  /** Whether the AS has the next one as its provider, by ASPA; undefined without an ASPA. */
  readonly provider: boolean | undefined;
  /** Whether its ASRAs have the next one; undefined without any. */
  readonly listed: boolean | undefined;
  /** As `provider`, of the next AS. */
  readonly reverse: boolean | undefined;
  /** As `listed`, of the next AS. */
  readonly reverseListed: boolean | undefined;
}

/** The hops that are asked for a fake link. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/**
 * Verification at egress and by ASRAs in small exchangeable parts, written apart from the product; what they share with ASPA is
 * the second implementation of that suite. A mutant has one part changed.
 */
export interface Kit {
  /** The direction towards a receiver of this role. */
  direction(role: NeighborRole): Direction;
  /** Whether the receiver is put in front of the path. */
  front(role: NeighborRole, augmented: boolean): boolean;
  /** Whether the first AS of the path may lead it. */
  leads(
    first: number | undefined,
    own: number | undefined,
    receiver: number | undefined,
    role: NeighborRole,
  ): boolean;
  /** Whether ASRAs are looked at for a path from a neighbour of this role that ASPA found to be `outcome`. */
  looksAt(role: NeighborRole, outcome: string): boolean;
  /** The lists of neighbours of the ASes. */
  lists(asras: readonly Asra[]): ReadonlyMap<number, readonly number[]>;
  holds(list: readonly number[], asn: number): boolean;
  algorithm(asked: 'A' | 'B'): 'A' | 'B';
  fake(link: Link, algorithm: 'A' | 'B'): boolean;
  span(bounds: Bounds, N: number, algorithm: 'A' | 'B'): Span;
  /** The outcome of a path with a fake link. */
  found: string;
}

export const kit: Kit = {
  direction: (role) => (role === 'customer' || role === 'rs-client' ? 'down' : 'up'),
  front: (role, augmented) => augmented && (role === 'provider' || role === 'customer'),
  leads: (first, own) => own === undefined || first === own,
  looksAt: (role, outcome) => role === 'provider' && outcome !== 'invalid',
  lists(asras) {
    const lists = new Map<number, number[]>();
    const combined = new Set(asras.filter(({ subcategory }) => subcategory === 3).map(({ asn }) => asn));
    for (const { asn, subcategory, neighbors } of asras) {
      if (subcategory !== 3 && combined.has(asn)) continue;
      lists.set(asn, [...(lists.get(asn) ?? []), ...neighbors]);
    }
    return lists;
  },
  holds: (list, asn) => asn !== 0 && list.includes(asn),
  algorithm: (asked) => asked,
  fake: ({ provider, listed, reverse }, algorithm) =>
    provider === false && listed === false && (algorithm === 'B' || reverse !== true),
  span({ minUp, minDown }, N, algorithm) {
    const isAffirmed = minUp === N || (algorithm === 'A' && minUp + minDown > N);
    if (isAffirmed) return { first: 1, last: 0 };
    return { first: minUp, last: algorithm === 'A' ? N - minDown : N - 1 };
  },
  found: 'invalid',
};
