import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { DecodeError } from '../bytes/index.js';
import { beginEventStream, type EventStream } from './event-stream.js';
import { namesServer } from './names-server.js';
import { startListening } from './start-listening.js';

/** A file of the page. */
export interface PageFile {
  readonly type: string;
  readonly octets: Uint8Array;
}

/** What is served, and where. Everything is read only: there is no request that changes anything. */
export interface PageOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** By the path of the request, `/` among them. They tell nothing of what is watched, and need no token. */
  readonly files: ReadonlyMap<string, PageFile>;
  /**
   * Answers by path, to be written as JSON, to who has the token. What one throws as a {@link DecodeError} is the fault of the
   * question: status 400.
   */
  readonly answers: Readonly<Record<string, (query: URLSearchParams) => unknown>>;
  /** Streams by path, to who has the token: a {@link DecodeError} before the stream is asked for refuses it. */
  readonly streams: Readonly<Record<string, (query: URLSearchParams, client: StreamClient) => void>>;
  /** Clients of streams at once. */
  readonly maxStreams?: number;
}

/** One who asked for a stream. */
export interface StreamClient {
  /** What it has seen last, where it comes again. */
  readonly lastEventId: string | undefined;
  /** Begins the stream; `closed` is called when it is over, whoever ended it. */
  begin(closed: () => void): EventStream;
}

/** A page that is served. */
export interface PageServer {
  readonly port: number;
  /** Who has it may read. */
  readonly token: string;
  /** Waits a moment for what is on its way in streams that were ended, then closes all connections. */
  close(): Promise<void>;
}

/** Connections at once: a few who look, with the requests of their pages beside. */
const MAX_CONNECTIONS = 64;
const MAX_STREAMS = 16;
/** Milliseconds for a request to come whole. */
const PATIENCE = 10_000;
/** Milliseconds for what is on its way when all ends. */
const GOODBYE = 1_000;
/** Octets of a request line with its headers: a filter, or a path that is asked about. */
const MAX_HEADER = 16_384;

/** Nothing from elsewhere, nothing inside the page that is no file of ours, no frame around it, nothing kept. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * Serves a page with its files, its answers and its streams of events over HTTP, to GET and HEAD
 * (docs/decisions/cli.md D-live-page).
 *
 * @returns when it listens. Rejects with the error of the socket when it cannot.
 */
export async function servePage(options: PageOptions): Promise<PageServer> {
  const { host, port, files, answers, streams, maxStreams = MAX_STREAMS } = options;
  const token = randomBytes(16).toString('base64url');
  const open = new Set<ServerResponse>();
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    request.resume(); // whatever is sent with it
    const text = (status: number, said: string): void =>
      write(request, response, status, 'text/plain; charset=utf-8', Buffer.from(`${said}\n`));
    const own = { address: request.socket.localAddress, host };
    if (!namesServer(request.headers.host, own)) return text(403, 'this server has another name');
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    const file = files.get(path);
    const answerOf = Object.hasOwn(answers, path) ? answers[path] : undefined;
    const streamOf = Object.hasOwn(streams, path) ? streams[path] : undefined;
    if (!file && !answerOf && !streamOf) return text(404, 'there is nothing here');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      return text(405, 'GET or HEAD');
    }
    if (file) return write(request, response, 200, file.type, file.octets);
    if (!hasToken(request, token)) {
      response.setHeader('www-authenticate', 'Bearer');
      return text(401, 'the token is missing or wrong: open the address that pathsec printed');
    }
    const asked = new URLSearchParams(query);
    try {
      if (answerOf) {
        const said = Buffer.from(JSON.stringify(answerOf(asked)));
        return write(request, response, 200, 'application/json', said);
      }
      if (request.method === 'HEAD') return write(request, response, 200, 'text/event-stream', Buffer.of());
      if (open.size >= maxStreams) return text(503, `${maxStreams} pages are open, which is the most`);
      streamOf?.(asked, {
        lastEventId: request.headers['last-event-id']?.toString(),
        begin(closed) {
          open.add(response);
          response.once('close', () => {
            open.delete(response);
            closed();
          });
          return beginEventStream(response, { ...HEADERS, connection: 'close' });
        },
      });
    } catch (error) {
      if (!(error instanceof DecodeError))
        return text(500, error instanceof Error ? error.message : String(error));
      const { code, field, message } = error;
      write(
        request,
        response,
        400,
        'application/json',
        Buffer.from(JSON.stringify({ code, field, message })),
      );
    }
  };
  const server = createServer(
    { requestTimeout: PATIENCE, headersTimeout: PATIENCE, maxHeaderSize: MAX_HEADER },
    answer,
  );
  server.maxConnections = MAX_CONNECTIONS;
  return {
    port: await startListening(server, { host, port }),
    token,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const rest = setTimeout(() => server.closeAllConnections(), GOODBYE);
      await closed;
      clearTimeout(rest);
    },
  };
}

function write(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  type: string,
  octets: Uint8Array,
): void {
  response.writeHead(status, { ...HEADERS, 'content-type': type, 'content-length': octets.length });
  response.end(request.method === 'HEAD' ? undefined : octets);
}

/** `Authorization: Bearer TOKEN` (RFC 6750 §2.1). It never stands in an address that a client asks for, which others write down. */
function hasToken(request: IncomingMessage, token: string): boolean {
  const [, given = ''] = /^Bearer ([A-Za-z0-9_-]+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const [asked, wanted] = [Buffer.from(given), Buffer.from(token)];
  return asked.length === wanted.length && timingSafeEqual(asked, wanted);
}
