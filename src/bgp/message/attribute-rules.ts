import { type Asn, requireNumber, requireOctets } from '../../inet/index.js';
import type { AsPath } from '../as-path.js';
import { ATTR_ORIGIN, decodeOrigin, type Origin } from '../attribute/attr-01-origin.js';
import { ATTR_AS_PATH, decodeAsPath } from '../attribute/attr-02-as-path.js';
import { ATTR_NEXT_HOP, decodeNextHop } from '../attribute/attr-03-next-hop.js';
import { ATTR_MULTI_EXIT_DISC, decodeMultiExitDisc } from '../attribute/attr-04-multi-exit-disc.js';
import { ATTR_LOCAL_PREF, decodeLocalPref } from '../attribute/attr-05-local-pref.js';
import { ATTR_ATOMIC_AGGREGATE, decodeAtomicAggregate } from '../attribute/attr-06-atomic-aggregate.js';
import {
  type Aggregator,
  ATTR_AGGREGATOR,
  ATTR_AS4_AGGREGATOR,
  decodeAggregator,
  decodeAs4Aggregator,
} from '../attribute/attr-07-18-aggregator.js';
import { ATTR_COMMUNITIES, decodeCommunities } from '../attribute/attr-08-communities.js';
import { ATTR_MP_REACH_NLRI, decodeMpReach, type MpReach } from '../attribute/attr-14-mp-reach-nlri.js';
import {
  ATTR_MP_UNREACH_NLRI,
  decodeMpUnreach,
  type MpUnreach,
} from '../attribute/attr-15-mp-unreach-nlri.js';
import { ATTR_AS4_PATH, decodeAs4Path } from '../attribute/attr-17-as4-path.js';
import {
  ATTR_LARGE_COMMUNITIES,
  decodeLargeCommunities,
  type LargeCommunity,
} from '../attribute/attr-32-large-communities.js';
import { ATTR_BGPSEC_PATH, type BgpsecPath, decodeBgpsecPath } from '../attribute/attr-33-bgpsec-path.js';
import { ATTR_ONLY_TO_CUSTOMER, decodeOnlyToCustomer } from '../attribute/attr-35-only-to-customer.js';
import { expectLength, malformedAttribute } from '../attribute/attribute-fault.js';
import { FLAG_EXTENDED_LENGTH, FLAG_OPTIONAL, FLAG_TRANSITIVE } from '../attribute/path-attributes.js';
import type { InternalAttribute, SizedAttribute } from '../fault-codes.js';
import { checkAsPath } from './as-path-check.js';
import { type SessionOptions, usesAddPath } from './session.js';
import type { PathAttribute } from './update-message.js';

/** The decoded values of the attributes of an UPDATE: well formed, of a known type, the first of their type. */
export interface AttributeValues {
  readonly origin?: Origin;
  /** As it stands in the message: with AS_TRANS on a session with 2-octet AS numbers. */
  readonly asPath?: AsPath;
  readonly nextHop?: Uint8Array;
  readonly multiExitDisc?: number;
  readonly localPref?: number;
  readonly atomicAggregate?: true;
  readonly aggregator?: Aggregator;
  readonly communities?: readonly number[];
  readonly mpReach?: MpReach;
  readonly mpUnreach?: MpUnreach;
  readonly as4Path?: AsPath;
  readonly as4Aggregator?: Aggregator;
  readonly largeCommunities?: readonly LargeCommunity[];
  readonly bgpsecPath?: BgpsecPath;
  readonly onlyToCustomer?: Asn;
}

/** What the documents say about an attribute type that this project recognises. */
interface AttributeRule {
  /** Name for field paths and trees. */
  readonly name: string;
  /** What the Optional and Transitive bits must be (RFC 4271 §5, RFC 7606 §3 c). */
  readonly flags: number;
  /** Its name, where it is discarded when it comes from an external peer (RFC 7606 §7.5, §7.9, §7.10). */
  readonly internal?: InternalAttribute;
  /** Decodes `octets[start, end)` into its member of `values`; throws a `BgpError` when malformed. */
  readonly read: (
    octets: Uint8Array,
    start: number,
    end: number,
    session: SessionOptions,
    values: AttributeValuesRead,
  ) => void;
}

/** {@link AttributeValues} while they are read. */
export type AttributeValuesRead = { -readonly [Name in keyof AttributeValues]: AttributeValues[Name] };

const WELL_KNOWN = FLAG_TRANSITIVE;
const OPTIONAL = FLAG_OPTIONAL;
const OPTIONAL_TRANSITIVE = FLAG_OPTIONAL | FLAG_TRANSITIVE;

/** A rule that checks the length alone; the value stays octets. */
function lengthOnly(
  code: number,
  name: SizedAttribute,
  flags: number,
  size: number,
  many: 'once' | 'many',
): AttributeRule {
  return {
    name,
    flags,
    read: (_octets, start, end) => expectLength(code, name, start, end, size, many),
  };
}

/**
 * RFC 6793 §4.1, §6: between two NEW speakers the AS4 attributes are discarded (docs/decisions/bgpsec.md
 * D-bgpsec-as4-attributes).
 */
function fromOldSpeaker(
  session: SessionOptions,
  code: number,
  name: 'as4-path' | 'as4-aggregator',
  offset: number,
): void {
  if (session.asnSize === 2) return;
  const message = 'between two speakers of 4-octet AS numbers';
  throw malformedAttribute(code, name, offset, `${name}-unexpected`, message, 'attribute-discard');
}

