import { createServer, type Socket } from 'node:net';
import { readU32 } from '../../bytes/index.js';
import { startListening } from '../start-listening.js';

/** A connection from a router, octet by octet. */
export interface WireConnection {
  /** Whole PDUs that the router sent, oldest first. */
  readonly pdus: readonly Uint8Array[];
  /** Whether nobody has ended it. */
  readonly isOpen: boolean;
  /** Sends octets as they are; they are nobody's any more where the router has gone. */
  send(octets: Uint8Array): Promise<void>;
  /** Ends it from our side. */
  end(): void;
}

/** An RTR cache of which every octet is said by the caller. */
export interface RtrWire {
  /** The newest connection. */
  readonly current: WireConnection | undefined;
  close(): Promise<void>;
}

/** Octets of a PDU header, and of the longest PDU (8210bis §5, §5.1). */
const HEADER = 8;
const LONGEST = 65_535;
/** PDUs of one connection: no session of the kit has a router send nearly as many. */
const MOST_PDUS = 10_000;

/**
 * Listens for a router. A newer connection takes the place of an older one, which is ended.
 *
 * @param onMove after whatever happens on a connection.
 */
export async function listenWire(
  at: { readonly host: string; readonly port: number },
  onMove: () => void,
): Promise<RtrWire> {
  let current: (WireConnection & { readonly socket: Socket }) | undefined;
  const server = createServer({ noDelay: true }, (socket) => {
    current?.socket.destroy();
    current = follow(socket, onMove);
    onMove();
  });
  await startListening(server, at);
  return {
    get current() {
      return current;
    },
    close() {
      return new Promise((resolve) => {
        server.close(() => resolve());
        current?.socket.destroy();
      });
    },
  };
}

function follow(socket: Socket, onMove: () => void): WireConnection & { readonly socket: Socket } {
  const pdus: Uint8Array[] = [];
  let rest = Buffer.alloc(0);
  let isOpen = true;
  const end = (): void => {
    if (!isOpen) return;
    isOpen = false;
    onMove();
  };
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= HEADER) {
      const length = readU32(rest, 4);
      if (length < HEADER || length > LONGEST || pdus.length >= MOST_PDUS) {
        socket.destroy(); // what follows cannot be told apart
        return;
      }
      if (rest.length < length) break;
      pdus.push(Uint8Array.from(rest.subarray(0, length)));
      rest = rest.subarray(length);
    }
    onMove();
  });
  socket.on('end', end);
  socket.on('close', end);
  socket.on('error', () => socket.destroy());
  return {
    socket,
    pdus,
    get isOpen() {
      return isOpen;
    },
    async send(octets) {
      if (isOpen) await new Promise<void>((resolve) => socket.write(octets, () => resolve()));
    },
    end() {
      socket.destroySoon();
      end();
    },
  };
}
