import { DecodeError } from '../bytes/index.js';
import { type Members, numberMember, oneOfMember, textMember } from './members.js';

/** What of the costs is shown first. */
export const LINK_COSTS = ['cpu', 'churn', 'memory', 'octets'] as const;
/** Which protections are shown. */
export const LINK_SCHEMES = ['main', 'aggregate', 'post-quantum', 'all'] as const;

/** Numbers that the screen Cost takes, with the least and the most of each. */
export const COST_LIMITS = {
  prefixes: [1, 10_000_000],
  peers: [1, 1_000],
  cores: [1, 1_024],
  announcementsPerMinute: [0, 100_000],
  signedShare: [0, 1],
  prefixesPerUpdate: [1, 1_000],
  sharing: [0, 1],
  unseenShare: [0, 1],
  bestShare: [0, 1],
} as const satisfies Readonly<Record<string, readonly [least: number, most: number]>>;

/** The name of such a number, which is that of the assumption of the model. */
export type CostNumber = keyof typeof COST_LIMITS;

/** What the screen Cost shows; what is absent is as the model assumes by default, for 40 peers and 4 cores. */
export interface CostState extends Readonly<Partial<Record<CostNumber, number>>> {
  readonly s: 'cost';
  /** Shares of routes with 1, 2, … hops, as they were typed. */
  readonly pathLengths?: string;
  readonly schemes?: (typeof LINK_SCHEMES)[number];
  readonly show?: (typeof LINK_COSTS)[number];
}

/** Characters of shares of lengths. */
const MAX_LENGTHS = 500;
/** Names of the numbers. */
export const COST_NUMBERS = Object.keys(COST_LIMITS) as readonly CostNumber[];

/**
 * The state of the screen Cost out of the members of a link. What it does not know is left out: a newer page may say more.
 *
 * @throws {DecodeError} `link-member`.
 */
export function readCostState(members: Members): CostState {
  const pathLengths = textMember(members, 'pathLengths', MAX_LENGTHS);
  const schemes = oneOfMember(members, 'schemes', LINK_SCHEMES);
  const show = oneOfMember(members, 'show', LINK_COSTS);
  const numbers = COST_NUMBERS.flatMap((name) => {
    const value = numberMember(members, name, COST_LIMITS[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    s: 'cost',
    ...Object.fromEntries(numbers),
    ...(pathLengths !== undefined && { pathLengths }),
    ...(schemes !== undefined && { schemes }),
    ...(show !== undefined && { show }),
  };
}

/** The members of such a state out of the parameters of a link that was written by hand. @throws {DecodeError} `link-member`. */
export function costMembers(get: (name: string) => string | undefined): Members {
  const numbers = COST_NUMBERS.map((name) => [name, numberOf(get(name), name)]);
  return {
    ...Object.fromEntries(numbers),
    pathLengths: get('pathLengths'),
    schemes: get('schemes'),
    show: get('show'),
  };
}

function numberOf(text: string | undefined, field: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^[0-9]{1,12}(?:\.[0-9]{1,30})?(?:e-[0-9]{1,3})?$/.test(text)) return Number(text);
  throw new DecodeError('link-member', 'no number', { field });
}

/** The parameters of a link to the state: every one as it stands, for numbers and words have nothing to escape but blanks. */
export function costParameters(state: CostState): [string, string | undefined][] {
  const numbers = COST_NUMBERS.map((name): [string, string | undefined] => [name, state[name]?.toString()]);
  return [...numbers, ['pathLengths', state.pathLengths], ['schemes', state.schemes], ['show', state.show]];
}
