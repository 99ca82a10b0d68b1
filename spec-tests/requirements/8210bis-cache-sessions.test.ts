import fc from 'fast-check';
import { createCacheSession, encodePdu, type RtrVersion } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { key, pdusOf, sentBy, serving, vrp } from './8210bis-cache-world.js';

describe('8210bis, cache: sessions', () => {
  const query = (version: RtrVersion): Uint8Array => encodePdu({ type: 'reset-query' }, version);

  it('§5.2: sends nothing unasked but Serial Notify, and that only once the version is agreed on', () => {
    requirement(
      '8210bis:5.2:only-unasked',
      '!8210bis:5.2:only-unasked',
      '8210bis:7:no-early-notify',
      '!8210bis:7:no-early-notify',
    );
    const cache = serving({ vrps: [vrp(1)] });
    const session = createCacheSession(cache, { notifySeconds: 0 });
    expect([session.changed(1), session.tick(2), session.nextWake()]).toEqual([[], [], Infinity]);
    session.received(query(2), 3);
    cache.change({ vrps: [vrp(2)] }, {});
    expect(sentBy([...session.changed(4), ...session.tick(5), ...session.tick(500)])).toEqual([
      { type: 'serial-notify', sessionId: 7, serial: 1 },
    ]);
  });

  it('§5.5, §5.7: Cache Response and End of Data name one session, and it stays the same for Serial Queries', () => {
    requirement('8210bis:5.1:session-told', '8210bis:5.1:session-mismatch-cache', '8210bis:5.7:same-session');
    const cache = serving({ vrps: [vrp(1)] });
    for (const version of [0, 1, 2] as const) {
      const session = createCacheSession(cache);
      const serial = { type: 'serial-query', sessionId: 5 + version, serial: 0 } as const;
      for (const octets of [query(version), encodePdu(serial, version)]) {
        const pdus = sentBy(session.received(octets, 0));
        expect([pdus[0], pdus.at(-1)]).toMatchObject([
          { type: 'cache-response', sessionId: 5 + version },
          { type: 'end-of-data', sessionId: 5 + version },
        ]);
      }
    }
  });

  it('§5.3: another session ID is error 0 once a session is established, and Cache Reset until then, as often as it comes', () => {
    requirement('8210bis:5.3:cache-reset-session', '!8210bis:5.3:session-established');
    const serial = (sessionId: number): Uint8Array =>
      encodePdu({ type: 'serial-query', sessionId, serial: 0 }, 2);
    fc.assert(
      fc.property(fc.array(fc.constantFrom('own', 'other', 'reset'), { maxLength: 6 }), (queries) => {
        const session = createCacheSession(serving({ vrps: [vrp(1)] }));
        let [established, open] = [false, true];
        for (const which of queries) {
          const octets = which === 'reset' ? query(2) : serial(which === 'own' ? 7 : 99);
          const outputs = session.received(octets, 0);
          const [first] = sentBy(outputs);
          if (!open) expect(first).toBeUndefined();
          else if (which !== 'other') expect(first).toMatchObject({ type: 'cache-response', sessionId: 7 });
          else if (!established) expect(first).toEqual({ type: 'cache-reset' });
          else expect(first).toMatchObject({ type: 'error-report', errorCode: 0 });
          open = open && !(which === 'other' && established);
          established ||= which !== 'other';
          expect(outputs.some(({ kind }) => kind === 'disconnect')).toBe(first?.type === 'error-report');
        }
      }),
    );
  });

  it('§7: every PDU of a session carries its version, in lower versions too', () => {
    requirement('8210bis:5.7:same-version', '8210bis:7:lowered-pdus', '8210bis:7:other-version-cache');
    for (const version of [0, 1, 2] as const) {
      const cache = serving({ vrps: [vrp(1)], routerKeys: [key(1)] });
      const session = createCacheSession(cache, { notifySeconds: 0 });
      const outputs = [...session.received(query(version), 0)];
      cache.change({ vrps: [vrp(2)] }, {});
      outputs.push(...session.changed(1));
      cache.forgetHistory();
      const old = encodePdu({ type: 'serial-query', sessionId: 5 + version, serial: 0 }, version);
      outputs.push(...session.received(old, 2));
      cache.loseData();
      outputs.push(
        ...session.received(query(version), 3),
        ...session.received(Uint8Array.of(version, 200, 0, 0, 0, 0, 0, 8), 4),
      );
      const sent = outputs.flatMap((output) => (output.kind === 'send' ? pdusOf(output.octets) : []));
      expect(new Set(sent.map(({ pdu }) => pdu.type)).size).toBeGreaterThanOrEqual(6);
      expect(sent.map((one) => one.version)).toEqual(sent.map(() => version));
    }
  });

  it('§8.5, §8.6: in version 2 the farewell is error 12 or 13, whichever the operator means, without a PDU', () => {
    requirement('8210bis:5.8:generic', '8210bis:8.5:restart', '8210bis:8.6:shutdown');
    for (const errorCode of [12, 13]) {
      const session = createCacheSession(serving({}));
      session.received(query(2), 0);
      const outputs = session.shutdown(errorCode);
      expect(sentBy(outputs)).toMatchObject([{ errorCode, erroneousPdu: new Uint8Array(0) }]);
      expect(outputs.at(-1)).toEqual({ kind: 'disconnect' });
    }
  });

  it('§12: no farewell that the version does not define, none before agreement, none after the end', () => {
    requirement(
      '!8210bis:8.5:restart',
      '!8210bis:8.6:shutdown',
      '!8210bis:12:defined-codes',
      '!8210bis:12:error-12-restart',
      '!8210bis:12:error-13-shutdown',
    );
    for (const version of [undefined, 0, 1] as const) {
      const session = createCacheSession(serving({}));
      if (version !== undefined) session.received(query(version), 0);
      expect(session.shutdown(12)).toEqual([{ kind: 'disconnect' }]);
      expect(session.shutdown(12)).toEqual([]);
    }
  });

  it('§5.8: a broken Error Report is not answered, but ends the session and can be logged', () => {
    requirement('!8210bis:5.8:no-answer-cache', '8210bis:5.8:broken-dropped', '8210bis:5.8:broken-logged');
    const session = createCacheSession(serving({}));
    session.received(query(2), 0);
    const broken = Uint8Array.of(2, 10, 0, 3, 0, 0, 0, 16, 0, 0, 0, 99, 0, 0, 0, 0);
    expect(session.received(broken, 1)).toEqual([
      { kind: 'error-received', errorCode: 3, text: expect.stringContaining('inner lengths') },
      { kind: 'disconnect' },
    ]);
  });

  it('§9: a response is handed to the transport as one piece, not PDU by PDU', () => {
    requirement('8210bis:9:pack');
    const cache = serving({ vrps: Array.from({ length: 200 }, (_, i) => vrp(i)), routerKeys: [key(1)] });
    const outputs = createCacheSession(cache).received(query(2), 0);
    const pieces = outputs.filter(({ kind }) => kind === 'send');
    expect(pieces.length).toBe(1);
    expect(sentBy(outputs).length).toBe(203);
  });
});
