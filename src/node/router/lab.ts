import type { BgpRole } from '../../aspa/index.js';
import { AFI_IPV4, type Asn, formatPrefix, type Prefix, parseAddress } from '../../inet/index.js';
import type { Payloads } from '../../payload/index.js';
import { createRtrCache, DEFAULT_TIMING, type RtrVersion } from '../../rtr/index.js';
import { describeEnd, type SpeakerReport } from '../../speaker/index.js';
import type { BgpConnection } from '../bgp-connection.js';
import { type BgpPeer, startBgpSpeaker } from '../bgp-speaker.js';
import { listenRtr } from '../rtr-listen.js';
import { type AnnouncedRoute, announcementOf, withdrawalOf } from './announcement.js';
import { createPatience, type Patience } from './patience.js';
import { listenWire, type RtrWire } from './rtr-wire.js';

/** A neighbour of the router under test, played by us. */
export interface LabNeighbor {
  readonly as: Asn;
  /** The role of our side (RFC 9234); absent: no roles there. */
  readonly role?: BgpRole;
  /** Our address, by which the router knows it. */
  readonly address: string;
}

/** Where everything is. */
export interface LabOptions {
  /** Where our RTR cache listens; port 0 takes a free one. */
  readonly rtr: { readonly host: string; readonly port: number };
  readonly rtrVersion?: RtrVersion;
  /** Where the router listens for BGP; absent: it connects to us. */
  readonly router?: { readonly host: string; readonly port: number };
  /** The port on which our neighbours wait for it, where it connects to us. */
  readonly listenPort?: number;
  /** Next hops of what is announced. */
  readonly nextHops: { readonly ipv4: string; readonly ipv6: string };
  /** The neighbours; the last one is the collector, to which the router announces what it has. */
  readonly neighbors: readonly LabNeighbor[];
  /** Whether the router tells its verdicts by other ways than its announcements to the collector. */
  readonly isTold?: boolean;
  /** Session ID of the cache. */
  readonly sessionId: number;
  /** Seconds without any move after which a wait is given up. */
  readonly patience: number;
  readonly signal?: AbortSignal;
}

/** A route to be announced, with its path as it stands. */
export type Route = Pick<AnnouncedRoute, 'prefix' | 'asPath'>;

/** What a router tells of a route on the session with one of our addresses; without marks: that it has it no more. */
export interface Told {
  readonly address: string;
  readonly prefix: string;
  /** Whether it tells of an announcement, in place of a verdict that changed by itself. */
  readonly isAnnouncement: boolean;
  readonly marks: Seen['marks'] | undefined;
}

/** What came back of a route. */
export interface Seen {
  /** The number with which the announcement was marked. */
  readonly token: number;
  /** Kind and verdict of each community of the router (`VERDICT_KIND` and `VERDICT_VALUE` of `conformance`). */
  readonly marks: readonly (readonly [kind: number, verdict: number])[];
}

/** A session with the router. */
export interface LabSession {
  readonly neighbor: LabNeighbor;
  readonly connection: BgpConnection | undefined;
  /** How often it came up. */
  readonly ups: number;
  /** Why it ended last. */
  readonly lastEnd: string | undefined;
}

/** RTR cache, neighbours and collector around a router. */
export interface Lab {
  readonly rtrPort: number;
  readonly sessions: readonly LabSession[];
  readonly collector: LabSession;
  readonly patience: Patience;
  /** What the collector holds, by prefix. */
  readonly seen: ReadonlyMap<string, Seen>;
  /** The serial that the router was given last; undefined before its first query. */
  readonly fetched: number | undefined;
  /** How often it announced to the collector a prefix that nobody had announced to it, which is not kept. */
  readonly unasked: number;
  /** Error Reports that the router sent, the first ones of many. */
  readonly rtrErrors: readonly string[];
  /** Makes these the payloads, tells the router, and gives the serial. */
  serve(payloads: Partial<Payloads>): number;
  /**
   * Announces routes on a session, as fast as it takes them, each with a number of its own.
   *
   * @returns the numbers, in the order of the routes; of some nothing comes back where the session goes down.
   */
  announce(session: LabSession, routes: readonly Route[]): Promise<readonly number[]>;
  withdraw(session: LabSession, prefixes: readonly Prefix[]): Promise<void>;
  /**
   * Ends the RTR cache, and listens in its place for a router to which every octet is said by the caller. First the router asks once:
   * one that never had an End of Data knows no interval of ours, and comes back after ten minutes (8210bis §6).
   */
  takeRtr(): Promise<RtrWire>;
  /** Takes what a router tells by other ways than its announcements to the collector. */
  hear(told: Told): void;
  close(): Promise<void>;
}

