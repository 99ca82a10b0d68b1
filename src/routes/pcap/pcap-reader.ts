import { DecodeError } from '../../bytes/index.js';
import {
  type CapturedPacket,
  createCaptureReader,
  createTcpStreams,
  type NoSegment,
  tcpSegmentOf,
} from '../../unpack/captures.js';
import { createBmpMessages } from '../bmp-messages.js';
import { type Emitter, type ReadOptions, reportFault, settleMessages } from '../emitter.js';
import { type RouteReader, reportEnd } from '../reader.js';
import { count } from '../summary.js';
import { createConversation } from './conversation.js';

/** What is told of a packet that gives no segment of TCP although it may belong to one. */
const UNREAD: Readonly<
  Record<Exclude<NoSegment, 'link-type' | 'other'>, readonly [code: string, message: string]>
> = {
  fragment: ['ip-fragment', 'a fragment of an IP packet, which is not put together'],
  cut: ['packet-cut', 'too little of the packet was captured for its TCP header'],
  damaged: ['tcp-header', 'a TCP header that cannot be right'],
};

/** NON-SPEC: link types that are counted each. */
const MAX_LINK_TYPES = 256;

/**
 * The reader of a capture of packets, pcap or pcapng: the routes of the BGP sessions in it, of all connections in both
 * directions and on any port (docs/decisions/routes.md D-capture-marker), and those of connections of BMP (D-capture-bmp). A record is a packet; an element has the time
 * of the packet with which its message was whole, and its sender as peer.
 */
export function pcapReaderOf(emitter: Emitter, { seed }: ReadOptions): RouteReader {
  const { summary, source } = emitter;
  const capture = createCaptureReader();
  const bmp = createBmpMessages(emitter);
  const unreadLinks = new Set<number | undefined>();
  let rtr = 0;
  let sessions = 0;
  let lost = false;
  let hasSpoken = false;
  const streams = createTcpStreams(
    (start) =>
      createConversation(
        {
          emitter,
          bmp,
          spoken() {
            hasSpoken = true;
          },
          known(isRead, head) {
            if (isRead) sessions++;
            else if (looksLikeRtr(head)) rtr++;
          },
        },
        start,
      ),
    {},
    { seed },
  );

  const report = (code: string, message: string, field: string, offset: number): void => {
    emitter.base = 0;
    reportFault(emitter, { code, message, field, offset });
  };
  const reportLink = ({ linkType, offset }: CapturedPacket): void => {
    summary.skippedRecords++;
    if (unreadLinks.has(linkType) || unreadLinks.size >= MAX_LINK_TYPES) return;
    unreadLinks.add(linkType);
    const what = linkType === undefined ? 'an interface that is not described' : `link type ${linkType}`;
    report('capture-link-type', `packets of ${what} are not read`, 'capture.link-type', offset);
  };
  const take = (packet: CapturedPacket): void => {
    summary.records = packet.number;
    source.number = packet.number;
    const kind = `link/${packet.linkType ?? 'unknown'}`;
    const isCounted = summary.recordTypes.has(kind) || summary.recordTypes.size < MAX_LINK_TYPES;
    count(summary.recordTypes, isCounted ? kind : 'other');
    const segment = tcpSegmentOf(packet);
    if (segment === 'link-type') reportLink(packet);
    else if (typeof segment === 'string') {
      if (segment === 'other') return;
      const [code, message] = UNREAD[segment];
      report(code, message, 'packet', packet.offset);
    } else {
      streams.take(segment, packet);
      settle();
    }
  };
  /** A packet with which something was said. */
  const settle = (): void => {
    if (hasSpoken && summary.usable < summary.records) summary.usable++;
    hasSpoken = false;
  };
  const takeAll = (): void => {
    try {
      for (;;) {
        const packet = capture.next();
        if (packet === undefined) return;
        take(packet);
      }
    } catch (error) {
      if (emitter.calling || !(error instanceof DecodeError)) throw error;
      lost = true;
      source.number = summary.records + 1;
      reportEnd(emitter, error);
    }
  };
  /** What else the connections were, where none was read. */
  const reportOthers = (): void => {
    if (sessions > 0 || rtr === 0) return;
    report('capture-rtr', `connections of RTR (${rtr}), none of BGP: payloads, for --rpki`, 'tcp', 0);
  };
  return {
    summary,
    push(chunk) {
      emitter.calling = false;
      summary.octets += chunk.length;
      if (lost) return;
      capture.push(chunk);
      takeAll();
      settleMessages(emitter);
    },
    end(cause) {
      emitter.calling = false;
      streams.end();
      settle();
      bmp.end();
      if (cause) reportEnd(emitter, cause);
      else if (!lost && capture.pending > 0) {
        const { pending } = capture;
        const message = `the input ends within a packet, ${pending} octets of which are there`;
        source.number = summary.records + 1;
        const place = { field: 'capture', offset: summary.octets - pending };
        reportEnd(emitter, new DecodeError('record-truncated', message, place));
      }
      reportOthers();
      settleMessages(emitter);
    },
  };
}

/** Whether a connection begins like one of RTR: a version, a type and a length that go together (RFC 8210 §5). */
function looksLikeRtr(head: Uint8Array): boolean {
  const [version = 255, type = 255] = head;
  if (head.length < 8 || version > 2 || type > 11) return false;
  return head[4] === 0 && head[5] === 0 && head[6] === 0 && (head[7] as number) >= 8;
}
