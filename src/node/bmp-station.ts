import { createServer, type Socket } from 'node:net';
import {
  type BmpMessage,
  type BmpPeers,
  createBmpPeers,
  createBmpSplitter,
  decodeBmp,
  describeTermination,
} from '../bmp/index.js';
import { DecodeError } from '../bytes/index.js';
import { type AdmissionLimits, createAdmission } from './admission.js';
import { plainAddress } from './bgp-connection.js';
import { startListening } from './start-listening.js';

/** Where and how a station listens. */
export interface BmpStationOptions extends Partial<AdmissionLimits> {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Octets of the longest message that is taken; default 1,048,576. */
  readonly maxMessageLength?: number;
  /** Peers of one router that are known at once; default 65,536. */
  readonly maxPeers?: number;
  /** Seconds from the connection to the first whole message; default 60. */
  readonly idleSeconds?: number;
  /**
   * Takes what routers tell. One that gives a promise holds its router until it is done: nothing more is read from it
   * meanwhile. What it throws, or rejects with, ends the connection and is what {@link BmpStation.close} rejects with.
   */
  readonly onEvent: (router: BmpRouter, event: BmpStationEvent) => void | Promise<void>;
}

/** A router that is connected. */
export interface BmpRouter {
  /** From 1 in order of arrival, those that are turned away among them. */
  readonly number: number;
  readonly address: string;
  /** Its peers: a Peer Up is in them before its event, and a Peer Down still is. */
  readonly peers: BmpPeers;
  /** Closes its connection. */
  close(): void;
}

/** What happens with a router. */
export type BmpStationEvent =
  | { readonly kind: 'connected' }
  | { readonly kind: 'refused'; readonly reason: 'sessions' | 'sessions-per-address' }
  /** The arrays of a message are its own. */
  | { readonly kind: 'message'; readonly message: BmpMessage }
  /** A message that cannot be read, or the OPEN of a Peer Up; what follows is read. */
  | { readonly kind: 'fault'; readonly error: DecodeError }
  | { readonly kind: 'closed'; readonly reason: string };

/** A station that listens. */
export interface BmpStation {
  readonly port: number;
  /** Routers that are connected. */
  readonly routers: number;
  /** Stops listening and closes all connections; rejects with the first error that `onEvent` threw. */
  close(): Promise<void>;
}

/**
 * Listens for routers that send BMP over TCP (RFC 7854 §3.2), and sends them nothing.
 *
 * @returns when the station listens. Rejects with the error of the socket when it cannot.
 */
export async function listenBmp(options: BmpStationOptions): Promise<BmpStation> {
  const { host, port, onEvent, idleSeconds = 60 } = options;
  const admission = createAdmission({
    maxSessions: options.maxSessions ?? 1_024,
    maxSessionsPerAddress: options.maxSessionsPerAddress ?? Number.POSITIVE_INFINITY,
  });
  const sockets = new Map<Socket, Promise<void>>();
  let connected = 0;
  let failure: unknown;

  const accept = (socket: Socket): void => {
    socket.on('error', () => socket.destroy());
    const address = plainAddress(socket.remoteAddress);
    if (address === '') return; // gone already
    const router: BmpRouter = {
      ...{ number: ++connected, address, peers: createBmpPeers(options.maxPeers) },
      close: () => socket.destroy(),
    };
    const reason = admission.admit(address);
    if (reason) {
      socket.destroy();
      void onEvent(router, { kind: 'refused', reason });
      return;
    }
    const served = serve(socket, router)
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => {
        socket.destroy();
        sockets.delete(socket);
        admission.release(address);
      });
    sockets.set(socket, served);
  };

  const serve = async (socket: Socket, router: BmpRouter): Promise<void> => {
    await onEvent(router, { kind: 'connected' });
    let reason = 'connection closed';
    const idle = setTimeout(() => {
      reason = `no message within ${idleSeconds} s`;
      socket.destroy();
    }, 1000 * idleSeconds);
    try {
      const end = await readAll(socket, router, () => clearTimeout(idle));
      if (end !== undefined) reason = end;
    } finally {
      clearTimeout(idle);
    }
    await onEvent(router, { kind: 'closed', reason });
  };

  /** Reads what a router sends, as fast as it is taken; why it ended where the router or its octets say so. */
  const readAll = async (
    socket: Socket,
    router: BmpRouter,
    begun: () => void,
  ): Promise<string | undefined> => {
    const splitter = createBmpSplitter(options.maxMessageLength);
    for await (const chunk of chunksOf(socket)) {
      splitter.push(chunk);
      for (;;) {
        const next = attempt(() => splitter.next());
        if (next instanceof DecodeError) {
          await onEvent(router, { kind: 'fault', error: next });
          return 'what comes is no BMP';
        }
        if (next === undefined) break;
        begun();
        const message = attempt(() => decodeBmp(next));
        if (message instanceof DecodeError) {
          await onEvent(router, { kind: 'fault', error: message });
          continue;
        }
        if (message.kind === 'peer-up') {
          const fault = attempt(() => router.peers.up(message));
          if (fault) await onEvent(router, { kind: 'fault', error: fault });
        }
        const taken = onEvent(router, { kind: 'message', message });
        if (taken) await taken;
        if (message.kind === 'peer-down') router.peers.down(message);
        if (message.kind === 'termination') return describeTermination(message);
      }
    }
    return splitter.pending > 0 ? 'connection closed inside a message' : undefined;
  };

  const server = createServer(accept);
  const listening = await startListening(server, { host, port });
  return {
    port: listening,
    get routers() {
      return sockets.size;
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const serving = [...sockets.values()];
      for (const socket of sockets.keys()) socket.destroy();
      await Promise.all([closed, ...serving]);
      if (failure !== undefined) throw failure;
    },
  };
}

/** What a socket receives; a connection that breaks off ends it. */
async function* chunksOf(socket: Socket): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of socket) yield chunk as Uint8Array;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

/** The value, or the error of octets that cannot be read. */
function attempt<Value>(read: () => Value): Value | DecodeError {
  try {
    return read();
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
}
