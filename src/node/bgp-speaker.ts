import { createServer, isIP, type Socket } from 'node:net';
import { formatAddress, parseAddress } from '../inet/index.js';
import {
  createSpeakerSession,
  resolveCollision,
  type SpeakerOptions,
  type SpeakerOutput,
  type SpeakerReport,
} from '../speaker/index.js';
import { type AdmissionLimits, createAdmission } from './admission.js';
import { type BgpConnection, type DrivenSession, driveSession, plainAddress } from './bgp-connection.js';
import { seconds } from './rtr-session-socket.js';
import { startListening } from './start-listening.js';

/** A neighbour that may connect, or is connected to. */
export interface BgpPeer {
  readonly session: Omit<SpeakerOptions, 'passive' | 'random'>;
  /** Its address; absent: any address that no other peer has, and as many sessions as there are. */
  readonly address?: string;
  /** The port to connect to; absent: the peer has to connect. Needs an address, or a name. */
  readonly port?: number;
  /** Where to connect from. */
  readonly localAddress?: string;
  readonly localPort?: number;
}

/** What a speaker does, and with whom. */
export interface BgpSpeakerOptions extends Partial<AdmissionLimits> {
  readonly peers: readonly BgpPeer[];
  /** Where to listen; port 0 takes a free one. Absent: nobody can connect. */
  readonly listen?: { readonly host: string; readonly port: number };
  /**
   * Takes what happens in the sessions. One that gives a promise holds its session until it is done: nothing more is read from
   * the peer meanwhile, so that a slow consumer slows the peer down instead of filling memory; KEEPALIVEs go on.
   */
  readonly onReport: (
    connection: BgpConnection,
    peer: BgpPeer,
    report: SpeakerReport,
  ) => void | Promise<void>;
  /** A connection was turned away: too many, or from an address that no peer has. */
  readonly onRefused?: (
    address: string,
    reason: 'sessions' | 'sessions-per-address' | 'unknown-peer',
  ) => void;
}

/** A speaker at work. */
export interface BgpSpeaker {
  /** Where it listens; undefined where it does not. */
  readonly port: number | undefined;
  /** The sessions that there are, in any state. */
  readonly connections: readonly BgpConnection[];
  /** Ends every session with Cease, Administrative Shutdown, and this text (RFC 9003); resolves when all is closed. */
  stop(communication?: string): Promise<void>;
}

/** A session with the peer that it belongs to. */
interface Held {
  readonly peer: BgpPeer;
  readonly driven: DrivenSession;
}

/**
 * Speaks BGP with `peers` over TCP: listens, connects and connects again with growing pauses, and closes the loser where two
 * connections of one peer collide (RFC 4271 §6.8).
 *
 * @returns when it listens. Rejects with the error of the socket when it cannot.
 * @throws {RangeError} or {@link TypeError} for options of a session that make none, two peers with one address, or a port
 * without an address.
 */
