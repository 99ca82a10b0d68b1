// Routes, tables and paths with answers derived by hand from RFC 6811 §2, RFC 6907 §6 and §7 and RFC 7607 §4.

/** More routes against the VRPs of `../facts/rfc6811.json`. */
export const ROUTES: readonly {
  readonly prefix: string;
  readonly origin: number | null;
  readonly validity: 'valid' | 'invalid' | 'not-found';
  readonly note: string;
}[] = [
  { prefix: '10.1.0.0/20', origin: 64496, validity: 'valid', note: 'shorter than the maxLength of the /20' },
  {
    prefix: '10.1.0.0/22',
    origin: 64496,
    validity: 'valid',
    note: 'between the VRP prefix and its maxLength',
  },
  {
    prefix: '10.0.0.0/8',
    origin: 64496,
    validity: 'invalid',
    note: 'less specific than the VRP of its origin',
  },
  { prefix: '10.1.16.0/20', origin: 64496, validity: 'invalid', note: 'beside the /20' },
  { prefix: '10.2.3.0/24', origin: 64498, validity: 'invalid', note: 'neither AS 0 nor another AS' },
  { prefix: '32.1.13.184/32', origin: 64496, validity: 'invalid', note: 'the bits of an IPv6 VRP' },
  { prefix: '2001:db8::/32', origin: 4294967295, validity: 'invalid', note: 'the bits of an IPv4 VRP' },
  { prefix: '2001:db8::/32', origin: null, validity: 'invalid', note: 'AS_SET origin, covered, IPv6' },
  {
    prefix: '2001:db8:ffff::/48',
    origin: 4200000000,
    validity: 'valid',
    note: 'an AS number above 2147483648',
  },
  { prefix: '2001:db8:ffff::/48', origin: 4200000001, validity: 'invalid', note: 'the next AS number' },
  { prefix: '2001:db8:ffff::/48', origin: 64496, validity: 'valid', note: 'the less specific VRP matches' },
];

type Row = {
  readonly id: string;
  readonly title: string;
  readonly sections: readonly string[];
  /** Prefix, maxLength, AS. */
  readonly vrps: readonly (readonly [string, number, number])[];
  readonly prefix: string;
  readonly origin: number | null;
  readonly validity: 'valid' | 'invalid' | 'not-found';
};

