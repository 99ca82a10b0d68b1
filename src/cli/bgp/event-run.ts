import { Readable } from 'node:stream';
import { suite1 } from '../../bgpsec/index.js';
import { createLiveRoutes, type LiveChange, type LiveRoutes } from '../../live/index.js';
import { createOpensslEngine } from '../../node/openssl-engine.js';
import { formatEndpoint } from '../../node/rtr-connect.js';
import { CliError, type Io } from '../shared/io.js';
import { createStyle } from '../shared/style.js';
import { untilStopped, watchEarlyStop } from '../shared/until.js';
import { createEventWriter } from './event-writer.js';
import { type BgpCounts, type BgpEvent, eventText } from './events.js';
import { changeEvent, type EventSession, type HeldCounts, type Listening, type Told } from './held-routes.js';
import { type Measured, type MetricsEndpoint, startMetrics } from './metrics.js';
import { type FollowedPayloads, followPayloads } from './payloads.js';
import type { EventWords } from './session-options.js';
import { createSummary } from './summary.js';
import type { ListenAddress } from './where.js';

/** Routes that are looked at before others get their turn. */
const TURN = 10_000;

/** Sources whose lag is remembered. */
const MAX_SOURCES = 1_024;

/** What a source of events works with. */
export interface EventRun extends Listening {
  /** Whose routes are held. */
  readonly held: Set<HeldCounts>;
  /** What `source` tells was so at `time`, in seconds since 1970; 0 where it does not say. */
  clocked(source: string, time: number): void;
  /** A promise where much waits to be written: whoever makes events waits for it. */
  full(): Promise<void> | undefined;
}

/** What makes events, once it has begun. */
export interface EventSource {
  /** Where it listens, if it does; `what` for, where there are several. */
  readonly listening: readonly (ListenAddress & { readonly what?: string })[];
  stop(): Promise<void>;
}

/** Somebody who watches the events, beside those who read what is printed. */
export interface EventPage {
  take(event: BgpEvent): void;
  /** All has been told. */
  close(): Promise<void>;
}

/**
 * Prints the events of a source until told to stop, with verdicts that follow the payloads: the work of `bgp listen`, `bgp
 * connect`, `bmp listen` and `live`.
 *
 * @param openPage opens what watches, before anything begins.
 * @throws {CliError} for payloads that cannot be read at the start, exceptions without payloads, and what `begin` and `openPage`
 * throw.
 */
