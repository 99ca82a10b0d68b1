import { procedureOfRole } from '../../aspa/index.js';
import { AS_SEQUENCE, type AsPath } from '../../bgp/index.js';
import type { Vrp } from '../../payload/index.js';
import type { Question } from '../requests.js';
import { outOfScope } from '../scope.js';
import type { VectorFile } from '../vector.js';
import { type RouterAbilities, VERDICT_VALUE, type VerdictKind } from './abilities.js';
import type { PlayedAsk, PlayedCase, PlayedRoute, PlayedSession, RouterPlan, RouterRound } from './plan.js';
import { createPrefixSource } from './prefixes.js';
import {
  addAspas,
  addVrps,
  aspaDemand,
  createRoundDraft,
  hasRoomForAspas,
  hasRoomForVrps,
  type RoundDraft,
  vrpText,
} from './round-draft.js';
import { createSessionBook } from './sessions.js';
import { stageAspa } from './stage-aspa.js';
import { stageRov } from './stage-rov.js';
import type { Phase, StagedCase, StagedRoute, Staging } from './staged.js';

/**
 * Plans how cases of the suites `aspa` and `rov` are played with a router: which tables it is served one after the other, and
 * which routes it is announced under each. Cases share a round where their tables allow it. The same arguments give the same plan.
 *
 * @throws {RangeError} for more routes than there are prefixes.
 */
export function planRouterRun(
  files: readonly VectorFile[],
  questions: readonly Question[],
  abilities: RouterAbilities,
): RouterPlan {
  const sessions = createSessionBook(abilities);
  const prefixOf = createPrefixSource();
  const rounds: RoundDraft[] = [];
  const played: PlayedCase[] = [];
  const notPlayable = new Map<string, string>();
  for (const question of questions) {
    const staged = stage(question, abilities);
    if ('reason' in staged) {
      notPlayable.set(question.vector.id, staged.reason);
      continue;
    }
    const seats = seatsOf(staged, sessions.find);
    if (seats === undefined) {
      notPlayable.set(question.vector.id, 'the router has no such neighbour');
      continue;
    }
    const first = place(staged, rounds);
    for (const { family, name, prefix } of routesOf(staged)) {
      const own = prefix ?? prefixOf(family);
      for (const [i, phase] of staged.phases.entries()) {
        const route = phase.routes.find((one) => one.name === name);
        const session = seats.get(name);
        if (route === undefined || session === undefined) continue;
        rounds[first + i]?.routes.push(playedRoute(staged, route, session, own, abilities));
      }
    }
    const asks = staged.asks.map(
      ({ phase, route }): PlayedAsk => ({
        round: first + phase,
        route: routeId(staged, route),
        kind: kindOf(
          staged.phases[phase]?.routes.find(({ name }) => name === route),
          abilities,
        ),
      }),
    );
    played.push({ question, asks });
  }
  return {
    files,
    questions,
    sessions: sessions.used(),
    rounds: rounds.map(finish),
    played,
    notPlayable,
  };
}

function stage(question: Question, abilities: RouterAbilities): Staging {
  const { suite } = question;
  if (suite !== 'aspa' && suite !== 'rov') return { question, reason: `no route shows what ${suite} asks` };
  if (suite === 'rov' && !abilities.rov) return { question, reason: 'the router knows no origin validation' };
  if (suite === 'aspa' && abilities.aspa === 'none') return { question, reason: 'the router knows no ASPA' };
  const { asSet, families, maxProviders, neighborCheck } = abilities;
  const reason = outOfScope({ asSet, families, maxProviders, neighborCheck }, question);
  if (reason !== undefined) return { question, reason };
  const staged = suite === 'aspa' ? stageAspa(question) : stageRov(question);
  if ('reason' in staged || abilities.ownAs || !isInPath(abilities.localAs, staged)) return staged;
  return { question, reason: 'the AS of the router is in the path' };
}

function isInPath(asn: number, { phases }: StagedCase): boolean {
  return phases.some(({ routes }) =>
    routes.some(({ asPath }) => asPath.some(({ asns }) => asns.includes(asn))),
  );
}

/** The routes of a case, each once. */
function routesOf({ phases }: StagedCase): readonly StagedRoute[] {
  const routes = new Map<string, StagedRoute>();
  for (const phase of phases) for (const route of phase.routes) routes.set(route.name, route);
  return [...routes.values()];
}

/** The session of each route; undefined where one has none. */
function seatsOf(
  staged: StagedCase,
  find: (route: StagedRoute) => PlayedSession | undefined,
): ReadonlyMap<string, PlayedSession> | undefined {
  const seats = new Map<string, PlayedSession>();
  for (const route of routesOf(staged)) {
    const session = find(route);
    if (session === undefined) return undefined;
    seats.set(route.name, session);
  }
  return seats;
}

/** The index of the first round of a case: the first one from which on all its phases have room. */
function place({ phases, question }: StagedCase, rounds: RoundDraft[]): number {
  const demands = phases.map((phase) => aspaDemand(phase, phases.length === 1));
  const isAspa = question.suite === 'aspa';
  const prefixes = phases.map(({ routes }) => routes.flatMap(({ prefix }) => prefix ?? []));
  const fits = (first: number): boolean =>
    demands.every((demand, i) => {
      const round = rounds[first + i];
      if (round === undefined) return true;
      return isAspa
        ? hasRoomForAspas(round, demand)
        : hasRoomForVrps(round, (phases[i] as Phase).vrps, prefixes[i] ?? []);
    });
  let first = 0;
  while (!fits(first)) first++;
  while (rounds.length < first + phases.length) rounds.push(createRoundDraft());
  for (const [i, demand] of demands.entries()) {
    const round = rounds[first + i] as RoundDraft;
    if (isAspa) addAspas(round, demand);
    else addVrps(round, (phases[i] as Phase).vrps, prefixes[i] ?? []);
  }
  return first;
}

function routeId({ question }: StagedCase, name: string): string {
  return `${question.vector.id} ${name}`;
}

function playedRoute(
  staged: StagedCase,
  route: StagedRoute,
  session: PlayedSession,
  prefix: PlayedRoute['prefix'],
  abilities: RouterAbilities,
): PlayedRoute {
  const { asPath, expected, ledByNeighbor, name } = route;
  const caseId = staged.question.vector.id;
  return {
    id: routeId(staged, name),
    session: session.name,
    prefix,
    asPath: ledByNeighbor ? ledBy(session.as, asPath) : asPath,
    asks:
      expected === undefined
        ? []
        : [{ caseId, kind: kindOf(route, abilities), expected: VERDICT_VALUE[expected] }],
  };
}

function ledBy(asn: number, asPath: AsPath): AsPath {
  const [first, ...rest] = asPath;
  if (first?.type !== AS_SEQUENCE) return [{ type: AS_SEQUENCE, asns: [asn] }, ...asPath];
  return [{ type: AS_SEQUENCE, asns: [asn, ...first.asns] }, ...rest];
}

function kindOf(route: StagedRoute | undefined, { aspa }: RouterAbilities): VerdictKind {
  if (route?.neighborRole === undefined) return 'rov';
  return aspa === 'role' ? 'role' : (procedureOfRole(route.neighborRole) ?? 'role');
}

function finish({ entries, origins, routes }: RoundDraft): RouterRound {
  const vrps = new Map<string, Vrp>();
  for (const one of origins) for (const vrp of one.vrps) vrps.set(vrpText(vrp), vrp);
  return {
    vrps: [...vrps.values()],
    aspas: [...entries].map(([customer, providers]) => ({ customer, providers })),
    routes,
  };
}
