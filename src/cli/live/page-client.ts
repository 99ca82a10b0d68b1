import type { PageBatch, PageCounts } from '../../live-page/messages.js';
import type { EventStream } from '../../node/event-stream.js';
import type { Follower } from './page-feed.js';

/** Batches that pass without one for a page after which it is sent a sign of life. */
const QUIET = 60;
/** Batches that pass while a page reads nothing after which it is cut off; it comes again, and hears how much it has missed. */
const ASLEEP = 1_200;

/** A page that follows. */
export interface PageClient {
  /** Sends what is there for it, unless it still has to read what it was sent: what waits meanwhile is bounded. */
  tick(counts: PageCounts): void;
  /** Sends what is left, and that it is over. */
  end(counts: PageCounts): void;
  leave(): void;
}

/** What `follower` tells on its way through `stream`. */
export function createPageClient(follower: Follower, stream: EventStream): PageClient {
  /** Batches that have passed since the last. */
  let idle = 0;
  let sent: PageCounts | undefined;
  const send = (counts: PageCounts): boolean => {
    const next = follower.next();
    const counted = counts !== sent;
    if (!next && !counted) return false;
    const batch: PageBatch = { ...(next?.batch ?? { rows: [], left: 0 }), ...(counted && { counts }) };
    stream.send({ ...(next && { id: next.id }), event: 'batch', data: JSON.stringify(batch) });
    sent = counts;
    return true;
  };
  return {
    tick(counts) {
      idle++;
      if (stream.busy) {
        if (idle > ASLEEP) stream.cut();
      } else if (send(counts)) idle = 0;
      else if (idle >= QUIET) {
        stream.beat();
        idle = 0;
      }
    },
    end(counts) {
      send(counts);
      stream.send({ event: 'end', data: JSON.stringify(counts) });
      stream.end();
    },
    leave: () => follower.leave(),
  };
}
