import fc from 'fast-check';
import {
  judgeRouterRun,
  planRouterRun,
  questionsOf,
  type RouterAbilities,
  type RouterNeighbor,
  type RouterPlan,
  reportOf,
} from 'pathsec/conformance';
import { formatPrefix } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import { readVectorFiles } from '../../../src/node/vector-files.js';
import { byRole } from './abilities.js';
import { playPlan, rightRouter } from './player.js';

const files = readVectorFiles(['aspa', 'rov']);
const questions = questionsOf(files);
const OWN = 'the AS of the router is in the path';
const NO_NEIGHBOR = 'the router has no such neighbour';

function planFor(abilities: Partial<RouterAbilities>): { plan: RouterPlan; counts: object } {
  const whole = { ...byRole, ...abilities };
  const plan = planRouterRun(files, questions, whole);
  const { counts } = reportOf(files, judgeRouterRun(plan, playPlan(plan, whole, rightRouter())));
  return { plan, counts };
}

function reasons({ notPlayable }: RouterPlan, reason: string): string[] {
  return [...notPlayable].filter(([, why]) => why === reason).map(([id]) => id);
}

function announced({ rounds }: RouterPlan): Set<number> {
  return new Set(
    rounds.flatMap(({ routes }) => routes.flatMap(({ asPath }) => asPath.flatMap(({ asns }) => [...asns]))),
  );
}

describe('a plan with AS numbers of its own', () => {
  const usual = planFor({});
  const played = usual.plan.played.length;

  it.each([1, 2, 64_496, 65_538, 3_000_000_000])(
    'plays as much where the router has AS%d, which is in cases, and says the same',
    (localAs) => {
      const { counts, plan } = planFor({ localAs });
      expect(counts).toEqual({ passed: played, 'not-playable': questions.length - played });
      expect(announced(plan)).not.toContain(localAs);
      expect(plan.sessions.map(({ as }) => as)).not.toContain(localAs);
    },
  );

  it('leaves out what is about an AS that no other number stands for', () => {
    const { counts, plan } = planFor({ localAs: 23_456 });
    const own = reasons(plan, OWN);
    expect(own.length).toBeGreaterThan(0);
    for (const id of own) expect(id).toMatch(/23456|as-trans/);
    expect(counts).toEqual({ passed: played - own.length, 'not-playable': plan.notPlayable.size });
  });

  it('plays the own AS where the router lets it through', () => {
    const { counts, plan } = planFor({ localAs: 4_200_000_001, ownAs: true });
    expect(counts).toEqual({ passed: played, 'not-playable': questions.length - played });
    expect(announced(plan)).toContain(4_200_000_001);
  });

  it('comes from neighbours that are fixed, where that says the same', () => {
    const roles = ['customer', 'provider', 'peer', 'rs', 'rs-client'] as const;
    const neighbors = roles.map((role, i): RouterNeighbor => ({ as: 65_001 + i, role }));
    const { counts, plan } = planFor({ neighbors });
    const missing = reasons(plan, NO_NEIGHBOR);
    expect(counts).toEqual({ passed: played - missing.length, 'not-playable': plan.notPlayable.size });
    expect(plan.sessions.map(({ as, role }) => ({ as, role })).sort((a, b) => a.as - b.as)).toEqual(
      neighbors,
    );
    // Cases about numbers, whose neighbour has one that no AS of these stands for.
    expect(missing.length).toBeLessThan(0.25 * played);
  });

  it('has one session where neither the AS nor the role of a neighbour counts', () => {
    const { plan } = planFor({ aspa: 'both', neighborCheck: false });
    expect(plan.sessions).toHaveLength(1);
    expect(plan.rounds.length).toBeLessThanOrEqual(8);
  });

  it('puts the AS of the neighbour in front of routes where the router wants it there', () => {
    const { counts, plan } = planFor({ aspa: 'none', firstAs: true });
    const sessions = new Map(plan.sessions.map(({ as, name }) => [name, as]));
    for (const { asPath, session } of plan.rounds.flatMap(({ routes }) => routes)) {
      expect(asPath[0]?.asns[0]).toBe(sessions.get(session));
    }
    expect(counts).toMatchObject({ passed: plan.played.length });
  });

  it('says the same whatever AS the router has', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0xffff_fffe }), (localAs) => {
        const { counts } = planFor({ localAs });
        expect(counts).not.toHaveProperty('failed');
      }),
      { numRuns: 3, examples: [[65_535], [0x8000_0000]] },
    );
  });
});

describe('a plan', () => {
  it('is the same for the same arguments', () => {
    expect(planRouterRun(files, questions, byRole)).toEqual(planRouterRun(files, questions, byRole));
  });

  it('has a prefix for each route of a round, one ASPA for each customer, and a session for each route', () => {
    const { plan } = planFor({});
    const names = new Set(plan.sessions.map(({ name }) => name));
    for (const { aspas, routes } of plan.rounds) {
      expect(new Set(routes.map(({ prefix }) => formatPrefix(prefix))).size).toBe(routes.length);
      expect(new Set(routes.map(({ id }) => id)).size).toBe(routes.length);
      expect(new Set(aspas.map(({ customer }) => customer)).size).toBe(aspas.length);
      for (const { session } of routes) expect(names).toContain(session);
      for (const { providers } of aspas) {
        expect(providers.every((asn, i) => i === 0 || asn > (providers[i - 1] ?? 0))).toBe(true);
        expect(providers.length === 1 || !providers.includes(0)).toBe(true);
      }
    }
  });

  it('leaves out a family that the router does not speak', () => {
    const { plan } = planFor({ families: ['ipv4-unicast'] });
    expect(plan.rounds.flatMap(({ routes }) => routes).filter(({ prefix }) => prefix.afi !== 1)).toEqual([]);
    expect(reasons(plan, 'families without ipv6-unicast').length).toBeGreaterThan(10);
  });
});
