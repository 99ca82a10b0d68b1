import { randomBytes } from 'node:crypto';
import { DecodeError } from '../../bytes/index.js';
import { RAMP_STYLE } from '../../draw/index.js';
import type { PageCounts, PageExplanation } from '../../live-page/messages.js';
import { livePageFiles } from '../../node/live-page-files.js';
import { isLoopbackHost } from '../../node/names-server.js';
import { formatEndpoint } from '../../node/rtr-connect.js';
import { type StreamClient, servePage } from '../../node/serve-page.js';
import type { EventPage } from '../bgp/event-run.js';
import type { Measured } from '../bgp/metrics.js';
import { parseEndpoint } from '../shared/endpoint.js';
import { naming } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import { createPageClient, type PageClient } from './page-client.js';
import { pageCounts } from './page-counts.js';
import { explainRoute } from './page-explain.js';
import { createPageFeed } from './page-feed.js';
import { readFilter } from './page-filter.js';

/** Milliseconds between two batches. */
const PERIOD = 250;
/** Counting may take this share of the time. */
const COUNTING = 0.1;

/**
 * Serves a page about a run where `text` says, HOST:PORT, or a port of this machine alone.
 *
 * @throws {CliError} for what is neither, or an address on which nothing can listen.
 */
export async function startPage(text: string, measured: Measured, io: Io): Promise<EventPage> {
  const where = parseEndpoint(/^[0-9]+$/.test(text) ? `127.0.0.1:${text}` : text);
  if (!where) throw new CliError(`--http ${text} is not HOST:PORT`);
  const feed = createPageFeed(randomBytes(6).toString('hex'));
  const clients = new Set<PageClient>();
  const count = createCounter(measured);
  const follow = (query: URLSearchParams, client: StreamClient): void => {
    const filter = readFilter(query);
    const stream = client.begin(() => {
      one.leave();
      clients.delete(one);
    });
    const one = createPageClient(feed.follow(filter, client.lastEventId), stream);
    clients.add(one);
    one.tick(count());
  };
  const explain = (query: URLSearchParams): PageExplanation => {
    if (measured.tables) return explainRoute(measured.tables, query);
    throw new DecodeError('no-payload', 'nothing judges: there is no --rpki');
  };
  const files = new Map(await livePageFiles());
  const style = { type: 'text/css; charset=utf-8', octets: new TextEncoder().encode(RAMP_STYLE) };
  files.set('/picture.css', style);
  const serving = servePage({
    ...{ host: where.host, port: where.port, files },
    answers: { '/explain': explain },
    streams: { '/events': follow },
  });
  const server = await naming(`--http ${formatEndpoint(where)}`, () => serving);
  const timer = setInterval(() => {
    if (clients.size === 0) return;
    const counts = count();
    for (const client of clients) client.tick(counts);
  }, PERIOD);
  const place = formatEndpoint({ host: where.host, port: server.port });
  await io.stderr.write(`pathsec: page on http://${place}/#${server.token}\n`);
  if (!isLoopbackHost(where.host)) {
    await io.stderr.write(
      `pathsec: warning: ${where.host} is no loopback address: whoever sees the traffic of the page can read it, and its token\n`,
    );
  }
  return {
    take: (event) => feed.take(event),
    async close() {
      clearInterval(timer);
      const last = pageCounts(measured);
      for (const client of clients) client.end(last);
      await server.close();
    },
  };
}

/** Counts; the same object while nothing is another than before, or counting again would take too much of the time. */
function createCounter(measured: Measured): () => PageCounts {
  let counts = pageCounts(measured);
  let text = JSON.stringify(counts);
  let rested = 0;
  return () => {
    const begun = performance.now();
    if (begun < rested) return counts;
    const now = pageCounts(measured);
    const again = JSON.stringify(now);
    if (again !== text) {
      counts = now;
      text = again;
    }
    const done = performance.now();
    rested = done + (done - begun) / COUNTING;
    return counts;
  };
}
