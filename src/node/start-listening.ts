import type { AddressInfo, Server } from 'node:net';

/**
 * Begins to listen, and gives the port. What goes wrong before rejects; afterwards running out of file descriptors costs the
 * connection that found none left, never the server.
 */
export async function startListening(server: Server, { host, port }: ListenPlace): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      server.on('error', () => {});
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

/** Where to listen; port 0: any that is free. */
interface ListenPlace {
  readonly host: string | undefined;
  readonly port: number;
}
