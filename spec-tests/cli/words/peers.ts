import { connect, createServer, type Socket } from 'node:net';
import { encodeMessage } from 'pathsec/bgp';
import { encodeBmp, makePeerHeader } from 'pathsec/bmp';
import { concatOctets } from 'pathsec/bytes';
import { onTestFinished } from 'vitest';
import { PEER, peerUp } from '../../bmp/samples.js';
import { freePort } from '../../interop/daemon.js';
import { risServer } from '../../node/ris-server.js';
import { HOSTILE } from './hostile.js';

/** An Error Report with a hostile text (8210bis §5.8), in the given version. */
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

/** A NATS server that greets, and refuses with hostile words. */
export async function hostileNats(): Promise<string> {
  const info = {
    server_id: HOSTILE,
    version: '2.9.10',
    headers: true,
    jetstream: true,
    max_payload: 1_048_576,
  };
  const greeting = `INFO ${JSON.stringify(info)}\r\n`;
  const refusal = `-ERR '${HOSTILE.replaceAll(/[\r\n]/g, '')}'\r\n`;
  return peerThat((socket) => socket.end(refusal), greeting);
}

/** The URL of a RIS Live that says hostile words, and goes with some. */
export async function hostileRis(): Promise<string> {
  const message = (data: object) => JSON.stringify({ type: 'ris_message', data });
  const common = {
    timestamp: 1,
    peer: '192.0.2.1',
    peer_asn: '64496',
    host: HOSTILE,
    type: 'UPDATE',
    path: [64496],
  };
  const announced = (prefix: string) => [{ next_hop: HOSTILE, prefixes: [prefix] }];
  const { url } = await risServer(({ send, socket }) => {
    send(HOSTILE, JSON.stringify({ type: 'ris_error', data: { message: HOSTILE } }));
    send(message({ ...common, announcements: announced('192.0.2.0/24') }));
    send(message({ ...common, announcements: announced(HOSTILE) }), message({ ...common, peer: HOSTILE }));
    send(message({ ...common, type: 'RIS_PEER_STATE', state: 'down' }));
    socket.close(1001, Buffer.from(HOSTILE).subarray(0, 60).toString());
  });
  return url;
}

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

async function peerThat(
  answers: (socket: Socket, octets: Uint8Array) => void,
  greeting = '',
): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    if (greeting !== '') socket.write(greeting);
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
