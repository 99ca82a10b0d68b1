import { suite1 } from '../../bgpsec/index.js';
import type { LiveChange } from '../../live/index.js';
import type { BgpConnection } from '../../node/bgp-connection.js';
import { startBgpSpeaker } from '../../node/bgp-speaker.js';
import { createOpensslEngine } from '../../node/openssl-engine.js';
import { formatEndpoint } from '../../node/rtr-connect.js';
import { naming } from '../shared/input.js';
import type { Io } from '../shared/io.js';
import { createStyle } from '../shared/style.js';
import { untilStopped } from '../shared/until.js';
import type { BgpConfig } from './config.js';
import { createEventWriter } from './event-writer.js';
import { type BgpCounts, type BgpEvent, eventText } from './events.js';
import { createJudge, type Judge } from './judge.js';
import { followPayloads } from './payloads.js';
import { createPeerRoutes, type PeerRoutes, type Told } from './peer-routes.js';
import type { SessionWords } from './session-options.js';
import { createSummary } from './summary.js';

/** Routes that are looked at before others get their turn. */
const TURN = 10_000;

/** What of the options counts here. */
type Words = Pick<SessionWords, 'rpki' | 'aspa' | 'slurm' | 'for' | 'json' | 'text' | 'maxRoutes'>;

/**
 * Speaks BGP as `config` says until it is told to stop, and prints what happens: the work of `bgp listen` and `bgp connect`.
 *
 * @throws {CliError} for payloads that cannot be read at the start, or an address on which nothing can listen.
 */
export async function speak(config: BgpConfig, words: Words, io: Io): Promise<void> {
  const asText = words.json !== true && (words.text === true || io.stdout.isTerminal);
  const style = createStyle(io);
  const counts: BgpCounts = { sessions: 0, routes: 0, withdrawals: 0, changes: 0, faults: 0 };
  const peers = new Map<BgpConnection, PeerRoutes>();
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
      [...peers.values()].reduce((sum, { size }) => sum + size, 0),
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
      for (const routes of [...peers.values()]) {
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
  const judge: Judge | undefined = payloads && createJudge(payloads.tables, suite1(createOpensslEngine()));
  const listening = { judge, seed: io.seed, maxRoutes: words.maxRoutes, tell };
  const starting = startBgpSpeaker({
    ...config,
    onReport(connection, peer, report) {
      const routes = peers.get(connection) ?? createPeerRoutes(connection, peer, listening);
      peers.set(connection, routes);
      routes.report(report);
      if (report.kind === 'state' && report.end && connection.initiatedBy === 'peer')
        peers.delete(connection);
      return writer.full();
    },
    onRefused(address, reason) {
      const peer = { address, as: null, id: null };
      tell({
        type: 'fault',
        peer,
        code: reason,
        treatment: 'refused',
        message: 'a connection was turned away',
      });
    },
  });
  const where = config.listen ? `listen ${formatEndpoint(config.listen)}` : 'bgp';
  const speaker = await naming(where, () => starting).catch((error: unknown) => {
    payloads?.close();
    throw error;
  });
  const until = untilStopped(words.for); // keeps the process up, so not before all that can be refused
  failed = until.stop;
  if (speaker.port !== undefined) {
    const host = config.listen?.host ?? '';
    await io.stderr.write(`pathsec: listening on ${formatEndpoint({ host, port: speaker.port })}\n`);
  }
  await until.done;
  payloads?.close();
  await speaker.stop();
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
