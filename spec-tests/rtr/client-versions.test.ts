import fc from 'fast-check';
import type { RtrVersion } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { lines, note } from './harness.js';
import { end, play, prefix, report, response, VRP } from './play.js';

describe('RTR client: version negotiation (8210bis §7, RFC 8210 §7)', () => {
  it('goes down to the version that the cache names, on the same connection', () => {
    requirement('8210bis:6:downgrade-at-once', '8210bis:7:query-again');
    const { seen, open, give, kinds } = play();
    open(0);
    give(0, 1, report(4));
    expect(seen.sent.length).toBe(2);
    expect(kinds()).toEqual(['error-received']);
    give(0, 1, response(), end(1));
    expect(kinds()).toEqual(['error-received', 'version', 'update']);
    expect(seen.disconnects).toBe(0);
  });

  it('connects anew when the cache names its version and closes', () => {
    requirement('8210bis:7:query-again', '8210bis:7:restart');
    const { client, seen, open, give } = play();
    // The cache may have gone to come back newer, so the highest version is asked once more (D-rtr-highest-first).
    open(0);
    give(0, 1, report(4));
    expect(seen.sent.length).toBe(2);
    note(seen, client.closed(0));
    expect(client.nextWake()).toBe(0);
    open(0);
    expect(client.status.version).toBe(2);
    // It names its version again, and now gets the query on a connection of its own.
    give(0, 1, report(4));
    expect(seen.disconnects).toBe(1);
    expect(seen.sent.length).toBe(3);
    open(0);
    expect(client.status.version).toBe(1);
    give(0, 1, response(), end(1));
    expect(client.status).toMatchObject({ phase: 'established', version: 1 });
    note(seen, client.closed(9));
    open(59);
    expect(client.status.version).toBe(2);
  });

  it('finds a cache that was upgraded while it negotiated, with its ASPAs', () => {
    const { client, seen, open, give } = play();
    open(0);
    give(0, 1, report(4));
    note(seen, client.closed(0));
    open(0);
    const aspa = { type: 'aspa', announce: true, customer: 64496, providers: [64500] } as const;
    give(0, 2, response(), aspa, end(1));
    expect(client.status.version).toBe(2);
    expect(lines(client.payloads())).toEqual(['aspa 64496: 64500']);
  });

  it('begins every connection that had to wait with the highest version', () => {
    const failures: readonly ((player: ReturnType<typeof play>) => void)[] = [
      ({ client, seen }) => note(seen, client.tick(700)), // no answer within the bound
      ({ give }) => give(0, 1, report(3)),
      ({ give }) => give(0, 1, end(1)), // out of place
      ({ client, seen }) => {
        // The connection for the lower version cannot be opened.
        note(seen, client.closed(0));
        note(seen, client.tick(0));
        note(seen, client.closed(0));
      },
    ];
    for (const fail of failures) {
      for (const refuse of [true, false]) {
        const player = play();
        const { client, seen, open, give } = player;
        open(0);
        if (refuse) give(0, 1, report(4));
        else {
          note(seen, client.closed(0));
          open(0);
          expect(client.status.version).toBe(1);
        }
        fail(player);
        expect(client.status.phase).toBe('idle');
        const wake = client.nextWake();
        expect(wake).toBeGreaterThanOrEqual(600);
        open(wake);
        expect(client.status.version).toBe(2);
      }
    }
  });

  it('asks from the top again at the first poll of a version that it has only guessed', () => {
    const { client, seen, open, give } = play();
    open(0);
    note(seen, client.closed(0));
    open(0);
    give(0, 1, response(), prefix(VRP), end(1));
    expect(client.status.version).toBe(1);
    note(seen, client.tick(100));
    expect(seen.disconnects).toBe(1);
    open(100);
    expect(seen.sent.at(-1)).toEqual({ type: 'reset-query' });
    expect(client.status.version).toBe(2);
    expect(lines(client.payloads()).length).toBe(1);
    // Named by the cache, the version is no guess: the session stays.
    give(100, 1, report(4));
    give(100, 1, response(), end(2));
    note(seen, client.tick(200));
    expect(seen.disconnects).toBe(1);
    expect(seen.sent.at(-1)).toMatchObject({ type: 'serial-query' });
  });

  it('tries version 1 once where a cache names version 0 and will not have it', () => {
    const refusals: readonly ((player: ReturnType<typeof play>) => void)[] = [
      ({ give }) => give(0, 0, report(4)),
      ({ give }) => give(0, 1, response()), // version 1 in answer to version 0
    ];
    for (const refuse of refusals) {
      const player = play();
      const { client, seen, open, give } = player;
      open(0);
      give(0, 0, report(4));
      expect(client.status.version).toBe(0);
      refuse(player);
      expect(client.nextWake()).toBe(0);
      open(0);
      expect(client.status.version).toBe(1);
      give(0, 1, response(), end(1));
      expect(client.status).toMatchObject({ phase: 'established', version: 1 });
      // The next connection begins at the top, and knows what to think of version 0.
      note(seen, client.closed(10));
      open(60);
      expect(client.status.version).toBe(2);
      give(60, 0, report(4));
      expect(client.status.version).toBe(1);
    }
  });

  it('gives a cache that closes with every refusal connections of their own, and comes to rest', () => {
    const { client, seen, open, give, kinds } = play();
    const versions: number[] = [];
    for (let i = 0; i < 9 && client.nextWake() <= 0; i++) {
      open(0);
      versions.push(client.status.version);
      give(0, 0, report(4));
      if (client.status.phase !== 'idle') note(seen, client.closed(0));
    }
    expect(versions).toEqual([2, 2, 0, 1]);
    expect(kinds().at(-1)).toBe('no-common-version');
    expect(client.nextWake()).toBe(600);
  });

  it('tries no version 1 that is not allowed', () => {
    for (const [options, pdus] of [
      [{ lowestVersion: 2 }, 1],
      [{ highestVersion: 1 }, 2],
      [{ highestVersion: 0 }, 1],
    ] as const) {
      const { client, open, give, kinds } = play(options);
      open(0);
      for (let i = 0; i < pdus; i++) give(0, 0, report(4));
      expect(kinds().at(-1)).toBe('no-common-version');
      expect(client.nextWake()).toBe(600);
    }
  });

  it('always comes to rest with a cache that agrees to nothing', () => {
    const move = fc.oneof(
      fc.constant('close' as const),
      fc.record({ version: fc.constantFrom<RtrVersion>(0, 1, 2), code: fc.constantFrom(0, 4, 4, 4) }),
    );
    fc.assert(
      fc.property(fc.array(move, { minLength: 40, maxLength: 40 }), (moves) => {
        const { client, seen, open, give } = play();
        let opened = 0;
        for (const move of moves) {
          if (client.status.phase === 'idle') {
            if (client.nextWake() > 0) break;
            open(0);
            opened++;
          }
          if (move === 'close') note(seen, client.closed(0));
          else give(0, move.version, report(move.code));
        }
        expect(client.nextWake()).toBeGreaterThan(0);
        expect(opened).toBeLessThanOrEqual(6);
        open(client.nextWake());
        expect(client.status.version).toBe(2);
      }),
    );
  });

  it('goes down step by step when the cache only closes, and rests when version 0 failed too', () => {
    requirement('8210bis:6:default-retry');
    const { client, seen, open, kinds } = play();
    for (const version of [2, 1, 0]) {
      open(0);
      expect(client.status.version).toBe(version);
      note(seen, client.closed(0));
    }
    expect(kinds()).toEqual(['connection-lost', 'connection-lost', 'connection-lost', 'no-common-version']);
    expect(client.nextWake()).toBe(600);
    open(600);
    expect(client.status.version).toBe(2);
  });

  it('takes an answer in a lower version as agreement on it', () => {
    requirement(
      '8210bis:7:unknown-version-router',
      '8210bis:7:other-version-router',
      '!8210bis:12:error-8-unexpected-version',
    );
    const { client, open, give, last } = play();
    open(0);
    give(0, 0, response(), prefix(VRP), { type: 'end-of-data', sessionId: 7, serial: 3 });
    expect(last('update')).toMatchObject({ version: 0, serial: 3 });
    expect(client.status.version).toBe(0);
  });

  it('gives up when the cache insists on a version that failed, or has only newer ones', () => {
    requirement('8210bis:7:failed-again');
    for (const version of [2] as const) {
      const { client, open, give, kinds } = play();
      open(0);
      give(0, version, report(4));
      expect(kinds()).toEqual(['error-received', 'no-common-version']);
      expect(client.status.phase).toBe('idle');
    }
    const low = play({ highestVersion: 1 });
    low.open(0);
    low.give(0, 2, report(4));
    expect(low.kinds()).toEqual(['error-received', 'no-common-version']);
    const floor = play({ lowestVersion: 2 });
    floor.open(0);
    floor.give(0, 1, report(4));
    expect(floor.kinds()).toEqual(['error-received', 'no-common-version']);
  });

  it('asks for everything again when the new session has another version than its data (§5.1)', () => {
    requirement('8210bis:5.1:session-per-version-router', '8210bis:8.1:reset-query');
    const { client, seen, open, give } = play();
    open(0);
    give(0, 2, response(), prefix(VRP), end(10));
    note(seen, client.closed(0));
    open(50);
    give(50, 1, report(4));
    expect(seen.sent.at(-1)).toEqual({ type: 'reset-query' });
    expect(lines(client.payloads()).length).toBe(1);
    give(51, 1, response(), end(10));
    expect(lines(client.payloads())).toEqual([]);
  });

  it('refuses another version after agreement with error 8, in version 0 with error 0', () => {
    requirement(
      '!8210bis:7:lowered-pdus',
      '!8210bis:7:ignore-notify',
      '!8210bis:7:other-version-router',
      '8210bis:7:error-8',
      '8210bis:12:error-8-unexpected-version',
    );
    for (const [version, other, errorCode] of [
      [2, 1, 8],
      [1, 2, 8],
      [0, 1, 0],
    ] as const) {
      const { seen, open, give, last } = play({ highestVersion: version });
      open(0);
      give(0, version, response(), end(1));
      give(0, other, { type: 'serial-notify', sessionId: 7, serial: 2 });
      expect(last('error-sent')).toMatchObject({ errorCode, code: 'rtr-version' });
      expect(seen.sent.at(-1)).toMatchObject({ type: 'error-report', errorCode });
    }
  });
});
