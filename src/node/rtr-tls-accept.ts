import type { Socket } from 'node:net';
import { createServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { tlsCause } from './tls-cause.js';

/** A TCP connection, from its first packet on. */
export interface RtrTcpConnection {
  readonly address: string;
  /** Why the handshake failed. */
  cause?: string;
}

/** What becomes of a connection whose handshake is over. */
export interface HandshakeEnd<C> {
  begin(connection: C, socket: TLSSocket): void;
  /** The certificate of the router does not name the address that it comes from (8210bis §9.2). */
  foreign(connection: C): void;
}

/**
 * Takes TCP connections through the TLS handshake; `find` knows each by its TLS socket. A handshake that fails leaves
 * its cause with the connection. Certificates are judged after the handshake, here: a connection that Node.js rejects
 * by itself is gone before its cause can be told.
 */
export function createTlsAcceptor<C extends RtrTcpConnection>(
  tls: TlsOptions,
  find: (socket: Socket) => C | undefined,
  { begin, foreign }: HandshakeEnd<C>,
): (raw: Socket) => void {
  const server = createServer({ ...tls, rejectUnauthorized: false });
  server.on('secureConnection', (socket) => {
    const connection = find(socket);
    socket.on('error', () => socket.destroy());
    if (!connection) {
      socket.destroy();
    } else if (tls.requestCert && tls.rejectUnauthorized !== false && !socket.authorized) {
      connection.cause = `certificate of the router: ${authorizationFault(socket)}`;
      socket.destroy();
    } else if (tls.requestCert && !namesItsAddress(socket, connection.address)) {
      foreign(connection);
      socket.destroy();
    } else {
      begin(connection, socket);
    }
  });
  server.on('tlsClientError', (error, socket) => {
    const connection = find(socket);
    if (connection) connection.cause ??= tlsCause(error);
    socket.destroy();
  });
  return (raw) => server.emit('connection', raw);
}

function authorizationFault(socket: TLSSocket): string {
  if (!socket.getPeerX509Certificate()) return 'none was shown';
  const { authorizationError } = socket;
  return authorizationError instanceof Error ? tlsCause(authorizationError) : String(authorizationError);
}

/** Whether a router that showed a certificate comes from an address in it (8210bis §9.2). */
function namesItsAddress(socket: TLSSocket, address: string): boolean {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return true; // none shown: whether that will do, `rejectUnauthorized` has decided
  return address !== '' && certificate.checkIP(address) !== undefined;
}
