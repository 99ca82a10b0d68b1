import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { lines, note } from '../rtr/harness.js';
import { end, OTHER, play, prefix, report, response, VRP } from '../rtr/play.js';
import { followed, settled } from './8210bis-router-world.js';

describe('8210bis, router: intervals of §6 and §8', () => {
  it('§6: data is kept until the Expire Interval has passed, connected or not', () => {
    requirement('8210bis:6:expire', '8210bis:10:keep-a-set', '8210bis:10:retain');
    const { client, seen } = settled();
    note(seen, client.closed(1));
    note(seen, client.tick(599));
    expect(lines(client.payloads()).length).toBe(1);
    expect(client.nextWake()).toBe(600);
  });

  it('§6: data is gone when the Expire Interval has passed, connected or not, and a Reset Query follows', () => {
    requirement('!8210bis:6:expire', '!8210bis:8.1:serial-query', '8210bis:8.1:reset-query');
    const { client, seen, last } = settled();
    note(seen, client.closed(1));
    note(seen, client.tick(600));
    expect(last('flush')).toMatchObject({ reason: 'expired' });
    expect(lines(client.payloads())).toEqual([]);
    note(seen, client.opened(600));
    expect(seen.sent.at(-1)).toEqual({ type: 'reset-query' });
  });

  it('§6: expired data does not come back with the answer to a Reset Query that was under way', () => {
    requirement('!8210bis:6:expire');
    const { client, seen, give } = settled();
    note(seen, client.tick(590));
    give(590, 2, { type: 'cache-reset' }, response(8), prefix(OTHER));
    note(seen, client.tick(600));
    expect(lines(client.payloads())).toEqual([]);
    give(601, 2, prefix(VRP), end(5, 8));
    expect(lines(client.payloads()).length).toBe(2);
    expect(followed(seen)).toEqual(lines(client.payloads()));
  });

  it('§6: expired data does not come back with the answer to a Serial Query that was under way', () => {
    requirement('!8210bis:6:expire');
    for (const early of [[], [response()], [response(), prefix(OTHER)]]) {
      const { client, seen, give } = settled();
      note(seen, client.tick(590));
      give(590, 2, ...early);
      note(seen, client.tick(600));
      expect(lines(client.payloads())).toEqual([]);
      give(601, 2, ...[response(), prefix(OTHER)].slice(early.length), end(2));
      expect(lines(client.payloads())).toEqual([]);
      // The changes are worth nothing without the data that they change: everything is asked for, in the same session.
      expect(seen.sent.at(-1)).toEqual({ type: 'reset-query' });
      expect(seen.disconnects).toBe(0);
      give(602, 2, response(), prefix(OTHER), prefix(VRP), end(2));
      expect(lines(client.payloads()).length).toBe(2);
      expect(followed(seen)).toEqual(lines(client.payloads()));
    }
  });

  it('§6: without any success so far the default Retry Interval applies', () => {
    requirement('8210bis:6:default-retry', '8210bis:8.4:periodic-reset', '8210bis:8.5:restart-retry');
    const { client, open, give, seen } = play();
    open(0);
    give(10, 2, report(2));
    expect(client.nextWake()).toBe(610);
    note(seen, client.tick(609));
    expect(seen.sent.length).toBe(1);
    note(seen, client.tick(610));
    expect(seen.sent.length).toBe(2);
  });

  it('§8.4: no Reset Query comes before the Retry Interval after No Data Available', () => {
    requirement('!8210bis:6:retry', '!8210bis:8.4:periodic-reset');
    const { client, seen, give } = settled();
    note(seen, client.tick(100));
    give(101, 2, report(2));
    const { length } = seen.sent;
    note(seen, client.tick(150));
    expect(seen.sent.length).toBe(length);
    expect(client.status.phase).toBe('established');
  });

  it('§8.3: Cache Reset in answer to a Reset Query is error 0, not another Reset Query', () => {
    requirement('!8210bis:4:fallback', '!8210bis:5.6:cache-reset', '!8210bis:8.3:reset-query');
    const { seen, open, give, last } = play();
    open(0);
    give(0, 2, { type: 'cache-reset' });
    expect(last('error-sent')).toMatchObject({ errorCode: 0, code: 'rtr-out-of-place' });
    expect(seen.sent.filter(({ type }) => type === 'reset-query').length).toBe(1);
  });

  it('§8.5: Cache Restart is logged, the data stays, and the retry comes after the interval of the cache', () => {
    requirement(
      '8210bis:8.5:restart-logged',
      '8210bis:8.5:restart-retry',
      '!8210bis:8.5:restart-expire',
      '8210bis:12:error-12-restart',
    );
    const { client, seen, give, last } = settled();
    give(10, 2, report(12));
    expect(last('error-received')).toMatchObject({ errorCode: 12, code: 'rtr-error-12' });
    expect(lines(client.payloads()).length).toBe(1);
    expect(client.nextWake()).toBe(60);
    note(seen, client.closed(10));
    note(seen, client.tick(60));
    note(seen, client.opened(60));
    expect(seen.sent.at(-1)).toEqual({ type: 'serial-query', sessionId: 7, serial: 1 });
  });

  it('§8.5: after Cache Restart the data goes when the Expire Interval passes without a session', () => {
    requirement('8210bis:8.5:restart-expire', '!8210bis:8.5:restart-expire');
    const { client, seen, give, last } = settled();
    give(10, 2, report(12));
    for (let now = 60; now <= 600; now += 50) {
      note(seen, client.tick(now));
      if (client.status.phase === 'connecting') note(seen, client.closed(now));
    }
    note(seen, client.tick(600));
    expect(last('flush')).toMatchObject({ reason: 'expired' });
    expect(lines(client.payloads())).toEqual([]);
  });

  it('§8.6: Cache Shutdown is logged, the data goes, and the retry comes after the default interval', () => {
    requirement('8210bis:8.6:shutdown-logged', '8210bis:8.6:shutdown-retry', '8210bis:12:error-13-shutdown');
    const { client, seen, give, last } = settled();
    give(10, 2, report(13));
    expect(last('error-received')).toMatchObject({ errorCode: 13, code: 'rtr-error-13' });
    expect(lines(client.payloads())).toEqual([]);
    expect(client.nextWake()).toBe(610);
    note(seen, client.tick(610));
    note(seen, client.closed(611));
    expect(client.nextWake()).toBe(1211);
    const own = settled({ timing: { retry: 5 } });
    own.give(10, 2, report(13));
    expect(own.client.nextWake()).toBe(15);
  });
});
