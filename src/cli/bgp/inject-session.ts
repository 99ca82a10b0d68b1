import { AFI_IPV4, AFI_IPV6 } from '../../inet/index.js';
import { createLiveRoutes } from '../../live/index.js';
import type { BgpConnection } from '../../node/bgp-connection.js';
import { type BgpPeer, startBgpSpeaker } from '../../node/bgp-speaker.js';
import { withdrawalUpdates } from '../../routes/index.js';
import type { SpeakerReport } from '../../speaker/index.js';
import { EXIT, type Io } from '../shared/io.js';
import { untilStopped } from '../shared/until.js';
import { formatRouterId } from './config.js';
import type { EventSession, Listening } from './held-routes.js';
import { readAhead } from './inject-ahead.js';
import { createInjectLog, type InjectLog } from './inject-events.js';
import { createSessionOutlet, type SessionOutlet } from './inject-outlet.js';
import {
  type Feed,
  guessTarget,
  type NextHops,
  Stopped,
  type Target,
  targetOf,
  Unfit,
} from './inject-target.js';
import { createPeerRoutes } from './peer-routes.js';

/** How a session is filled. */
export interface InjectWords {
  readonly peer: BgpPeer;
  readonly hops: NextHops;
  /** UPDATEs a second; undefined: as fast as the peer takes them. */
  readonly rate: number | undefined;
  /** Whether messages are made before the session is up. */
  readonly ahead: boolean;
  /** Seconds after which it ends by itself. */
  readonly for: number | undefined;
  readonly json: boolean | undefined;
  readonly text: boolean | undefined;
}

/** A session that is up. */
interface Up {
  readonly connection: BgpConnection;
  readonly target: Target;
  readonly outlet: SessionOutlet;
}

/**
 * Announces what `feed` makes over a session, and holds it until it is told to stop; then withdraws, and ends the session.
 * Prints what happens.
 *
 * @returns the exit code: 1 where the peer ended the session, it lacks something, or there never was one; 2 where the input
 * could not be read.
 * @throws what `feed` throws.
 */
export async function injectInto(words: InjectWords, source: Feed, io: Io): Promise<number> {
  const until = untilStopped(words.for);
  const log = createInjectLog(words, io, until.stop);
  const guess = words.ahead ? await guessTarget(words.peer, words.hops) : undefined;
  const ahead = guess && readAhead(source, guess);
  const feed = ahead?.feed ?? source;
  await Promise.race([ahead?.ready, until.done]);
  const over = async (): Promise<void> => {
    until.stop();
    await log.end({ routes: 0, updates: 0, withdrawals: 0 });
  };
  const nothing = await ahead?.nothing().catch(async (error: unknown) => {
    await over();
    throw error;
  });
  if (nothing !== undefined) {
    await over();
    return nothing;
  }
  let code: number = EXIT.invalid; // until a session is up
  let up: Up | undefined;
  let feeding: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;
  let stopping = false;

  const begin = (connection: BgpConnection): void => {
    const target = targetOf(connection, words.peer.session.localAs, words.hops);
    if (!target) return;
    code = EXIT.done;
    up = { connection, target, outlet: createSessionOutlet(connection, words.rate, io.seed) };
    feeding = announce(up).catch((error: unknown) => {
      if (error instanceof Stopped) return;
      if (error instanceof Unfit) {
        log.note(error.message);
        code = EXIT.invalid;
        until.stop();
        return;
      }
      failure = { error };
      until.stop();
    });
  };
  const announce = async ({ connection, target, outlet }: Up): Promise<void> => {
    const { skipped, malformed = new Map(), code: read } = await feed(target, outlet);
    const { routes, updates, octets } = outlet.sent;
    // RFC 4724 §2: End-of-RIB of each family.
    for (const afi of target.families) {
      for (const message of withdrawalUpdates(afi, [], false)) outlet.put(message, 0);
    }
    await outlet.drain();
    const peer = {
      address: connection.address,
      as: target.peerAs,
      id: formatRouterId(connection.status.negotiated?.peerId ?? 0),
    };
    const prefixes = outlet.announced[AFI_IPV4].size + outlet.announced[AFI_IPV6].size;
    const sent = { routes, prefixes, updates, octets };
    const told = { skipped: Object.fromEntries(skipped), malformed: Object.fromEntries(malformed) };
    log.tell({ type: 'announced', peer, ...sent, ...told });
    if (read === EXIT.done) return;
    code = read;
    if (routes === 0) until.stop(); // there is nothing to hold
  };
  const ended = (report: Extract<SpeakerReport, { kind: 'state' }>): void => {
    // A connection that did not come up is tried again; any other end is for good.
    if (stopping || (report.end?.code === 'connection' && report.was !== 'Established')) return;
    code = Math.max(code, EXIT.invalid);
    up?.outlet.stop();
    until.stop();
  };
  const speaker = await startBgpSpeaker({
    peers: [words.peer],
    onReport: createReporter(log, io.seed, (connection, report) => {
      if (report.kind === 'writable') up?.outlet.writable();
      if (report.kind !== 'state') return;
      if (report.state === 'Established') begin(connection);
      else if (report.end) ended(report);
    }),
  }).catch(async (error: unknown) => {
    until.stop();
    await ahead?.stop();
    throw error;
  });
  await until.done;
  stopping = true;
  up?.outlet.stop();
  const withdrawals = up ? await withdraw(up) : 0;
  await speaker.stop();
  await (feeding ? settled(feeding) : ahead?.stop());
  const { routes = 0, updates = 0 } = up?.outlet.sent ?? {};
  await log.end({ routes, updates, withdrawals });
  if (failure) throw failure.error;
  return code;
}

/** Tells of the session as `bgp listen` does, without the routes that the peer announces. */
function createReporter(
  log: InjectLog,
  seed: number,
  act: (connection: BgpConnection, report: SpeakerReport) => void,
): (connection: BgpConnection, peer: BgpPeer, report: SpeakerReport) => void {
  const about = new WeakMap<BgpConnection, ReturnType<typeof createPeerRoutes>>();
  const listening: Listening = {
    routes: createLiveRoutes<EventSession>(undefined, { seed }),
    maxRoutes: 1,
    maxRoutesTotal: 1,
    tell: log.told,
    tellRoute: (lines, route, verdicts) => log.told(lines.event(route, verdicts)),
  };
  return (connection, peer, report) => {
    const routes = about.get(connection) ?? createPeerRoutes(connection, peer, listening);
    about.set(connection, routes);
    if (report.kind !== 'update' && report.kind !== 'end-of-rib') routes.report(report);
    act(connection, report);
  };
}

/** Withdraws what was announced, as far as the peer takes it; the number of routes. */
async function withdraw({ target, outlet }: Up): Promise<number> {
  let count = 0;
  for (const afi of [AFI_IPV4, AFI_IPV6] as const) {
    const set = outlet.announced[afi];
    if (set.size === 0) continue;
    const messages = withdrawalUpdates(afi, set.values(), target.extendedMessages);
    if (!(await outlet.sendLast(messages))) return count;
    count += set.size;
  }
  return count;
}

/** What still reads has nobody to read for: standard input that says nothing more must not keep the process. */
async function settled(feeding: Promise<void>): Promise<void> {
  let done = false;
  const finished = feeding.then(() => {
    done = true;
  });
  await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, 50))]);
  if (!done) process.stdin.destroy();
}
