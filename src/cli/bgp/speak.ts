import type { BgpConnection } from '../../node/bgp-connection.js';
import { startBgpSpeaker } from '../../node/bgp-speaker.js';
import { formatEndpoint } from '../../node/rtr-connect.js';
import { naming } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import type { BgpConfig } from './config.js';
import { type EventRun, type EventSource, printEvents } from './event-run.js';
import { createPeerRoutes, type PeerRoutes } from './peer-routes.js';
import type { EventWords } from './session-options.js';

/**
 * Speaks BGP as `config` says until it is told to stop, and prints what happens: the work of `bgp listen` and `bgp connect`.
 *
 * @throws {CliError} for payloads that cannot be read at the start, or an address on which nothing can listen.
 */
export async function speak(config: BgpConfig, words: EventWords, io: Io): Promise<void> {
  await printEvents(words, io, (run) => beginSpeaking(config, run));
}

/** Begins to speak; see {@link speak}. */
export async function beginSpeaking({ file, ...config }: BgpConfig, run: EventRun): Promise<EventSource> {
  const peers = new Map<BgpConnection, PeerRoutes>();
  const starting = startBgpSpeaker({
    ...config,
    onReport(connection, peer, report) {
      const routes = peers.get(connection) ?? createPeerRoutes(connection, peer, run);
      peers.set(connection, routes);
      run.held.add(routes);
      routes.report(report);
      if (report.kind === 'state' && report.end && connection.initiatedBy === 'peer') {
        peers.delete(connection);
        run.held.delete(routes);
      }
      return run.full();
    },
    onRefused: (address, reason) => run.tell(turnedAway(address, reason)),
  });
  const where = config.listen ? `listen ${formatEndpoint(config.listen)}` : 'bgp';
  const speaker = await naming(where, () => starting).catch((error: unknown) => {
    // Peers that cannot be told apart, or a session that cannot be: wrong use, and no fault of the program.
    throw error instanceof RangeError
      ? new CliError(file ? `${file}: ${error.message}` : error.message)
      : error;
  });
  const { port } = speaker;
  return {
    listening: port === undefined ? [] : [{ host: config.listen?.host ?? '', port }],
    stop: () => speaker.stop(),
  };
}

/** The event of a connection that was not taken. */
export function turnedAway(address: string, code: string) {
  const peer = { address, as: null, id: null };
  const message = 'a connection was turned away';
  return { type: 'fault', peer, code, treatment: 'refused', message } as const;
}
