import { connect, type Socket } from 'node:net';
import { createMessageSplitter, decodeMessage, encodeMessage, makeOpen } from 'pathsec/bgp';
import { settle } from './daemon.js';

/** A BGP session that a router keeps up. */
export interface BgpPeerSession {
  /** Whether the router sent its KEEPALIVE, and what it sent a NOTIFICATION for. */
  readonly established: boolean;
  send(message: Uint8Array): void;
  close(): void;
}

/** Where a peer connects to and from, and who it is. */
export interface PeerPlace {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly asn: number;
}

const KEEPALIVE = encodeMessage({ kind: 'keepalive' });

/** Connects to a router until it answers, with IPv4 and IPv6 unicast and nothing else, and announces what it is told to. */
export async function connectPeer({ from, to, port, asn }: PeerPlace): Promise<BgpPeerSession> {
  let socket: Socket | undefined;
  let established = false;
  const said: string[] = [];
  const attempt = (): Socket => {
    const fresh = connect({ host: to, port, localAddress: from });
    const splitter = createMessageSplitter(false);
    fresh.on('connect', () => {
      const families = [1, 2].map((afi) => ({ name: 'multiprotocol', afi, safi: 1, reserved: 0 }) as const);
      fresh.write(encodeMessage(makeOpen(asn, 0x7f000005, families, 180)));
    });
    fresh.on('data', (chunk: Buffer) => {
      splitter.push(chunk);
      for (let next = splitter.next(); next; next = splitter.next()) {
        const { kind } = decodeMessage(next);
        said.push(kind);
        if (kind === 'open') fresh.write(KEEPALIVE);
        if (kind === 'keepalive') established = true;
      }
    });
    fresh.on('error', () => fresh.destroy());
    fresh.on('close', () => {
      if (socket === fresh) socket = undefined;
    });
    return fresh;
  };
  const wrong = await settle(async () => {
    if (!established) socket ??= attempt();
    return established ? undefined : `not established: ${said.join(' ')}`;
  });
  if (wrong !== undefined) throw new Error(wrong);
  return {
    get established() {
      return established && socket !== undefined;
    },
    send(message) {
      socket?.write(message);
    },
    close() {
      socket?.destroy();
    },
  };
}
