import { suite1 } from '../../bgpsec/index.js';
import type { LiveChange } from '../../live/index.js';
import { createOpensslEngine } from '../../node/openssl-engine.js';
import { formatEndpoint } from '../../node/rtr-connect.js';
import type { Io } from '../shared/io.js';
import { createStyle } from '../shared/style.js';
import { untilStopped } from '../shared/until.js';
import { createEventWriter } from './event-writer.js';
import { type BgpCounts, type BgpEvent, eventText } from './events.js';
import type { Listening, Rejudged, Told } from './held-routes.js';
import { createJudge } from './judge.js';
import { followPayloads } from './payloads.js';
import type { EventWords } from './session-options.js';
import { createSummary } from './summary.js';
import type { ListenAddress } from './where.js';

/** Routes that are looked at before others get their turn. */
const TURN = 10_000;

/** What a source of events works with. */
export interface EventRun extends Listening {
  /** Whose routes are judged again when the payloads change. */
  readonly held: Set<Rejudged>;
  /** A promise where much waits to be written: whoever makes events waits for it. */
  full(): Promise<void> | undefined;
}

/** What makes events, once it has begun. */
export interface EventSource {
  /** Where it listens, if it does; `what` for, where there are several. */
  readonly listening: readonly (ListenAddress & { readonly what?: string })[];
  stop(): Promise<void>;
}

/**
 * Prints the events of a source until told to stop, with verdicts that follow the payloads: the work of `bgp listen`, `bgp
 * connect`, `bmp listen` and `live`.
 *
 * @throws {CliError} for payloads that cannot be read at the start, and what `begin` throws.
 */
export async function printEvents(
  words: EventWords,
  io: Io,
  begin: (run: EventRun) => Promise<EventSource>,
): Promise<void> {
  const asText = words.json !== true && (words.text === true || io.stdout.isTerminal);
  const style = createStyle(io);
  const counts: BgpCounts = { sessions: 0, routes: 0, withdrawals: 0, changes: 0, faults: 0 };
  const held = new Set<Rejudged>();
  let failed = (): void => {};
  const summary = asText ? await createSummary(io) : undefined;
  const writer = createEventWriter(summary ? summary.above(io.stdout) : io.stdout, () => failed());
  const tell = (event: Told): void => {
    count(counts, event);
    // The members of an event in a fixed order, those of all events first.
    const { type, ...others } = event;
    const whole = { type, time: Date.now() / 1000, ...others } as BgpEvent;
    writer.line(asText ? eventText(whole, style) : JSON.stringify(whole));
    summary?.update(
      counts,
      [...held].reduce((sum, { size }) => sum + size, 0),
    );
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
  const changed = (change: LiveChange): void => {
    rejudging = rejudging.then(async () => {
      let looked = 0;
      for (const routes of [...held]) {
        for (const _ of routes.rejudge(change)) {
          if (++looked % TURN === 0) await new Promise((resolve) => setImmediate(resolve));
          await writer.full();
        }
      }
    });
  };
  const sources = [...(words.rpki ?? []), ...(words.aspa ?? [])];
  const payloads =
    sources.length === 0 ? undefined : await followPayloads(sources, words.slurm ?? [], io, note, changed);
  const judge = payloads && createJudge(payloads.tables, suite1(createOpensslEngine()));
  const { maxRoutes } = words;
  const run: EventRun = { judge, seed: io.seed, maxRoutes, tell, held, full: () => writer.full() };
  const source = await begin(run).catch((error: unknown) => {
    payloads?.close();
    throw error;
  });
  const until = untilStopped(words.for); // keeps the process up, so not before all that can be refused
  failed = until.stop;
  for (const { what, ...where } of source.listening) {
    await io.stderr.write(`pathsec: ${what ? `${what}: ` : ''}listening on ${formatEndpoint(where)}\n`);
  }
  await until.done;
  payloads?.close();
  await source.stop();
  await rejudging;
  tell({ type: 'end', peer: null, counts });
  await writer.end();
  summary?.stop();
}

function count(counts: BgpCounts, event: Told): void {
  if (event.type === 'route') counts.routes++;
  else if (event.type === 'withdraw') counts.withdrawals++;
  else if (event.type === 'change') counts.changes++;
  else if (event.type === 'fault') counts.faults++;
  else if (event.type === 'session' && event.state === 'established') counts.sessions++;
}
