import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { formatPrefix } from 'pathsec/inet';
import { followRisLive, type RisLiveEvent, type RisLiveOptions } from 'pathsec/node';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { until } from '../cli/running.js';
import { risUpdate, risWithdrawal } from '../routes/ris-lines.js';
import { risServer } from './ris-server.js';

function words(event: RisLiveEvent): string {
  switch (event.kind) {
    case 'connected':
      return event.gap ? `connected after a gap` : 'connected';
    case 'fault':
      return `fault ${event.error.code}`;
    case 'interrupted':
      return `interrupted: ${event.reason}`;
    case 'message': {
      const { message } = event;
      if (message.kind !== 'peer')
        return message.kind === 'error' ? `error ${message.message}` : message.kind;
      return message.elements
        .map((one) => ('prefix' in one ? `${one.kind} ${formatPrefix(one.prefix)}` : one.kind))
        .join(', ');
    }
  }
}

function follow(url: string, options: Partial<RisLiveOptions> = {}) {
  const told: string[] = [];
  const events: RisLiveEvent[] = [];
  const live = followRisLive({
    url,
    retrySeconds: 0.01,
    random: () => 0.5,
    ...options,
    onEvent(event) {
      told.push(words(event));
      events.push(event);
      return options.onEvent?.(event);
    },
  });
  let closing: ReturnType<typeof live.close> | undefined;
  const close = () => (closing ??= live.close());
  onTestFinished(() => void close().catch(() => {}));
  return {
    told,
    events,
    close,
    has: (what: string, count = 1) => until(() => told.filter((one) => one.includes(what)).length >= count),
  };
}

const A = ['198.51.100.0/24'];

