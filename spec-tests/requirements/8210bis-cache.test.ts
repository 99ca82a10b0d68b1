import fc from 'fast-check';
import type { Payloads, Vrp } from 'pathsec/payload';
import { createRtrCache, type Pdu } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { arbitraryPayloads } from '../rtr/harness.js';
import { key, only, payloadOf, pdusOf, serving, vrp } from './8210bis-cache-world.js';

describe('8210bis, cache: what it serves', () => {
  it('§2: data that is still being taken in is not sent under any serial', () => {
    requirement('8210bis:2:serial-complete');
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
    requirement('!8210bis:2:serial-complete');
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

  it('§5.1, §5.9: bits behind the prefix length are sent as zero, even where the payload has them set', () => {
    requirement('8210bis:5.9:host-bits', '!8210bis:5.9:host-bits', '8210bis:5.10:layout');
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
    requirement('!8210bis:5.1:max-length-cache');
    for (const maxLength of [23, 33]) {
      const cache = serving({ vrps: [vrp(1)] });
      expect(() => cache.replace(only({ vrps: [vrp(2, 24, maxLength)] }))).toThrowError(RangeError);
      expect(() => cache.change({ vrps: [vrp(2, 24, maxLength)] }, {})).toThrowError(RangeError);
      expect(payloadOf(cache.snapshot(2)).length).toBe(1);
    }
  });

  it('§5.1: a router key that no PDU of 65,535 octets can hold is never served, the longest is', () => {
    requirement('8210bis:5.1:length', '!8210bis:5.1:length');
    const cache = serving({});
    const long = (length: number) => only({ routerKeys: [{ ...key(1), spki: new Uint8Array(length) }] });
    expect(() => cache.replace(long(65_504))).toThrowError(RangeError);
    cache.replace(long(65_503));
    expect(cache.snapshot(2).length).toBe(8 + 65_535 + 24);
  });

  it('§5.9, §5.11: a record that is held already is not announced again, nor one that is not held withdrawn', () => {
    requirement('!8210bis:5.3:minimum', '!8210bis:5.9:one-vrp', '!8210bis:5.11:one-key');
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
    requirement('8210bis:4:null-answer', '!8210bis:5.3:minimum', '!8210bis:5.3:merge', '!8210bis:5.9:merge');
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
    requirement('8210bis:5.3:merge', '8210bis:5.9:merge');
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
    requirement('8210bis:5.3:minimum');
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
    requirement(
      '8210bis:5.12:unique',
      '8210bis:5.12:ascending',
      '8210bis:5.12:one-per-customer',
      '8210bis:5.12:union',
      '8210bis:5.12:complete',
      '8210bis:5.12:zero-cache',
    );
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
    requirement('8210bis:5.12:not-empty-cache');
    const cache = serving({ aspas: [{ customer: 1, providers: [] }] });
    expect(payloadOf(cache.snapshot(2))).toEqual([
      { type: 'aspa', announce: true, customer: 1, providers: [0] },
    ]);
  });

  it('§5.12: the longest list that fits a PDU is served whole, a longer one not at all, never in parts', () => {
    requirement(
      '8210bis:5.1:length',
      '!8210bis:5.12:union',
      '8210bis:5.12:complete',
      '!8210bis:5.12:complete',
    );
    const list = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 10);
    const cache = serving({ aspas: [{ customer: 1, providers: list(16_380) }] });
    expect(cache.snapshot(2).length).toBe(8 + 65_532 + 24);
    expect(payloadOf(cache.snapshot(2))).toMatchObject([{ customer: 1, providers: list(16_380) }]);
    cache.replace(only({ aspas: [{ customer: 1, providers: list(16_381) }] }));
    expect(payloadOf(cache.snapshot(2))).toEqual([]);
  });
});
