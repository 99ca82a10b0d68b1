import { createServer, type Socket } from 'node:net';
import { type CacheOutput, type CacheSession, createCacheSession, type RtrCache } from '../rtr/index.js';
import { createAdmission } from './admission.js';
import type { RtrListenOptions, RtrServer, RtrServerEvent } from './rtr-server.js';
import { type SessionEvent, seconds, serveSocket } from './rtr-session-socket.js';
import { createTlsAcceptor, type RtrTcpConnection } from './rtr-tls-accept.js';
import { startListening } from './start-listening.js';

/** Milliseconds that routers get to read the last PDU. */
const LAST_WORDS = 1_000;

/** A connection that counts. */
interface Connection extends RtrTcpConnection {
  readonly number: number;
  readonly raw: Socket;
  readonly idleTimer: NodeJS.Timeout;
  /** Whether the session has begun: at once over plain TCP, after the handshake over TLS. */
  begun: boolean;
}

/**
 * Serves `cache` to routers over TCP or TLS. Each session writes only as fast as its router reads, and reads no
 * queries while an answer waits; a router that stops reading for three retry intervals is dropped (8210bis §9;
 * docs/decisions/rtr.md D-rtr-stall-unreported), and so is one at any other limit of the options (D-rtr-server-limits).
 *
 * @returns when the server listens. Rejects with the error of the socket when it cannot.
 */
export async function listenRtr(cache: RtrCache, options: RtrListenOptions): Promise<RtrServer> {
  const { host, port, tls, idleSeconds = 60 } = options;
  const patience = 3 * cache.timing.retry;
  const limits = {
    stallSeconds: options.stallSeconds ?? patience,
    answerSeconds: options.answerSeconds ?? patience,
    maxWaiting: options.maxWaiting ?? 16,
  };
  const admission = createAdmission({
    maxSessions: options.maxSessions ?? 4_096,
    maxSessionsPerAddress: options.maxSessionsPerAddress ?? Number.POSITIVE_INFINITY,
  });
  const live = new Map<CacheSession, (outputs: readonly CacheOutput[]) => void>();
  /** By the port of the router and its address, by which both the TCP and the TLS socket are known. */
  const connections = new Map<string, Connection>();
  let connected = 0;
  const emit = (number: number, event: RtrServerEvent): void => options.onEvent?.(number, event);

  const begin = (connection: Connection, socket: Socket): void => {
    const { number, address } = connection;
    const session = createCacheSession(cache, options);
    const report = (event: SessionEvent): void => {
      if (event.kind === 'query') clearTimeout(connection.idleTimer);
      emit(number, event);
    };
    connection.begun = true;
    live.set(session, serveSocket(socket, session, limits, report));
    emit(number, { kind: 'connected', address });
    connection.raw.on('close', () => {
      live.delete(session);
      emit(number, { kind: 'closed', address });
    });
  };

  const accept = (raw: Socket): void => {
    if (raw.remotePort === undefined) {
      raw.destroy(); // gone already
      return;
    }
    const number = ++connected;
    const address = addressOf(raw);
    const reason = admission.admit(address);
    if (reason) {
      raw.destroy();
      emit(number, { kind: 'refused', reason, address });
      return;
    }
    const idle = (): void => {
      if (connection.begun) emit(number, { kind: 'limit', limit: 'idle' });
      else connection.cause ??= `not complete within ${idleSeconds} s`;
      raw.destroy();
    };
    const connection: Connection = {
      ...{ number, address, raw, begun: false },
      idleTimer: setTimeout(idle, 1000 * idleSeconds),
    };
    const key = keyOf(raw);
    connections.set(key, connection);
    raw.on('error', () => raw.destroy());
    raw.on('close', () => {
      clearTimeout(connection.idleTimer);
      if (connections.get(key) === connection) connections.delete(key);
      admission.release(address);
      if (connection.begun) return;
      const cause =
        connection.cause ?? 'the router closed it; it may not trust the certificate of this cache';
      emit(number, { kind: 'handshake-failed', cause, address });
    });
    if (handshake) handshake(raw);
    else begin(connection, raw);
  };

  const handshake =
    tls &&
    createTlsAcceptor(tls, (socket) => connections.get(keyOf(socket)), {
      begin,
      foreign(connection) {
        connection.begun = true; // its handshake did not fail
        const { number, address } = connection;
        emit(number, { kind: 'refused', reason: 'certificate-address', address });
      },
    });

  const server = createServer(accept);
  // The image that most routers will ask for first is made before anybody waits for it.
  if (cache.hasData) cache.snapshot(options.highestVersion ?? 2);
  const listening = await startListening(server, { host, port });
  return {
    port: listening,
    get sessions() {
      return live.size;
    },
    notify() {
      const now = seconds();
      for (const [session, perform] of live) perform(session.changed(now));
    },
    inject(misbehaviour) {
      for (const [session, perform] of live) perform(session.inject(misbehaviour));
    },
    close(errorCode = 12) {
      for (const [session, perform] of live) perform(session.shutdown(errorCode));
      const end = (all: boolean): void => {
        for (const { raw, begun } of connections.values()) if (all || !begun) raw.destroy();
      };
      end(false);
      // A router that does not read its last PDU cannot keep the server up.
      const lastWords = setTimeout(() => end(true), LAST_WORDS);
      return new Promise((resolve) => {
        server.close(() => {
          clearTimeout(lastWords);
          resolve();
        });
      });
    },
  };
}

function keyOf({ remoteAddress, remotePort }: Socket): string {
  return `${remotePort} ${remoteAddress}`;
}

/** The address of a router; an IPv4 address that comes as an IPv6 one is written as what it is. */
function addressOf(socket: Socket): string {
  return (socket.remoteAddress ?? '').replace(/^::ffff:(?=[0-9.]+$)/, '');
}
