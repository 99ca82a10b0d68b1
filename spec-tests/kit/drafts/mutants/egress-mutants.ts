import type { Mutant } from '../../mutant.js';
import { type Kit, kit } from './kit.js';

/** Mistakes of a verification before a route is sent. */
export const egressMutants: readonly Mutant<Kit>[] = [
  {
    id: 'drafts-egress-ingress-roles',
    text: 'takes the receiver of a route for its sender',
    parts: { direction: (role) => (role === 'provider' ? 'down' : 'up') },
  },
  {
    id: 'drafts-egress-all-up',
    text: 'verifies every route that it sends upstream',
    parts: { direction: () => 'up' },
  },
  {
    id: 'drafts-egress-all-down',
    text: 'verifies every route that it sends downstream',
    parts: { direction: () => 'down' },
  },
  {
    id: 'drafts-egress-peers-down',
    text: 'verifies routes to peers downstream',
    parts: { direction: (role) => (role === 'peer' ? 'down' : kit.direction(role)) },
  },
  {
    id: 'drafts-egress-servers-down',
    text: 'verifies routes to route servers downstream',
    parts: { direction: (role) => (role === 'rs' ? 'down' : kit.direction(role)) },
  },
  {
    id: 'drafts-egress-own-unchecked',
    text: 'does not look whether its own AS leads the path that it sends',
    parts: { leads: () => true },
  },
  {
    id: 'drafts-egress-receiver-leads',
    text: 'wants the receiver to lead the path that it sends',
    parts: { leads: (first, _own, receiver) => first === receiver },
  },
  {
    id: 'drafts-egress-servers-exempt',
    text: 'does not look whether its own AS leads the path that it sends to a route server',
    parts: {
      leads: (first, own, receiver, role) => role === 'rs' || kit.leads(first, own, receiver, role),
    },
  },
  {
    id: 'drafts-egress-never-in-front',
    text: 'does not put the receiver in front of the path when it is asked to',
    parts: { front: () => false },
  },
  {
    id: 'drafts-egress-always-in-front',
    text: 'puts providers and customers in front of the path unasked',
    parts: { front: (role) => kit.front(role, true) },
  },
  {
    id: 'drafts-egress-everybody-in-front',
    text: 'puts peers and route servers in front of the path, too',
    parts: { front: (_role, augmented) => augmented },
  },
  {
    id: 'drafts-egress-providers-in-front',
    text: 'puts providers in front of the path, and no customers',
    parts: { front: (role, augmented) => augmented && role === 'provider' },
  },
  {
    id: 'drafts-egress-customers-in-front',
    text: 'puts customers in front of the path, and no providers',
    parts: { front: (role, augmented) => augmented && role === 'customer' },
  },
];
