import { describe, expect, it } from 'vitest';
import { lines, note } from './harness.js';
import { end, play, prefix, report, response, VRP } from './play.js';

describe('RTR client: version negotiation (8210bis-26 §7, RFC 8210 §7)', () => {
  it('goes down to the version that the cache names, on the same connection', () => {
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
    const { client, seen, open, give } = play();
    open(0);
    give(0, 1, report(4));
    note(seen, client.closed(0));
    expect(client.nextWake()).toBe(0);
    open(0);
    expect(client.status.version).toBe(1);
    give(0, 1, response(), end(1));
    expect(client.status.phase).toBe('established');
  });

  it('goes down step by step when the cache only closes, and rests when version 0 failed too', () => {
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
    const { client, open, give, last } = play();
    open(0);
    give(0, 0, response(), prefix(VRP), { type: 'end-of-data', sessionId: 7, serial: 3 });
    expect(last('update')).toMatchObject({ version: 0, serial: 3 });
    expect(client.status.version).toBe(0);
  });

  it('gives up when the cache insists on a version that failed, or has only newer ones', () => {
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
