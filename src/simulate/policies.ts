/** A policy of an AS: what it does on receiving and sending. The names are those of scenario files. */
export type PolicyName = (typeof POLICY_NAMES)[number];

/** All policies. */
export const POLICY_NAMES = [
  'rov',
  'peerRov',
  'firstAs',
  'aspa',
  'asra',
  'asraA',
  'pathEnd',
  'bgpsec',
  'bgpsec2',
  'bgpsec1',
  'bgpsecStrict',
  'otc',
  'peerlockLite',
  'edgeFilter',
  'rovpp1',
  'aspaEgress',
] as const;

/** Those that a scenario file may name: `aspaEgress` is for the library and for curves. */
export const SCENARIO_POLICY_NAMES = POLICY_NAMES.filter((name) => name !== 'aspaEgress');

/** What an AS does, one bit each; policies are made of them. */
export const DOES = {
  /** Drops what origin validation finds invalid. RFC 6811 §3. */
  rov: 1 << 0,
  /** The same from peers only. */
  peerRov: 1 << 1,
  /** Drops a route whose first AS is not the neighbour. RFC 4271 §6.3. */
  firstAs: 1 << 2,
  /** Drops what AS_PATH verification finds invalid. draft-ietf-sidrops-aspa-verification-28 §6. */
  aspa: 1 << 3,
  /** Algorithm B of ASRA on routes from providers, on top of ASPA. */
  asraB: 1 << 4,
  /** Algorithm A. */
  asraA: 1 << 5,
  /** Drops a route whose origin does not approve of the AS before it. */
  pathEnd: 1 << 6,
  /** Passes on BGPsec_PATH. RFC 8205 §4. */
  speaksBgpsec: 1 << 7,
  /** Prefers a signed route after path length, */
  signedThird: 1 << 8,
  /** before it, */
  signedSecond: 1 << 9,
  /** or before everything. */
  signedFirst: 1 << 10,
  /** Drops an unsigned route from a neighbour that speaks BGPsec. */
  signedOnly: 1 << 11,
  /** Only to Customer. RFC 9234 §5. */
  otc: 1 << 12,
  /** Drops a route from a customer with a tier 1 in its path. */
  peerlockLite: 1 << 13,
  /** Takes from a neighbour without customers only paths of that neighbour alone. */
  edgeFilter: 1 << 14,
  /** Keeps traffic from a hijacked more-specific prefix by a blackhole. */
  blackholes: 1 << 15,
  /** Sends nothing whose path, the own AS in it, is invalid by ASPA. draft-zhang-sidrops-aspa-egress. */
  aspaEgress: 1 << 16,
} as const;

/** So many tables of validated ROA payloads there are at most. */
export const MAX_VIEWS = 6;
const [FIRST_ROV, FIRST_PEER_ROV] = [17, 23];
/** Set for ASes that may see a loop, while routes are chosen; no policy. */
export const MAY_LOOP = 1 << 29;

/** What drops what is invalid by the table of a view, and what drops it from peers; of view 0 `DOES.rov` and `DOES.peerRov`. */
export function rovBit(view: number): number {
  return view === 0 ? DOES.rov : 1 << (FIRST_ROV + view - 1);
}
export function peerRovBit(view: number): number {
  return view === 0 ? DOES.peerRov : 1 << (FIRST_PEER_ROV + view - 1);
}

/** The bits of an AS that validates origins by the table of a view. */
export function inView(does: number, view: number): number {
  if (view === 0) return does;
  let bits = does & ~(DOES.rov | DOES.peerRov);
  if ((does & DOES.rov) !== 0) bits |= rovBit(view);
  if ((does & DOES.peerRov) !== 0) bits |= peerRovBit(view);
  return bits;
}

const SIGNED = DOES.signedThird | DOES.signedSecond | DOES.signedFirst | DOES.signedOnly;

/** What is left to an AS that publishes and verifies nothing: it signs, and passes BGPsec on. */
export function onlyPublishing(does: number): number {
  return does & DOES.speaksBgpsec;
}

/** What is left to an AS that publishes nothing: without a key of its own it takes no part in BGPsec. */
export function onlyVerifying(does: number): number {
  return does & ~(DOES.speaksBgpsec | SIGNED);
}

const BGPSEC = DOES.rov | DOES.speaksBgpsec;
const ASPA = DOES.rov | DOES.firstAs | DOES.aspa;

const MADE_OF: Readonly<Record<PolicyName, number>> = {
  rov: DOES.rov,
  peerRov: DOES.peerRov,
  firstAs: DOES.firstAs,
  aspa: ASPA,
  asra: ASPA | DOES.asraB,
  asraA: ASPA | DOES.asraA,
  pathEnd: DOES.rov | DOES.pathEnd,
  bgpsec: BGPSEC | DOES.signedThird,
  bgpsec2: BGPSEC | DOES.signedSecond,
  bgpsec1: BGPSEC | DOES.signedFirst,
  bgpsecStrict: BGPSEC | DOES.signedThird | DOES.signedOnly,
  otc: DOES.otc,
  peerlockLite: DOES.peerlockLite,
  edgeFilter: DOES.edgeFilter,
  rovpp1: DOES.rov | DOES.blackholes,
  aspaEgress: DOES.aspaEgress,
};

/** All that an AS with these policies does, as bits of {@link DOES}. */
export function bitsOf(names: readonly PolicyName[]): number {
  return names.reduce((bits, name) => bits | MADE_OF[name], 0);
}
