import { type BgpConnection, startBgpSpeaker } from 'pathsec/node';
import { settle } from './daemon.js';

/** A BGP session that a router keeps up. */
export interface BgpPeerSession {
  readonly established: boolean;
  send(message: Uint8Array): void;
  close(): Promise<void>;
}

/** Where a peer connects to and from, and who it is. */
export interface PeerPlace {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly asn: number;
}

/** Connects to a router until it answers, with IPv4 and IPv6 unicast, and announces what it is told to. */
export async function connectPeer({ from, to, port, asn }: PeerPlace): Promise<BgpPeerSession> {
  let held: BgpConnection | undefined;
  const said: string[] = [];
  const session = { localAs: asn, routerId: 0x7f000005, idleHold: [0.1, 1] as const };
  const speaker = await startBgpSpeaker({
    peers: [{ session, address: to, port, localAddress: from }],
    onReport(connection, _, report) {
      said.push(report.kind);
      if (report.kind === 'state') held = report.state === 'Established' ? connection : undefined;
    },
  });
  const wrong = await settle(async () => (held ? undefined : `not established: ${said.join(' ')}`));
  if (wrong !== undefined) throw new Error(wrong);
  return {
    get established() {
      return held !== undefined;
    },
    send: (message) => held?.send(message),
    close: () => speaker.stop(),
  };
}
