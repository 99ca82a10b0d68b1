import { type AddressInfo, createServer, type Socket } from 'node:net';
import { connectRtr } from 'pathsec/node';
import { type ClientEvent, createRtrClient, encodePdu } from 'pathsec/rtr';
import { afterEach, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.js';
import { jsonLines } from '../cli/run.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const timing = { refresh: 3600, retry: 600, expire: 7200 };
const PER_UPDATE = 2_000;
const UPDATES = 50;

const vrp = (i: number) => ({
  prefix: { afi: 1 as const, octets: Uint8Array.of(10, i >> 16, i >> 8, i), length: 32 },
  maxLength: 32,
  asn: 64496,
});

/** Cache Response and End of Data around `count` announcements or withdrawals. */
function answer(serial: number, announce: boolean, count: number): Buffer {
  return Buffer.concat([
    encodePdu({ type: 'cache-response', sessionId: 7 }, 1),
    ...Array.from({ length: count }, (_, i) => encodePdu({ type: 'ipv4-prefix', announce, vrp: vrp(i) }, 1)),
    encodePdu({ type: 'end-of-data', sessionId: 7, serial, timing }, 1),
  ]);
}

/** A cache that answers whatever is asked as fast as the socket takes it, and notifies at once after each answer. */
async function churningCache(updates = UPDATES, count = PER_UPDATE) {
  const announce = answer(0, true, count);
  const withdraw = answer(0, false, count);
  const state = { answered: 0, sockets: new Set<Socket>() };
  const server = createServer((socket) => {
    state.sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => state.sockets.delete(socket));
    socket.on('data', () => {
      state.answered++;
      const octets = Buffer.from(state.answered % 2 === 1 ? announce : withdraw);
      octets.writeUInt32BE(state.answered, octets.length - 16);
      socket.write(octets);
      if (state.answered < updates) {
        socket.write(encodePdu({ type: 'serial-notify', sessionId: 7, serial: state.answered + 1 }, 1));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const socket of state.sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { state, port };
}

/** Waits until `value` stays the same over many turns of the event loop. */
async function settled(value: () => number): Promise<number> {
  let last = value();
  for (let same = 0; same < 40; ) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    const now = value();
    same = now === last ? same + 1 : 0;
    last = now;
  }
  return last;
}

describe('a consumer that takes its time', () => {
  it('holds the cache: nothing more is read until it is done, and nothing is lost', async () => {
    const { state, port } = await churningCache();
    const events: ClientEvent[] = [];
    let release = (): void => {};
    let working = 0;
    let most = 0;
    let holding = true;
    const client = createRtrClient({ highestVersion: 1 });
    const connection = connectRtr(client, { host: '127.0.0.1', port }, async (event) => {
      if (event.kind !== 'update') return;
      events.push(event);
      working++;
      most = Math.max(most, working);
      if (holding) {
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      }
      working--;
    });
    closers.push(() => connection.close());
    // An unread answer is on its way at most, whatever the cache has to say.
    expect(await settled(() => state.answered)).toBeLessThan(4);
    expect(events.length).toBe(1);
    holding = false;
    release();
    while (events.length < UPDATES) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(most).toBe(1);
    expect(events.map((event) => event.kind === 'update' && event.serial)).toEqual(
      Array.from({ length: UPDATES }, (_, i) => i + 1),
    );
    expect(client.status.phase).toBe('established');
  });

  it('is not blamed on the cache: the clock of the session stands still', async () => {
    const { port } = await churningCache(3, 1000);
    const kinds: string[] = [];
    const client = createRtrClient({ highestVersion: 1, limits: { responseSeconds: 2 } });
    const connection = connectRtr(client, { host: '127.0.0.1', port }, async (event) => {
      kinds.push(event.kind);
      // Longer than the cache may take for an answer.
      if (kinds.length === 2) await new Promise((resolve) => setTimeout(resolve, 3_000));
    });
    closers.push(() => connection.close());
    while (kinds.filter((kind) => kind === 'update').length < 3) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(kinds).toEqual(['version', 'update', 'update', 'update']);
  });
});

describe('pathsec rtr watch', () => {
  it('waits for a slow standard output, with one portion on its way', async () => {
    const { state, port } = await churningCache(6, PER_UPDATE);
    let text = '';
    let release = (): void => {};
    let holding = true;
    let waiting = 0;
    let most = 0;
    const io = {
      stdin: { async *[Symbol.asyncIterator]() {} },
      stdout: {
        isTerminal: false,
        write: async (portion: string) => {
          waiting += portion.length;
          most = Math.max(most, waiting);
          if (holding) {
            await new Promise<void>((resolve) => {
              release = resolve;
            });
          }
          text += portion;
          waiting -= portion.length;
        },
      },
      stderr: { isTerminal: false, write: async () => {} },
      env: {},
      now: () => 0,
      seed: 1,
    };
    const argv = ['rtr', 'watch', `127.0.0.1:${port}`, '--rtr-version', '1', '--initial', '--jsonl'];
    const watching = main([...argv, '--updates', '6', '--for', '100'], io);
    // The first update is being written; the answer behind it waits in the sockets.
    expect(await settled(() => state.answered)).toBeLessThan(4);
    expect(text).toBe('');
    holding = false;
    release();
    expect(await watching).toBe(0);
    expect(most).toBeLessThan(70_000);
    const lines = jsonLines(text);
    expect(lines.length).toBe(6 * PER_UPDATE);
    expect(
      lines.every(({ change }, i) => (change === 'announce') === (Math.floor(i / PER_UPDATE) % 2 === 0)),
    ).toBe(true);
  });
});
