import {
  type CacheOutput,
  createCacheSession,
  createRtrCache,
  decodePdu,
  encodePdu,
  type Pdu,
  type RtrVersion,
} from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { lines, note, nothingSeen } from '../rtr/harness.js';
import { end, play, prefix, report, response, VRP } from '../rtr/play.js';

const cache = createRtrCache({ sessionId: 5 });
cache.replace({ vrps: [VRP], aspas: [], routerKeys: [] });

/** A PDU of version 2 with another version octet. */
function as(version: number, pdu: Pdu): Uint8Array {
  const octets = encodePdu(pdu, 2).slice();
  octets[0] = version;
  return octets;
}

/** What a cache sent: version, type, error code of each PDU up to the first that is no report, and whether it closed. */
function summary(outputs: readonly CacheOutput[]): unknown[] {
  return outputs.flatMap((output) => {
    if (output.kind === 'disconnect') return ['closed'];
    if (output.kind !== 'send') return [];
    const length = new DataView(output.octets.buffer, output.octets.byteOffset).getUint32(4);
    const { version, pdu } = decodePdu(output.octets.slice(0, length));
    return [pdu.type === 'error-report' ? `v${version} error ${pdu.errorCode}` : `v${version} ${pdu.type}`];
  });
}

const QUERY: Pdu = { type: 'reset-query' };

describe('8210bis §7, router', () => {
  it('the first PDU on a connection is a query of the highest version, and nothing precedes it', () => {
    requirement('8210bis:7:first-query', '!8210bis:7:first-query', '8210bis:8.1:query-first');
    for (const highestVersion of [0, 1, 2] as const) {
      const { client } = play({ highestVersion });
      expect(client.tick(0)).toEqual([{ kind: 'connect' }]);
      expect(client.opened(0)).toEqual([{ kind: 'send', octets: encodePdu(QUERY, highestVersion) }]);
    }
  });

  it('after a lost session of a lower version the next connection starts at the highest again', () => {
    requirement('8210bis:7:first-query', '8210bis:7:restart');
    const { client, seen, open, give } = play();
    open(0);
    give(0, 1, report(4));
    give(0, 1, response(), end(1));
    expect(client.status.version).toBe(1);
    note(seen, client.closed(1));
    note(seen, client.tick(60));
    expect(client.opened(60)).toEqual([{ kind: 'send', octets: encodePdu(QUERY, 2) }]);
  });

  it('asks again at once with the version of an Error Report 4, in that version and no other', () => {
    requirement('8210bis:6:downgrade-at-once', '8210bis:7:query-again', '!8210bis:7:zero-fails');
    for (const version of [1, 0] as const) {
      const { client } = play();
      client.tick(0);
      client.opened(0);
      const outputs = client.received(encodePdu(report(4), version), 0);
      expect(outputs.filter(({ kind }) => kind === 'send')).toEqual([
        { kind: 'send', octets: encodePdu(QUERY, version) },
      ]);
    }
  });

  it('gives up when error 4 answers version 0, on a connection that began there or came down to it', () => {
    requirement('8210bis:7:zero-fails');
    for (const highestVersion of [0, 2] as const) {
      const { client, seen, open, give, kinds } = play({ highestVersion });
      open(0);
      give(0, 0, report(4));
      if (highestVersion === 2) give(0, 0, report(4));
      expect(kinds().at(-1)).toBe('no-common-version');
      expect(seen.disconnects).toBe(1);
      expect(client.status.phase).toBe('idle');
      expect(seen.sent.every(({ type }) => type === 'reset-query')).toBe(true);
    }
  });

  it('a version that failed on a connection is not tried on it again', () => {
    requirement('8210bis:7:failed-again');
    const { seen, open, give, kinds } = play();
    open(0);
    give(0, 1, report(4));
    give(0, 1, report(4));
    expect(kinds()).toEqual(['error-received', 'error-received', 'no-common-version']);
    expect(seen.sent.length).toBe(2);
  });

  it('all PDUs of a lowered session carry the lower version, Error Reports too', () => {
    requirement('8210bis:7:lowered-pdus', '8210bis:7:fixed');
    for (const version of [0, 1] as const) {
      const { client } = play();
      const sent: Uint8Array[] = [];
      const feed = (outputs: ReturnType<typeof client.tick>): void => {
        for (const output of outputs) if (output.kind === 'send') sent.push(output.octets);
      };
      feed([...client.tick(0), ...client.opened(0)]);
      feed(client.received(encodePdu(report(4), version), 0));
      for (const pdu of [response(), end(1)]) feed(client.received(encodePdu(pdu, version), 0));
      feed(client.tick(version === 0 ? 3600 : 100));
      feed(client.received(as(version, { type: 'reset-query' }), 3600));
      expect(sent.map((octets) => [octets[0], octets[1]])).toEqual([
        [2, 2],
        [version, 2],
        [version, 1],
        [version, 10],
      ]);
    }
  });

  it('an answer in an unknown version ends the connection with error 4, an Error Report in one without', () => {
    requirement('!8210bis:7:unknown-version-router');
    for (const [pdu, sent] of [
      [response(), ['reset-query', 'error-report']],
      [report(4), ['reset-query']],
    ] as const) {
      const { client, seen, open } = play();
      open(0);
      note(seen, client.received(as(7, pdu), 0));
      expect(seen.sent.map(({ type }) => type)).toEqual(sent);
      expect(seen.disconnects).toBe(1);
      if (sent.length > 1) expect(seen.sent.at(-1)).toMatchObject({ errorCode: 4 });
    }
  });

  it('after agreement an Error Report of another version drops the session without an answer', () => {
    requirement('8210bis:5.8:no-answer-router', '!8210bis:7:other-version-router', '!8210bis:7:error-8');
    const { client, seen, open, give } = play();
    open(0);
    give(0, 2, response(), prefix(VRP), end(1));
    note(seen, client.received(as(1, report(2)), 1));
    expect(seen.sent).toEqual([QUERY]);
    expect(seen.disconnects).toBe(1);
    expect(lines(client.payloads())).toEqual([]);
  });

  it('the version of a session never changes while it lasts, for payload and End of Data neither', () => {
    requirement('!8210bis:5.7:same-version', '!8210bis:7:fixed', '!8210bis:7:restart');
    for (const pdu of [prefix(VRP), end(1)]) {
      const { client, seen, open, give, last } = play();
      open(0);
      give(0, 2, response());
      note(seen, client.received(as(1, pdu), 0));
      expect(last('error-sent')).toMatchObject({ errorCode: 8, code: 'rtr-version' });
      expect(lines(client.payloads())).toEqual([]);
    }
  });
});

