import { connect, createServer, type Socket } from 'node:net';
import {
  type BgpConnection,
  type BgpPeer,
  type BgpSpeaker,
  type BgpSpeakerOptions,
  startBgpSpeaker,
} from 'pathsec/node';
import { describeEnd, type SpeakerReport } from 'pathsec/speaker';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../interop/daemon.js';
import { KEEPALIVE, peerOpen, reportOf, update4 } from '../speaker/peer.js';

const started: BgpSpeaker[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.stop()));
  for (const socket of sockets.splice(0)) socket.destroy();
});

interface Watched {
  readonly speaker: BgpSpeaker;
  readonly lines: string[];
  readonly connections: Set<BgpConnection>;
  /** Waits for a line that fits. */
  until(line: string | RegExp): Promise<void>;
}

const LOCAL = { localAs: 64500, routerId: 1 };
const OTHER = { localAs: 64499, routerId: 2 };

async function start(
  options: Omit<BgpSpeakerOptions, 'onReport'> & {
    onReport?: (report: SpeakerReport) => void | Promise<void>;
  },
): Promise<Watched> {
  const lines: string[] = [];
  const connections = new Set<BgpConnection>();
  let look = (): void => {};
  const note = (line: string): void => {
    lines.push(line);
    look();
  };
  const speaker = await startBgpSpeaker({
    ...options,
    onReport(connection, _, report) {
      connections.add(connection);
      const end = report.kind === 'state' && report.end ? `: ${describeEnd(report.end)}` : '';
      for (const line of reportOf([report])) note(`${line}${end}`);
      return options.onReport?.(report);
    },
    onRefused: (address, reason) => note(`refused ${address} ${reason}`),
  });
  started.push(speaker);
  return {
    speaker,
    lines,
    connections,
    until: (wanted) =>
      new Promise((resolve) => {
        look = () => {
          if (lines.some((line) => (typeof wanted === 'string' ? line === wanted : wanted.test(line))))
            resolve();
        };
        look();
      }),
  };
}

const listener = (peer: BgpPeer, more: Partial<BgpSpeakerOptions> = {}) =>
  start({ ...more, listen: { host: '127.0.0.1', port: 0 }, peers: [peer] } as never);

/** A peer of few words, by hand. */
function rawPeer(port: number): Socket {
  const socket = connect({ host: '127.0.0.1', port });
  socket.on('error', () => {});
  sockets.push(socket);
  return socket;
}

describe('two speakers over loopback', () => {
  it('come up, carry routes, and tell each other the end', async () => {
    const right = await listener({ session: OTHER });
    const port = right.speaker.port ?? 0;
    const left = await start({ peers: [{ session: LOCAL, address: '127.0.0.1', port }] });
    await Promise.all([left.until('Established'), right.until('Established')]);
    const [connection] = left.connections;
    expect(connection?.send(update4(['192.0.2.0/24'], [], [], [64500]))).toBe(true);
    await right.until('+192.0.2.0/24');
    await left.speaker.stop('maintenance');
    await right.until(/^Idle: the peer says Cease \/ Administrative Shutdown \(6\/2\): "maintenance"$/);
    expect(right.speaker.connections).toEqual([]);
    expect(connection).toMatchObject({ initiatedBy: 'own', address: '127.0.0.1' });
  });

  it('try again while nobody listens, and after a session that was lost', async () => {
    const port = await freePort();
    const left = await start({
      peers: [{ session: { ...LOCAL, idleHold: [0.05, 0.1] }, address: '127.0.0.1', port }],
    });
    await left.until(/^Idle: connection lost: .*ECONNREFUSED/);
    const right = await start({ listen: { host: '127.0.0.1', port }, peers: [{ session: OTHER }] });
    await left.until('Established');
    await right.speaker.stop();
    left.lines.length = 0;
    await start({ listen: { host: '127.0.0.1', port }, peers: [{ session: OTHER }] });
    await left.until('Established');
  });

  it('keep one connection where both connect to each other (RFC 4271 §6.8)', async () => {
    const [a, b] = [await freePort(), await freePort()];
    const quick = { idleHold: [0.05, 0.1] } as const;
    const left = await start({
      listen: { host: '127.0.0.1', port: a },
      peers: [{ session: { ...LOCAL, ...quick }, address: '127.0.0.2', localAddress: '127.0.0.1', port: b }],
    });
    const right = await start({
      listen: { host: '127.0.0.2', port: b },
      peers: [{ session: { ...OTHER, ...quick }, address: '127.0.0.1', localAddress: '127.0.0.2', port: a }],
    });
    const settled = ({ speaker }: Watched): boolean =>
      speaker.connections.filter(({ status }) => status.state === 'Established').length === 1 &&
      speaker.connections.every(({ status }) => ['Established', 'Idle'].includes(status.state));
    while (!settled(left) || !settled(right)) await new Promise((resolve) => setTimeout(resolve, 20));
    // The end that is lost comes back by itself.
    for (const connection of right.speaker.connections) connection.cease(4);
    left.lines.length = 0;
    await left.until('Established');
  });
});

