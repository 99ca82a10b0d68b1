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
  /** Brings a router back that has ended by itself; false where that cannot be, or nobody may. */
  readonly revive: () => Promise<boolean>;
  /** After each round, with the number of rounds that are done; the next one waits for it. */
  readonly onRound?: (done: number) => Promise<void> | void;
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
  /** How often its session had come up then: with the session the route is gone. */
  readonly ups: number;
}

/**
 * Plays a plan: under each table in turn announces its routes, and reads the marks with which they come back. A session that the
 * router ends is bisected to the route that it cannot stand; what does not come back is asked about again before it is called
 * refused (docs/decisions/conformance.md D-router-without-verdict). A round whose table the router does not take ends the run; one that
 * the router does not outlive ends it only where nobody brings it back.
 *
 * @param sessionOf the session by its name in the plan.
 */
export async function playPlan(
  lab: Lab,
  plan: RouterPlan,
  probes: Probes,
  sessionOf: (name: string) => LabSession,
  { afis, onRound, revive, signal }: PlayOptions,
): Promise<PlayedRun> {
  const { collector, patience, seen } = lab;
  const answers: Map<string, RouteAnswer>[] = [];
  const notes: string[] = [];
  const held = new Map<string, Held>();

  /** Why nothing more can be asked at the moment. */
  const over = (): string | undefined => {
    if (signal?.aborted) return 'the run was interrupted';
    return patience.isGone ? 'the router ended by itself' : undefined;
  };
  const read = (into: Map<string, RouteAnswer>, { route, token }: Held): boolean => {
    const found = seen.get(formatPrefix(route.prefix));
    if (found?.token !== token) return false;
    into.set(route.id, { kind: 'marked', marks: found.marks });
    return true;
  };
  const announce = async (session: LabSession, routes: readonly PlayedRoute[]): Promise<void> => {
    const { ups } = session;
    const tokens = await lab.announce(session, routes);
    for (const [i, route] of routes.entries()) held.set(route.id, { route, token: tokens[i] ?? -1, ups });
  };
  const isStill = ({ route, ups }: Held): boolean => {
    const { connection, ups: now } = sessionOf(route.session);
    return connection !== undefined && ups === now;
  };
  /** Routes are gone with the session on which they were announced. */
  const forgetLost = (): void => {
    for (const [id, one] of [...held]) if (!isStill(one)) held.delete(id);
  };
  /** Those of the routes that are announced, as this round asks about them. */
  const heldOf = (routes: readonly PlayedRoute[]): Held[] =>
    routes.flatMap((route) => {
      const one = held.get(route.id);
      return one === undefined ? [] : { ...one, route };
    });
  const bySession = (routes: readonly PlayedRoute[]): Map<LabSession, PlayedRoute[]> => {
    const groups = new Map<LabSession, PlayedRoute[]>();
    for (const route of routes) {
      const session = sessionOf(route.session);
      groups.set(session, [...(groups.get(session) ?? []), route]);
    }
    return groups;
  };

  /** Announces routes of one session and waits; where the session breaks, finds out which of them break it. */
  const tell = async (
    into: Map<string, RouteAnswer>,
    session: LabSession,
    routes: readonly PlayedRoute[],
  ): Promise<void> => {
    const { connection, ups } = session;
    if (connection !== undefined) {
      await announce(session, routes);
      await passBarrier(lab, [session], afis);
      for (const one of heldOf(routes)) read(into, one);
      if ((session.connection && session.ups === ups) || over() !== undefined) return;
    }
    const [first] = routes;
    const reason = session.lastEnd ?? 'the session ended';
    const isBack = connection !== undefined && (await patience.until(() => session.connection !== undefined));
    if (over() !== undefined) return;
    if (!isBack || (routes.length === 1 && first)) {
      const note = isBack ? reason : `${reason}; the session did not come back`;
      for (const { id } of routes) {
        held.delete(id);
        if (!into.has(id)) into.set(id, { kind: 'reset', note });
      }
      return;
    }
    // With the session the router may have lost the table: one that was started again fetches it anew.
    const off = await probes.check();
    if (off !== undefined) {
      if (over() !== undefined) return;
      for (const { id } of routes) if (!into.has(id)) into.set(id, { kind: 'timeout', note: off });
      return;
    }
    const half = routes.length >> 1;
    await tell(into, session, routes.slice(0, half));
    await tell(into, session, routes.slice(half));
  };

  const withdraw = async (staying: ReadonlySet<string>): Promise<void> => {
    const gone: PlayedRoute[] = [];
    for (const [id, { route }] of [...held]) {
      if (staying.has(id)) continue;
      held.delete(id);
      gone.push(route);
    }
    for (const [session, routes] of bySession(gone))
      await lab.withdraw(
        session,
        routes.map(({ prefix }): Prefix => prefix),
      );
  };

  /** Plays a round; gives why it came to no end. */
  const playRound = async (
    round: RouterRound,
    into: Map<string, RouteAnswer>,
  ): Promise<string | undefined> => {
    forgetLost();
    await withdraw(new Set(round.routes.map(({ id }) => id)));
    const wrong = await probes.enforce(round);
    if (wrong !== undefined) return over() ?? wrong;
    const stayed = heldOf(round.routes);
    await patience.until(() => stayed.every((one) => !isStill(one) || isAsExpected(one)));
    forgetLost();
    const fresh = bySession(round.routes.filter(({ id }) => !held.has(id)));
    const ups = new Map([...fresh.keys(), collector].map((session) => [session, session.ups]));
    for (const [session, routes] of fresh) await announce(session, routes);
    await passBarrier(lab, [...fresh.keys()], afis);
    for (const one of heldOf(round.routes)) read(into, one);
    const broken = [...ups].flatMap(([session, before]) =>
      session.connection && session.ups === before ? [] : session,
    );
    if (broken.length > 0) {
      await patience.until(() => broken.every(({ connection }) => connection !== undefined));
      forgetLost();
      const off = over() ?? (await probes.check());
      if (off !== undefined) return over() ?? off;
    }
    for (const [session, routes] of broken.length > 0 ? bySession(round.routes) : fresh) {
      if (over() !== undefined) break;
      const missing = routes.filter(({ id }) => !into.has(id));
      if (missing.length > 0) await tell(into, session, missing);
    }
    if (over() !== undefined) return over();
    const isUp = collector.connection !== undefined;
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

  /** Plays a round, and once more where the router ended by itself; false where the run is over. */
  const playOrGiveUp = async (
    round: RouterRound,
    into: Map<string, RouteAnswer>,
    name: string,
  ): Promise<boolean> => {
    for (let isAgain = false; ; isAgain = true) {
      const wrong = over() ?? (await playRound(round, into));
      if (wrong === undefined) return true;
      notes.push(`${name}: ${wrong}`);
      const kind = signal?.aborted ? 'not-asked' : patience.isGone ? 'crashed' : 'timeout';
      const isBack = kind === 'crashed' && (await revive());
      if (isBack && !isAgain) {
        into.clear();
        continue;
      }
      for (const { id } of round.routes) if (!into.has(id)) into.set(id, { kind, note: wrong });
      return isBack;
    }
  };

  for (const [index, round] of plan.rounds.entries()) {
    const into = new Map<string, RouteAnswer>();
    answers.push(into);
    if (!(await playOrGiveUp(round, into, `round ${index + 1} of ${plan.rounds.length}`))) break;
    await onRound?.(index + 1);
  }
  return { answers, notes };
}
