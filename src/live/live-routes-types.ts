import type { Suites } from '../bgpsec/index.js';
import type { SeedOptions } from '../tables/index.js';
import type { LiveChange } from './live-tables.js';
import type { ChangedRoute, LiveSession, ReceivedRoute, RouteName } from './route-types.js';
import type { RouteVerdicts } from './verdicts.js';

/** What routes take, in octets allocated. */
export interface LiveMemory {
  readonly routes: number;
  readonly prefixes: number;
  /** Distinct paths of the routes. */
  readonly paths: number;
  /** Of routes and prefixes. */
  readonly routeOctets: number;
  /** Of distinct paths. */
  readonly pathOctets: number;
  /** Of BGPsec_PATHs. */
  readonly signedOctets: number;
}

/** The routes of many sessions (Adj-RIB-In, RFC 4271 §3.2) with verdicts that follow the payloads. */
export interface LiveRoutes<S extends LiveSession = LiveSession> {
  /** Routes of all sessions. */
  readonly size: number;
  readonly memory: LiveMemory;
  /**
   * A session without routes; `about` comes back with its changes, and must not change itself.
   *
   * @throws {TypeError} or {@link RangeError} for what is no session.
   */
  session(about: S): SessionRoutes;
  /**
   * Judges again what `change` may touch, one route after the other, and nothing else: the routes at and below its
   * prefixes (RFC 6811 §4), those whose path has one of its customers (draft-28 §5.7), those signed with one of its keys
   * (RFC 8205 §5). Yields for each route that was looked at, with the change where the verdict is another one; routes may
   * come and go meanwhile, and the tables may change: each change is told once, by the walk that comes upon it first.
   */
  rejudge(change: LiveChange): Generator<ChangedRoute<S> | undefined, void>;
}

/** The routes of one session. */
export interface SessionRoutes {
  readonly size: number;
  /**
   * Takes a route in, in place of what was announced before. A signed one that breaks RFC 8205 §5.2 withdraws it
   * instead. Of routes that come one after the other with the same `asPath` object the path is looked up once.
   *
   * @returns the verdicts; undefined where nothing judges.
   * @throws {TypeError} or {@link RangeError} for what is no route.
   */
  announce(route: ReceivedRoute): RouteVerdicts | 'treat-as-withdraw' | undefined;
  /** Whether there was such a route. Throws as `announce`. */
  withdraw(route: RouteName): boolean;
  /** Withdraws all. */
  clear(): void;
  /** How many routes have which verdicts, those that none has left out; undefined where nothing judges. */
  tally(): readonly VerdictCount[];
}

/** Verdicts, and how many routes have them. */
export interface VerdictCount {
  readonly verdicts: RouteVerdicts | undefined;
  readonly count: number;
}

/** How live routes are judged. */
export interface LiveRoutesOptions extends SeedOptions {
  /** To verify signed routes with; without them these have no BGPsec verdict. */
  readonly suites?: Suites;
}
