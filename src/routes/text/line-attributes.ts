import {
  ATTR_AGGREGATOR,
  ATTR_ATOMIC_AGGREGATE,
  ATTR_COMMUNITIES,
  ATTR_LARGE_COMMUNITIES,
  ATTR_LOCAL_PREF,
  ATTR_MULTI_EXIT_DISC,
  ATTR_ORIGIN,
  encodeAggregator,
  encodeCommunities,
  encodeLargeCommunities,
  encodeLocalPref,
  encodeMultiExitDisc,
  encodeOrigin,
  type LargeCommunity,
  type PathAttribute,
  pathAttribute,
} from '../../bgp/index.js';
import { DecodeError } from '../../bytes/index.js';
import { parseAddress } from '../../inet/index.js';

/** What a line of text says of a route besides prefix and path, each as its text. */
export interface LineAttributes {
  /** `IGP`, `EGP` or `INCOMPLETE`. */
  readonly origin: string | undefined;
  readonly med: string | undefined;
  readonly localPref: string | undefined;
  readonly atomicAggregate: boolean;
  /** ASN and address, with a blank between them. */
  readonly aggregator: string | undefined;
  /** `64496:1`, `64496:1:2`, or a name of RFC 1997. */
  readonly communities: readonly string[];
}

/** As bgpdump calls them. */
const WELL_KNOWN: ReadonlyMap<string, number> = new Map([
  ['no-export', 0xffff_ff01],
  ['no-advertise', 0xffff_ff02],
  ['local-AS', 0xffff_ff03],
]);
const NUMBERS = /^[0-9]+:[0-9]+(?::[0-9]+)?$/;

/** The path attributes of such texts, in the ascending order of RFC 4271 §5. What cannot be read counts as absent. */
export function attributesOf(line: LineAttributes): PathAttribute[] {
  const { origin = '', communities } = line;
  const attributes: PathAttribute[] = [];
  const add = (code: number, value: Uint8Array | undefined): void => {
    if (value !== undefined) attributes.push(pathAttribute(code, value));
  };
  const large: LargeCommunity[] = [];
  const plain: number[] = [];
  for (const text of communities) {
    const [first = 0, second = 0, third] = NUMBERS.test(text) ? text.split(':').map(Number) : [];
    const named = WELL_KNOWN.get(text);
    if (named !== undefined) plain.push(named);
    else if (!NUMBERS.test(text)) continue;
    else if (third === undefined) {
      if (isBelow(16, first, second)) plain.push(first * 0x1_0000 + second);
    } else if (isBelow(32, first, second, third)) large.push([first, second, third]);
  }
  if (origin === 'IGP' || origin === 'EGP' || origin === 'INCOMPLETE') {
    add(ATTR_ORIGIN, encodeOrigin(origin === 'IGP' ? 'igp' : origin === 'EGP' ? 'egp' : 'incomplete'));
  }
  add(ATTR_MULTI_EXIT_DISC, numberOf(line.med, encodeMultiExitDisc));
  add(ATTR_LOCAL_PREF, numberOf(line.localPref, encodeLocalPref));
  if (line.atomicAggregate) add(ATTR_ATOMIC_AGGREGATE, new Uint8Array(0));
  add(ATTR_AGGREGATOR, aggregatorOf(line.aggregator));
  if (plain.length > 0) add(ATTR_COMMUNITIES, encodeCommunities(plain));
  if (large.length > 0) add(ATTR_LARGE_COMMUNITIES, encodeLargeCommunities(large));
  return attributes;
}

const isBelow = (bits: number, ...values: readonly number[]): boolean =>
  values.every((value) => Number.isInteger(value) && value >= 0 && value < 2 ** bits);

function numberOf(text: string | undefined, encode: (value: number) => Uint8Array): Uint8Array | undefined {
  const value = Number(text || Number.NaN);
  return isBelow(32, value) ? encode(value) : undefined;
}

function aggregatorOf(text: string | undefined): Uint8Array | undefined {
  const [asn, address] = text?.split(' ') ?? [];
  if (address === undefined || !isBelow(32, Number(asn))) return undefined;
  try {
    const octets = parseAddress(address);
    return octets.length === 4 ? encodeAggregator({ asn: Number(asn), address: octets }, 4) : undefined;
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
