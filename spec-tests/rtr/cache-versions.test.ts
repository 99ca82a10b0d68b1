import { createCacheSession, createRtrCache, encodePdu } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { only } from '../payload/arbitrary-payloads.js';
import { ask, sentBy, vrp } from './cache-answers.js';

describe('RTR cache: versions (8210bis §7)', () => {
  const cache = createRtrCache({ sessionId: 0xfffe });
  cache.replace(only({ vrps: [vrp(1)] }));

  it('serves each router in its version, with a session ID for each', () => {
    requirement('8210bis:5.1:session-per-version-cache', '8210bis:7:answer-in-version', '8210bis:7:lower');
    for (const [version, sessionId] of [
      [0, 0xfffe],
      [1, 0xffff],
      [2, 0],
    ] as const) {
      const answer = ask(cache, version, { type: 'reset-query' });
      expect(answer).toMatchObject({ version, open: true });
      expect(answer.pdus[0]).toEqual({ type: 'cache-response', sessionId });
    }
  });

  it('names its own version to a router with a higher one and listens on; ends with one it cannot serve', () => {
    requirement('8210bis:7:too-high');
    expect(ask(cache, 3, { type: 'reset-query' })).toMatchObject({
      version: 2,
      open: true,
      pdus: [{ type: 'error-report', errorCode: 4 }],
    });
    const narrow = createCacheSession(cache, { lowestVersion: 1, highestVersion: 1 });
    const octets = encodePdu({ type: 'reset-query' }, 2);
    expect(sentBy(narrow.received(octets, 0))).toMatchObject([{ errorCode: 4 }]);
    expect(narrow.version).toBeUndefined();
    expect(sentBy(narrow.received(encodePdu({ type: 'reset-query' }, 1), 0)).length).toBe(3);
    const modern = createCacheSession(cache, { lowestVersion: 1 });
    expect(modern.received(encodePdu({ type: 'reset-query' }, 0), 0)).toMatchObject([
      { kind: 'send' },
      { kind: 'error-sent', errorCode: 4 },
      { kind: 'disconnect' },
    ]);
  });

  it('ends a session in which the version changes with error 8', () => {
    requirement('!8210bis:7:lower', '!8210bis:7:fixed', '!8210bis:7:other-version-cache');
    const session = createCacheSession(cache);
    session.received(encodePdu({ type: 'reset-query' }, 1), 0);
    const outputs = session.received(encodePdu({ type: 'reset-query' }, 2), 0);
    expect(sentBy(outputs)).toMatchObject([{ errorCode: 8 }]);
    expect(outputs.at(-1)).toEqual({ kind: 'disconnect' });
  });
});

describe('RTR cache: Serial Notify (8210bis §5.2, §8.2)', () => {
  it('comes at most once a minute, late rather than never, and not before the first query', () => {
    requirement('8210bis:7:no-early-notify', '8210bis:8.2:notify', '8210bis:8.2:rate', '!8210bis:8.2:rate');
    const cache = createRtrCache({ sessionId: 5 });
    cache.replace(only({}));
    const session = createCacheSession(cache);
    expect(session.changed(0)).toEqual([]);
    session.received(encodePdu({ type: 'reset-query' }, 1), 1);
    cache.change({ vrps: [vrp(1)] }, {});
    expect(sentBy(session.changed(10))).toEqual([]); // the change before the query already used up this minute
    expect(session.nextWake()).toBe(61);
    expect(sentBy(session.tick(60))).toEqual([]);
    expect(sentBy(session.tick(61))).toEqual([{ type: 'serial-notify', sessionId: 6, serial: 1 }]);
    expect(session.nextWake()).toBe(Number.POSITIVE_INFINITY);
  });

  it('says farewell with Cache Restart or Shutdown in version 2 (§8.5, §8.6), and just closes in others', () => {
    requirement('8210bis:8.6:shutdown');
    const cache = createRtrCache({ sessionId: 5 });
    cache.replace(only({}));
    for (const [version, expected] of [
      [2, [{ errorCode: 13 }]],
      [1, []],
    ] as const) {
      const session = createCacheSession(cache);
      session.received(encodePdu({ type: 'reset-query' }, version), 0);
      const outputs = session.shutdown(13);
      expect(sentBy(outputs)).toMatchObject(expected);
      expect(outputs.at(-1)).toEqual({ kind: 'disconnect' });
    }
  });
});