describe('8210bis §7, cache', () => {
  it('below its lowest version it names its highest in an error 4 and closes', () => {
    requirement('8210bis:7:too-low', '!8210bis:7:lower');
    for (const highestVersion of [1, 2] as const) {
      const session = createCacheSession(cache, { lowestVersion: 1, highestVersion });
      expect(summary(session.received(as(0, QUERY), 0))).toEqual([`v${highestVersion} error 4`, 'closed']);
    }
  });

  it('a lower version that it speaks is the version of the session, without an error', () => {
    requirement(
      '8210bis:7:answer-in-version',
      '!8210bis:7:too-low',
      '8210bis:7:lower',
      '!8210bis:7:too-high',
      '!8210bis:12:error-4-version',
    );
    for (const version of [0, 1, 2] as const) {
      const session = createCacheSession(cache);
      expect(summary(session.received(as(version, QUERY), 0))).toEqual([`v${version} cache-response`]);
    }
  });

  it('above its highest version it names that in an error 4, stays, and serves the query that follows', () => {
    requirement(
      '!8210bis:7:answer-in-version',
      '8210bis:7:too-high',
      '8210bis:7:unknown-version-cache',
      '8210bis:12:error-4-version',
    );
    const cases: readonly (readonly [RtrVersion, number])[] = [
      [0, 1],
      [0, 2],
      [1, 2],
      [2, 3],
      [2, 255],
    ];
    for (const [highestVersion, asked] of cases) {
      const session = createCacheSession(cache, { highestVersion });
      expect(summary(session.received(as(asked, QUERY), 0))).toEqual([`v${highestVersion} error 4`]);
      expect(session.version).toBeUndefined();
      const next = session.received(encodePdu(QUERY, highestVersion), 1);
      expect(summary(next)).toEqual([`v${highestVersion} cache-response`]);
    }
  });

  it('an Error Report in an unknown version ends the connection without an answer', () => {
    requirement('!8210bis:5.8:no-answer-cache', '!8210bis:7:unknown-version-cache');
    const session = createCacheSession(cache);
    expect(summary(session.received(as(9, report(4)), 0))).toEqual(['closed']);
  });

  it('after agreement a PDU of another version is error 8 and the end, an Error Report just the end', () => {
    requirement(
      '!8210bis:7:lowered-pdus',
      '!8210bis:7:restart',
      '!8210bis:7:other-version-cache',
      '8210bis:7:error-8',
    );
    for (const [pdu, expected] of [
      [QUERY, ['v2 error 8', 'closed']],
      [report(1), ['closed']],
    ] as const) {
      const session = createCacheSession(cache);
      session.received(as(2, QUERY), 0);
      expect(summary(session.received(as(1, pdu), 1))).toEqual(expected);
      expect(session.received(as(2, QUERY), 2)).toEqual([]);
    }
  });
});

describe('8210bis §12, error codes', () => {
  /** What each side reports for a fault that only later versions have a code for. */
  const routerReport = (version: RtrVersion): number | undefined => {
    const { client, open, give, last } = play({ highestVersion: version });
    open(0);
    give(0, version, response(), end(1));
    note(nothingSeen(), client.tick(0));
    give(0, version === 2 ? 1 : 2, { type: 'serial-notify', sessionId: 7, serial: 2 });
    const event: { readonly errorCode?: number } = last('error-sent');
    return event.errorCode;
  };

  it('codes that the version of the session defines are sent as they are', () => {
    requirement('8210bis:12:defined-codes');
    expect([routerReport(1), routerReport(2)]).toEqual([8, 8]);
    const session = createCacheSession(cache);
    session.received(as(1, QUERY), 0);
    expect(summary(session.received(as(2, QUERY), 1))).toEqual(['v1 error 8', 'closed']);
  });

  it('codes that the version of the session does not define are not sent', () => {
    requirement('!8210bis:9:stall-report', '!8210bis:12:defined-codes', '!8210bis:12:error-10-transport');
    expect(routerReport(0)).toBe(0);
    const session = createCacheSession(cache);
    session.received(encodePdu(QUERY, 0), 0);
    expect(summary(session.received(as(1, QUERY), 1))).toEqual(['v0 error 0', 'closed']);
    for (const version of [0, 1] as const) {
      const { client, seen, open } = play({ highestVersion: version, lowestVersion: version });
      open(0);
      note(seen, client.tick(600));
      expect(seen.events.at(-1)?.kind).toBe('stalled');
      expect(seen.sent.map(({ type }) => type)).toEqual(['reset-query']);
    }
  });
});
