import { compareSerial, nextSerial } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { lines, note } from './harness.js';
import { end, OTHER, play, prefix, report, response, TIMING, VRP } from './play.js';

describe('RTR client: start and updates (8210bis §8.1 to §8.4)', () => {
  it('asks for everything, applies at End of Data, then asks for changes', () => {
    requirement(
      '8210bis:4:poll-serial',
      '8210bis:5.1:flags',
      '8210bis:5.5:announce-only-router',
      '8210bis:6:refresh',
      '!8210bis:6:refresh',
      '!8210bis:6:notify-overrides',
      '8210bis:8.1:query-first',
      '8210bis:8.1:reset-query',
      '8210bis:8.1:sequence',
      '8210bis:8.1:periodically',
      '8210bis:8.2:exchange',
      '8210bis:8.2:periodically',
      '8210bis:11.3:at-end',
    );
    const { client, seen, open, give, last } = play();
    expect(client.nextWake()).toBe(Number.NEGATIVE_INFINITY);
    open(0);
    expect(seen.sent).toEqual([{ type: 'reset-query' }]);
    give(1, 2, response(), prefix(VRP));
    expect(lines(client.payloads())).toEqual([]);
    give(2, 2, end(10));
    expect(lines(client.payloads())).toEqual(['vrp c0000200/24-24 64496']);
    expect(last('update')).toMatchObject({
      version: 2,
      sessionId: 7,
      serial: 10,
      reset: true,
      timing: TIMING,
    });
    expect(client.nextWake()).toBe(102);
    note(seen, client.tick(101));
    expect(seen.sent.length).toBe(1);
    note(seen, client.tick(102));
    expect(seen.sent.at(-1)).toEqual({ type: 'serial-query', sessionId: 7, serial: 10 });
    give(103, 2, response(), prefix(OTHER), prefix(VRP, false), end(11));
    expect(lines(client.payloads())).toEqual(['vrp c6336400/24-24 64497']);
    expect(client.status).toEqual({
      phase: 'established',
      version: 2,
      session: { version: 2, id: 7, serial: 11 },
    });
  });

  it('asks at once after a Serial Notify, once more when the answer was older, not for its own serial', () => {
    requirement(
      '8210bis:5.2:query-at-once',
      '!8210bis:5.2:ignored-at-start',
      '8210bis:6:notify-overrides',
      '!8210bis:7:bear-early-notify',
      '8210bis:8.2:notify-query',
      '8210bis:8.2:exchange',
    );
    const { client, seen, open, give } = play();
    open(0);
    give(0, 2, { type: 'serial-notify', sessionId: 99, serial: 3 }); // ignored before agreement (§7)
    give(0, 2, response(), { type: 'serial-notify', sessionId: 7, serial: 11 }, end(10));
    expect(seen.sent).toEqual([{ type: 'reset-query' }, { type: 'serial-query', sessionId: 7, serial: 10 }]);
    give(1, 2, response(), end(11), { type: 'serial-notify', sessionId: 7, serial: 11 });
    expect(seen.sent.length).toBe(2);
    give(2, 2, { type: 'serial-notify', sessionId: 7, serial: 12 });
    expect(seen.sent.at(-1)).toEqual({ type: 'serial-query', sessionId: 7, serial: 11 });
    expect(client.status.phase).toBe('established');
  });

  it('answers Cache Reset with a Reset Query and keeps its data until the new data is whole (§8.3)', () => {
    requirement(
      '8210bis:4:fallback',
      '8210bis:5.6:cache-reset',
      '8210bis:8.3:reset-query',
      '8210bis:10:keep-a-set',
    );
    const { client, seen, open, give, last } = play();
    open(0);
    give(0, 2, response(), prefix(VRP), end(10));
    note(seen, client.tick(100));
    give(101, 2, { type: 'cache-reset' });
    expect(seen.sent.at(-1)).toEqual({ type: 'reset-query' });
    give(101, 2, response(8), prefix(OTHER));
    expect(lines(client.payloads())).toEqual(['vrp c0000200/24-24 64496']);
    give(102, 2, end(1, 8));
    expect(lines(client.payloads())).toEqual(['vrp c6336400/24-24 64497']);
    const { announced, withdrawn } = last('update').changes.vrps;
    expect([announced.ipv4.size, withdrawn.ipv4.size]).toEqual([1, 1]);
  });

  it('repeats Reset Queries after No Data Available and keeps its data until it expires (§8.4, §6)', () => {
    requirement(
      '8210bis:6:retry',
      '!8210bis:6:expire',
      '!8210bis:8.1:periodically',
      '8210bis:8.4:periodic-reset',
      '!8210bis:12:error-2-no-data',
    );
    const { client, seen, open, give, last } = play();
    open(0);
    give(0, 2, response(), prefix(VRP), end(10));
    note(seen, client.tick(100));
    give(101, 2, report(2));
    expect(client.nextWake()).toBe(151);
    note(seen, client.tick(151));
    expect(seen.sent.at(-1)).toEqual({ type: 'reset-query' });
    give(152, 2, report(2));
    expect(lines(client.payloads()).length).toBe(1);
    note(seen, client.tick(600));
    expect(last('flush')).toMatchObject({ reason: 'expired' });
    expect(lines(client.payloads())).toEqual([]);
    expect(client.status.phase).toBe('established');
  });

  it('resumes a lost connection with a Serial Query of the same session (§8.1)', () => {
    requirement(
      '8210bis:5.5:session-confirmed',
      '8210bis:6:retry',
      '8210bis:8.1:serial-query',
      '!8210bis:8.1:reset-query',
      '8210bis:9:reconnect',
      '8210bis:10:keep-a-set',
    );
    const { client, seen, open, give } = play();
    open(0);
    give(0, 2, response(), prefix(VRP), end(10));
    note(seen, client.closed(20));
    expect(client.nextWake()).toBe(70);
    note(seen, client.tick(69));
    expect(client.status.phase).toBe('idle');
    open(70);
    expect(seen.sent.at(-1)).toEqual({ type: 'serial-query', sessionId: 7, serial: 10 });
    give(70, 2, response(), end(10));
    expect(lines(client.payloads()).length).toBe(1);
  });

  it('moves intervals into their ranges, and prefers those of its caller (§6)', () => {
    requirement('8210bis:6:ranges');
    const wild = play();
    wild.open(0);
    wild.give(0, 2, response(), {
      type: 'end-of-data',
      sessionId: 7,
      serial: 1,
      timing: { refresh: 0, retry: 4_294_967_295, expire: 1 },
    });
    expect(wild.last('update').timing).toEqual({ refresh: 1, retry: 7200, expire: 7201 });
    const own = play({ timing: { refresh: 5 } });
    own.open(0);
    own.give(0, 0, response(), { type: 'end-of-data', sessionId: 7, serial: 1 });
    expect(own.last('update').timing).toEqual({ refresh: 5, retry: 600, expire: 7200 });
  });

  it('accepts what follows a serial wrap, as numbers of RFC 1982', () => {
    requirement('8210bis:2:serial-wrap', '!8210bis:4:serial-arithmetic');
    expect([nextSerial(0xffff_ffff), nextSerial(7)]).toEqual([0, 8]);
    expect(compareSerial(0xffff_ffff, 0)).toBe(-1);
    expect(compareSerial(0, 0xffff_ffff)).toBe(1);
    expect(compareSerial(5, 5)).toBe(0);
    expect(compareSerial(0, 0x8000_0000)).toBeUndefined();
    const { client, open, give, seen } = play();
    open(0);
    give(0, 2, response(), end(0xffff_ffff), { type: 'serial-notify', sessionId: 7, serial: 0 });
    expect(seen.sent.at(-1)).toEqual({ type: 'serial-query', sessionId: 7, serial: 0xffff_ffff });
    give(1, 2, response(), prefix(VRP), end(0));
    expect(client.status.session?.serial).toBe(0);
  });
});
