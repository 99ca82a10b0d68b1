import {
  type Members,
  member,
  optional,
  type Place,
  readAnyAsn,
  readList,
  readNumber,
} from 'pathsec/questions';
import type { Fields } from '../../../../src/conformance/vector.js';
import { type Mutant, SOMEWHERE, suiteKit, UNSUPPORTED } from '../../mutant.js';
import { inside, readSegment, readText, type Segment } from '../../read.js';

/** A VRP of a request. */
interface Vrp {
  readonly prefix: Bits;
  readonly maxLength: number | undefined;
  readonly asn: number;
}

/** A prefix as the text of its bits. */
interface Bits {
  readonly bits: string;
  readonly length: number;
  readonly family: 4 | 6;
}

type Validity = 'valid' | 'invalid' | 'not-found';

/** An origin validator in small exchangeable parts, written apart from the product: a mutant has one part changed. */
interface Kit {
  covers(vrp: Bits, route: Bits): boolean;
  /** The covering VRPs that count, of those found, the longest first. */
  select(covering: readonly Vrp[]): readonly Vrp[];
  lengthAllowed(maxLength: number, route: Bits, vrp: Bits): boolean;
  asMatches(asn: number, origin: number | null): boolean;
  decide(matched: number, covering: number, origin: number | null): Validity;
  originOf(path: readonly Segment[], ownAs: number | undefined): number | undefined;
}

const kit: Kit = {
  covers: (vrp, route) => vrp.family === route.family && route.bits.startsWith(vrp.bits),
  select: (covering) => covering,
  lengthAllowed: (maxLength, route) => route.length <= maxLength,
  asMatches: (asn, origin) => asn !== 0 && asn === origin,
  decide: (matched, covering) => (matched > 0 ? 'valid' : covering > 0 ? 'invalid' : 'not-found'),
  originOf(path, ownAs) {
    const last = path[path.length - 1];
    if (last === undefined || last.type.startsWith('AS_CONFED')) return ownAs;
    return last.type === 'AS_SEQUENCE' ? last.asns[last.asns.length - 1] : undefined;
  },
};

