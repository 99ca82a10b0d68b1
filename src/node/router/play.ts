import {
  type PlayedRoute,
  type RouteAnswer,
  type RouterAnswers,
  type RouterPlan,
  type RouterRound,
  VERDICT_KIND,
} from '../../conformance/index.js';
import { type Afi, formatPrefix, type Prefix } from '../../inet/index.js';
import { passBarrier } from './barrier.js';
import type { Lab, LabSession } from './lab.js';
import type { Probes } from './probe.js';

/** How a plan is played. */
export interface PlayOptions {
  readonly afis: readonly Afi[];
  readonly signal?: AbortSignal;
  /** After each round, with the number of rounds that are done. */
  readonly onRound?: (done: number) => void;
}

/** What came of a plan. */
export interface PlayedRun {
  readonly answers: RouterAnswers;
  /** What a reader should know beside the answers. */
  readonly notes: readonly string[];
}

/** A route that stays announced, with the mark of its announcement. */
interface Held {
  readonly route: PlayedRoute;
  readonly token: number;
}

/**
 * Plays a plan: under each table in turn announces its routes, and reads the marks with which they come back. A session that the
 * router ends is bisected to the route that it cannot stand; what does not come back is asked about again before it is called
 * refused (docs/decisions/conformance.md D-router-without-verdict). A round whose table the router does not take ends the run.
 *
 * @param sessionOf the session by its name in the plan.
 */
export async function playPlan(
  lab: Lab,
  plan: RouterPlan,
  probes: Probes,
  sessionOf: (name: string) => LabSession,
  { afis, onRound, signal }: PlayOptions,
): Promise<PlayedRun> {
  const { patience, seen } = lab;
  const answers: Map<string, RouteAnswer>[] = [];
  const notes: string[] = [];
  const held = new Map<string, Held>();

  const read = (into: Map<string, RouteAnswer>, { route, token }: Held): boolean => {
    const found = seen.get(formatPrefix(route.prefix));
    if (found?.token !== token) return false;
    into.set(route.id, { kind: 'marked', marks: found.marks });
    return true;
  };
  const announce = async (session: LabSession, routes: readonly PlayedRoute[]): Promise<void> => {
    const tokens = await lab.announce(session, routes);
    for (const [i, route] of routes.entries()) held.set(route.id, { route, token: tokens[i] ?? -1 });
  };
  /** Those of the routes that are announced, as this round asks about them. */
  const heldOf = (routes: readonly PlayedRoute[]): Held[] =>
    routes.flatMap((route) => {
      const token = held.get(route.id)?.token;
      return token === undefined ? [] : { route, token };
    });

  /** Announces routes of one session and waits; where the session breaks, finds out which of them break it. */
  const tell = async (
    into: Map<string, RouteAnswer>,
    session: LabSession,
    routes: readonly PlayedRoute[],
  ): Promise<void> => {
    const { ups } = session;
    await announce(session, routes);
    await passBarrier(lab, [session], afis);
    for (const one of heldOf(routes)) read(into, one);
    if (session.connection && session.ups === ups) return;
    const [first] = routes;
    const reason = session.lastEnd ?? 'the session ended';
    const isBack = await patience.until(() => session.connection !== undefined);
    if (!isBack || (routes.length === 1 && first)) {
      const note = isBack ? reason : `${reason}; the session did not come back`;
      for (const { id } of routes) {
        held.delete(id);
        if (!into.has(id)) into.set(id, { kind: 'reset', note });
      }
      return;
    }
    const half = routes.length >> 1;
    await tell(into, session, routes.slice(0, half));
    await tell(into, session, routes.slice(half));
  };

  const withdraw = async (staying: ReadonlySet<string>): Promise<void> => {
    const gone = new Map<LabSession, Prefix[]>();
    for (const [id, { route }] of [...held]) {
      if (staying.has(id)) continue;
      held.delete(id);
      const session = sessionOf(route.session);
      gone.set(session, [...(gone.get(session) ?? []), route.prefix]);
    }
    for (const [session, prefixes] of gone) await lab.withdraw(session, prefixes);
  };

  const playRound = async (
    round: RouterRound,
    into: Map<string, RouteAnswer>,
  ): Promise<string | undefined> => {
    await withdraw(new Set(round.routes.map(({ id }) => id)));
    const wrong = await probes.enforce(round);
    if (wrong !== undefined) return wrong;
    const stayed = heldOf(round.routes);
    await patience.until(() => stayed.every((one) => isAsExpected(one)));
    const bySession = new Map<LabSession, PlayedRoute[]>();
    for (const route of round.routes) {
      if (held.has(route.id)) continue;
      const session = sessionOf(route.session);
      bySession.set(session, [...(bySession.get(session) ?? []), route]);
    }
    const ups = new Map([...bySession.keys()].map((session) => [session, session.ups]));
    for (const [session, routes] of bySession) await announce(session, routes);
    await passBarrier(lab, [...bySession.keys()], afis);
    for (const one of heldOf(round.routes)) read(into, one);
    for (const [session, routes] of bySession) {
      const missing = routes.filter(({ id }) => !into.has(id));
      const broke = !session.connection || session.ups !== ups.get(session);
      if (broke) await patience.until(() => session.connection !== undefined);
      if (broke)
        for (const [id, { route }] of [...held]) if (sessionOf(route.session) === session) held.delete(id);
      if (missing.length > 0) await tell(into, session, missing);
    }
    const isUp = lab.collector.connection !== undefined;
    for (const { id } of round.routes) {
      if (into.has(id)) continue;
      into.set(
        id,
        isUp
          ? { kind: 'refused', note: 'the router took the routes before and behind it, and not this one' }
          : { kind: 'timeout', note: 'nothing came back' },
      );
      held.delete(id);
    }
    return undefined;
  };
  const isAsExpected = ({ route, token }: Held): boolean => {
    const found = seen.get(formatPrefix(route.prefix));
    return (
      found?.token === token &&
      route.asks.every(({ kind, expected }) =>
        found.marks.some(([of, verdict]) => of === VERDICT_KIND[kind] && verdict === expected),
      )
    );
  };

  for (const [index, round] of plan.rounds.entries()) {
    const into = new Map<string, RouteAnswer>();
    answers.push(into);
    const wrong = signal?.aborted ? 'the run was interrupted' : await playRound(round, into);
    if (wrong !== undefined) {
      notes.push(`round ${index + 1} of ${plan.rounds.length}: ${wrong}`);
      const kind = signal?.aborted ? 'not-asked' : 'timeout';
      for (const { id } of round.routes) into.set(id, { kind, note: wrong });
      break;
    }
    onRound?.(index + 1);
  }
  return { answers, notes };
}
