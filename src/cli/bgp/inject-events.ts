import type { Io } from '../shared/io.js';
import { createStyle, type Style } from '../shared/style.js';
import { formatCount, plural } from '../shared/text-table.js';
import { createEventWriter } from './event-writer.js';
import { type BgpEvent, type EventPeer, eventText } from './events.js';
import type { Told } from './held-routes.js';

/** What was done in all. */
export interface InjectCounts {
  /** Sessions that came up. */
  readonly sessions: number;
  /** Routes that went out, and UPDATEs that announced them. */
  readonly routes: number;
  readonly updates: number;
  /** Routes that were withdrawn in the end. */
  readonly withdrawals: number;
  /** Faults of the peer's messages, and inputs that could not be read. */
  readonly faults: number;
}

/** What `bgp inject` prints beside `session` and `fault`, one object a line; docs/cli.md has the contract. */
export type InjectEvent =
  | Extract<BgpEvent, { readonly type: 'session' | 'fault' }>
  | {
      readonly type: 'announced';
      readonly time: number;
      readonly peer: EventPeer;
      readonly routes: number;
      /** Different prefixes: what the peer holds. */
      readonly prefixes: number;
      readonly updates: number;
      readonly octets: number;
      /** Routes that were not announced, by the reason. */
      readonly skipped: Readonly<Record<string, number>>;
      /** Routes of which an attribute is malformed, by the code of the fault (docs/decisions/speaker.md D-inject-malformed). */
      readonly malformed: Readonly<Record<string, number>>;
    }
  | {
      readonly type: 'written';
      readonly time: number;
      readonly peer: null;
      readonly file: string;
      readonly routes: number;
      readonly updates: number;
      readonly octets: number;
      readonly skipped: Readonly<Record<string, number>>;
      readonly malformed: Readonly<Record<string, number>>;
    }
  | {
      readonly type: 'end';
      readonly time: number;
      readonly peer: null;
      readonly counts: InjectCounts;
    };

/** Why routes are not announced, in words. */
const SKIPPED: Readonly<Record<string, string>> = {
  'family-not-negotiated': 'of a family that was not negotiated',
  'next-hop': 'of a family without a next hop (--next-hop)',
  'message-too-long': 'that fit into no message',
  'route-leak': 'that the OTC attribute keeps from this neighbour (RFC 9234)',
  'no-prefix': 'without a prefix',
  'sent-by-collector': 'that the collector itself had sent',
  withdrawal: 'that are withdrawals',
  'bgpsec-not-negotiated': 'of a family in which the peer takes no signatures',
  'as-set': 'with an AS_SET, which nobody signs (RFC 8205 §4.1)',
  confederation: 'with confederation segments',
  'no-path': 'without a path',
  'no-update': 'that are no UPDATEs',
  'no-route': 'that announce nothing',
};

/** An event as a line of text. */
export function injectText(event: InjectEvent, style: Style): string {
  switch (event.type) {
    case 'announced': {
      const { peer, prefixes } = event;
      const who = style.dim(`${peer.address} AS${peer.as}`);
      const different = ` of ${formatCount(prefixes)} prefix${prefixes === 1 ? '' : 'es'}`;
      return [who, style.good('announced'), sentText(event, different)].join('  ');
    }
    case 'written':
      return [event.file, style.good('written'), sentText(event, '')].join('  ');
    case 'end':
      return Object.entries(event.counts)
        .map(([name, count]) => `${count} ${name}`)
        .join(', ');
    default:
      return eventText(event, style);
  }
}

function sentText(
  { routes, updates, octets, skipped, malformed }: Extract<InjectEvent, { readonly updates: number }>,
  different: string,
): string {
  const sent = `${plural(routes, 'route')}${different} in ${plural(updates, 'UPDATE')}, ${plural(octets, 'octet')}`;
  const left = Object.entries(skipped).map(
    ([reason, count]) => `passed over: ${formatCount(count)} ${SKIPPED[reason] ?? reason}`,
  );
  const bad = Object.entries(malformed).map(
    ([code, count]) => `malformed: ${plural(count, 'route')} (${code})`,
  );
  return [sent, ...left, ...bad].join('; ');
}

type Untimed<Event> = Event extends unknown ? Omit<Event, 'time'> : never;

/** What is printed of an injection. */
export interface InjectLog {
  tell(event: Untimed<InjectEvent>): void;
  /** The same for an event of a session, as others tell them. */
  told(event: Told): void;
  /** A line of stderr. */
  note(text: string): void;
  /** The end of what is written. Rejects where the reader has gone. */
  close(): Promise<void>;
  /** The same, with the last event. */
  end(counts: Pick<InjectCounts, 'routes' | 'updates' | 'withdrawals'>): Promise<void>;
}

/** A log on stdout: text for people on a terminal, else one JSON object a line. */
export function createInjectLog(
  { json, text }: { readonly json?: boolean | undefined; readonly text?: boolean | undefined },
  io: Io,
  failed: () => void,
): InjectLog {
  const asText = json !== true && (text === true || io.stdout.isTerminal);
  const style = createStyle(io);
  const writer = createEventWriter(io.stdout, failed);
  let [sessions, faults] = [0, 0];
  const tell = (event: Untimed<InjectEvent>): void => {
    if (event.type === 'fault') faults++;
    else if (event.type === 'session' && event.state === 'established') sessions++;
    // The members of an event in a fixed order, those of all events first.
    const { type, ...others } = event;
    const whole = { type, time: Date.now() / 1000, ...others } as InjectEvent;
    writer.line(asText ? injectText(whole, style) : JSON.stringify(whole));
  };
  return {
    tell,
    told(event) {
      if (event.type === 'session' || event.type === 'fault') tell(event);
    },
    note: (line) => void io.stderr.write(`pathsec: ${line}\n`).catch(() => {}),
    close: () => writer.end(),
    async end({ routes, updates, withdrawals }) {
      tell({ type: 'end', peer: null, counts: { sessions, routes, updates, withdrawals, faults } });
      await writer.end();
    },
  };
}
