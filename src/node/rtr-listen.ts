import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket, type TlsOptions } from 'node:tls';
import {
  type CacheOutput,
  type CacheSession,
  type CacheSessionOptions,
  createCacheSession,
  type Fault,
  type RtrCache,
} from '../rtr/index.js';

/** Where and how a cache server listens. */
export interface RtrListenOptions extends CacheSessionOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /**
   * TLS with these settings. `requestCert` and `rejectUnauthorized` make routers show certificates, which must name
   * the address that they connect from (iPAddress; 8210bis-26 §9.2).
   */
  readonly tls?: TlsOptions;
  /** Connections at once; more are refused. Default 1,000. */
  readonly maxSessions?: number;
  /** What happens in a session, numbered from 1 in order of connection. */
  readonly onEvent?: (session: number, event: RtrServerEvent) => void;
}

/** What a session of a server reports. */
export type RtrServerEvent =
  | Exclude<CacheOutput, { kind: 'send' | 'disconnect' }>
  | { readonly kind: 'connected' | 'closed' };

/** A cache server that listens. */
export interface RtrServer {
  readonly port: number;
  /** Routers connected now. */
  readonly sessions: number;
  /** To be called after every change of the cache's data. */
  notify(): void;
  inject(fault: Fault): void;
  /** Stops listening and ends all sessions, with Cache Restart (12) or Cache Shutdown (13) in version 2. */
  close(errorCode?: 12 | 13): Promise<void>;
}

/** Octets handed to a socket at a time; what waits behind them are views of arrays that all sessions share. */
const SLICE = 262_144;

/** Milliseconds that routers get to read the last PDU. */
const LAST_WORDS = 1_000;

/**
 * Serves `cache` to routers over TCP or TLS. Each session writes only as fast as its router reads, and reads no
 * queries while an answer waits; a router that stops reading for three retry intervals is dropped (8210bis-26 §9;
 * docs/decisions.md D-rtr-stall-unreported).
 *
 * @returns when the server listens. Rejects with the error of the socket when it cannot.
 */
export async function listenRtr(cache: RtrCache, options: RtrListenOptions): Promise<RtrServer> {
  const live = new Map<CacheSession, (outputs: readonly CacheOutput[]) => void>();
  const sockets = new Set<Socket>();
  let connected = 0;
  const accept = (socket: Socket): void => {
    if (
      live.size >= (options.maxSessions ?? 1_000) ||
      (options.tls?.requestCert && !namesItsAddress(socket))
    ) {
      socket.destroy();
      return;
    }
    const number = ++connected;
    const session = createCacheSession(cache, options);
    const report = (event: RtrServerEvent): void => options.onEvent?.(number, event);
    live.set(session, serveSocket(socket, session, 3000 * cache.timing.retry, report));
    report({ kind: 'connected' });
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      live.delete(session);
      report({ kind: 'closed' });
    });
  };
  const server: Server = options.tls ? createTlsServer(options.tls, accept) : createTcpServer(accept);
  // The image that most routers will ask for first is made before anybody waits for it.
  if (cache.hasData) cache.snapshot(options.highestVersion ?? 2);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: options.host, port: options.port }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    get sessions() {
      return live.size;
    },
    notify() {
      const now = seconds();
      for (const [session, perform] of live) perform(session.changed(now));
    },
    inject(fault) {
      for (const [session, perform] of live) perform(session.inject(fault));
    },
    close(errorCode = 12) {
      for (const [session, perform] of live) perform(session.shutdown(errorCode));
      // A router that does not read its last PDU cannot keep the server up.
      const patience = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, LAST_WORDS);
      return new Promise((resolve) => {
        server.close(() => {
          clearTimeout(patience);
          resolve();
        });
      });
    },
  };
}

/** Whether a router that showed a certificate comes from an address in it (8210bis-26 §9.2). */
function namesItsAddress(socket: Socket): boolean {
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  if (!certificate) return true; // none shown: whether that will do, `rejectUnauthorized` has decided
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:(?=[0-9.]+$)/, '');
  return address !== '' && certificate.checkIP(address) !== undefined;
}

function seconds(): number {
  return performance.now() / 1000;
}

/** Connects a session with a socket; gives what carries out the outputs of the session. */
function serveSocket(
  socket: Socket,
  session: CacheSession,
  stallMilliseconds: number,
  report: (event: RtrServerEvent) => void,
): (outputs: readonly CacheOutput[]) => void {
  let queue: Uint8Array[] = [];
  let ending = false;
  let timer: NodeJS.Timeout | undefined;
  /** Writes until the socket is full; goes on when it has drained. */
  const flow = (): void => {
    for (let head = queue[0]; head; head = queue[0]) {
      const slice = head.subarray(0, SLICE);
      if (slice.length < head.length) queue[0] = head.subarray(SLICE);
      else queue.shift();
      if (!socket.write(slice)) break;
    }
    const blocked = socket.writableNeedDrain;
    if (queue.length > 0) socket.pause();
    else socket.resume();
    socket.setTimeout(blocked ? stallMilliseconds : 0);
    if (ending && queue.length === 0) socket.destroySoon();
  };
  const perform = (outputs: readonly CacheOutput[]): void => {
    for (const output of outputs) {
      if (output.kind === 'send') queue.push(output.octets);
      else if (output.kind === 'disconnect') ending = true;
      else report(output);
    }
    if (!socket.writableNeedDrain) flow();
    clearTimeout(timer);
    const wait = session.nextWake() - seconds();
    if (wait === Number.POSITIVE_INFINITY) return;
    timer = setTimeout(() => perform(session.tick(seconds())), Math.ceil(1000 * Math.max(wait, 0)));
  };
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  socket.on('data', (octets) => {
    if (!ending) perform(session.received(octets, seconds()));
  });
  socket.on('drain', flow);
  socket.on('timeout', () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    clearTimeout(timer);
    queue = [];
  });
  return perform;
}
