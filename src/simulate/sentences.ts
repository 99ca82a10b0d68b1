import type { Explanation, Offer } from './explain.js';

const FATES: Readonly<Record<Offer['fate'], string>> = {
  chosen: 'chosen',
  'passed-over': 'an own route comes first',
  'otc-egress': 'not sent: marked by Only to Customer (RFC 9234 §5)',
  'aspa-egress': 'not sent: the path is invalid by ASPA (draft-zhang-sidrops-aspa-egress)',
  loop: 'dropped: the own AS is in the path',
  as0: 'dropped: AS 0 is in the path (RFC 7607)',
  'rov-invalid': 'dropped: the origin is invalid (RFC 6811)',
  'first-as': 'dropped: the first AS is not the neighbour (RFC 4271 §6.3)',
  'aspa-invalid': 'dropped: the path is invalid by ASPA (draft-28 §5)',
  'asra-fake-link': 'dropped: an AS of the path disowns the next one (ASRA)',
  'path-end': 'dropped: the origin does not approve of the AS before it',
  unsigned: 'dropped: unsigned, from a neighbour that speaks BGPsec',
  'otc-ingress': 'dropped: a leak by Only to Customer (RFC 9234 §5)',
  'peerlock-lite': 'dropped: a tier 1 in a path from a customer',
  'edge-filter': 'dropped: a neighbour without customers announces more than itself',
};
const CRITERIA = {
  signed: 'the chosen one is signed',
  relation: 'the chosen one is of a preferred relation',
  length: 'the chosen one is shorter',
  neighbor: 'the chosen one is of a lower AS',
} as const;

/** What became of an offer, in words. */
export function explainOffer({ by, fate }: Pick<Offer, 'by' | 'fate'>): string {
  return by === undefined ? FATES[fate] : CRITERIA[by];
}

/** What an AS has for a prefix, in words. */
export function explainChoice({ route }: Pick<Explanation, 'route'>): string {
  if (route === undefined) return 'no route';
  if (route.blackhole) return 'a blackhole: what the covering route would carry there is dropped';
  return route.relation === 'origin' ? 'an own route' : `by ${route.path.slice(1).join(' ')}`;
}
