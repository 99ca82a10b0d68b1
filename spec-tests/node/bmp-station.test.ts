import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { encodeBmp } from 'pathsec/bmp';
import { type BmpStation, type BmpStationEvent, type BmpStationOptions, listenBmp } from 'pathsec/node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { INITIATION, MESSAGES, OCTETS, PEER, peerUp } from '../bmp/samples.js';

async function station(options: Partial<BmpStationOptions> = {}) {
  const told: string[] = [];
  const wake = new Set<() => void>();
  const server = await listenBmp({
    host: '127.0.0.1',
    port: 0,
    ...options,
    onEvent(router, event) {
      told.push(`${router.number} ${words(event)}`);
      for (const one of wake) one();
      return options.onEvent?.(router, event);
    },
  });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= server.close();
    return closing;
  };
  onTestFinished(() => close().catch(() => {}));
  return {
    told,
    close,
    server,
    /** Waits until this was told. */
    until: (what: string) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (!told.some((one) => one.includes(what))) return;
          wake.delete(look);
          resolve();
        };
        wake.add(look);
        look();
      }),
  };
}

function words(event: BmpStationEvent): string {
  if (event.kind === 'message') return event.message.kind;
  if (event.kind === 'fault') return `fault ${event.error.code}`;
  return 'reason' in event ? `${event.kind}: ${event.reason}` : event.kind;
}

async function router({ port }: BmpStation): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

describe('listenBmp', () => {
  it('tells of messages in their order, of those that cannot be read, and of the end that a router gives', async () => {
    const { told, until, server } = await station();
    const socket = await router(server);
    const broken = encodeBmp(peerUp());
    broken[68] = 0;
    socket.write(Buffer.concat([broken, ...OCTETS]));
    await until('closed');
    // What follows a Termination is not read.
    const kinds = MESSAGES.slice(0, -1).map(({ kind }) => `1 ${kind}`);
    expect(told).toEqual([
      '1 connected',
      '1 fault marker',
      ...kinds,
      '1 closed: out of resources: no\\u001bmemory',
    ]);
    await once(socket, 'close');
  });

  it('knows which peers are up', async () => {
    const sizes: string[] = [];
    const { until, server } = await station({
      onEvent({ peers }, event) {
        if (event.kind === 'message') sizes.push(`${event.message.kind} ${peers.size}`);
      },
    });
    const socket = await router(server);
    socket.end(Buffer.concat(OCTETS.filter((_, i) => MESSAGES[i]?.kind.startsWith('peer'))));
    await until('closed');
    expect(sizes).toEqual(['peer-up 1', 'peer-up 2', 'peer-down 2', 'peer-down 1']);
  });

  it('reads no more of a router while what came is at work', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { told, until, server } = await station({
      onEvent: (_, { kind }) => (kind === 'message' ? held : undefined),
    });
    const socket = await router(server);
    socket.write(Buffer.concat([encodeBmp(INITIATION), encodeBmp(peerUp())]));
    await until('initiation');
    await router(server).then((other) => other.end());
    await until('2 closed');
    expect(told.filter((one) => one.startsWith('1'))).toEqual(['1 connected', '1 initiation']);
    release();
    await until('peer-up');
  });

  it('turns routers away beyond its limits, and lets go of those that say nothing or no BMP', async () => {
    const { told, until, server } = await station({ maxSessionsPerAddress: 1 });
    await router(server);
    await until('connected');
    await router(server);
    await until('refused');
    expect(told).toEqual(['1 connected', '2 refused: sessions-per-address']);
    const { until: silent, server: impatient } = await station({ idleSeconds: 0.05 });
    await router(impatient);
    await silent('closed: no message within 0.05 s');
    const { until: noBmp, server: other } = await station({ maxMessageLength: 100 });
    (await router(other)).write(Uint8Array.of(3, 0, 0, 1, 0, 4));
    await noBmp('fault bmp-length');
    await noBmp('closed: what comes is no BMP');
  });

  it('says when a router goes inside a message, and when a peer is one too many', async () => {
    const { told, until, server } = await station({ maxPeers: 1 });
    const socket = await router(server);
    socket.end(Buffer.concat([...OCTETS.slice(1, 3), encodeBmp(peerUp(PEER)).subarray(0, 50)]));
    await until('closed');
    expect(told.slice(1)).toEqual([
      '1 peer-up',
      '1 fault bmp-peers',
      '1 peer-up',
      '1 closed: connection closed inside a message',
    ]);
  });

  it('rejects at its close with what the owner threw', async () => {
    const { until, server, close } = await station({
      onEvent(_, { kind }) {
        if (kind === 'message') throw new TypeError('mine');
      },
    });
    const socket = await router(server);
    socket.write(encodeBmp(INITIATION));
    await until('initiation');
    await once(socket, 'close');
    await expect(close()).rejects.toThrow('mine');
    await expect(listenBmp({ host: '192.0.2.1', port: 0, onEvent() {} })).rejects.toThrow();
  });
});
