import fc from 'fast-check';
import { DecodeError } from 'pathsec/bytes';
import { planRouterRun, questionsOf, readRouterHello } from 'pathsec/conformance';
import { describe, expect, it } from 'vitest';
import { genericRouter } from '../../../src/node/router/profile-generic.js';
import { readVectorFiles } from '../../../src/node/vector-files.js';
import { byRole } from './abilities.js';

/** The code of what is wrong with it; undefined where nothing is. */
function faultOf(value: object): string | undefined {
  try {
    readRouterHello(value as never);
    return undefined;
  } catch (error) {
    if (error instanceof DecodeError) return error.code;
    throw error;
  }
}

const MEMBERS = [
  ...['version', 'neighborCheck', 'asSet', 'maxProviders', 'routerKeys', 'firstAs', 'ownAs'],
  ...['rtrVersions', 'families', 'suites', 'name'],
];

describe('what is said of a router', () => {
  it('is taken as it is, or refused as a whole', () => {
    const right = fc.record(
      {
        version: fc.string(),
        neighborCheck: fc.boolean(),
        asSet: fc.boolean(),
        maxProviders: fc.option(fc.nat()),
        routerKeys: fc.boolean(),
        firstAs: fc.boolean(),
        ownAs: fc.boolean(),
        rtrVersions: fc.subarray([0, 1, 2], { minLength: 1 }),
        families: fc.constantFrom(['ipv4-unicast'], ['ipv4-unicast', 'ipv6-unicast']),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(right, (value) => {
        expect(readRouterHello(value)).toEqual(value);
      }),
    );
    const any = fc.dictionary(fc.constantFrom(...MEMBERS), fc.jsonValue());
    fc.assert(
      fc.property(any, (value) => {
        expect([undefined, 'unknown-member', 'hello-member']).toContain(faultOf(value));
      }),
    );
  });

  it.each([
    [{ firstAS: true }, 'unknown-member'],
    [{ suites: ['aspa'] }, 'unknown-member'],
    [{ firstAs: 1 }, 'hello-member'],
    [{ maxProviders: -1 }, 'hello-member'],
    [{ maxProviders: 'none' }, 'hello-member'],
    [{ rtrVersions: [] }, 'hello-member'],
    [{ rtrVersions: [3] }, 'hello-member'],
    [{ families: ['ipv6-unicast'] }, 'hello-member'],
    [{ families: ['ipv4-unicast', 'ipv4-multicast'] }, 'hello-member'],
    [{ version: 8 }, 'hello-member'],
  ])('%j is refused', (value, code) => {
    expect(faultOf(value)).toBe(code);
  });

  it('leaves out what the router cannot be asked, and nothing else', () => {
    const files = readVectorFiles(['aspa', 'rov', 'rtr']);
    const questions = questionsOf(files);
    const reasonsFor = (said: object): Map<string, number> => {
      const { abilities, rtr } = genericRouter(new Set(['rov', 'role']), readRouterHello(said as never));
      const session = { ...rtr(true), neighborAs: 64_990, strangerAs: 64_991 };
      const plan = planRouterRun(files, questions, { ...byRole, ...abilities, rtr: session });
      const counts = new Map<string, number>();
      for (const reason of plan.notPlayable.values()) counts.set(reason, (counts.get(reason) ?? 0) + 1);
      return counts;
    };
    const usual = reasonsFor({});
    for (const [said, reason, least] of [
      [{ asSet: false }, 'asSet is false', 15],
      [{ families: ['ipv4-unicast'] }, 'families without ipv6-unicast', 20],
      [{ rtrVersions: [2] }, 'the router speaks no version 1 of RTR', 20],
    ] as const) {
      expect(usual.get(reason)).toBeUndefined();
      expect(reasonsFor(said).get(reason)).toBeGreaterThanOrEqual(least);
    }
    const limited = [...reasonsFor({ maxProviders: 4 }).keys()];
    expect(
      limited.filter((reason) => reason.includes('more than the router takes (4)')).length,
    ).toBeGreaterThan(0);
    // A router that compares the neighbour is asked what it makes of that, one of which nobody says so is not.
    expect(usual.get('neighborCheck is false')).toBeGreaterThan(0);
    expect(reasonsFor({ neighborCheck: true }).get('neighborCheck is false')).toBeUndefined();
  });
});