/** The recognised attributes by type code. */
export const ATTRIBUTE_RULES: ReadonlyMap<number, AttributeRule> = new Map<number, AttributeRule>([
  [
    ATTR_ORIGIN,
    {
      name: 'origin',
      flags: WELL_KNOWN,
      read: (o, s, e, _, values) => {
        values.origin = decodeOrigin(o, s, e);
      },
    },
  ],
  [
    ATTR_AS_PATH,
    {
      name: 'as-path',
      flags: WELL_KNOWN,
      read: (o, s, e, { asnSize = 4, peer }, values) => {
        const asPath = decodeAsPath(o, asnSize, s, e);
        checkAsPath(asPath, peer, asnSize, s);
        values.asPath = asPath;
      },
    },
  ],
  [
    ATTR_NEXT_HOP,
    {
      name: 'next-hop',
      flags: WELL_KNOWN,
      read: (o, s, e, _, values) => {
        values.nextHop = decodeNextHop(o, s, e);
      },
    },
  ],
  [
    ATTR_MULTI_EXIT_DISC,
    {
      name: 'multi-exit-disc',
      flags: OPTIONAL,
      read: (o, s, e, _, values) => {
        values.multiExitDisc = decodeMultiExitDisc(o, s, e);
      },
    },
  ],
  [
    ATTR_LOCAL_PREF,
    {
      name: 'local-pref',
      flags: WELL_KNOWN,
      internal: 'local-pref',
      read: (o, s, e, _, values) => {
        values.localPref = decodeLocalPref(o, s, e);
      },
    },
  ],
  [
    ATTR_ATOMIC_AGGREGATE,
    {
      name: 'atomic-aggregate',
      flags: WELL_KNOWN,
      read: (o, s, e, _, values) => {
        values.atomicAggregate = decodeAtomicAggregate(o, s, e);
      },
    },
  ],
  [
    ATTR_AGGREGATOR,
    {
      name: 'aggregator',
      flags: OPTIONAL_TRANSITIVE,
      read: (o, s, e, { asnSize = 4 }, values) => {
        values.aggregator = decodeAggregator(o, asnSize, s, e);
      },
    },
  ],
  [
    ATTR_COMMUNITIES,
    {
      name: 'communities',
      flags: OPTIONAL_TRANSITIVE,
      read: (o, s, e, _, values) => {
        values.communities = decodeCommunities(o, s, e);
      },
    },
  ],
  // RFC 7606 §7.9, §7.10, §7.14, §7.15.
  [9, { ...lengthOnly(9, 'originator-id', OPTIONAL, 4, 'once'), internal: 'originator-id' }],
  [10, { ...lengthOnly(10, 'cluster-list', OPTIONAL, 4, 'many'), internal: 'cluster-list' }],
  [16, lengthOnly(16, 'extended-communities', OPTIONAL_TRANSITIVE, 8, 'many')],
  [25, lengthOnly(25, 'ipv6-extended-communities', OPTIONAL_TRANSITIVE, 20, 'many')],
  [
    ATTR_MP_REACH_NLRI,
    {
      name: 'mp-reach-nlri',
      flags: OPTIONAL,
      read: (o, s, e, session, values) => {
        values.mpReach = decodeMpReach(o, usesAddPath.bind(null, session), s, e);
      },
    },
  ],
  [
    ATTR_MP_UNREACH_NLRI,
    {
      name: 'mp-unreach-nlri',
      flags: OPTIONAL,
      read: (o, s, e, session, values) => {
        values.mpUnreach = decodeMpUnreach(o, usesAddPath.bind(null, session), s, e);
      },
    },
  ],
  [
    ATTR_AS4_PATH,
    {
      name: 'as4-path',
      flags: OPTIONAL_TRANSITIVE,
      read: (o, s, e, session, values) => {
        fromOldSpeaker(session, ATTR_AS4_PATH, 'as4-path', s);
        values.as4Path = decodeAs4Path(o, s, e).path;
      },
    },
  ],
  [
    ATTR_AS4_AGGREGATOR,
    {
      name: 'as4-aggregator',
      flags: OPTIONAL_TRANSITIVE,
      read: (o, s, e, session, values) => {
        fromOldSpeaker(session, ATTR_AS4_AGGREGATOR, 'as4-aggregator', s);
        values.as4Aggregator = decodeAs4Aggregator(o, s, e);
      },
    },
  ],
  [
    ATTR_LARGE_COMMUNITIES,
    {
      name: 'large-communities',
      flags: OPTIONAL_TRANSITIVE,
      read: (o, s, e, _, values) => {
        values.largeCommunities = decodeLargeCommunities(o, s, e);
      },
    },
  ],
  [
    ATTR_BGPSEC_PATH,
    {
      name: 'bgpsec-path',
      flags: OPTIONAL,
      read: (o, s, e, _, values) => {
        values.bgpsecPath = decodeBgpsecPath(o, s, e);
      },
    },
  ],
  [
    ATTR_ONLY_TO_CUSTOMER,
    {
      name: 'only-to-customer',
      flags: OPTIONAL_TRANSITIVE,
      read: (o, s, e, _, values) => {
        values.onlyToCustomer = decodeOnlyToCustomer(o, s, e);
      },
    },
  ],
]);

/**
 * An attribute with the flags of its type, to be encoded: those of {@link ATTRIBUTE_RULES}, optional transitive for
 * an unknown type; Extended Length above 255 octets only (docs/decisions/bgp.md D-extended-length).
 *
 * @throws {TypeError} or {@link RangeError} for a code that is no octet, or a value that is no octets.
 */
export function pathAttribute(code: number, value: Uint8Array): PathAttribute {
  requireNumber(code, 'the type code', 255);
  requireOctets(value, 'the value of an attribute');
  const flags = ATTRIBUTE_RULES.get(code)?.flags ?? OPTIONAL_TRANSITIVE;
  return { flags: value.length > 255 ? flags | FLAG_EXTENDED_LENGTH : flags, code, value };
}
