import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPENED, recorded } from './tcp-recorder.js';

describe('a direction of TCP', () => {
  it('is given in order, each octet once, with its place', () => {
    const { log, begin, send, streams } = recorded();
    begin();
    send(4, [5, 6]);
    send(0, [1, 2]);
    send(0, [1, 2]);
    send(1, [2, 3, 4, 5]);
    send(6, []);
    send(6, [7]);
    streams.end();
    expect(log).toEqual([OPENED, '0 1 2 #3 @54', '0 3 4 5 #5 @55', '0 6 #2 @55', '0 7 #7 @54', 'end']);
  });

  it('is told of octets that are repeated as others; the first ones count', () => {
    const { log, begin, send, streams } = recorded();
    begin();
    send(0, [1, 2, 3]);
    send(1, [2, 9, 4]);
    send(6, [7, 8]);
    send(6, [7, 9]);
    send(4, [5, 6, 9]);
    streams.end();
    expect(log).toEqual([
      OPENED,
      '0 1 2 3 #2 @54',
      '0 overlap #3',
      '0 4 #3 @56',
      '0 overlap #5',
      '0 5 6 9 #6 @54',
      '0 overlap #4',
      '0 8 #4 @55',
      'end',
    ]);
  });

  it('does not take the octet of a keep-alive for a repetition', () => {
    const { log, begin, send } = recorded();
    begin();
    send(0, [1, 2, 3]);
    send(2, [0]);
    expect(log).toEqual([OPENED, '0 1 2 3 #2 @54']);
  });

  it('that is not wholly there is told where, and how much is missing', () => {
    const { log, begin, send, streams } = recorded();
    begin();
    send(2, [3]);
    send(5, [6], { cut: 2 });
    send(8, [9]);
    streams.end();
    expect(log).toEqual([
      OPENED,
      '0 gap 2',
      '0 3 #2 @54',
      '0 gap 2',
      '0 6 #3 @54',
      '0 cut 2',
      '0 9 #4 @54',
      'end',
    ]);
  });

  it('that was cut may be whole in a later packet, which counts as far as it goes on', () => {
    const { log, begin, send } = recorded();
    begin();
    send(0, [1, 2], { cut: 2 });
    send(0, [1, 2, 3, 4, 5]);
    send(3, [], { cut: 4 });
    expect(log).toEqual([OPENED, '0 1 2 #2 @54', '0 cut 2', '0 5 #3 @58', '0 cut 2']);
  });

  it('without SYN begins with its first payload', () => {
    const { log, send } = recorded();
    send(10, [1]);
    send(8, [8, 9, 1, 2]);
    expect(log).toEqual([OPENED, '0? 1 #1 @54', '0? 2 #2 @57']);
  });

  it('goes on elsewhere when numbers are far behind', () => {
    const { log, begin, send } = recorded();
    begin();
    send(0, [1]);
    send(3, [4]);
    send(-(1 << 25), [5]);
    expect(log.slice(2)).toEqual(['0 gap 2', '0 4 #3 @54', '0 gap undefined', '0 5 #4 @54']);
  });

  it('waits for what is missing while no more than 1 MiB waits for it', () => {
    const { log, begin, send } = recorded();
    begin();
    const piece = new Uint8Array(1 << 18);
    for (let i = 0; i < 3; i++) send(1 + i * piece.length, piece);
    expect(log).toEqual([OPENED]);
    send(1 + 3 * piece.length, piece);
    expect(log[1]).toBe('0 gap 1');
    expect(log).toHaveLength(6);
  });

  it.each([
    ['many parts without octets to speak of', { waiting: undefined }, 9_000],
    ['what all connections may hold', { waiting: 1_000 }, 8],
  ])('and no more than %s', (_name, limits, parts) => {
    const { log, begin, send } = recorded(limits.waiting === undefined ? {} : { waiting: limits.waiting });
    begin();
    for (let i = 0; i < parts; i++) send(1 + 2 * i, [1]);
    expect(log.length).toBeGreaterThan(1);
  });

  it('is the same however it is cut, ordered and repeated', () => {
    const segments = fc.array(fc.tuple(fc.nat(199), fc.integer({ min: 1, max: 40 })), { maxLength: 60 });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 200, maxLength: 200 }), segments, (octets, pieces) => {
        const { log, begin, send, streams } = recorded();
        begin();
        for (const [at, length] of pieces) send(at, octets.subarray(at, at + length));
        for (let at = 0; at < 200; at += 50) send(at, octets.subarray(at, at + 50));
        streams.end();
        const given = log
          .filter((line) => line.startsWith('0 '))
          .map((line) => line.split(' #')[0]?.slice(2));
        expect(given.join(' ')).toBe(octets.join(' '));
      }),
    );
  });

  it('has every octet once, or it is missing, whatever comes', () => {
    const segment = fc.record({
      at: fc.integer({ min: -50, max: 300 }),
      payload: fc.uint8Array({ maxLength: 30 }),
      cut: fc.constantFrom(0, 0, 0, 5),
    });
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 40 }), (list) => {
        const { log, begin, send, streams } = recorded({ waiting: 400 });
        begin();
        for (const { at, payload, cut } of list) send(at, payload, { cut });
        streams.end();
        let position = 0;
        for (const line of log.slice(1, -1)) {
          const [, gap] = /^0 (?:gap|cut) (\d+)$/.exec(line) ?? [];
          if (gap !== undefined) position += Number(gap);
          else if (!line.includes('overlap'))
            position += line.split(' #')[0]?.split(' ').slice(1).length ?? 0;
        }
        const end = Math.max(
          0,
          ...list.map(({ at, payload, cut }) => (payload.length + cut > 0 ? at + payload.length + cut : 0)),
        );
        expect(position).toBe(end);
      }),
    );
  });

  it('remembers the last 16 KiB to compare repetitions with', () => {
    const octets = Uint8Array.from({ length: 40_000 }, (_, i) => (i * 7) % 251);
    const { log, begin, send } = recorded();
    begin();
    for (let at = 0; at < octets.length; at += 700) send(at, octets.subarray(at, at + 700));
    for (let at = 0; at < octets.length; at += 999) send(at, octets.subarray(at, at + 999));
    expect(log.filter((line) => line.includes('overlap'))).toEqual([]);
    const changed = octets.slice();
    changed[40_000 - 16_384] = 255;
    send(0, changed.subarray(0, 40_000 - 16_384));
    expect(log.filter((line) => line.includes('overlap'))).toEqual([]);
    send(0, changed);
    expect(log.filter((line) => line.includes('overlap'))).toHaveLength(1);
  });
});
