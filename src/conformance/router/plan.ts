import type { AsPath } from '../../bgp/index.js';
import type { Prefix } from '../../inet/index.js';
import type { AspaPayload, Vrp } from '../../payload/index.js';
import type { Question } from '../requests.js';
import type { VectorFile } from '../vector.js';
import type { RouterNeighbor, VerdictKind } from './abilities.js';
import type { RtrSession } from './stage-rtr.js';

/** A session on which we announce routes; `name` is unique in the plan. */
export interface PlayedSession extends RouterNeighbor {
  readonly name: string;
}

/** A verdict that a route has to be marked with. */
export interface RouteAsk {
  /** The id of the case. */
  readonly caseId: string;
  readonly kind: VerdictKind;
  /** A value of `VERDICT_VALUE`. */
  readonly expected: number;
}

/** A route as it is announced. Prefixes are unique in a round, whatever the session. */
export interface PlayedRoute {
  /** Unique in the plan; a route of the same id in two rounds one after the other stays announced between them. */
  readonly id: string;
  /** The name of a session. */
  readonly session: string;
  readonly prefix: Prefix;
  /** As it is sent, with nothing to be put in front. */
  readonly asPath: AsPath;
  /** What is read from it in this round; none where it has only to be there. */
  readonly asks: readonly RouteAsk[];
}

/**
 * One table and the routes under it. To come to a round: withdraw the routes that are not of it, serve its table, wait until the
 * router has it, announce the routes that were not there, then read all marks.
 */
export interface RouterRound {
  readonly vrps: readonly Vrp[];
  /** One for each customer, providers ascending, AS 0 alone: as RTR carries them (8210bis §5.12). */
  readonly aspas: readonly AspaPayload[];
  readonly routes: readonly PlayedRoute[];
}

/** A verdict to read for a case: of which route, in which round. */
export interface PlayedAsk {
  /** Index of the round. */
  readonly round: number;
  /** The id of the route. */
  readonly route: string;
  readonly kind: VerdictKind;
}

/** A case that is played, with the verdicts that make its answer, in the order of the answer's members. */
export interface PlayedCase {
  readonly question: Question;
  readonly asks: readonly PlayedAsk[];
}

/** All that is played with a router, and what cannot be. */
export interface RouterPlan {
  /** The files of the cases, those made for this run included: what `reportOf` takes. */
  readonly files: readonly VectorFile[];
  /** Every case, played or not. */
  readonly questions: readonly Question[];
  readonly sessions: readonly PlayedSession[];
  readonly rounds: readonly RouterRound[];
  readonly played: readonly PlayedCase[];
  /** Sessions of RTR, in the order in which they are played, after the rounds. */
  readonly rtrSessions: readonly RtrSession[];
  /** Why a case is not played, by its id. */
  readonly notPlayable: ReadonlyMap<string, string>;
}

/** What became of a route in a round. */
export type RouteAnswer =
  | {
      readonly kind: 'marked';
      /** Local data 1 and 2 of the large communities of the router's AS that it came back with. */
      readonly marks: readonly (readonly [kind: number, verdict: number])[];
    }
  /** The router did not take it, and kept the session. */
  | { readonly kind: 'refused'; readonly note: string }
  /** The router ended the session because of it. */
  | { readonly kind: 'reset'; readonly note: string }
  /** The router ended by itself before it told. */
  | { readonly kind: 'crashed'; readonly note: string }
  /** Nothing was seen of it within the time. */
  | { readonly kind: 'timeout'; readonly note: string }
  /** It was never announced. */
  | { readonly kind: 'not-asked'; readonly note: string };

/** By round, what became of each route, by its id. A route without an answer was not asked. */
export type RouterAnswers = readonly ReadonlyMap<string, RouteAnswer>[];