const mutants: readonly Mutant<Kit>[] = [
  { id: 'rov-always-valid', text: 'answers valid to every route', parts: { decide: () => 'valid' } },
  { id: 'rov-always-invalid', text: 'answers invalid to every route', parts: { decide: () => 'invalid' } },
  {
    id: 'rov-always-not-found',
    text: 'answers not-found to every route',
    parts: { decide: () => 'not-found' },
  },
  {
    id: 'rov-short-dropped',
    text: 'drops VRPs shorter than /8 (IPv4) or /12 (IPv6)',
    seenIn: SOMEWHERE,
    parts: { covers: (vrp, route) => vrp.length >= (vrp.family === 4 ? 8 : 12) && kit.covers(vrp, route) },
  },
  {
    id: 'rov-max-length-ignored',
    text: 'does not look at maxLength',
    parts: { lengthAllowed: () => true },
  },
  {
    id: 'rov-exact-length',
    text: 'takes maxLength for the only length allowed',
    parts: { lengthAllowed: (maxLength, route) => route.length === maxLength },
  },
  {
    id: 'rov-prefix-length',
    text: 'allows only the length of the VRP prefix, whatever maxLength says',
    parts: { lengthAllowed: (_maxLength, route, vrp) => route.length === vrp.length },
  },
  {
    id: 'rov-longest-only',
    text: 'looks at the most specific covering VRP alone',
    parts: { select: (covering) => covering.slice(0, 1) },
  },
  {
    id: 'rov-shortest-only',
    text: 'looks at the least specific covering VRP alone',
    parts: { select: (covering) => covering.slice(-1) },
  },
  {
    id: 'rov-all-have-to-match',
    text: 'wants every covering VRP to match',
    parts: {
      decide: (matched, covering, origin) =>
        matched < covering && matched > 0 ? 'invalid' : kit.decide(matched, covering, origin),
    },
  },
  {
    id: 'rov-other-as-not-found',
    text: 'answers not-found where no VRP is of the origin AS',
    parts: { decide: (matched) => (matched > 0 ? 'valid' : 'not-found') },
  },
  {
    id: 'rov-as0-matches',
    text: 'lets a VRP of AS 0 match the origin 0',
    parts: { asMatches: (asn, origin) => asn === origin },
  },
  {
    id: 'rov-as0-wildcard',
    text: 'takes AS 0 in a VRP for any AS',
    parts: { asMatches: (asn, origin) => asn === 0 || asn === origin },
  },
  {
    id: 'rov-none-not-found',
    text: 'answers not-found for a route whose origin is NONE',
    parts: {
      decide: (matched, covering, origin) =>
        origin === null ? 'not-found' : kit.decide(matched, covering, origin),
    },
  },
  {
    id: 'rov-covers-less-specific',
    text: 'takes a VRP to cover less specific routes as well',
    parts: { covers: (vrp, route) => kit.covers(vrp, route) || kit.covers(route, vrp) },
  },
  {
    id: 'rov-families-mixed',
    text: 'compares the bits of IPv4 and IPv6 prefixes',
    parts: { covers: (vrp, route) => route.bits.startsWith(vrp.bits) },
  },
  {
    id: 'rov-16-bit',
    text: 'cuts AS numbers to 16 bits',
    parts: {
      asMatches: (asn, origin) => kit.asMatches(asn & 0xffff, origin === null ? null : origin & 0xffff),
    },
  },
  {
    id: 'rov-signed',
    text: 'makes the AS numbers of VRPs negative from 2147483648 on',
    parts: { asMatches: (asn, origin) => kit.asMatches(asn | 0, origin) },
  },
  {
    id: 'rov-octets-only',
    text: 'compares whole octets of prefixes',
    parts: {
      covers: (vrp, route) =>
        vrp.family === route.family &&
        vrp.length <= route.length &&
        route.bits.startsWith(vrp.bits.slice(0, vrp.length - (vrp.length % 8))),
    },
  },
  {
    id: 'rov-set-last',
    text: 'takes the last member of an AS_SET for the origin',
    parts: {
      originOf(path, ownAs) {
        const last = path[path.length - 1];
        return last?.type === 'AS_SET' ? last.asns[last.asns.length - 1] : kit.originOf(path, ownAs);
      },
    },
  },
  {
    id: 'rov-set-skipped',
    text: 'looks for the origin before an AS_SET',
    parts: {
      originOf: (path, ownAs) =>
        kit.originOf(
          path.filter(({ type }) => type !== 'AS_SET'),
          ownAs,
        ),
    },
  },
  {
    id: 'rov-origin-first',
    text: 'takes the first AS of the path for the origin',
    parts: {
      originOf: (path, ownAs) =>
        path[0]?.type === 'AS_SEQUENCE' ? path[0].asns[0] : kit.originOf(path, ownAs),
    },
  },
  {
    id: 'rov-confed-origin',
    text: 'takes the last AS of a confederation segment for the origin',
    parts: {
      originOf(path, ownAs) {
        const last = path[path.length - 1];
        return last?.type === 'AS_CONFED_SEQUENCE'
          ? last.asns[last.asns.length - 1]
          : kit.originOf(path, ownAs);
      },
    },
  },
  {
    id: 'rov-empty-path-none',
    text: 'gives a route of its own AS no origin',
    parts: { originOf: (path, ownAs) => (path.length === 0 ? undefined : kit.originOf(path, ownAs)) },
  },
];

/** The second implementation of the suite `rov`. */
export const rovKit = suiteKit(kit, mutants, (self, request): Fields => {
  if (request.op === 'validate-origin') return { validity: validate(self, request) };
  if (request.op !== 'origin-as') return UNSUPPORTED;
  const path = readList(member(request, 'asPath'), readSegment);
  return { origin: self.originOf(path, optional(member(request, 'ownAs'), readAnyAsn, undefined)) ?? null };
});

function validate(self: Kit, request: Members): Validity {
  const route = bitsOf(readText(member(request, 'prefix')));
  const origin = optional(member(request, 'origin'), readAnyAsn, null);
  const covering = readList(member(request, 'vrps'), readVrp)
    .filter(({ prefix }) => self.covers(prefix, route))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  const counted = self.select(covering);
  const matched = counted.filter(
    ({ prefix, maxLength, asn }) =>
      self.lengthAllowed(maxLength ?? prefix.length, route, prefix) && self.asMatches(asn, origin),
  );
  return self.decide(matched.length, counted.length, origin);
}

function readVrp(place: Place): Vrp {
  const at = inside(place);
  return {
    prefix: bitsOf(readText(at('prefix'))),
    maxLength: optional(at('maxLength'), readNumber, undefined),
    asn: readAnyAsn(at('asn')),
  };
}

/** The bits of a prefix in text, for IPv6 without an embedded IPv4 address. */
function bitsOf(prefix: string): Bits {
  const [address = '', size] = prefix.split('/');
  const length = Number(size);
  const family = address.includes(':') ? 6 : 4;
  const words = family === 4 ? address.split('.').map(Number) : ipv6Words(address);
  const bits = words.map((word) => word.toString(2).padStart(family === 4 ? 8 : 16, '0')).join('');
  return { bits: bits.slice(0, length), length, family };
}

function ipv6Words(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const words = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((word) => Number.parseInt(word, 16));
  if (tail === undefined) return words(head);
  const [left, right] = [words(head), words(tail)];
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
}
