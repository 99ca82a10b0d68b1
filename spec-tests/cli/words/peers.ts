import { createServer, type Socket } from 'node:net';
import { encodeMessage } from 'pathsec/bgp';
import { onTestFinished } from 'vitest';
import { HOSTILE } from './hostile.js';

/** An Error Report with a hostile text (8210bis-26 §5.11), in the given version. */
export function hostileReport(version: number, code = 1): Uint8Array {
  const text = Buffer.from(HOSTILE);
  const head = Buffer.from([
    version,
    10,
    0,
    code,
    0,
    0,
    0,
    16 + text.length,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    text.length,
  ]);
  head.writeUInt32BE(text.length, 12);
  head.writeUInt32BE(16 + text.length, 4);
  return Buffer.concat([head, text]);
}

/** A cache on a free port that answers every query with such a report, in the version of the query. */
export const errorReportCache = (): Promise<string> =>
  peerThat((socket, query) => socket.end(hostileReport(query[0] ?? 0)));

/** A BGP peer on a free port that answers an OPEN with a Cease of hostile words (RFC 9003). */
export const notifyingPeer = (): Promise<string> =>
  peerThat((socket) => {
    const text = new TextEncoder().encode(HOSTILE).subarray(0, 255);
    const data = Uint8Array.of(text.length, ...text);
    socket.end(encodeMessage({ kind: 'notification', code: 6, subcode: 2, data }));
  });

async function peerThat(answers: (socket: Socket, octets: Uint8Array) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (octets) => answers(socket, octets));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return `127.0.0.1:${address.port}`;
}
