import { createCacheSession, createRtrCache, encodePdu, type Pdu } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { only } from '../payload/arbitrary-payloads.js';
import { ask, pdusOf, sentBy, vrp } from './cache-answers.js';

describe('RTR cache: answers (8210bis §5.3 to §5.12, §8)', () => {
  it('has no data until it is given some: error 2, and the connection stays', () => {
    requirement(
      '8210bis:5.4:answer',
      '!8210bis:5.4:answer',
      '8210bis:6:expire-above',
      '8210bis:6:ranges',
      '8210bis:8.4:no-data',
      '8210bis:12:error-2-no-data',
    );
    const cache = createRtrCache({ sessionId: 5 });
    const answer = ask(cache, 2, { type: 'reset-query' });
    expect(answer).toMatchObject({ pdus: [{ type: 'error-report', errorCode: 2 }], open: true });
    expect(ask(cache, 1, { type: 'serial-query', sessionId: 1, serial: 1 }).pdus).toMatchObject([
      { errorCode: 2 },
    ]);
    cache.replace(only({}));
    expect(ask(cache, 2, { type: 'reset-query' }).pdus).toMatchObject([
      { type: 'cache-response', sessionId: 7 },
      { type: 'end-of-data', sessionId: 7, serial: 0, timing: { refresh: 3600, retry: 600, expire: 7200 } },
    ]);
  });

  it('announces by type, then in the order of §11.2, and leaves out what a version lacks', () => {
    requirement(
      '8210bis:5.4:answer',
      '8210bis:5.5:announce-only-cache',
      '8210bis:5.9:one-vrp',
      '8210bis:5.11:one-key',
      '8210bis:5.12:zero-cache',
      '8210bis:7:lowered-features',
      '8210bis:11.2:order',
      '8210bis:11.2:order-before',
      '!8210bis:12:error-3-invalid-request',
    );
    const cache = createRtrCache({ sessionId: 5 });
    const key = (fill: number, length: number, asn: number) => ({
      asn,
      ski: new Uint8Array(20).fill(fill),
      spki: new Uint8Array(length).fill(9),
    });
    cache.replace({
      vrps: [vrp(1, 16, 24, 1), vrp(2), vrp(1, 16, 16, 9), vrp(1, 20, 24, 1), vrp(1, 16, 24, 2), vrp(2)],
      aspas: [
        { customer: 70000, providers: [3, 1] },
        { customer: 64500, providers: [0] },
        { customer: 70000, providers: [2, 0] },
      ],
      routerKeys: [key(2, 5, 1), key(1, 6, 1), key(1, 5, 8), key(1, 5, 7)],
    });
    const brief = (pdus: Pdu[]): string[] =>
      pdus.map((pdu) => {
        if (pdu.type === 'ipv4-prefix') {
          const { prefix, maxLength, asn } = pdu.vrp;
          return `${prefix.octets[1]}/${prefix.length}-${maxLength} ${asn}`;
        }
        if (pdu.type === 'router-key') return `key ${pdu.key.ski[0]} ${pdu.key.spki.length} ${pdu.key.asn}`;
        return pdu.type === 'aspa' ? `aspa ${pdu.customer} ${pdu.providers}` : pdu.type;
      });
    const prefixes = ['2/24-24 64496', '1/20-24 1', '1/16-24 2', '1/16-24 1', '1/16-16 9'];
    const keys = ['key 1 5 7', 'key 1 5 8', 'key 1 6 1', 'key 2 5 1'];
    const aspas = ['aspa 64500 0', 'aspa 70000 1,2,3'];
    const expected = { 0: prefixes, 1: [...prefixes, ...keys], 2: [...prefixes, ...keys, ...aspas] };
    for (const version of [0, 1, 2] as const) {
      const { pdus } = ask(cache, version, { type: 'reset-query' });
      expect(brief(pdus)).toEqual(['cache-response', ...expected[version], 'end-of-data']);
    }
  });

  it('answers a Serial Query with the least change, with nothing, or with Cache Reset', () => {
    requirement(
      '!8210bis:2:serial-wrap',
      '8210bis:4:serial-arithmetic',
      '!8210bis:4:serial-arithmetic',
      '8210bis:5.3:response',
      '8210bis:5.3:merge',
      '8210bis:5.3:cache-reset-serial',
      '!8210bis:5.3:cache-reset-serial',
      '8210bis:5.3:cache-reset-session',
      '8210bis:5.3:session-established',
      '8210bis:8.3:sequence',
    );
    const cache = createRtrCache({ sessionId: 5, serial: 0xffff_fffe });
    cache.replace(only({ vrps: [vrp(1), vrp(2)] }));
    cache.change({ vrps: [vrp(3)] }, { vrps: [vrp(1)] });
    cache.change({ vrps: [vrp(1)] }, { vrps: [vrp(2), vrp(99)] });
    cache.change({ vrps: [vrp(1), vrp(3)] }, {});
    expect(cache.serial).toBe(0);
    const query = (serial: number, sessionId = 7): Pdu[] =>
      ask(cache, 2, { type: 'serial-query', sessionId, serial }).pdus;
    expect(query(0xffff_fffe)).toMatchObject([
      { type: 'cache-response' },
      { announce: true, vrp: vrp(3) },
      { announce: false, vrp: vrp(2) },
      { type: 'end-of-data', serial: 0 },
    ]);
    expect(query(0).length).toBe(2);
    expect(query(1)).toEqual([{ type: 'cache-reset' }]);
    expect(query(0, 6)).toEqual([{ type: 'cache-reset' }]);
    cache.forgetHistory();
    expect(query(0xffff_ffff)).toEqual([{ type: 'cache-reset' }]);
    expect(query(0).length).toBe(2);
  });

  it('tells routers that sat out a loss of data what came after it', () => {
    const cache = createRtrCache({ sessionId: 7 });
    cache.replace(only({ vrps: [vrp(1)] }));
    cache.loseData();
    const query = { type: 'serial-query', sessionId: cache.sessionId(2), serial: 0 } as const;
    expect(ask(cache, 2, query).pdus).toMatchObject([{ type: 'error-report', errorCode: 2 }]);
    cache.replace(only({ vrps: [vrp(2)] }));
    expect(ask(cache, 2, query).pdus).toMatchObject([
      { type: 'cache-response' },
      { announce: true, vrp: vrp(2) },
      { announce: false, vrp: vrp(1) },
      { type: 'end-of-data', serial: 1 },
    ]);
  });

  it('keeps a bounded history', () => {
    requirement('!8210bis:5.3:response', '8210bis:5.3:cache-reset-serial', '!8210bis:8.3:sequence');
    const cache = createRtrCache({ sessionId: 5, maxHistory: 3 });
    cache.replace(only({}));
    for (let i = 0; i < 5; i++) cache.change({ vrps: [vrp(i)] }, {});
    expect(cache.since(2, 1)).toBeUndefined();
    expect(pdusOf(cache.since(2, 2) as Uint8Array).length).toBe(5);
  });

  it('replaces an ASPA with one PDU, and withdraws it with twelve octets', () => {
    requirement(
      '8210bis:5.12:complete',
      '8210bis:5.12:withdrawal-providers',
      '8210bis:5.12:withdrawal-length',
    );
    const cache = createRtrCache({ sessionId: 5 });
    cache.replace(
      only({
        aspas: [
          { customer: 1, providers: [2] },
          { customer: 3, providers: [4] },
        ],
      }),
    );
    cache.change(
      { aspas: [{ customer: 3, providers: [9, 5] }] },
      { aspas: [{ customer: 1, providers: [2] }] },
    );
    expect(pdusOf(cache.since(2, 0) as Uint8Array).slice(1, -1)).toEqual([
      { type: 'aspa', announce: true, customer: 3, providers: [5, 9] },
      { type: 'aspa', announce: false, customer: 1, providers: [] },
    ]);
    const big = Array.from({ length: 16_381 }, (_, i) => i + 10);
    cache.change({ aspas: [{ customer: 3, providers: big }] }, {});
    expect(pdusOf(cache.since(2, 1) as Uint8Array).slice(1, -1)).toEqual([
      { type: 'aspa', announce: false, customer: 3, providers: [] },
    ]);
  });

  it('refuses a session ID other than the one it told on this connection with error 0 (§5.1)', () => {
    requirement(
      '!8210bis:5.1:session-mismatch-cache',
      '!8210bis:5.3:cache-reset-session',
      '!8210bis:5.3:session-established',
    );
    const cache = createRtrCache({ sessionId: 5 });
    cache.replace(only({}));
    const session = createCacheSession(cache);
    session.received(encodePdu({ type: 'reset-query' }, 2), 0);
    const outputs = session.received(encodePdu({ type: 'serial-query', sessionId: 6, serial: 0 }, 2), 0);
    expect(sentBy(outputs)).toMatchObject([{ type: 'error-report', errorCode: 0 }]);
    expect(outputs.at(-1)).toEqual({ kind: 'disconnect' });
  });

  it('answers anything but a query with error 3, and an Error Report with silence', () => {
    requirement(
      '8210bis:5.8:no-answer-cache',
      '8210bis:12:fatal-drops',
      '8210bis:12:error-3-invalid-request',
    );
    const cache = createRtrCache({ sessionId: 5 });
    cache.replace(only({}));
    const wrong = ask(cache, 2, { type: 'cache-reset' });
    expect(wrong).toMatchObject({ pdus: [{ errorCode: 3 }], open: false });
    // 0 and 1 are the numbers that the text gives to Corrupt Data (docs/decisions/rtr.md D-rtr-host-bits).
    for (const errorCode of [0, 1]) {
      const report: Pdu = { type: 'error-report', errorCode, erroneousPdu: new Uint8Array(0), text: '' };
      expect(ask(cache, 2, report)).toMatchObject({ pdus: [], open: false });
    }
  });

  it('refuses intervals out of range', () => {
    requirement('!8210bis:6:expire-above', '!8210bis:6:ranges');
    for (const timing of [
      { refresh: 0, retry: 600, expire: 7200 },
      { refresh: 3600, retry: 7201, expire: 7300 },
      { refresh: 3600, retry: 600, expire: 3600 },
    ]) {
      expect(() => createRtrCache({ sessionId: 1, timing })).toThrowError(RangeError);
    }
  });
});
