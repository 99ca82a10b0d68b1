import { nlriIsPlausible } from '../bgp/index.js';
import type { Peer } from './element.js';

/** An NLRI field of one family, `octets[start, end)`; `cut` when it goes on behind its end. */
export interface NlriField {
  readonly afi: 1 | 2;
  readonly octets: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly cut: boolean;
}

/** NON-SPEC: whether fields of a peer have Path Identifiers, where their record can be wrong about it. */
export interface AddPathJudge {
  /** Whether any field decided yet: until then a plain one that makes sense under a plain subtype is what it seems. */
  readonly inDoubt: boolean;
  /** Whether the field has Path Identifiers; `told` is what its record says. */
  hasIdentifiers(peer: Peer, field: NlriField, told: boolean): boolean;
}

/**
 * An {@link AddPathJudge} by the octets (docs/decisions/routes.md D-add-path-detection). ADD-PATH is agreed on for a
 * session and family, so a field that can be read in one way alone decides for the peer's fields that can be read in
 * both.
 */
export function createAddPathJudge(): AddPathJudge {
  const known = new WeakMap<Peer, [boolean | undefined, boolean | undefined]>();
  let any = false;
  const learn = (peer: Peer, afi: 1 | 2, identifiers: boolean): boolean => {
    const entry = known.get(peer) ?? [undefined, undefined];
    entry[afi - 1] = identifiers;
    known.set(peer, entry);
    any = true;
    return identifiers;
  };
  const fits = ({ octets, afi, start, end, cut }: NlriField, identifiers: boolean): boolean =>
    nlriIsPlausible(octets, afi, identifiers, start, end, cut);
  return {
    get inDoubt() {
      return any;
    },
    hasIdentifiers: (peer, field, told) => {
      const plain = fits(field, false);
      const identified = fits(field, true);
      if (plain !== identified) return learn(peer, field.afi, identified);
      // What has identifiers can hardly ever be read without them as well, but two plain prefixes can be one with.
      return plain ? (known.get(peer)?.[field.afi - 1] ?? false) : told;
    },
  };
}