/** Local Data Part 1 of the community that marks our announcements; the collector's AS is its Global Administrator. */
const MARK = 100;

/** A router that has ended the RTR session is to come back soon (8210bis §6). */
const TIMING = { ...DEFAULT_TIMING, retry: 1 };

/** Error Reports that are kept. */
const MOST_ERRORS = 20;

interface HeldSession extends LabSession {
  connection: BgpConnection | undefined;
  ups: number;
  lastEnd: string | undefined;
}

/**
 * Starts an RTR cache, and connects to the router as its neighbours and as the collector of what it announces.
 *
 * @returns when the cache listens; the sessions come up as the router lets them. Rejects with the error of a socket.
 */
export async function startLab(options: LabOptions): Promise<Lab> {
  const { rtr, router, neighbors, sessionId, nextHops, signal } = options;
  const patience = createPatience(options.patience, signal);
  const cache = createRtrCache({ sessionId, timing: TIMING });
  cache.replace({});
  const rtrErrors: string[] = [];
  let fetched: number | undefined;
  const server = await listenRtr(cache, {
    ...rtr,
    highestVersion: options.rtrVersion ?? 2,
    notifySeconds: 0,
    onEvent(_, event) {
      if (event.kind === 'error-received' && rtrErrors.length < MOST_ERRORS)
        rtrErrors.push(`${event.errorCode}: ${event.text}`);
      if (event.kind !== 'query') return;
      const isNew = fetched !== cache.serial;
      fetched = cache.serial;
      if (isNew) patience.stir();
    },
  });
  const sessions = neighbors.map(
    (neighbor): HeldSession => ({ neighbor, connection: undefined, ups: 0, lastEnd: undefined }),
  );
  const collector = sessions.at(-1);
  if (!collector) throw new RangeError('neighbors: a collector is needed');
  const markAs = collector.neighbor.as;
  const seen = new Map<string, Seen>();
  const announced = new Set<string>();
  let unasked = 0;
  /** Of a router that tells: what it still has to tell, oldest first; undefined for a withdrawal. */
  const expected = new Map<string, (number | undefined)[]>();
  const collect = (connection: BgpConnection, report: SpeakerReport & { kind: 'update' }): void => {
    const routerAs = connection.status.negotiated?.peerAs;
    const communities = report.update.values.largeCommunities ?? [];
    const token = communities.find(([global, kind]) => global === markAs && kind === MARK)?.[2] ?? -1;
    const marks = communities
      .filter(([global]) => global === routerAs)
      .map(([, kind, verdict]) => [kind, verdict] as const);
    for (const { routes } of report.withdrawn)
      for (const { prefix } of routes) seen.delete(formatPrefix(prefix));
    for (const { routes } of report.announced) {
      for (const { prefix } of routes) {
        const key = formatPrefix(prefix);
        if (announced.has(key)) seen.set(key, { token, marks });
        else unasked++;
      }
    }
  };
  const onReport = (session: HeldSession, connection: BgpConnection, report: SpeakerReport): void => {
    if (report.kind === 'state') {
      if (report.state === 'Established') {
        session.connection = connection;
        session.ups++;
        // Only the first time is progress: a session that comes and goes would be waited for without end.
        if (session.ups === 1) patience.stir();
      } else if (session.connection === connection) {
        session.connection = undefined;
        if (session === collector) seen.clear();
        const { address } = session.neighbor;
        for (const key of expected.keys()) if (key.startsWith(`${address} `)) expected.delete(key);
      }
      if (report.end) session.lastEnd = describeEnd(report.end);
      patience.look();
      return;
    }
    if (report.kind === 'update') {
      if (session !== collector) return;
      collect(connection, report);
    } else if (report.kind !== 'writable') return;
    patience.stir();
  };
  const starting = sessions.map((session, index) =>
    startBgpSpeaker({
      peers: [peerOf(session.neighbor, index, router)],
      ...(!router && { listen: { host: session.neighbor.address, port: options.listenPort ?? 179 } }),
      onReport: (connection, _, report) => onReport(session, connection, report),
    }),
  );
  let wire: RtrWire | undefined;
  const close = async (): Promise<void> => {
    const started = (await Promise.allSettled(starting)).flatMap((start) =>
      start.status === 'fulfilled' ? [start.value] : [],
    );
    await Promise.all([...started.map((speaker) => speaker.stop()), wire ? wire.close() : server.close()]);
  };
  try {
    await Promise.all(starting);
  } catch (error) {
    await close(); // nothing of a laboratory that does not come up stays open
    throw error;
  }
  let token = 0;
  const expect = ({ neighbor }: LabSession, prefix: Prefix, number: number | undefined): void => {
    const key = `${neighbor.address} ${formatPrefix(prefix)}`;
    expected.set(key, [...(expected.get(key) ?? []), number]);
  };
  const send = async (session: LabSession, messages: readonly Uint8Array[]): Promise<void> => {
    const { connection } = session;
    for (const message of messages) {
      while (session.connection === connection && connection?.send(message) === false) {
        await patience.pause(1_000);
        if (signal?.aborted) return;
      }
    }
  };
  const ipv4 = parseAddress(nextHops.ipv4);
  const ipv6 = parseAddress(nextHops.ipv6);
  return {
    rtrPort: server.port,
    sessions,
    collector,
    patience,
    seen,
    get fetched() {
      return fetched;
    },
    get unasked() {
      return unasked;
    },
    rtrErrors,
    serve(payloads) {
      cache.replace(payloads);
      server.notify();
      return cache.serial;
    },
    async announce(session, routes) {
      const tokens: number[] = [];
      const messages: Uint8Array[] = [];
      for (const { prefix, asPath } of routes) {
        const nextHop = prefix.afi === AFI_IPV4 ? ipv4 : ipv6;
        tokens.push(++token);
        announced.add(formatPrefix(prefix));
        messages.push(announcementOf({ prefix, asPath, nextHop, mark: [markAs, MARK, token] }));
        if (options.isTold) expect(session, prefix, token);
      }
      await send(session, messages);
      return tokens;
    },
    async withdraw(session, prefixes) {
      for (const prefix of prefixes) if (options.isTold) expect(session, prefix, undefined);
      await send(session, prefixes.map(withdrawalOf));
    },
    async takeRtr() {
      await patience.until(() => fetched !== undefined);
      await server.close();
      wire = await listenWire({ host: rtr.host, port: server.port }, patience.stir);
      return wire;
    },
    hear({ address, prefix, marks, isAnnouncement }) {
      const key = `${address} ${prefix}`;
      const queue = expected.get(key) ?? [];
      const own = isAnnouncement || !marks ? queue.shift() : seen.get(prefix)?.token;
      if (queue.length === 0) expected.delete(key);
      if (marks && own !== undefined) seen.set(prefix, { token: own, marks });
      else seen.delete(prefix);
      patience.stir();
    },
    close,
  };
}

function peerOf({ as, role, address }: LabNeighbor, index: number, router: LabOptions['router']): BgpPeer {
  const session = {
    localAs: as,
    routerId: 0x7f00_0100 + index,
    holdTime: 180,
    idleHold: [0.3, 2] as const,
    connectRetryTime: 2,
    ...(role && { role }),
  };
  return router ? { session, address: router.host, port: router.port, localAddress: address } : { session };
}
