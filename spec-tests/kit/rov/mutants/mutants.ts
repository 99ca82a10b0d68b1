/** A VRP of a request. */
interface Vrp {
  readonly prefix: string;
  readonly maxLength?: number;
  readonly asn: number;
}

/** A prefix as the text of its bits. */
interface Bits {
  readonly bits: string;
  readonly length: number;
  readonly family: 4 | 6;
}

type Validity = 'valid' | 'invalid' | 'not-found';

/** A segment of a request, in wire order. */
interface Segment {
  readonly type: string;
  readonly asns: readonly number[];
}

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

/** An origin validator with one mistake; `text` completes "behaves like an implementation that ...". */
export interface RovMutant {
  readonly text: string;
  readonly seenIn?: string;
  readonly parts: Partial<Kit>;
}

/** Origin validators with a mistake, by flag. */
export const rovMutants: Readonly<Record<string, RovMutant>> = {
  'rov-always-valid': { text: 'answers valid to every route', parts: { decide: () => 'valid' } },
  'rov-always-invalid': { text: 'answers invalid to every route', parts: { decide: () => 'invalid' } },
  'rov-always-not-found': { text: 'answers not-found to every route', parts: { decide: () => 'not-found' } },
  'rov-short-dropped': {
    text: 'drops VRPs shorter than /8 (IPv4) or /12 (IPv6)',
    seenIn: 'a public implementation',
    parts: { covers: (vrp, route) => vrp.length >= (vrp.family === 4 ? 8 : 12) && kit.covers(vrp, route) },
  },
  'rov-max-length-ignored': {
    text: 'does not look at maxLength',
    parts: { lengthAllowed: () => true },
  },
  'rov-exact-length': {
    text: 'takes maxLength for the only length allowed',
    parts: { lengthAllowed: (maxLength, route) => route.length === maxLength },
  },
  'rov-prefix-length': {
    text: 'allows only the length of the VRP prefix, whatever maxLength says',
    parts: { lengthAllowed: (_maxLength, route, vrp) => route.length === vrp.length },
  },
  'rov-longest-only': {
    text: 'looks at the most specific covering VRP alone',
    parts: { select: (covering) => covering.slice(0, 1) },
  },
  'rov-shortest-only': {
    text: 'looks at the least specific covering VRP alone',
    parts: { select: (covering) => covering.slice(-1) },
  },
  'rov-all-have-to-match': {
    text: 'wants every covering VRP to match',
    parts: {
      decide: (matched, covering, origin) =>
        matched < covering && matched > 0 ? 'invalid' : kit.decide(matched, covering, origin),
    },
  },
  'rov-other-as-not-found': {
    text: 'answers not-found where no VRP is of the origin AS',
    parts: { decide: (matched) => (matched > 0 ? 'valid' : 'not-found') },
  },
  'rov-as0-matches': {
    text: 'lets a VRP of AS 0 match the origin 0',
    parts: { asMatches: (asn, origin) => asn === origin },
  },
  'rov-as0-wildcard': {
    text: 'takes AS 0 in a VRP for any AS',
    parts: { asMatches: (asn, origin) => asn === 0 || asn === origin },
  },
  'rov-none-not-found': {
    text: 'answers not-found for a route whose origin is NONE',
    parts: {
      decide: (matched, covering, origin) =>
        origin === null ? 'not-found' : kit.decide(matched, covering, origin),
    },
  },
  'rov-covers-less-specific': {
    text: 'takes a VRP to cover less specific routes as well',
    parts: { covers: (vrp, route) => kit.covers(vrp, route) || kit.covers(route, vrp) },
  },
  'rov-families-mixed': {
    text: 'compares the bits of IPv4 and IPv6 prefixes',
    parts: { covers: (vrp, route) => route.bits.startsWith(vrp.bits) },
  },
  'rov-16-bit': {
    text: 'cuts AS numbers to 16 bits',
    parts: {
      asMatches: (asn, origin) => kit.asMatches(asn & 0xffff, origin === null ? null : origin & 0xffff),
    },
  },
  'rov-signed': {
    text: 'makes the AS numbers of VRPs negative from 2147483648 on',
    parts: { asMatches: (asn, origin) => kit.asMatches(asn | 0, origin) },
  },
  'rov-octets-only': {
    text: 'compares whole octets of prefixes',
    parts: {
      covers: (vrp, route) =>
        vrp.family === route.family &&
        vrp.length <= route.length &&
        route.bits.startsWith(vrp.bits.slice(0, vrp.length - (vrp.length % 8))),
    },
  },
  'rov-set-last': {
    text: 'takes the last member of an AS_SET for the origin',
    parts: {
      originOf(path, ownAs) {
        const last = path[path.length - 1];
        return last?.type === 'AS_SET' ? last.asns[last.asns.length - 1] : kit.originOf(path, ownAs);
      },
    },
  },
  'rov-set-skipped': {
    text: 'looks for the origin before an AS_SET',
    parts: {
      originOf: (path, ownAs) =>
        kit.originOf(
          path.filter(({ type }) => type !== 'AS_SET'),
          ownAs,
        ),
    },
  },
  'rov-origin-first': {
    text: 'takes the first AS of the path for the origin',
    parts: {
      originOf: (path, ownAs) =>
        path[0]?.type === 'AS_SEQUENCE' ? path[0].asns[0] : kit.originOf(path, ownAs),
    },
  },
  'rov-confed-origin': {
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
  'rov-empty-path-none': {
    text: 'gives a route of its own AS no origin',
    parts: { originOf: (path, ownAs) => (path.length === 0 ? undefined : kit.originOf(path, ownAs)) },
  },
};

/** What the mutant answers to a request of the suite `rov`; `none` is the right kit. */
export function answerRovAs(
  id: string,
  request: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const mutant = rovMutants[id];
  if (mutant === undefined && id !== 'none') throw new Error(`no mutant ${id}`);
  const self = { ...kit, ...mutant?.parts };
  if (request.op === 'validate-origin') return { validity: validate(self, request) };
  if (request.op !== 'origin-as') return { unsupported: true };
  const origin = self.originOf(
    request.asPath as Segment[],
    (request.ownAs ?? undefined) as number | undefined,
  );
  return { origin: origin ?? null };
}

function validate(self: Kit, request: Readonly<Record<string, unknown>>): Validity {
  const route = bitsOf(request.prefix as string);
  const origin = request.origin as number | null;
  const covering = (request.vrps as Vrp[])
    .filter(({ prefix }) => self.covers(bitsOf(prefix), route))
    .sort((a, b) => bitsOf(b.prefix).length - bitsOf(a.prefix).length);
  const counted = self.select(covering);
  const matched = counted.filter(({ prefix, maxLength, asn }) => {
    const vrp = bitsOf(prefix);
    return self.lengthAllowed(maxLength ?? vrp.length, route, vrp) && self.asMatches(asn, origin);
  });
  return self.decide(matched.length, counted.length, origin);
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
