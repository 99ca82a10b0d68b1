import type { BgpRole } from '../../aspa/index.js';
import type { Asn } from '../../inet/index.js';
import type { RouterAbilities } from './abilities.js';
import type { PlayedSession } from './plan.js';
import type { StagedRoute } from './staged.js';

/** The sessions of a plan: those of the router's configuration, or as many as the routes need. */
export interface SessionBook {
  /** Whether a route has to come from the AS that it names. */
  readonly asCounts: boolean;
  /** The session for a route, which the plan then has; undefined where the router has none. */
  find(route: StagedRoute): PlayedSession | undefined;
  /** As `find`, without making it part of the plan. */
  peek(route: StagedRoute): PlayedSession | undefined;
  /** Those that were found for a route. */
  readonly used: () => readonly PlayedSession[];
}

/** From here up the AS of a neighbour is chosen that may have any. */
const FIRST_NEIGHBOR: Asn = 65_001;
/** The role of a neighbour that may have any: nobody is more welcome than a customer. */
const ANY_ROLE: BgpRole = 'customer';

/** Where neither the AS nor the role of the neighbour counts for the router, all routes share a session. */
export function createSessionBook(abilities: RouterAbilities): SessionBook {
  const { aspa, firstAs, localAs, neighborCheck, neighbors, reservedAses = [] } = abilities;
  const asCounts = neighborCheck || firstAs;
  // A route server's clients pass over step 2, so that the role counts for it too (draft-28 §5.5 step 2).
  const roleCounts = aspa === 'role' || neighborCheck;
  const fixed = neighbors?.map(({ as, role }, i) => ({ name: `${i + 1}-as${as}-${role}`, as, role }));
  const used = new Map<string, PlayedSession>();
  let anyAs = FIRST_NEIGHBOR;
  while (anyAs === localAs || reservedAses.includes(anyAs)) anyAs++;

  const peek = ({ neighborAs, neighborRole }: StagedRoute): PlayedSession | undefined => {
    const as = asCounts ? neighborAs : undefined;
    const role = roleCounts ? neighborRole : undefined;
    if (role === 'complex') return undefined;
    const session = fixed?.find(
      (one) => (as === undefined || one.as === as) && (role === undefined || one.role === role),
    );
    if (fixed !== undefined) return session;
    const made = { as: as ?? anyAs, role: role ?? ANY_ROLE };
    return made.as === localAs ? undefined : { ...made, name: `as${made.as}-${made.role}` };
  };
  return {
    asCounts,
    used: () => [...used.values()],
    peek,
    find(route) {
      const session = peek(route);
      if (session !== undefined) used.set(session.name, session);
      return session;
    },
  };
}
