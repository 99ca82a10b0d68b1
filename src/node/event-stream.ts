import type { ServerResponse } from 'node:http';

/** One message of a stream of server-sent events. */
export interface ServerEvent {
  /** What a client that comes again names as the last that it has seen. */
  readonly id?: string;
  readonly event: string;
  readonly data: string;
}

/** A stream of server-sent events (HTML, 9.2 Server-sent events) to one client. */
export interface EventStream {
  /**
   * Whether what was sent before is still on its way, because the client does not read: whoever sends now fills memory.
   */
  readonly busy: boolean;
  send(message: ServerEvent): void;
  /** A sign of life that no client takes for a message. */
  beat(): void;
  /** Ends it once all is sent. */
  end(): void;
  /** Ends it at once. */
  cut(): void;
}

/** Begins such a stream as the answer to a request. */
export function beginEventStream(response: ServerResponse, headers: Record<string, string>): EventStream {
  response.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8' });
  response.flushHeaders();
  response.on('error', () => {}); // a client that has gone
  return {
    get busy() {
      return response.writableLength > 0;
    },
    send({ id, event, data }) {
      // A line feed would end the field, and an empty line the message.
      const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
      response.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\n${lines.join('')}\n`);
    },
    beat: () => void response.write(':\n\n'),
    end: () => void response.end(),
    cut: () => void response.destroy(),
  };
}
