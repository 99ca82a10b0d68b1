import fc from 'fast-check';
import { makePrefix } from 'pathsec/inet';
import type { Payloads, Vrp } from 'pathsec/payload';
import {
  type CacheOutput,
  createCacheSession,
  createRtrCache,
  decodePdu,
  encodePdu,
  type Pdu,
  type RtrCache,
  type RtrVersion,
} from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { arbitraryPayloads } from '../rtr/harness.js';

const vrp = (octet: number, length = 24, maxLength = length): Vrp => ({
  prefix: makePrefix(1, Uint8Array.of(10, octet, 0, 0), length),
  maxLength,
  asn: 64496,
});
const key = (fill: number) => ({
  asn: 64496,
  ski: new Uint8Array(20).fill(fill),
  spki: new Uint8Array(8).fill(9),
});
const only = (payloads: Partial<Payloads>): Payloads => ({
  vrps: [],
  aspas: [],
  routerKeys: [],
  ...payloads,
});

/** A cache that serves `payloads` as serial 0. */
function serving(payloads: Partial<Payloads>, options: { maxHistory?: number } = {}): RtrCache {
  const cache = createRtrCache({ sessionId: 5, ...options });
  cache.replace(only(payloads));
  return cache;
}

/** The PDUs of a stream and the version octet of each. */
function pdusOf(octets: Uint8Array): { version: RtrVersion; pdu: Pdu }[] {
  const pdus: { version: RtrVersion; pdu: Pdu }[] = [];
  for (let at = 0; at < octets.length; ) {
    const length = new DataView(octets.buffer, octets.byteOffset + at).getUint32(4);
    pdus.push(decodePdu(octets.subarray(at, at + length)));
    at += length;
  }
  return pdus;
}

const sentBy = (outputs: readonly CacheOutput[]): Pdu[] =>
  outputs.flatMap((output) => (output.kind === 'send' ? pdusOf(output.octets).map(({ pdu }) => pdu) : []));

/** What is between Cache Response and End of Data. */
const payloadOf = (octets: Uint8Array | undefined): Pdu[] =>
  pdusOf(octets ?? new Uint8Array(0))
    .map(({ pdu }) => pdu)
    .slice(1, -1);

