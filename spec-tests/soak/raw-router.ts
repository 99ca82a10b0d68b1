import { connect, type Socket } from 'node:net';

/** PDU types that a router of the soak looks at (8210bis §5). */
const SERIAL_NOTIFY = 0;
const IPV4_PREFIX = 4;
const END_OF_DATA = 7;
const CACHE_RESET = 8;
const ERROR_REPORT = 10;
const RECORDS: ReadonlySet<number> = new Set([IPV4_PREFIX, 6, 9, 11]);

/**
 * A router that costs little, so that a thousand fit beside the server under load: it counts records instead of keeping
 * them, and remembers the AS of the one VRP for 192.0.2.0/24, which tells the state of the cache.
 */
export interface RawRouter {
  /** Records of the answer that is coming in, or of the last one. */
  readonly records: number;
  readonly octets: number;
  /** Answers that ended with End of Data. */
  readonly answers: number;
  /** AS of the VRP for 192.0.2.0/24 that was announced last. */
  readonly marker: number | undefined;
  readonly closed: boolean;
  readonly errors: readonly number[];
  close(): void;
}

/** What the router does with its socket. */
export interface RawRouterOptions {
  readonly port: number;
  readonly version: 1 | 2;
  /** Sends its query and then never reads. */
  readonly deaf?: boolean;
}

/** Connects to 127.0.0.1 and asks for everything; follows Serial Notify. */
export function connectRawRouter({ port, version, deaf = false }: RawRouterOptions): RawRouter {
  const socket: Socket = connect(port, '127.0.0.1');
  const errors: number[] = [];
  const self = { records: 0, octets: 0, answers: 0, marker: undefined as number | undefined, closed: false };
  let sessionId = 0;
  let serial = 0;
  let held = Buffer.alloc(0);
  const query = (type: number): void => {
    const octets = Buffer.alloc(type === 1 ? 12 : 8);
    octets.set([version, type]);
    octets.writeUInt32BE(octets.length, 4);
    if (type === 1) {
      octets.writeUInt16BE(sessionId, 2);
      octets.writeUInt32BE(serial, 8);
    }
    self.records = 0;
    if (!socket.destroyed) socket.write(octets);
  };
  const take = (pdu: Buffer): void => {
    const type = pdu[1] as number;
    if (RECORDS.has(type)) self.records++;
    if (type === IPV4_PREFIX && pdu[8] === 1 && pdu.readUInt32BE(12) === 0xc0000200)
      self.marker = pdu.readUInt32BE(16);
    else if (type === END_OF_DATA) {
      sessionId = pdu.readUInt16BE(2);
      serial = pdu.readUInt32BE(8);
      self.answers++;
    } else if (type === SERIAL_NOTIFY && pdu.readUInt32BE(8) !== serial) query(self.answers > 0 ? 1 : 2);
    else if (type === CACHE_RESET) query(2);
    else if (type === ERROR_REPORT) errors.push(pdu.readUInt16BE(2));
  };
  socket.on('connect', () => {
    query(2);
    if (deaf) socket.pause();
  });
  socket.on('data', (chunk) => {
    if (deaf) return;
    self.octets += chunk.length;
    const all = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    let at = 0;
    while (all.length - at >= 8) {
      const length = all.readUInt32BE(at + 4);
      if (length < 8 || length > 65_536) throw new Error(`a PDU of ${length} octets`);
      if (all.length - at < length) break;
      take(all.subarray(at, at + length));
      at += length;
    }
    held = all.subarray(at);
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    self.closed = true;
  });
  return Object.assign(self, { errors, close: () => socket.destroy() });
}
