import { type AspaOutcome, createAspaTable, type NeighborRole, verifyAsPath } from 'pathsec/aspa';
import type { AsPath } from 'pathsec/bgp';
import {
  type Fields,
  type RouteAnswer,
  type RouterAbilities,
  type RouterAnswers,
  type RouterPlan,
  type RouterRound,
  VERDICT_KIND,
  VERDICT_VALUE,
} from 'pathsec/conformance';
import { formatPrefix, type Prefix } from 'pathsec/inet';
import { createRovTable, type OriginValidity, originAs, validateOrigin } from 'pathsec/rov';
import { answerWithMistake } from '../../kit/answerer.js';

/** A router without sockets: what it says of a route under the table of the round. */
export interface ModelRouter {
  load(round: RouterRound): void;
  aspa(asPath: AsPath, neighborAs: number | undefined, neighborRole: NeighborRole): AspaOutcome;
  rov(prefix: Prefix, asPath: AsPath, localAs: number): OriginValidity;
}

/** A router that pathsec's own verifiers are in. */
export function rightRouter(): ModelRouter {
  let aspas = createAspaTable([]);
  let vrps = createRovTable([]);
  return {
    load(round) {
      aspas = createAspaTable(round.aspas, { maxProviders: 0xffff_ffff });
      vrps = createRovTable(round.vrps);
    },
    aspa: (asPath, neighborAs, neighborRole) =>
      verifyAsPath(aspas, { asPath, neighborAs, neighborRole }).outcome,
    rov: (prefix, asPath, localAs) => validateOrigin(vrps, prefix, originAs(asPath, localAs)),
  };
}

const SEGMENTS = { 1: 'AS_SET', 2: 'AS_SEQUENCE', 3: 'AS_CONFED_SEQUENCE', 4: 'AS_CONFED_SET' } as const;

/** A router in which the second implementation of the kit is, with one mistake (`none`: without one). */
export function routerWithMistake(id: string): ModelRouter {
  let aspas: Fields[] = [];
  let vrps: Fields[] = [];
  const pathOf = (asPath: AsPath) =>
    asPath.map(({ type, asns }) => ({ type: SEGMENTS[type], asns: [...asns] }));
  const ask = (suite: 'aspa' | 'rov', op: string, fields: Fields): Fields => {
    const mistake = id.startsWith(suite) ? id : 'none';
    return answerWithMistake(mistake, { id: 'route', suite, op, ...fields });
  };
  return {
    load(round) {
      aspas = round.aspas.map(({ customer, providers }) => ({ customer, providers: [...providers] }));
      vrps = round.vrps.map(({ prefix, maxLength, asn }) => ({
        prefix: formatPrefix(prefix),
        maxLength,
        asn,
      }));
    },
    aspa(asPath, neighborAs, neighborRole) {
      const path = pathOf(asPath);
      const neighbor = { neighborRole, ...(neighborAs !== undefined && { neighborAs }) };
      const asked = { aspas, maxProviders: 0xffff_ffff, asPath: path, ...neighbor };
      return ask('aspa', 'verify-path', asked).outcome as AspaOutcome;
    },
    rov(prefix, asPath, ownAs) {
      const { origin = null } = ask('rov', 'origin-as', { asPath: pathOf(asPath), ownAs });
      return ask('rov', 'validate-origin', { vrps, prefix: formatPrefix(prefix), origin })
        .validity as OriginValidity;
    },
  };
}

/** How a router without sockets behaves beside its verdicts. */
export interface PlayOptions {
  /** Routes that stay keep the marks that they had under an earlier table. */
  readonly keepsMarks?: boolean;
  /** What becomes of a path that is not taken. */
  readonly refuse?: (asPath: AsPath) => RouteAnswer | undefined;
}

/** Plays a plan against a router without sockets. */
export function playPlan(
  plan: RouterPlan,
  { aspa, localAs, neighborCheck, rov }: RouterAbilities,
  router: ModelRouter,
  { keepsMarks = false, refuse = () => undefined }: PlayOptions = {},
): RouterAnswers {
  const sessions = new Map(plan.sessions.map((session) => [session.name, session]));
  let before: ReadonlyMap<string, RouteAnswer> = new Map();
  return plan.rounds.map((round) => {
    router.load(round);
    const answers = new Map<string, RouteAnswer>();
    for (const { asPath, id, prefix, session } of round.routes) {
      const { as, role } = sessions.get(session) ?? { as: 0, role: 'customer' as const };
      const neighborAs = neighborCheck ? as : undefined;
      const marks: [number, number][] = [];
      const mark = (kind: keyof typeof VERDICT_KIND, neighborRole: NeighborRole): void => {
        marks.push([VERDICT_KIND[kind], VERDICT_VALUE[router.aspa(asPath, neighborAs, neighborRole)]]);
      };
      if (rov) marks.push([VERDICT_KIND.rov, VERDICT_VALUE[router.rov(prefix, asPath, localAs)]]);
      if (aspa === 'role') mark('role', role);
      if (aspa === 'both') {
        mark('upstream', role === 'provider' ? 'customer' : role);
        mark('downstream', 'provider');
      }
      const kept = keepsMarks ? before.get(id) : undefined;
      answers.set(id, refuse(asPath) ?? kept ?? { kind: 'marked', marks });
    }
    before = answers;
    return answers;
  });
}
