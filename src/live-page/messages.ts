// What `pathsec live --http` sends to its page: JSON, read by the page as these types.

/** Who a row is about. */
export interface PagePeer {
  readonly address: string;
  readonly as: number | null;
  readonly id: string | null;
  readonly router?: string;
  readonly source?: string;
}

/** Verdicts of a route. */
export interface PageVerdicts {
  readonly rov?: string;
  readonly aspa?: string | null;
  readonly aspaBoth?: { readonly upstream: string; readonly downstream: string };
  readonly bgpsec?: string;
}

/** An event of `pathsec live` (docs/cli.md), with its number; long texts in it are cut, with `…` at their end. */
export interface PageRow extends PageVerdicts {
  readonly n: number;
  readonly type: 'session' | 'route' | 'change' | 'withdraw' | 'fault' | 'end';
  /** Seconds since 1970. */
  readonly time: number;
  readonly peer: PagePeer | null;
  readonly prefix?: string;
  readonly path?: string;
  readonly pathId?: number;
  readonly neighborRole?: string | null;
  readonly was?: PageVerdicts;
  readonly cause?: string;
  readonly state?: string;
  readonly reason?: string;
  readonly code?: string;
  readonly treatment?: string;
  readonly message?: string;
  readonly family?: string;
}

/** How many held routes have which verdict, by check: `rov`, `aspa`, `aspa-upstream`, `aspa-downstream`, `bgpsec`. */
export type PageTally = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Counts of the moment, exact, however many rows were left out; also the message `end`, the last that is sent. */
export interface PageCounts {
  /** What happened in all. */
  readonly sessions: number;
  readonly routes: number;
  readonly withdrawals: number;
  readonly changes: number;
  readonly faults: number;
  /** Sessions that are up, and routes that are held. */
  readonly up: number;
  readonly held: number;
  /** Of all peers. */
  readonly verdicts: PageTally;
  /** Those with the most routes. */
  readonly peers: readonly {
    readonly peer: PagePeer;
    readonly held: number;
    readonly verdicts: PageTally;
  }[];
  /** Peers that are not among them. */
  readonly otherPeers: number;
  /** Null where nothing judges. */
  readonly payloads: { readonly vrps: number; readonly aspas: number; readonly routerKeys: number } | null;
}

/** The message `batch`: what came since the one before. */
export interface PageBatch {
  /** Oldest first. */
  readonly rows: readonly PageRow[];
  /** Events of the filter that came and went without a row, because more came than are kept. */
  readonly left: number;
  /**
   * In the first batch for a client that comes again: events, of the filter or not, that came meanwhile and are kept no more. Null where
   * that is not known: what it has seen last is of another run.
   */
  readonly missed?: number | null;
  /** Where they are others than in the batch before. */
  readonly counts?: PageCounts;
}

/** The answer of `/explain`. */
export interface PageExplanation {
  readonly origin: {
    readonly validity: string;
    readonly reason: string | null;
    /** VRPs that cover the prefix, in words; at most so many as are shown. */
    readonly vrps: readonly { readonly vrp: string; readonly fares: 'matches' | 'as' | 'length' }[];
    readonly otherVrps: number;
  };
  /** By the procedure of the role, or by both. */
  readonly paths: readonly {
    readonly procedure: string;
    readonly outcome: string;
    /** The picture of its ramps as SVG; null where the procedure halted before it had any. */
    readonly picture: string | null;
    /** What is said of the outcome, in sentences. */
    readonly sentences: readonly string[];
    /** All of it as text for people. */
    readonly text: string;
  }[];
}

/** The answer to a question that has a fault. */
export interface PageFault {
  readonly code: string;
  readonly field: string;
  readonly message: string;
}
