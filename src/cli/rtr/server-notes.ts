import { quoted } from '../../bytes/index.js';
import type { RtrServerEvent } from '../../node/rtr-server.js';
import type { Io } from '../shared/io.js';

/** Notes that may wait for a slow stderr; what comes beyond is counted. */
const MAX_WAITING = 1_000;

/** Milliseconds over which connections that are turned away make one note. */
const PAUSE = 1_000;

/** What a server says on stderr. It cannot be made to grow by who connects, nor by who reads it. */
export interface ServerNotes {
  note(text: string): void;
  /** An event of a connection in words; connections turned away in quick succession share a note. */
  event(session: number, event: RtrServerEvent): void;
}

/** Where notes go: `text` a line each to stderr, whatever is in them; `json` an object each to stdout; `none` nowhere. */
export type NoteForm = 'text' | 'json' | 'none';

/** Notes in that form. An object has the words as `note`, and for a connection its number and the event's own members. */
export function createServerNotes(io: Io, form: NoteForm): ServerNotes {
  let waiting = 0;
  let left = 0;
  const write = (text: string, members: object): void => {
    waiting++;
    const written =
      form === 'json'
        ? io.stdout.write(`${JSON.stringify({ ...members, note: text })}\n`)
        : io.stderr.write(`${text}\n`);
    written.catch(() => {}).finally(() => waiting--);
  };
  const note = (text: string, members: object = {}): void => {
    if (form === 'none') return;
    if (waiting >= MAX_WAITING) {
      left++;
      return;
    }
    if (left > 0) write(`(${left} notes left out)`, {});
    left = 0;
    write(text, members);
  };
  const tell = (session: number, event: RtrServerEvent): void =>
    note(`router ${session}: ${describeServerEvent(event)}`, { router: session, ...event });
  let refused = 0;
  let pause: NodeJS.Timeout | undefined;
  return {
    note: (text) => note(text),
    event(session, event) {
      if (event.kind !== 'refused') {
        tell(session, event);
        return;
      }
      if (pause) {
        refused++;
        return;
      }
      tell(session, event);
      pause = setTimeout(() => {
        pause = undefined;
        if (refused > 0) note(`${refused} more connections refused`);
        refused = 0;
      }, PAUSE).unref();
    },
  };
}

/** An event of a connection in words. */
export function describeServerEvent(event: RtrServerEvent): string {
  switch (event.kind) {
    case 'version':
      return `version ${event.version}`;
    case 'query':
      return event.query === 'reset' ? 'asks for everything' : `asks for changes since ${event.serial}`;
    case 'error-sent':
      return `is sent error ${event.errorCode}: ${event.text}`;
    case 'error-received':
      return `reports error ${event.errorCode}: ${quoted(event.text)}`;
    case 'connected':
      return `connected from ${event.address}`;
    case 'closed':
      return 'gone';
    case 'handshake-failed':
      return `TLS handshake with ${event.address} failed: ${event.cause}`;
    case 'refused':
      return `refused, from ${event.address}: ${REFUSED[event.reason]}`;
    case 'limit':
      return `dropped: ${LIMITS[event.limit]}`;
  }
}

const REFUSED = {
  sessions: 'as many connections as --max-sessions allows',
  'sessions-per-address': 'as many connections as --max-sessions-per-address allows',
  'certificate-address': 'its certificate does not name its address (8210bis §9.2)',
} as const;

const LIMITS = {
  idle: 'no query within the time of --idle',
  stall: 'reads nothing while an answer waits',
  'answer-time': 'reads its answer too slowly',
  queries: 'too many queries wait for their answers',
} as const;
