import type { Asn } from '../inet/index.js';

/** Codes of what the sender of a route is to the AS that has it; the lower of two is preferred. */
export const NONE = 0;
export const CUSTOMER = 1;
export const PEER = 2;
export const PROVIDER = 3;
/** A route that stays whatever comes: the AS announces it itself, or leaks it as it was. */
export const FIXED = 4;

/** What is known of an announcement once and for all. */
export const FACT = {
  /** Its first AS is not its sender. */
  foreignFirst: 1 << 0,
  /** Its sender has no customers, and is not alone in the path. */
  edgeForeign: 1 << 1,
  /** AS 0 is in the path. */
  as0: 1 << 2,
  /** It has one AS, prepends aside: who receives it stands before the origin. */
  originAlone: 1 << 3,
} as const;

/** What a route carries along, one bit each. */
export const FLAG = {
  signed: 1 << 0,
  /** A tier 1 is in the path. */
  tier1: 1 << 1,
  /** The origin does not approve of the AS before it. */
  endInvalid: 1 << 2,
  /** A FakeLink of algorithm B, or of A, is in the path. */
  fakeB: 1 << 3,
  fakeA: 1 << 4,
} as const;

/** An announcement of a fixed route, by one path. */
export interface Announcement {
  /** Index of the AS that sends it. */
  readonly sender: number;
  /** As it is sent, prepends included. */
  readonly path: readonly Asn[];
  /** Bits of {@link FACT}. */
  readonly facts: number;
  /** Bit v: origin validation by the table of view v finds it invalid. */
  readonly rovInvalid: number;
  /** Bits of {@link FLAG}. */
  readonly flags: number;
  /** How many ASNs of the path count for length alone, being prepends. */
  readonly prepends: number;
  /** Position of the first hop that is Not Provider+ upwards, and of the last one downwards; 0 for none. */
  readonly firstUp: number;
  readonly lastDown: number;
  /** Index of the AS in Only to Customer; -1 without. */
  readonly otc: number;
  /** Indices of the ASes in the path that would see a loop, the sender aside; absent where there is none. */
  readonly loops?: ReadonlySet<number> | undefined;
}

/** One announcement of a fixed route to one neighbour. */
export interface FixedExport {
  /** Index in the announcements of the plan. */
  readonly announcement: number;
  /** What the sender is to the neighbour. */
  readonly relation: number;
}

/** A route that an AS has whatever it receives. */
export interface FixedRoute {
  /** Index of the AS. */
  readonly as: number;
  readonly relation: number;
  /** Where the AS sends traffic: itself for an origin, the neighbour for a leak. */
  readonly next: number;
  /** As it stands in its RIB: docs/decisions/simulate.md D-simulate-own-path. */
  readonly path: readonly Asn[];
  /** What goes to which neighbour, by its index. */
  readonly exports: ReadonlyMap<number, FixedExport>;
}

/** All that is announced for one prefix. */
export interface Plan {
  readonly announcements: readonly Announcement[];
  /** By index of the AS. */
  readonly fixed: ReadonlyMap<number, FixedRoute>;
}
