import { connect, createServer, type Socket } from 'node:net';
import { encodeMessage } from 'pathsec/bgp';
import { encodeBmp, makePeerHeader } from 'pathsec/bmp';
import { concatOctets } from 'pathsec/bytes';
import { onTestFinished } from 'vitest';
import { PEER, peerUp } from '../../bmp/samples.js';
import { freePort } from '../../interop/daemon.js';
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

/** A Cease of hostile words (RFC 9003). */
function hostileCease(): Uint8Array {
  const text = new TextEncoder().encode(HOSTILE).subarray(0, 255);
  const data = Uint8Array.of(text.length, ...text);
  return encodeMessage({ kind: 'notification', code: 6, subcode: 2, data });
}

/** A BGP peer on a free port that answers an OPEN so. */
export const notifyingPeer = (): Promise<string> => peerThat((socket) => socket.end(hostileCease()));

/** The port of a station to which a router connects again and again, and tells hostile words. */
export async function hostileRouter(): Promise<string> {
  const port = await freePort();
  const value = new TextEncoder().encode(HOSTILE);
  const octets = concatOctets([
    encodeBmp({ kind: 'initiation', information: [1, 2].map((type) => ({ type, value })) }),
    encodeBmp(peerUp()),
    encodeBmp({ kind: 'peer-down', peer: makePeerHeader(PEER), reason: 3, data: hostileCease() }),
    encodeBmp({ kind: 'termination', information: [{ type: 0, value }] }),
  ]);
  const again = setInterval(() => {
    const socket = connect(port, '127.0.0.1', () => socket.end(octets));
    socket.on('error', () => socket.destroy());
  }, 100);
  onTestFinished(() => clearInterval(again));
  return String(port);
}

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