describe('RIS Live', () => {
  it('is subscribed to, and its messages come as routes, withdrawals and faults', async () => {
    const server = await risServer(({ send, socket }) => {
      send(
        '{"type":"ris_subscribe_ok","data":{}}',
        risUpdate('64496 64497', A, { raw: true }),
        risWithdrawal(A),
      );
      send('no JSON', risUpdate('64496', A).slice(0, 80), '[]', '{"type":"pong"}', '');
      socket.send(Buffer.from(risUpdate('64496', A)), { binary: true });
      send('{"type":"ris_error","data":{"message":"slow down"}}');
    });
    const filters = [{ host: 'rrc00', moreSpecific: true }, { peer: '192.0.2.1' }];
    const { told, has, close } = follow(server.url, { filters });
    await has('error');
    expect(await close()).toBeUndefined();
    expect(told).toEqual([
      'connected',
      'subscribed',
      'route 198.51.100.0/24',
      'withdrawal 198.51.100.0/24',
      'fault json-syntax',
      'fault json-syntax',
      'fault json-shape',
      'other',
      'fault json-syntax',
      'route 198.51.100.0/24',
      'error slow down',
    ]);
    const socketOptions = { includeRaw: true, acknowledge: true };
    expect(server.connections[0]?.received).toEqual(
      filters.map((filter) => ({ type: 'ris_subscribe', data: { ...filter, socketOptions } })),
    );
    await until(() => server.connections[0]?.socket.readyState === 3);
  });

  it('is connected to again when it closes, in the middle of a message too, and each gap is told', async () => {
    const server = await risServer(({ number, send, socket, under }) => {
      send(risUpdate('64496', A));
      if (number === 1) socket.close(1001, 'back\u001b soon');
      // A frame that says it has 100 octets, and 3 of them.
      if (number === 2) under.end(Uint8Array.of(0x81, 100, 0x7b, 0x22, 0x61));
    });
    const before = Date.now() / 1000;
    const { told, events, has, close } = follow(server.url);
    await has('route', 3);
    await close();
    expect(told.filter((one) => !one.startsWith('fault'))).toEqual([
      'connected',
      'route 198.51.100.0/24',
      'interrupted: back\\u001b soon',
      'connected after a gap',
      'route 198.51.100.0/24',
      'interrupted: closed with code 1006',
      'connected after a gap',
      'route 198.51.100.0/24',
    ]);
    const gaps = events.flatMap((event) => (event.kind === 'connected' && event.gap ? [event.gap] : []));
    const begins = events.flatMap((event) => (event.kind === 'interrupted' ? [event.from] : []));
    expect(gaps.map(({ from }) => from)).toEqual(begins);
    for (const { from, to } of gaps) expect(before <= from && from <= to).toBe(true);
  });

  it('is waited for longer at each attempt, with what is random in between', async () => {
    const { events, has, close } = follow('ws://127.0.0.1:9', { random: () => 1, retrySeconds: 0.001 });
    await has('interrupted', 9);
    const gap = await close();
    const waits = events.flatMap((event) =>
      event.kind === 'interrupted' ? [event.retrySeconds * 1000] : [],
    );
    expect(waits.slice(0, 9).map(Math.round)).toEqual([1, 2, 4, 8, 16, 32, 64, 64, 64]);
    expect(gap !== undefined && gap.from <= gap.to).toBe(true);
  });

  it('is asked for a sign of life, and given up without one', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    /** Lets time pass, and whatever is on its way arrive. */
    const pass = async (seconds: number): Promise<void> => {
      vi.advanceTimersByTime(1000 * seconds);
      for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve, 1));
    };
    let pings = 0;
    const alive = await risServer(({ socket }) => void socket.on('ping', () => pings++));
    const patient = follow(alive.url);
    await patient.has('connected');
    for (let i = 0; i < 20; i++) await pass(8);
    expect(pings).toBeGreaterThan(3);
    await patient.close();
    expect(patient.told).toEqual(['connected']);
    const silent = await risServer(() => {}, { autoPong: false });
    const impatient = follow(silent.url);
    await impatient.has('connected');
    await pass(50);
    expect(impatient.told).toEqual(['connected']);
    await pass(20);
    await impatient.has('interrupted: silent for 60 s');
  });

  it('may send no message that is longer than allowed', async () => {
    const server = await risServer(({ send }) => send(risUpdate('64496', A), 'x'.repeat(5000)));
    const { told, has, close } = follow(server.url, { maxMessageLength: 4096 });
    await has('Max payload size exceeded');
    await close();
    expect(told.slice(0, 2)).toEqual(['connected', 'route 198.51.100.0/24']);
    expect(told.some((one) => one.startsWith('fault'))).toBe(false);
  });

  it('is another service, or none: told, and tried again', async () => {
    const http = createServer((_, answer) => void answer.writeHead(503).end());
    const tcp = createTcpServer((socket) => void socket.end('SSH-2.0-x\r\n').on('error', () => {}));
    for (const server of [http, tcp]) {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void server.close());
      const { told, has, close } = follow(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await has('interrupted', 2);
      await close();
      expect(told[0]).toMatch(
        server === http ? /Unexpected server response: 503/ : /interrupted: Parse Error/,
      );
    }
  });

  it('waits for a slow taker: nothing is read meanwhile', async () => {
    const large = risUpdate('64496', A).replace('"id"', `"pad":"${'x'.repeat(100_000)}","id"`);
    const server = await risServer(({ send }) => {
      for (let i = 0; i < 200; i++) send(large);
    });
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const { told, has, close } = follow(server.url, {
      onEvent: (event) => (event.kind === 'message' ? held : undefined),
    });
    await has('route');
    // 20 MB do not fit into the buffers of a socket: most of it stays with the server.
    await until(() => (server.connections[0]?.socket.bufferedAmount ?? 0) > 1_000_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(told).toHaveLength(2);
    expect(server.connections[0]?.socket.bufferedAmount).toBeGreaterThan(1_000_000);
    release();
    await has('route', 200);
    await close();
  });

  it('ends with what its taker throws, at once or later', async () => {
    const server = await risServer(({ send }) => send(risUpdate('64496', A)));
    for (const onEvent of [
      () => {
        throw new Error('enough');
      },
      () => Promise.reject(new Error('enough')),
    ]) {
      const { has, close } = follow(server.url, { onEvent });
      await has('connected');
      await expect(close()).rejects.toThrow('enough');
    }
  });

  it.each(['http://127.0.0.1/', 'ws://', 'ris-live.ripe.net', ''])('has no URL such as %s', (url) => {
    expect(() => followRisLive({ url, onEvent: () => {} })).toThrow(TypeError);
  });
});
