import type { PathState } from '../../links/index.js';

/** A case that teaches something, under the name by which it is chosen. */
export interface Example {
  readonly title: string;
  readonly state: PathState;
}

const example = (title: string, state: Omit<PathState, 's'>): Example => ({
  title,
  state: { s: 'path', ...state },
});

/** AS numbers and prefixes are those for documentation (RFC 5398, RFC 5737). */
export const EXAMPLES: readonly Example[] = [
  example('A valid path', {
    path: '64510 64505 64501 64499 64496',
    role: 'provider',
    prefix: '192.0.2.0/24',
    aspas: ['AS64496 => AS64499', 'AS64499 => AS64501', 'AS64505 => AS64501', 'AS64510 => AS64505'],
    vrps: ['192.0.2.0/24 => AS64496'],
  }),
  example('A route leak', {
    path: '64510 64505 64777 64501 64501 64501 64499 64496',
    role: 'provider',
    prefix: '192.0.2.0/24',
    aspas: ['AS64496 => AS64499', 'AS64499 => AS64600', 'AS64505 => AS64600', 'AS64510 => AS64505'],
    vrps: ['192.0.2.0/24 => AS64499'],
  }),
  example('A forged provider', {
    path: '64510 64511 64496',
    role: 'peer',
    prefix: '192.0.2.0/24',
    aspas: ['AS64496 => AS64499', 'AS64511 => AS64510'],
    vrps: ['192.0.2.0/24 => AS64496'],
  }),
  example('Prepends', {
    path: '64505 64499 64499 64499 64496 64496',
    role: 'customer',
    aspas: ['AS64496 => AS64499', 'AS64499 => AS64505'],
  }),
  example('An AS_SET', {
    path: '64505 64499 {64496,64497}',
    role: 'customer',
    prefix: '192.0.2.0/24',
    aspas: ['AS64496 => AS64499', 'AS64499 => AS64505'],
    vrps: ['192.0.2.0/24 => AS64496'],
  }),
  example('Behind a route server', {
    path: '64505 64499 64496',
    role: 'rs',
    neighborAs: 64800,
    aspas: ['AS64496 => AS64499', 'AS64499 => AS64505'],
  }),
  example('AS0 ASPA', {
    path: '64510 64505 64496',
    role: 'customer',
    aspas: ['AS64496 => AS64505', 'AS64505 => AS0'],
  }),
];

/** What the page shows without a link. */
export const START: PathState = EXAMPLES[1]?.state ?? { s: 'path', path: '' };