export async function printEvents(
  words: EventWords,
  io: Io,
  begin: (run: EventRun) => Promise<EventSource>,
  openPage?: (measured: Measured) => Promise<EventPage>,
): Promise<void> {
  const sources = [...(words.rpki ?? []), ...(words.aspa ?? [])];
  if (sources.length === 0 && words.slurm) throw new CliError('--slurm needs --rpki');
  const asText = words.json !== true && (words.text === true || io.stdout.isTerminal);
  const style = createStyle(io);
  const counts: BgpCounts = { sessions: 0, routes: 0, withdrawals: 0, changes: 0, faults: 0 };
  const held = new Set<HeldCounts>();
  /** Made when the payloads are there, which tell of changes from the first. */
  let routes: LiveRoutes<EventSession> | undefined;
  /** Set when nobody reads any more, be it before there is anything to stop. */
  let unread = false;
  let stop = (): void => {};
  const failed = (): void => {
    unread = true;
    stop();
  };
  const summary = asText ? await createSummary(io) : undefined;
  const writer = createEventWriter(summary ? summary.above(io.stdout) : io.stdout, failed);
  let page: EventPage | undefined;
  let up = 0;
  const tell = (event: Told): void => {
    count(counts, event);
    if (event.type === 'session') up += event.state === 'established' ? 1 : event.state === 'down' ? -1 : 0;
    // The members of an event in a fixed order, those of all events first.
    const { type, ...others } = event;
    const whole = { type, time: now(), ...others } as BgpEvent;
    writer.line(asText ? eventText(whole, style) : JSON.stringify(whole));
    page?.take(whole);
    summary?.update(counts, routes?.size ?? 0);
  };
  const tellRoute: EventRun['tellRoute'] = (lines, route, verdicts) => {
    if (asText || page) return tell(lines.event(route, verdicts));
    counts.routes++;
    writer.line(lines.json(now(), route, verdicts));
  };
  const note = (text: string): void => {
    io.stderr.write(`pathsec: ${text}\n`).catch(() => {});
    const [, message] = /^warning: (.*)$/.exec(text) ?? [];
    if (message !== undefined) {
      tell({ type: 'fault', peer: null, code: 'payloads', treatment: 'kept', message });
    }
  };
  /** One change after the other, and each only as fast as its lines are written. */
  let rejudging = Promise.resolve();
  let changedAt = now();
  const waiting: number[] = [];
  const changed = (change: LiveChange): void => {
    changedAt = now();
    waiting.push(changedAt);
    rejudging = rejudging.then(async () => {
      let looked = 0;
      for (const one of routes?.rejudge(change) ?? []) {
        if (one) tell(changeEvent(one));
        if (++looked % TURN === 0) await new Promise((resolve) => setImmediate(resolve));
        const full = writer.full();
        if (full) await full;
      }
      waiting.shift();
    });
  };
  const { maxRoutes, maxRoutesTotal } = words;
  const lags = new Map<string, number>();
  const clocked = (source: string, time: number): void => {
    if (time > 0 && (lags.size < MAX_SOURCES || lags.has(source))) lags.set(source, now() - time);
  };
  let payloads: FollowedPayloads | undefined;
  let metrics: MetricsEndpoint | undefined;
  const beginAll = async (): Promise<EventSource> => {
    const { slurm = [], now: at } = words;
    const hooks = { note, changed, now: () => at ?? io.now() };
    if (sources.length > 0) payloads = await followPayloads(sources, slurm, io, hooks);
    routes = createLiveRoutes(payloads?.tables, { seed: io.seed, suites: suite1(createOpensslEngine()) });
    const run: EventRun = {
      ...{ routes, maxRoutes, maxRoutesTotal, tell, tellRoute, held, clocked },
      full: () => writer.full(),
    };
    const looks = { up: () => up, changedAt: () => changedAt, rejudgingSince: () => waiting[0] };
    const measured = { ...looks, counts, held, tables: payloads?.tables, lags };
    metrics = words.metrics === undefined ? undefined : await startMetrics(words.metrics, measured, io);
    page = await openPage?.(measured);
    return begin(run);
  };
  const beginning = beginAll().catch(async (error: unknown) => {
    payloads?.close();
    await metrics?.close();
    await page?.close();
    throw error;
  });
  const end = async (source: EventSource): Promise<void> => {
    payloads?.close();
    await source.stop();
    await rejudging;
    await metrics?.close();
    await page?.close();
  };
  const source = await unlessStopped(beginning, io, end);
  if (source) {
    const until = untilStopped(words.for); // keeps the process up, so not before all that can be refused
    stop = until.stop;
    if (unread) stop();
    try {
      for (const { what, ...where } of source.listening) {
        await io.stderr.write(`pathsec: ${what ? `${what}: ` : ''}listening on ${formatEndpoint(where)}\n`);
      }
      await until.done;
    } finally {
      stop();
      await end(source);
    }
  }
  tell({ type: 'end', peer: null, counts });
  await writer.end();
  summary?.stop();
}

/**
 * The source once it has begun; undefined where SIGINT or SIGTERM came before. What it begins all the same is then ended by `end`,
 * and standard input that somebody waits for is let go.
 */
async function unlessStopped(
  beginning: Promise<EventSource>,
  io: Io,
  end: (source: EventSource) => Promise<void>,
): Promise<EventSource | undefined> {
  const early = watchEarlyStop();
  try {
    const first = await Promise.race([beginning, early.came]);
    if (first) return first;
    beginning.then(end).catch(() => {}); // whoever stops it does not want to know why it could not begin
    if (io.stdin instanceof Readable) io.stdin.destroy();
    return undefined;
  } finally {
    early.end();
  }
}

/** Seconds since 1970. */
const now = (): number => Date.now() / 1000;

function count(counts: BgpCounts, event: Told): void {
  if (event.type === 'route') counts.routes++;
  else if (event.type === 'withdraw') counts.withdrawals++;
  else if (event.type === 'change') counts.changes++;
  else if (event.type === 'fault') counts.faults++;
  else if (event.type === 'session' && event.state === 'established') counts.sessions++;
}
