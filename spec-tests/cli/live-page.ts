import { onTestFinished } from 'vitest';
import { createEventParser } from '../../src/live-page/event-parser.js';
import type { PageBatch } from '../../src/live-page/messages.js';
import { type Running, start, until } from './running.js';

/** A message of the stream of events. */
export interface PageMessage {
  readonly event: string;
  readonly id: string | undefined;
  readonly batch: Partial<PageBatch>;
}

/** The page of a command that runs. */
export interface LivePage {
  readonly running: Running;
  readonly url: string;
  readonly token: string;
  /** Asks with the token. */
  ask(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Follows the events of a filter. */
  follow(query?: string, lastEventId?: string): Promise<PageReader>;
}

/** Reads a stream of events. */
export interface PageReader {
  /** All that came so far. */
  readonly messages: PageMessage[];
  /** Waits until it is so. */
  until(done: (messages: readonly PageMessage[]) => boolean): Promise<void>;
  /** Rows and events without a row of all batches so far. */
  seen(): { readonly rows: readonly Record<string, unknown>[]; readonly left: number };
  /** The last id. */
  id(): string | undefined;
  close(): Promise<void>;
}

/** Starts `pathsec live` with a page on a free port. */
export async function livePage(
  argv: readonly string[],
  stdin?: AsyncIterable<Uint8Array>,
): Promise<LivePage> {
  const running = start(['live', '--http', '0', '--json', ...argv], undefined, stdin);
  await until(() => /#[\w-]+\n/.test(running.said()));
  const [, url = '', token = ''] =
    /page on (http:\/\/127\.0\.0\.1:[0-9]+)\/#([\w-]+)\n/.exec(running.said()) ?? [];
  const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
  return {
    ...{ running, url, token, ask },
    follow: async (query = '', lastEventId) =>
      readerOf(
        await ask(`/events?${query}`, lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      ),
  };
}

function readerOf({ body }: Response): PageReader {
  if (!body) throw new Error('there is no stream');
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parse = createEventParser();
  const messages: PageMessage[] = [];
  const reading = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      for (const { event, id, data } of parse(decoder.decode(value, { stream: true }))) {
        messages.push({ event, id, batch: JSON.parse(data) as PageBatch });
      }
    }
  })();
  reading.catch(() => {}); // cut off by the test
  const close = (): Promise<void> => reader.cancel().catch(() => {});
  onTestFinished(close);
  return {
    messages,
    until: (done) => until(() => done(messages)),
    seen: () => ({
      rows: messages.flatMap(({ batch }) => (batch.rows ?? []) as unknown as Record<string, unknown>[]),
      left: messages.reduce((sum, { batch }) => sum + (batch.left ?? 0), 0),
    }),
    id: () => messages.at(-1)?.id,
    close,
  };
}