export const TABLES: readonly Row[] = [
  {
    id: 'empty',
    title: 'no VRPs at all',
    sections: ['RFC 6811 §2'],
    vrps: [],
    prefix: '192.0.2.0/24',
    origin: 64496,
    validity: 'not-found',
  },
  {
    id: 'default-route',
    title: 'a VRP for the default route covers everything of its family',
    sections: ['RFC 6811 §2'],
    vrps: [['0.0.0.0/0', 0, 64496]],
    prefix: '192.0.2.0/24',
    origin: 64496,
    validity: 'invalid',
  },
  {
    id: 'default-route-itself',
    title: 'the default route matches its own VRP',
    sections: ['RFC 6811 §2'],
    vrps: [['::/0', 0, 64496]],
    prefix: '::/0',
    origin: 64496,
    validity: 'valid',
  },
  {
    id: 'other-family',
    title: 'a VRP for the IPv4 default route says nothing of IPv6',
    sections: ['RFC 6811 §2'],
    vrps: [['0.0.0.0/0', 32, 64496]],
    prefix: '2001:db8::/32',
    origin: 64496,
    validity: 'not-found',
  },
  {
    id: 'two-vrps-one-prefix',
    title: 'two VRPs of one prefix: one matches',
    sections: ['RFC 6907 §6'],
    vrps: [
      ['192.0.2.0/24', 24, 64497],
      ['192.0.2.0/24', 24, 64496],
    ],
    prefix: '192.0.2.0/24',
    origin: 64496,
    validity: 'valid',
  },
  {
    id: 'two-max-lengths',
    title: 'two VRPs of one prefix and AS: the longer maxLength allows the route',
    sections: ['RFC 6811 §2'],
    vrps: [
      ['192.0.2.0/24', 24, 64496],
      ['192.0.2.0/24', 26, 64496],
    ],
    prefix: '192.0.2.64/26',
    origin: 64496,
    validity: 'valid',
  },
  {
    id: 'less-specific-matches',
    title: 'the less specific VRP matches, the more specific one is of another AS',
    sections: ['RFC 6811 §2'],
    vrps: [
      ['192.0.0.0/16', 24, 64496],
      ['192.0.2.0/24', 24, 64497],
    ],
    prefix: '192.0.2.0/24',
    origin: 64496,
    validity: 'valid',
  },
  {
    id: 'only-more-specific',
    title: 'a VRP for a more specific prefix does not cover the route',
    sections: ['RFC 6811 §2'],
    vrps: [['192.0.2.0/25', 25, 64496]],
    prefix: '192.0.2.0/24',
    origin: 64496,
    validity: 'not-found',
  },
  {
    id: 'odd-length',
    title: 'prefixes that end within an octet: not covered',
    sections: ['RFC 6811 §2'],
    vrps: [['192.0.2.64/26', 32, 64496]],
    prefix: '192.0.2.128/26',
    origin: 64496,
    validity: 'not-found',
  },
  {
    id: 'as0-only',
    title: 'an AS 0 VRP alone lets nobody originate',
    sections: ['RFC 6811 §2', 'RFC 6483 §4'],
    vrps: [['192.0.2.0/24', 32, 0]],
    prefix: '192.0.2.0/24',
    origin: 64496,
    validity: 'invalid',
  },
  {
    id: 'as0-origin',
    title: 'an AS 0 VRP does not match a route of AS 0',
    sections: ['RFC 6811 §2', 'RFC 7607 §2'],
    vrps: [['192.0.2.0/24', 24, 0]],
    prefix: '192.0.2.0/24',
    origin: 0,
    validity: 'invalid',
  },
  {
    id: 'as0-and-other',
    title: 'an AS 0 VRP beside one that matches has no effect',
    sections: ['RFC 6483 §4'],
    vrps: [
      ['192.0.2.0/24', 24, 0],
      ['192.0.2.0/24', 24, 64496],
    ],
    prefix: '192.0.2.0/24',
    origin: 64496,
    validity: 'valid',
  },
  {
    id: 'low-16-bits',
    title: 'two AS numbers that are equal in the lower 16 bits',
    sections: ['RFC 6811 §2'],
    vrps: [['192.0.2.0/24', 24, 65_537]],
    prefix: '192.0.2.0/24',
    origin: 1,
    validity: 'invalid',
  },
  {
    id: 'sign-bit',
    title: 'an AS number of 2147483648',
    sections: ['RFC 6811 §2'],
    vrps: [['192.0.2.0/24', 24, 2_147_483_648]],
    prefix: '192.0.2.0/24',
    origin: 2_147_483_648,
    validity: 'valid',
  },
  {
    id: 'short-ipv4',
    title: 'a VRP of a /7 counts',
    sections: ['RFC 6811 §2'],
    vrps: [['192.0.0.0/7', 24, 64497]],
    prefix: '192.0.2.0/24',
    origin: 64496,
    validity: 'invalid',
  },
  {
    id: 'short-ipv4-valid',
    title: 'a VRP of a /7 with the origin AS',
    sections: ['RFC 6811 §2'],
    vrps: [['192.0.0.0/7', 24, 64496]],
    prefix: '192.0.2.0/24',
    origin: 64496,
    validity: 'valid',
  },
  {
    id: 'eight-and-twelve',
    title: 'a VRP of a /8',
    sections: ['RFC 6811 §2'],
    vrps: [['192.0.0.0/8', 24, 64496]],
    prefix: '192.0.2.0/24',
    origin: 64496,
    validity: 'valid',
  },
  {
    id: 'short-ipv6',
    title: 'a VRP of an IPv6 /11 counts',
    sections: ['RFC 6811 §2'],
    vrps: [['2000::/11', 48, 64497]],
    prefix: '2001:db8::/32',
    origin: 64496,
    validity: 'invalid',
  },
  {
    id: 'short-ipv6-valid',
    title: 'a VRP of an IPv6 /11 with the origin AS',
    sections: ['RFC 6811 §2'],
    vrps: [['2000::/11', 48, 64496]],
    prefix: '2001:db8::/32',
    origin: 64496,
    validity: 'valid',
  },
  {
    id: 'twelve',
    title: 'a VRP of an IPv6 /12',
    sections: ['RFC 6811 §2'],
    vrps: [['2000::/12', 48, 64496]],
    prefix: '2001:db8::/32',
    origin: 64496,
    validity: 'valid',
  },
  {
    id: 'host-routes',
    title: 'an IPv6 host route in the last address of the VRP prefix',
    sections: ['RFC 6811 §2'],
    vrps: [['2001:db8::/32', 128, 64496]],
    prefix: '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff/128',
    origin: 64496,
    validity: 'valid',
  },
];

/** Id, title, AS_PATH in the notation of the facts, origin; the own AS is 64496. */
export const ORIGINS: readonly (readonly [string, string, string, number | null])[] = [
  ['sequence', 'the rightmost AS of the final AS_SEQUENCE', '1 2 4294967295', 4294967295],
  ['prepended', 'a prepended origin', '1 2 2', 2],
  ['one-as', 'a path of one AS', '7', 7],
  ['segments', 'two AS_SEQUENCE segments', '1 / 2', 2],
  ['final-set', 'a final AS_SET: NONE', '1 {2,3}', null],
  ['final-set-one', 'a final AS_SET of one member: NONE', '1 {2}', null],
  ['only-set', 'nothing but an AS_SET: NONE', '{2,3}', null],
  ['set-before', 'an AS_SET before the final AS_SEQUENCE', '{2,3} 4', 4],
  ['empty', 'an empty path: the own AS', '-', 64496],
  ['confed-sequence', 'nothing but an AS_CONFED_SEQUENCE: the own AS', '(65001)', 64496],
  ['confed-set', 'nothing but an AS_CONFED_SET: the own AS', '[65001 65002]', 64496],
  ['confed-before', 'a confederation segment before the final AS_SEQUENCE', '(65001) 5', 5],
  ['confed-before-set', 'a confederation segment before a final AS_SET: NONE', '(65001) {5,6}', null],
];
