import { createEventParser, type StreamMessage } from './event-parser.js';
import type { PageFault } from './messages.js';

/** What becomes of a connection. */
export interface ClientWords {
  connected(): void;
  message(message: StreamMessage): void;
  /** It is gone, or could not be made; another attempt follows. */
  waiting(reason: string): void;
  /** It was refused for good. */
  refused(reason: string): void;
}

/** A stream of events that is followed. */
export interface EventsClient {
  /** Connects, in place of what was there; `resume` goes on behind the last message. */
  connect(query: string, resume: boolean): void;
  /** Lets go. */
  pause(): void;
}

/** Milliseconds before another attempt. */
const RETRY = 1_000;

/**
 * Follows `/events` with a token. `EventSource` of browsers cannot send one but in the address, and does not tell why it was refused.
 */
export function createEventsClient(token: string, words: ClientWords): EventsClient {
  let current: AbortController | undefined;
  let lastId: string | undefined;
  const attempt = async (query: string, signal: AbortSignal): Promise<'again' | 'over'> => {
    const answer = await fetch(`/events?${query}`, {
      headers: {
        authorization: `Bearer ${token}`,
        ...(lastId !== undefined && { 'last-event-id': lastId }),
      },
      signal,
    });
    if (!answer.ok || !answer.body) {
      const reason = await faultOf(answer);
      if (answer.status === 503) throw new Error(reason);
      words.refused(reason);
      return 'over';
    }
    words.connected();
    const parse = createEventParser();
    const decoder = new TextDecoder();
    const reader = answer.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return 'again';
      for (const message of parse(decoder.decode(value, { stream: true }))) {
        lastId = message.id ?? lastId;
        words.message(message);
        if (message.event === 'end') return 'over';
      }
    }
  };
  const run = async (query: string, signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      let reason = 'the connection ended';
      try {
        if ((await attempt(query, signal)) === 'over') return;
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
      }
      if (signal.aborted) return;
      words.waiting(reason);
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
  };
  return {
    connect(query, resume) {
      current?.abort();
      current = new AbortController();
      if (!resume) lastId = undefined;
      void run(query, current.signal);
    },
    pause: () => current?.abort(),
  };
}

/** Why a request was refused, in words. */
export async function faultOf(answer: Response): Promise<string> {
  const text = await answer.text();
  if (!answer.headers.get('content-type')?.startsWith('application/json')) return text.trim();
  return (JSON.parse(text) as PageFault).message;
}