describe('8210bis-26, cache: what it serves', () => {
  it('§2: data that is still being taken in is not sent under any serial', () => {
    const cache = serving({ vrps: [vrp(1)] });
    const before = cache.snapshot(2);
    const seen: unknown[] = [];
    function* slow(): Generator<Vrp> {
      yield vrp(2);
      seen.push(cache.serial, cache.snapshot(2), cache.since(2, 0)?.length);
      yield vrp(3);
    }
    cache.replace(only({ vrps: slow() as unknown as Vrp[] }));
    expect(seen).toEqual([0, before, 32]);
    expect(cache.serial).toBe(1);
    expect(payloadOf(cache.snapshot(2)).length).toBe(2);
  });

  it('§2: an update that fails half-way leaves serial and data as they were', () => {
    const cache = serving({ vrps: [vrp(1)] });
    const before = cache.snapshot(2);
    function* failing(): Generator<Vrp> {
      yield vrp(2);
      throw new Error('the fetch broke off');
    }
    expect(() => cache.replace(only({ vrps: failing() as unknown as Vrp[] }))).toThrowError('broke off');
    expect(() => cache.change({ vrps: failing() as unknown as Vrp[] }, {})).toThrowError('broke off');
    expect([cache.serial, cache.snapshot(2)]).toEqual([0, before]);
  });

  it('§5.1, §5.6: bits behind the prefix length are sent as zero, even where the payload has them set', () => {
    const octets = Uint8Array.of(10, 1, 255, 248);
    const six = new Uint8Array(16).fill(255);
    const cache = serving({
      vrps: [
        { prefix: { afi: 1, octets, length: 12 }, maxLength: 12, asn: 1 },
        { prefix: { afi: 1, octets: Uint8Array.of(10, 1, 0, 7), length: 12 }, maxLength: 12, asn: 1 },
        { prefix: { afi: 2, octets: six, length: 33 }, maxLength: 48, asn: 1 },
      ],
    });
    const sent = payloadOf(cache.snapshot(2));
    expect(sent).toMatchObject([
      { type: 'ipv4-prefix', vrp: { prefix: { octets: Uint8Array.of(10, 0, 0, 0) } } },
      { type: 'ipv6-prefix' },
    ]);
    expect(cache.snapshot(2).slice(8 + 20 + 12, 8 + 20 + 28)).toEqual(
      Uint8Array.of(255, 255, 255, 255, 128, ...new Uint8Array(11)),
    );
  });

  it('§5.1: a payload whose max length is below its prefix length, or beyond its family, is never served', () => {
    for (const maxLength of [23, 33]) {
      const cache = serving({ vrps: [vrp(1)] });
      expect(() => cache.replace(only({ vrps: [vrp(2, 24, maxLength)] }))).toThrowError(RangeError);
      expect(() => cache.change({ vrps: [vrp(2, 24, maxLength)] }, {})).toThrowError(RangeError);
      expect(payloadOf(cache.snapshot(2)).length).toBe(1);
    }
  });

  it('§5.1: a router key that no PDU of 65,535 octets can hold is never served, the longest is', () => {
    const cache = serving({});
    const long = (length: number) => only({ routerKeys: [{ ...key(1), spki: new Uint8Array(length) }] });
    expect(() => cache.replace(long(65_504))).toThrowError(RangeError);
    cache.replace(long(65_503));
    expect(cache.snapshot(2).length).toBe(8 + 65_535 + 24);
  });

  it('§5.6, §5.10: a record that is held already is not announced again, nor one that is not held withdrawn', () => {
    const cache = serving({ vrps: [vrp(1)], routerKeys: [key(1)] });
    cache.change({ vrps: [vrp(1)], routerKeys: [key(1)] }, { vrps: [vrp(2)], routerKeys: [key(2)] });
    expect(cache.serial).toBe(0);
    cache.change({ vrps: [vrp(1), vrp(3), vrp(3)], routerKeys: [key(3), key(3), key(1)] }, {});
    expect(payloadOf(cache.since(2, 0))).toMatchObject([
      { announce: true, vrp: vrp(3) },
      { announce: true, key: key(3) },
    ]);
    expect(payloadOf(cache.snapshot(2)).length).toBe(4);
  });

  it('§5.3: changes that cancel out are not mentioned, for VRPs, keys and ASPAs', () => {
    const cache = serving({ vrps: [vrp(1)], routerKeys: [key(1)], aspas: [{ customer: 1, providers: [2] }] });
    cache.change(
      { vrps: [vrp(2)], routerKeys: [key(2)], aspas: [{ customer: 1, providers: [2, 3] }] },
      { vrps: [vrp(1)], routerKeys: [key(1)] },
    );
    expect(payloadOf(cache.since(2, 0)).length).toBe(5);
    cache.change(
      { vrps: [vrp(1)], routerKeys: [key(1)], aspas: [{ customer: 1, providers: [2] }] },
      { vrps: [vrp(2)], routerKeys: [key(2)] },
    );
    expect(cache.serial).toBe(2);
    expect(payloadOf(cache.since(2, 0))).toEqual([]);
    expect(pdusOf(cache.since(2, 0) as Uint8Array).map(({ pdu }) => pdu.type)).toEqual([
      'cache-response',
      'end-of-data',
    ]);
  });

  it('§5.3: several changes of one record come as one', () => {
    const cache = serving({ aspas: [{ customer: 1, providers: [2] }] });
    for (const providers of [[3], [4], [5, 6]]) cache.change({ aspas: [{ customer: 1, providers }] }, {});
    cache.change({ vrps: [vrp(1)] }, {});
    cache.change({}, { vrps: [vrp(1)] });
    cache.change({ vrps: [vrp(1)] }, {});
    expect(payloadOf(cache.since(2, 0))).toMatchObject([
      { announce: true, vrp: vrp(1) },
      { type: 'aspa', announce: true, customer: 1, providers: [5, 6] },
    ]);
  });

  it('§5.3: the answer to a Serial Query is what turns the old data into the new, and no PDU more', () => {
    fc.assert(
      fc.property(fc.array(arbitraryPayloads, { minLength: 2, maxLength: 6 }), (states) => {
        const id = (pdu: Pdu): string =>
          JSON.stringify({ ...pdu, announce: 0 }, (_, v) => (v instanceof Uint8Array ? [...v] : v));
        const cache = createRtrCache({ sessionId: 5, maxHistory: 100 });
        cache.replace(states[0] as Payloads);
        const old = new Set(payloadOf(cache.snapshot(2)).map(id));
        for (const state of states.slice(1)) cache.replace(state);
        const fresh = new Set(payloadOf(cache.snapshot(2)).map(id));
        const answer = payloadOf(cache.since(2, 0));
        const isAspa = (text: string): boolean => text.includes('"customer"');
        const announced = answer.filter((pdu) => 'announce' in pdu && pdu.announce).map(id);
        const withdrawn = answer.filter((pdu) => 'announce' in pdu && !pdu.announce);
        expect(announced.sort()).toEqual([...fresh].filter((one) => !old.has(one)).sort());
        expect(
          withdrawn
            .filter(({ type }) => type !== 'aspa')
            .map(id)
            .sort(),
        ).toEqual([...old].filter((one) => !fresh.has(one) && !isAspa(one)).sort());
      }),
      { numRuns: 150 },
    );
  });

  it('§5.12: all records of a customer make one PDU, in ascending order, each provider once, 0 only alone', () => {
    const cache = serving({
      aspas: [
        { customer: 1, providers: [9, 3] },
        { customer: 2, providers: [0] },
        { customer: 1, providers: [3, 0, 5] },
        { customer: 2, providers: [0] },
      ],
    });
    expect(payloadOf(cache.snapshot(2))).toEqual([
      { type: 'aspa', announce: true, customer: 1, providers: [3, 5, 9] },
      { type: 'aspa', announce: true, customer: 2, providers: [0] },
    ]);
  });

  it('§5.12: no announcement is without providers: a record that lists none is served as AS 0 alone', () => {
    const cache = serving({ aspas: [{ customer: 1, providers: [] }] });
    expect(payloadOf(cache.snapshot(2))).toEqual([
      { type: 'aspa', announce: true, customer: 1, providers: [0] },
    ]);
  });

  it('§5.12: the longest list that fits a PDU is served whole, a longer one not at all, never in parts', () => {
    const list = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 10);
    const cache = serving({ aspas: [{ customer: 1, providers: list(16_380) }] });
    expect(cache.snapshot(2).length).toBe(8 + 65_532 + 24);
    expect(payloadOf(cache.snapshot(2))).toMatchObject([{ customer: 1, providers: list(16_380) }]);
    cache.replace(only({ aspas: [{ customer: 1, providers: list(16_381) }] }));
    expect(payloadOf(cache.snapshot(2))).toEqual([]);
  });
});

