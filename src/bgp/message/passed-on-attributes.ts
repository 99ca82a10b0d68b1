import { ATTR_AS_PATH } from '../attribute/attr-02-as-path.js';
import { ATTR_NEXT_HOP } from '../attribute/attr-03-next-hop.js';
import { ATTR_MULTI_EXIT_DISC } from '../attribute/attr-04-multi-exit-disc.js';
import { ATTR_LOCAL_PREF, encodeLocalPref } from '../attribute/attr-05-local-pref.js';
import { ATTR_AS4_AGGREGATOR } from '../attribute/attr-07-18-aggregator.js';
import { ATTR_MP_REACH_NLRI } from '../attribute/attr-14-mp-reach-nlri.js';
import { ATTR_MP_UNREACH_NLRI } from '../attribute/attr-15-mp-unreach-nlri.js';
import { ATTR_AS4_PATH } from '../attribute/attr-17-as4-path.js';
import { ATTR_BGPSEC_PATH, ATTR_BGPSEC_PATH_PRINTED } from '../attribute/attr-33-bgpsec-path.js';
import {
  FLAG_EXTENDED_LENGTH,
  FLAG_OPTIONAL,
  FLAG_PARTIAL,
  FLAG_TRANSITIVE,
} from '../attribute/path-attributes.js';
import { ATTRIBUTE_RULES, pathAttribute } from './attribute-rules.js';
import type { PeerKind } from './session.js';
import type { Update } from './update.js';
import type { PathAttribute } from './update-message.js';

/**
 * What the sender makes anew (path, next hop, prefix), and what must not go out: MP_UNREACH_NLRI speaks of other routes
 * than the one passed on, NEXT_HOP has no meaning beside MP_REACH_NLRI (RFC 4760 §3), and the AS4 attributes are for
 * OLD speakers only (RFC 6793 §4.1).
 */
export const NOT_PASSED_ON: ReadonlySet<number> = new Set([
  ATTR_AS_PATH,
  ATTR_NEXT_HOP,
  ATTR_MP_REACH_NLRI,
  ATTR_MP_UNREACH_NLRI,
  ATTR_AS4_PATH,
  ATTR_AS4_AGGREGATOR,
  ATTR_BGPSEC_PATH,
]);

/** LOCAL_PREF where the route came without one (docs/decisions/bgpsec.md D-local-pref-100). */
export const DEFAULT_LOCAL_PREF = 100;

/**
 * The attributes of a received route as they go to a peer, without path, next hop and prefix, which the sender makes
 * anew. RFC 4271 §5: unrecognized transitive ones go on with the Partial bit, unrecognized non-transitive ones do not
 * (docs/decisions/bgpsec.md D-unknown-attributes);
 * the low four flag bits are zero (§4.3), Extended Length stands above 255 octets only. §5.1.4, §5.1.5 and RFC 5065 §5.2
 * say who gets MULTI_EXIT_DISC and LOCAL_PREF. What {@link decodeUpdate} discarded (RFC 7606), and what belongs inside
 * an AS (ORIGINATOR_ID, CLUSTER_LIST), stays behind.
 *
 * @param update read with the `peer` of the session it came over, which decides what is discarded.
 * @param to the kind of the peer it goes to; an internal one always gets a LOCAL_PREF.
 */
export function passedOnAttributes({ message, faults, values }: Update, to: PeerKind): PathAttribute[] {
  const codes = new Set(message.attributes.map(({ code }) => code));
  const discarded = new Set(
    faults
      .filter(({ treatment, code }) => treatment === 'attribute-discard' && code !== 'attribute-repeated')
      .map(({ attribute }) => attribute),
  );
  // D-bgpsec-type-30: without a 33 the attribute that was read as BGPsec_PATH is the 30.
  if (values.bgpsecPath && !codes.has(ATTR_BGPSEC_PATH)) discarded.add(ATTR_BGPSEC_PATH_PRINTED);
  const passed: PathAttribute[] = [];
  const seen = new Set<number>();
  for (const { flags, code, value } of message.attributes) {
    // RFC 7606 §3 g: of repeated attributes the first counts.
    if (seen.has(code) || NOT_PASSED_ON.has(code) || discarded.has(code)) continue;
    seen.add(code);
    const passedOn = flagsOnward(flags, code, to);
    if (passedOn === undefined) continue;
    passed.push({ flags: passedOn | (value.length > 255 ? FLAG_EXTENDED_LENGTH : 0), code, value });
  }
  if (to === 'internal' && !seen.has(ATTR_LOCAL_PREF)) insertLocalPref(passed);
  return passed;
}

/** The flags of a passed on attribute, Extended Length aside; undefined for one that stays behind. */
function flagsOnward(flags: number, code: number, to: PeerKind): number | undefined {
  const rule = ATTRIBUTE_RULES.get(code);
  if (rule === undefined) {
    return flags & FLAG_TRANSITIVE ? FLAG_OPTIONAL | FLAG_TRANSITIVE | FLAG_PARTIAL : undefined;
  }
  if (code === ATTR_LOCAL_PREF || code === ATTR_MULTI_EXIT_DISC) {
    if (to === 'external') return undefined;
  } else if (rule.internal && to !== 'internal') return undefined;
  // The Partial bit of a recognized transitive attribute is never cleared (§5); elsewhere it must be 0 (§4.3).
  const partial = rule.flags === (FLAG_OPTIONAL | FLAG_TRANSITIVE) ? flags & FLAG_PARTIAL : 0;
  return rule.flags | partial;
}

/** RFC 4271 §5.1.5: every UPDATE to an internal peer has one; in the ascending order of §5. */
function insertLocalPref(attributes: PathAttribute[]): void {
  const at = attributes.findIndex(({ code }) => code > ATTR_LOCAL_PREF);
  const localPref = pathAttribute(ATTR_LOCAL_PREF, encodeLocalPref(DEFAULT_LOCAL_PREF));
  attributes.splice(at < 0 ? attributes.length : at, 0, localPref);
}
