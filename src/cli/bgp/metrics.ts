import type { Registry } from 'prom-client';
import type { LiveTables } from '../../live/index.js';
import { formatEndpoint } from '../../node/rtr-connect.js';
import { serveMetrics } from '../../node/serve-metrics.js';
import { parseEndpoint } from '../shared/endpoint.js';
import { naming } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import { checksOf } from './checks.js';
import type { BgpCounts } from './events.js';
import type { HeldCounts } from './held-routes.js';

/** What there is to measure; looked at when somebody asks, so that events cost nothing. */
export interface Measured {
  readonly counts: Readonly<BgpCounts>;
  /** Sessions that are up. */
  readonly up: () => number;
  readonly held: ReadonlySet<HeldCounts>;
  readonly tables: LiveTables | undefined;
  /** When the payloads changed last, in seconds since 1970. */
  readonly changedAt: () => number;
  /** Since when changes of payloads wait for their routes, in seconds since 1970; undefined where none does. */
  readonly rejudgingSince: () => number | undefined;
  /** Seconds by which what a source told last had been behind, when it came. */
  readonly lags: ReadonlyMap<string, number>;
}

/** An endpoint for Prometheus. */
export interface MetricsEndpoint {
  close(): Promise<void>;
}

/**
 * Serves metrics where `text` says, HOST:PORT, or a port of this machine alone.
 *
 * @throws {CliError} for what is neither, or an address on which nothing can listen.
 */
export async function startMetrics(text: string, measured: Measured, io: Io): Promise<MetricsEndpoint> {
  const where = parseEndpoint(/^[0-9]+$/.test(text) ? `127.0.0.1:${text}` : text);
  if (!where) throw new CliError(`--metrics ${text} is not HOST:PORT`);
  const { Counter, Gauge, Registry } = await import('prom-client');
  const registry: Registry = new Registry(); // one of its own: there is nothing global
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number | undefined): void => {
    new Gauge({
      ...{ name: `pathsec_${name}`, help, registers },
      collect() {
        const value = read();
        if (value === undefined) this.reset();
        else this.set(value);
      },
    });
  };
  const counter = (name: string, help: string, read: () => number): void => {
    new Counter({
      ...{ name: `pathsec_${name}_total`, help, registers },
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  };
  const { counts, tables } = measured;
  const now = (): number => Date.now() / 1000;
  counter('sessions', 'Sessions that came up.', () => counts.sessions);
  counter('routes', 'Announcements.', () => counts.routes);
  counter('withdrawals', 'Routes that were held and are gone.', () => counts.withdrawals);
  counter('changes', 'Verdicts that changed with the payloads.', () => counts.changes);
  counter('faults', 'Faults.', () => counts.faults);
  gauge('sessions_up', 'Sessions that are up.', measured.up);
  gauge(
    'rejudging_seconds',
    'How long changes of payloads have waited for their routes; 0 where none does.',
    () => {
      const since = measured.rejudgingSince();
      return since === undefined ? 0 : now() - since;
    },
  );
  new Gauge({
    ...{ name: 'pathsec_held_routes', help: 'Routes that are held, by peer.', registers },
    labelNames: ['peer', 'as', 'source'],
    collect() {
      this.reset();
      for (const { peer, size } of measured.held) this.inc(labelsOf(peer), size);
    },
  });
  new Gauge({
    ...{ name: 'pathsec_lag_seconds', help: 'Age of what a source told last, when it came.', registers },
    labelNames: ['source'],
    collect() {
      this.reset();
      for (const [source, lag] of measured.lags) this.set({ source }, lag);
    },
  });
  if (tables) {
    gauge('payload_age_seconds', 'Since the payloads changed.', () => now() - measured.changedAt());
    new Gauge({
      ...{ name: 'pathsec_payloads', help: 'Payloads in use, by kind.', registers },
      labelNames: ['kind'],
      collect() {
        this.set({ kind: 'vrps' }, tables.vrps.size);
        this.set({ kind: 'aspas' }, tables.aspas.size);
        this.set({ kind: 'router-keys' }, tables.routerKeys.size);
      },
    });
    new Gauge({
      ...{ name: 'pathsec_verdicts', help: 'Routes that are held, by peer, check and verdict.', registers },
      labelNames: ['peer', 'as', 'source', 'check', 'verdict'],
      collect() {
        this.reset();
        for (const routes of measured.held) {
          const labels = labelsOf(routes.peer);
          for (const { verdicts, count } of routes.tally()) {
            for (const [check, verdict] of checksOf(verdicts)) this.inc({ ...labels, check, verdict }, count);
          }
        }
      },
    });
  }
  const starting = serveMetrics({
    ...{ host: where.host, port: where.port, contentType: registry.contentType },
    metrics: () => registry.metrics(),
  });
  const server = await naming(`--metrics ${formatEndpoint(where)}`, () => starting);
  const place = formatEndpoint({ host: where.host, port: server.port });
  await io.stderr.write(`pathsec: metrics on http://${place}/metrics\n`);
  return server;
}

function labelsOf({ address, as, router, source }: HeldCounts['peer']) {
  return { peer: address, as: String(as ?? ''), source: source ?? router ?? '' };
}