describe('who may connect', () => {
  it('is who has the address of a peer', async () => {
    const { speaker, until } = await listener({ session: LOCAL, address: '127.0.0.9' });
    rawPeer(speaker.port ?? 0);
    await until('refused 127.0.0.1 unknown-peer');
  });

  it('is limited in number', async () => {
    const { speaker, until, lines } = await listener({ session: LOCAL }, { maxSessions: 2 });
    for (let i = 0; i < 3; i++) rawPeer(speaker.port ?? 0);
    await until('refused 127.0.0.1 sessions');
    expect(lines.filter((line) => line === 'OpenSent')).toHaveLength(2);
  });

  it('is limited for one address', async () => {
    const { speaker, until } = await listener({ session: LOCAL }, { maxSessionsPerAddress: 1 });
    for (let i = 0; i < 2; i++) rawPeer(speaker.port ?? 0);
    await until('refused 127.0.0.1 sessions-per-address');
  });

  it('and who goes again before an OPEN leaves nothing behind', async () => {
    const { speaker, until } = await listener({ session: LOCAL });
    rawPeer(speaker.port ?? 0).once('data', function (this: Socket) {
      this.destroy();
    });
    await until(/^Active: connection lost/);
    expect(speaker.connections).toEqual([]);
  });
});

describe('options', () => {
  const none = (): void => {};
  it.each<[string, readonly BgpPeer[]]>([
    ['two peers without an address', [{ session: LOCAL }, { session: LOCAL }]],
    [
      'two peers with the address ::1',
      [
        { session: LOCAL, address: '::1' },
        { session: LOCAL, address: '0:0::1' },
      ],
    ],
    ['port 179: a peer to connect to needs an address', [{ session: LOCAL, port: 179 }]],
    ['localAs: 0 cannot stand in an OPEN', [{ session: { ...LOCAL, localAs: 0 } }]],
  ])('%s', async (message, peers) => {
    await expect(startBgpSpeaker({ peers, onReport: none })).rejects.toThrow(message);
  });

  it('several ports of one address are several peers, none of which may connect', async () => {
    const port = await freePort();
    const peers = [1, 2].map((n) => ({ session: LOCAL, address: '127.0.0.1', port: port + n }));
    const { speaker, until } = await start({ listen: { host: '127.0.0.1', port: 0 }, peers });
    rawPeer(speaker.port ?? 0);
    await until('refused 127.0.0.1 unknown-peer');
  });

  it('an address that is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const listening = startBgpSpeaker({
      listen: { host: '127.0.0.1', port },
      peers: [{ session: LOCAL }],
      onReport: none,
    });
    await expect(listening).rejects.toThrow(/EADDRINUSE/);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('flow control', () => {
  it('D-speaker-slow-consumer: while a consumer is at work nothing more is read', async () => {
    const waiting: (() => void)[] = [];
    let seen = 0;
    const { speaker, until } = await start({
      listen: { host: '127.0.0.1', port: 0 },
      peers: [{ session: LOCAL }],
      onReport: (report) => {
        if (report.kind !== 'update') return undefined;
        seen++;
        return new Promise<void>((resolve) => waiting.push(resolve));
      },
    });
    const socket = rawPeer(speaker.port ?? 0);
    socket.write(peerOpen());
    socket.write(KEEPALIVE);
    await until('Established');
    // Many times what the buffers of the system hold.
    const update = update4(Array.from({ length: 200 }, (_, i) => `10.0.${i}.0/24`));
    const megabyte = Buffer.concat(new Array(Math.ceil(1e6 / update.length)).fill(update));
    let written = 0;
    while (written < 400 && socket.write(megabyte)) written++;
    await until('+10.0.0.0/24');
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
    const before = seen;
    // One chunk of the socket at most: 64 KiB.
    expect(before).toBeLessThanOrEqual(Math.ceil(65_536 / update.length) + 1);
    expect(socket.writableLength).toBeGreaterThan(0);
    for (const release of waiting.splice(0)) release();
    while (seen === before) await new Promise((resolve) => setImmediate(resolve));
  });

  it('a peer that never reads is given up after the send hold time', async () => {
    const session = { ...LOCAL, sendHoldTime: 0.2, holdTime: 0 };
    const { speaker, until, connections } = await listener({ session });
    const socket = rawPeer(speaker.port ?? 0);
    socket.pause();
    socket.write(peerOpen([], { holdTime: 0 }));
    socket.write(KEEPALIVE);
    await until('Established');
    const [connection] = connections;
    const update = update4(Array.from({ length: 200 }, (_, i) => `10.0.${i}.0/24`));
    const fill = (): void => {
      while (connection?.send(update)) {
        expect(connection.status.queued).toBeLessThan((1 << 20) + 5000);
      }
    };
    fill();
    const more = setInterval(fill, 5);
    await until(/^Idle: the peer reads nothing/);
    clearInterval(more);
    expect(speaker.connections).toEqual([]);
  });
});
