/** What the model of a router assumes: every number in it can be changed. */
export interface Assumptions {
  /** Prefixes of a full feed. */
  readonly prefixes: number;
  /** Numbers of peers to ask for; each of them sends a full feed. */
  readonly peers: readonly number[];
  /** Numbers of cores to ask for. */
  readonly cores: readonly number[];
  /** Shares of routes with 1, 2, … hops; only their ratios count. */
  readonly pathLengths: readonly number[];
  /** Share of routes that carry signatures. */
  readonly signedShare: number;
  /** Prefixes in an UPDATE without signatures; with them it is one. */
  readonly prefixesPerUpdate: number;
  /** Of k routes for one prefix, a share of k^-sharing of the signed statements is distinct. */
  readonly sharing: number;
  /** Announcements that a peer sends in a minute, table transfers apart. */
  readonly announcementsPerMinute: number;
  /** Share of the statements in them that a cache of segments has not seen. */
  readonly unseenShare: number;
  /** Share of them after which the best path is one that was not verified before. */
  readonly bestShare: number;
}

/** An assumption in words. */
export interface DescribedAssumption {
  readonly name: keyof Assumptions;
  readonly what: string;
  /** Where the default comes from. */
  readonly source: string;
}

/** Shape of a full feed in 2010: share of path lengths 1..10 in per cent. */
const LENGTHS_OF_2010 = [0.02, 3.81, 27.47, 42.13, 21.2, 4.53, 0.7, 0.12, 0.01, 0.01];

/** What is assumed where nothing else is said. */
export const DEFAULT_ASSUMPTIONS: Assumptions = {
  prefixes: 1_200_000,
  peers: [20, 40, 60],
  cores: [1, 4, 16],
  pathLengths: LENGTHS_OF_2010,
  signedShare: 1,
  prefixesPerUpdate: 1.62,
  sharing: 0.2,
  announcementsPerMinute: 145,
  unseenShare: 0.44,
  bestShare: 0.092,
};

const UPDATES = 'updates of 14 peers, 2007';

/** All of them, in the order in which they are printed. */
export const DESCRIBED_ASSUMPTIONS: readonly DescribedAssumption[] = [
  { name: 'prefixes', what: 'prefixes of a full feed', source: 'assumed for today, both families together' },
  { name: 'peers', what: 'peers, each with a full feed', source: 'assumed' },
  { name: 'cores', what: 'cores', source: 'assumed' },
  { name: 'pathLengths', what: 'shares of paths of 1, 2, … hops', source: 'a full feed of 2010' },
  { name: 'signedShare', what: 'share of routes that are signed', source: 'full deployment, assumed' },
  {
    name: 'prefixesPerUpdate',
    what: 'prefixes in an UPDATE without signatures',
    source: 'table of 36 peers, 2002: routes per run of one path',
  },
  {
    name: 'sharing',
    what: 'e: of k routes for a prefix, k^-e of the statements are distinct, never less than the last hops',
    source: `${UPDATES}: prefixes that 2 to 11 of them announce`,
  },
  { name: 'announcementsPerMinute', what: 'announcements of a peer in a minute', source: UPDATES },
  {
    name: 'unseenShare',
    what: 'share of their statements that no announcement before had',
    source: `${UPDATES}, prefixes of at least 4 peers`,
  },
  {
    name: 'bestShare',
    what: 'share of them after which the best path is a new one',
    source: `${UPDATES}, prefixes of at least 4 peers, fewest hops`,
  },
];
