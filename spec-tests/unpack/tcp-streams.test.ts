import { parseAddress } from 'pathsec/inet';
import { createTcpStreams, type Endpoint } from 'pathsec/unpack';
import { describe, expect, it } from 'vitest';
import { ONE, OPENED, recorded, TWO } from './tcp-recorder.js';

describe('the connections', () => {
  it('have two directions, whichever end comes first', () => {
    const { log, take, streams } = recorded();
    take(TWO, ONE, 5, [], { syn: true });
    take(ONE, TWO, 9, [], { syn: true });
    take(ONE, TWO, 10, [1]);
    take(TWO, ONE, 6, [2]);
    expect(streams.size).toBe(1);
    expect(log).toEqual([OPENED, '0 1 #3 @54', '1 2 #4 @54']);
  });

  it('are told apart by all four numbers; ends of one address by the port', () => {
    const { log, take } = recorded();
    take(ONE, { ...ONE, port: 5 }, 1, [1]);
    take({ ...ONE, port: 5 }, ONE, 1, [2]);
    take(
      { address: parseAddress('2001:db8::1'), port: 179 },
      { address: parseAddress('2001:db8::1'), port: 5 },
      1,
      [3],
    );
    expect(log).toEqual([
      'open 192.0.2.1:5 192.0.2.1:179',
      '1? 1 #1 @54',
      '0? 2 #2 @54',
      'open 2001:db8::1:5 2001:db8::1:179',
      '1? 3 #3 @54',
    ]);
  });

  it('begin anew with another SYN, and not with the same one', () => {
    const { log, begin, send, take } = recorded();
    begin();
    send(0, [1]);
    begin();
    send(1, [2]);
    take(ONE, TWO, 70, [], { syn: true });
    take(ONE, TWO, 71, [3]);
    expect(log).toEqual([OPENED, '0 1 #2 @54', '0 2 #4 @54', 'end', OPENED, '0 3 #6 @54']);
  });

  it('may have octets in the SYN', () => {
    const { log, take } = recorded();
    take(ONE, TWO, 70, [1], { syn: true });
    take(ONE, TWO, 72, [2]);
    expect(log).toEqual([OPENED, '0 1 #1 @54', '0 2 #2 @54']);
  });

  it('that are ignored give nothing more, and hold nothing', () => {
    const { log, begin, send, streams } = recorded({}, (octets) => (octets > 1 ? 'ignored' : 'undecided'));
    begin();
    send(3, [4]);
    send(0, [1, 2]);
    send(2, [3]);
    streams.end();
    expect(log).toEqual([OPENED, '0 1 2 #3 @54', 'end']);
  });

  it('are followed as long as there is room: the one that was silent for longest goes', () => {
    const { log, take, streams } = recorded({ wanted: 2 });
    const ends = [1, 2, 3].map((port) => ({ ...TWO, port }));
    for (const [i, end] of ends.entries()) take(ONE, end, 1, [i]);
    expect(streams.size).toBe(2);
    take(ONE, ends[1] as Endpoint, 2, [7]);
    take(ONE, ends[0] as Endpoint, 2, [8]);
    expect(log.filter((line) => line === 'evicted')).toHaveLength(2);
    expect(streams.size).toBe(2);
    take(ONE, ends[1] as Endpoint, 3, [9]);
    expect(log.at(-1)).toBe('0? 9 #6 @54');
  });

  it('that are not wanted do not push those out that are', () => {
    const { log, take, streams } = recorded({ others: 4 }, (octets) => (octets > 3 ? 'wanted' : 'undecided'));
    take(ONE, TWO, 1, [1, 2, 3, 4]);
    for (let port = 1_001; port <= 2_000; port++) take({ ...ONE, port }, TWO, 1, [], { syn: true });
    expect(streams.size).toBe(5);
    take(ONE, TWO, 5, [5]);
    expect(log.at(-1)).toBe('0? 5 #1002 @54');
  });

  it('do not depend on the seed', () => {
    const orders = [1, 2].map((seed) => {
      const ended: string[] = [];
      const streams = createTcpStreams(
        ({ ends }) => ({
          interest: 'wanted',
          data() {},
          gap() {},
          overlap() {},
          end: () => ended.push(String(ends[0].port)),
        }),
        {},
        { seed },
      );
      const place = { number: 1, offset: 0, seconds: 0, microseconds: 0 };
      const segment = {
        destination: TWO,
        sequence: 1,
        syn: true,
        payload: new Uint8Array(),
        payloadAt: 0,
        cut: 0,
      };
      for (let port = 1; port < 50; port++) streams.take({ ...segment, source: { ...ONE, port } }, place);
      streams.end();
      return ended;
    });
    expect(orders[0]).toEqual(orders[1]);
  });
});
