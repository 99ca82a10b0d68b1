import { procedureOfRole } from '../../aspa/index.js';
import { AS_SEQUENCE, type AsPath } from '../../bgp/index.js';
import type { Vrp } from '../../payload/index.js';
import { ERROR_CODE } from '../../rtr/index.js';
import type { Question } from '../requests.js';
import { outOfScope } from '../scope.js';
import type { VectorFile } from '../vector.js';
import { type RouterAbilities, VERDICT_VALUE, type VerdictKind } from './abilities.js';
import type { PlayedAsk, PlayedCase, PlayedRoute, PlayedSession, RouterPlan, RouterRound } from './plan.js';
import { createPrefixSource } from './prefixes.js';
import { createSeat, type RoundDraft, vrpText } from './round-draft.js';
import { isErrorReport } from './rtr-octets.js';
import { createSessionBook } from './sessions.js';
import { withShownMistakes } from './shown-mistakes.js';
import { stageAspa } from './stage-aspa.js';
import { stageRov } from './stage-rov.js';
import { type RtrSession, type RtrStep, stageRtr } from './stage-rtr.js';
import type { StagedCase, StagedRoute, Staging } from './staged.js';
import { createVariants } from './variants.js';

/**
 * Plans how cases of the suites `aspa`, `rov` and `rtr` are played with a router: which tables it is served one after the other,
 * and which routes it is announced under each, and then which sessions of RTR it has. Cases share a round where their tables
 * allow it (docs/decisions/conformance.md D-router-rounds). The same arguments give the same plan.
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
  const rtrSessions: RtrSession[] = [];
  for (const question of questions) {
    if (question.suite !== 'rtr') continue;
    const session = stageRtr(question, abilities);
    if (typeof session === 'string') notPlayable.set(question.vector.id, session);
    else rtrSessions.push(session);
  }
  const stagings = withShownMistakes(questions.filter(({ suite }) => suite !== 'rtr')).map((question) =>
    stage(question, abilities),
  );
  const cases = stagings.flatMap((one) => ('reason' in one ? [] : one));
  const variantsOf = createVariants(cases, abilities, sessions.asCounts);
  for (const staging of stagings) {
    const { question } = staging;
    const variants = 'reason' in staging ? staging.reason : variantsOf(staging);
    if (typeof variants === 'string') {
      notPlayable.set(question.vector.id, variants);
      continue;
    }
    const seated = variants.filter((one) => seatsOf(one, sessions.peek) !== undefined);
    const [first, staged] = place(seated, rounds);
    const seats = staged && seatsOf(staged, sessions.find);
    if (staged === undefined || seats === undefined) {
      notPlayable.set(question.vector.id, 'the router has no such neighbour');
      continue;
    }
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
    rtrSessions: inOrder(rtrSessions),
    notPlayable,
  };
}

/** Whether the cache closes then, or has nothing more to say. */
function isClose(step: RtrStep | undefined): boolean {
  return step === undefined || ('event' in step.act && step.act.event === 'close');
}

/**
 * Sessions of the highest version first, since a router may stay with a lower one; last of each version those that lead it down,
 * those down to version 0 after the others, and last of all those after which it stays away for long (8210bis §8.6).
 */
function inOrder(sessions: readonly RtrSession[]): readonly RtrSession[] {
  const has = ({ steps }: RtrSession, code: number, version?: number): number =>
    steps.some(({ act }) => 'octets' in act && isErrorReport(act.octets, code, version)) ? 1 : 0;
  // Version 0 has no intervals: the router may stay away as long as it likes.
  const endsIt = ({ steps, version }: RtrSession): number =>
    version === 0 && steps.some(({ isClosed }) => isClosed) ? 1 : 0;
  // After an answer that broke off OpenBGPD 8.8 acts on no table any more: what comes before it is not lost.
  const breaksOff = ({ steps }: RtrSession): number =>
    steps.some(({ isWhole }, i) => !isWhole && isClose(steps[i + 1])) ? 1 : 0;
  const { cacheShutdown, unsupportedProtocolVersion } = ERROR_CODE;
  return [...sessions].sort(
    (a, b) =>
      has(a, cacheShutdown) - has(b, cacheShutdown) ||
      has(a, unsupportedProtocolVersion, 0) - has(b, unsupportedProtocolVersion, 0) ||
      b.version - a.version ||
      endsIt(a) - endsIt(b) ||
      breaksOff(a) - breaksOff(b) ||
      has(a, unsupportedProtocolVersion) - has(b, unsupportedProtocolVersion),
  );
}

function stage(question: Question, abilities: RouterAbilities): Staging {
  const { suite } = question;
  if (suite !== 'aspa' && suite !== 'rov') return { question, reason: `no route shows the suite ${suite}` };
  if (suite === 'rov' && !abilities.rov) return { question, reason: 'the router knows no origin validation' };
  if (suite === 'aspa' && abilities.aspa === 'none') return { question, reason: 'the router knows no ASPA' };
  const { asSet, families, maxProviders, neighborCheck } = abilities;
  const reason = outOfScope({ asSet, families, maxProviders, neighborCheck }, question);
  if (reason !== undefined) return { question, reason };
  return suite === 'aspa'
    ? withinLimit(stageAspa(question), maxProviders)
    : stageRov(question, abilities.localAs);
}

/** A router with a limit passes over larger ASPAs (aspa-profile §5.5), and may then call their withdrawal a fault. */
function withinLimit(staging: Staging, limit: number | null): Staging {
  if (limit === null || 'reason' in staging) return staging;
  const most = Math.max(
    0,
    ...staging.phases.flatMap(({ entries }) => [...entries.values()].map((providers) => providers.length)),
  );
  if (most <= limit) return staging;
  const reason = `a customer has ${most} providers, more than the router takes (${limit})`;
  return { question: staging.question, reason };
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

/** The variant that has room in the earliest round, and the index of that; its phases are put into the rounds from there on. */
function place(variants: readonly StagedCase[], rounds: RoundDraft[]): readonly [number, StagedCase?] {
  const seats = variants.map((staged) => ({ staged, seat: createSeat(staged) }));
  for (let first = 0; seats.length > 0; first++) {
    const found = seats.find(({ seat }) => seat.fits(rounds, first));
    if (found === undefined) continue;
    found.seat.take(rounds, first);
    return [first, found.staged];
  }
  return [0];
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
    asPath: ledByNeighbor && abilities.firstAs ? ledBy(session.as, asPath) : asPath,
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
  for (const one of origins.values()) for (const vrp of one.vrps) vrps.set(vrpText(vrp), vrp);
  return {
    vrps: [...vrps.values()],
    aspas: [...entries].map(([customer, providers]) => ({ customer, providers })),
    routes,
  };
}
