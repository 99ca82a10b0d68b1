import { createServer } from 'node:http';
import { startListening } from './start-listening.js';

/** What is served, and where. */
export interface MetricsOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Of the text, such as that of a registry of prom-client. */
  readonly contentType: string;
  /** The text of this moment. */
  readonly metrics: () => Promise<string>;
}

/** An endpoint that listens. */
export interface MetricsServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Connections at once: a few who scrape. */
const MAX_CONNECTIONS = 64;
/** Milliseconds for a request to come whole. */
const PATIENCE = 10_000;

/**
 * Serves the text of `metrics` as `/metrics` over HTTP, to GET and HEAD, and nothing else.
 *
 * @returns when it listens. Rejects with the error of the socket when it cannot.
 */
export async function serveMetrics({
  host,
  port,
  contentType,
  metrics,
}: MetricsOptions): Promise<MetricsServer> {
  const server = createServer(
    { requestTimeout: PATIENCE, headersTimeout: PATIENCE },
    async (request, response) => {
      const answer = (status: number, text: string, type = 'text/plain; charset=utf-8'): void => {
        response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
        response.end(request.method === 'HEAD' ? undefined : text);
      };
      request.resume(); // whatever is sent with it
      const [pathname] = (request.url ?? '').split('?');
      if (pathname !== '/metrics') answer(404, 'metrics are at /metrics\n');
      else if (request.method !== 'GET' && request.method !== 'HEAD') answer(405, 'GET or HEAD\n');
      else {
        try {
          answer(200, await metrics(), contentType);
        } catch (error) {
          answer(500, `${error instanceof Error ? error.message : error}\n`);
        }
      }
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  return {
    port: await startListening(server, { host, port }),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
