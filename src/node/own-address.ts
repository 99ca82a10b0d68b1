import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';

/**
 * The own address that a connection to an address would have; undefined for a name, and where no way leads there. Nothing is sent: a
 * datagram socket is told its peer, for which the system chooses the address.
 */
export function ownAddressTowards(host: string, port: number): Promise<string | undefined> {
  const family = isIP(host);
  if (family === 0 || port === 0) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const socket = createSocket(family === 4 ? 'udp4' : 'udp6');
    const end = (address?: string): void => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => end());
    socket.connect(port, host, (error?: Error) => end(error ? undefined : socket.address().address));
  });
}