export async function startBgpSpeaker(options: BgpSpeakerOptions): Promise<BgpSpeaker> {
  const { peers, listen, onReport, onRefused } = options;
  const byAddress = peersByAddress(peers);
  const admission = createAdmission({
    maxSessions: options.maxSessions ?? 1_024,
    maxSessionsPerAddress: options.maxSessionsPerAddress ?? 16,
  });
  const held = new Set<Held>();
  let stopping = false;

  const begin = (peer: BgpPeer, passive: boolean, address: string): Held => {
    const { idleHold = [1, 30], connectRetryTime = 10, ...others } = peer.session;
    const timing = passive ? {} : { idleHold, connectRetryTime };
    const session = createSpeakerSession({ ...others, ...timing, passive, random: Math.random });
    const driven: DrivenSession = driveSession(
      session,
      passive ? undefined : endpointOf(peer),
      address,
      (report) => {
        const done = onReport(driven, peer, report);
        if (report.kind === 'open') settleCollisions(one);
        if (report.kind === 'state' && report.end) ended(one);
        return done;
      },
    );
    const one: Held = { peer, driven };
    held.add(one);
    return one;
  };
  const move = ({ driven }: Held, change: (now: number) => SpeakerOutput[]): void =>
    driven.perform(change(seconds()));
  const settleCollisions = (fresh: Held): void => {
    const { negotiated: here } = fresh.driven.status;
    if (!here) return;
    const { localAs, routerId: localId } = fresh.peer.session;
    const { peerAs, peerId } = here;
    for (const other of held) {
      const there = other.driven.status.negotiated;
      if (other === fresh || other.peer !== fresh.peer) continue;
      if (there?.peerAs !== peerAs || there.peerId !== peerId) continue;
      const sides = { localAs, localId, peerAs, peerId };
      const loser = resolveCollision(sides, sideOf(other), sideOf(fresh));
      if (loser)
        move(loser === 'fresh' ? fresh : other, (now) =>
          (loser === 'fresh' ? fresh : other).driven.session.dump(now),
        );
      if (loser === 'fresh') return;
    }
  };
  /** A session of the peer's making is over; where one of ours gave way to it, that one begins again. */
  const ended = (one: Held): void => {
    if (one.driven.initiatedBy === 'own') return;
    held.delete(one);
    if (stopping) return;
    for (const other of held) {
      const { state } = other.driven.status;
      const idle = other.driven.session.nextWake() === Number.POSITIVE_INFINITY && state === 'Idle';
      if (other.peer === one.peer && idle) move(other, (now) => other.driven.session.start(now));
    }
  };
  const accept = (socket: Socket): void => {
    const address = plainAddress(socket.remoteAddress);
    socket.on('error', () => socket.destroy());
    if (address === '') return; // gone already
    const peer = byAddress.get(address) ?? byAddress.get('');
    const reason = peer ? admission.admit(address) : 'unknown-peer';
    if (!peer || reason) {
      socket.destroy();
      onRefused?.(address, reason ?? 'unknown-peer');
      return;
    }
    socket.on('close', () => admission.release(address));
    const one = begin(peer, true, address);
    move(one, (now) => one.driven.session.start(now));
    one.driven.accept(socket);
  };

  const server = listen && createServer(accept);
  const port = server && listen && (await startListening(server, listen));
  for (const peer of peers) {
    if (peer.port === undefined) continue;
    const one = begin(peer, false, peer.address ?? '');
    move(one, (now) => one.driven.session.start(now));
  }
  return {
    port,
    get connections() {
      return [...held].map(({ driven }) => driven);
    },
    async stop(communication) {
      stopping = true;
      const all = [...held];
      const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
      for (const one of all) move(one, (now) => one.driven.session.stop(now, communication));
      await Promise.all(all.map(({ driven }) => driven.closed()));
      await closed;
    },
  };
}

function sideOf({ driven }: Held): Parameters<typeof resolveCollision>[1] {
  return { state: driven.status.state, initiatedBy: driven.initiatedBy };
}

function endpointOf({ address, port, localAddress, localPort }: BgpPeer): Parameters<typeof driveSession>[1] {
  if (address === undefined || port === undefined) return undefined;
  return {
    host: address,
    port,
    ...(localAddress !== undefined && { localAddress }),
    ...(localPort !== undefined && { localPort }),
  };
}

/**
 * The peers that may connect, by their addresses in canonical text; `''` is the one without (docs/decisions/speaker.md
 * D-speaker-addresses). Of several that are reached at
 * different ports of one address nobody may connect: they could not be told apart.
 */
function peersByAddress(peers: readonly BgpPeer[]): ReadonlyMap<string, BgpPeer> {
  const found = new Map<string, BgpPeer>();
  const several = new Set<string>();
  for (const peer of peers) {
    const { address = '', port, session } = peer;
    if (port !== undefined && address === '') {
      throw new RangeError(`port ${port}: a peer to connect to needs an address`);
    }
    createSpeakerSession(session); // refuses what makes no session before anything is opened
    const plain = plainAddress(address.toLowerCase()); // as the address of a socket is
    const key = isIP(plain) === 0 ? address : formatAddress(parseAddress(plain));
    const other = found.get(key);
    if (other && (port === undefined || other.port === undefined || other.port === port)) {
      throw new RangeError(key === '' ? 'two peers without an address' : `two peers with the address ${key}`);
    }
    if (other) several.add(key);
    found.set(key, peer);
  }
  for (const key of several) found.delete(key);
  return found;
}
