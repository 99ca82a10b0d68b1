import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';

/** A connection to the server, from 1. */
export interface RisConnection {
  readonly number: number;
  readonly socket: WebSocket;
  /** What is under it. */
  readonly under: Socket;
  /** What the client has sent, as JSON. */
  readonly received: unknown[];
  send(...texts: string[]): void;
}

/** A local RIS Live: what it plays is up to `play`, which is called when a client has subscribed. */
export async function risServer(
  play: (connection: RisConnection) => void,
  options: { readonly autoPong?: boolean; readonly port?: number } = {},
): Promise<{
  readonly url: string;
  readonly port: number;
  readonly connections: RisConnection[];
  close(): Promise<void>;
}> {
  const { autoPong = true, port = 0 } = options;
  const server = new WebSocketServer({ host: '127.0.0.1', port, autoPong });
  const connections: RisConnection[] = [];
  server.on('connection', (socket, request) => {
    const connection: RisConnection = {
      number: connections.length + 1,
      socket,
      under: request.socket,
      received: [],
      send(...texts) {
        for (const text of texts) socket.send(text);
      },
    };
    connections.push(connection);
    socket.on('error', () => {});
    socket.on('message', (data) => {
      connection.received.push(JSON.parse(String(data)));
      if (connection.received.length === 1) play(connection);
    });
  });
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    for (const { socket } of connections) socket.terminate();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  onTestFinished(close);
  const taken = (server.address() as AddressInfo).port;
  return { url: `ws://127.0.0.1:${taken}/v1/ws/?client=test`, port: taken, connections, close };
}