describe('8210bis-26, cache: sessions', () => {
  const query = (version: RtrVersion): Uint8Array => encodePdu({ type: 'reset-query' }, version);

  it('§5.2: sends nothing unasked but Serial Notify, and that only once the version is agreed on', () => {
    const cache = serving({ vrps: [vrp(1)] });
    const session = createCacheSession(cache, { notifySeconds: 0 });
    expect([session.changed(1), session.tick(2), session.nextWake()]).toEqual([[], [], Infinity]);
    session.received(query(2), 3);
    cache.change({ vrps: [vrp(2)] }, {});
    expect(sentBy([...session.changed(4), ...session.tick(5), ...session.tick(500)])).toEqual([
      { type: 'serial-notify', sessionId: 7, serial: 1 },
    ]);
  });

  it('§5.5, §5.8: Cache Response and End of Data name one session, and it stays the same for Serial Queries', () => {
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

  it('§7: every PDU of a session carries its version, in lower versions too', () => {
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
    for (const errorCode of [12, 13]) {
      const session = createCacheSession(serving({}));
      session.received(query(2), 0);
      const outputs = session.shutdown(errorCode);
      expect(sentBy(outputs)).toMatchObject([{ errorCode, erroneousPdu: new Uint8Array(0) }]);
      expect(outputs.at(-1)).toEqual({ kind: 'disconnect' });
    }
  });

  it('§12: no farewell that the version does not define, none before agreement, none after the end', () => {
    for (const version of [undefined, 0, 1] as const) {
      const session = createCacheSession(serving({}));
      if (version !== undefined) session.received(query(version), 0);
      expect(session.shutdown(12)).toEqual([{ kind: 'disconnect' }]);
      expect(session.shutdown(12)).toEqual([]);
    }
  });

  it('§5.11: a broken Error Report is not answered, but ends the session and can be logged', () => {
    const session = createCacheSession(serving({}));
    session.received(query(2), 0);
    const broken = Uint8Array.of(2, 10, 0, 3, 0, 0, 0, 16, 0, 0, 0, 99, 0, 0, 0, 0);
    expect(session.received(broken, 1)).toEqual([
      { kind: 'error-received', errorCode: 3, text: expect.stringContaining('inner lengths') },
      { kind: 'disconnect' },
    ]);
  });

  it('§9: a response is handed to the transport as one piece, not PDU by PDU', () => {
    const cache = serving({ vrps: Array.from({ length: 200 }, (_, i) => vrp(i)), routerKeys: [key(1)] });
    const outputs = createCacheSession(cache).received(query(2), 0);
    const pieces = outputs.filter(({ kind }) => kind === 'send');
    expect(pieces.length).toBe(1);
    expect(sentBy(outputs).length).toBe(203);
  });
});
