import type { PageBatch, PageRow } from '../../live-page/messages.js';
import type { BgpEvent } from '../bgp/events.js';
import type { EventFilter } from './page-filter.js';
import { pageRow } from './page-row.js';
import { createRing } from './ring.js';

/** Events that are kept: for a page that comes, and for one that is slow. */
const KEPT = 200;

interface Numbered {
  /** From 1, one more for each event. */
  readonly n: number;
  readonly event: BgpEvent;
}

/** Events on their way to pages. */
export interface PageFeed {
  take(event: BgpEvent): void;
  /**
   * A page that wants the events of `filter`: first those that are kept, or of them what came after `lastEventId`.
   */
  follow(filter: EventFilter, lastEventId?: string): Follower;
}

/** What waits for one page: never more than is kept, however long it is not asked for. */
export interface Follower {
  /** What came since it was asked for last; undefined where nothing did, not even for others. */
  next(): { readonly id: string; readonly batch: PageBatch } | undefined;
  /** No more is wanted. */
  leave(): void;
}

/**
 * A feed without events.
 *
 * @param run what tells this run from others, in the ids of its events.
 */
export function createPageFeed(run: string, kept = KEPT): PageFeed {
  const recent = createRing<Numbered>(kept);
  const followers = new Set<(one: Numbered) => void>();
  let last = 0;
  return {
    take(event) {
      const one = { n: ++last, event };
      recent.push(one);
      for (const follower of followers) follower(one);
    },
    follow(filter, lastEventId) {
      const pending = createRing<PageRow>(kept);
      let matched = 0;
      /** The number of the last event that it has been told of, or that was none for it; -1 before the first batch. */
      let told = -1;
      const offer = ({ n, event }: Numbered): void => {
        if (!filter(event)) return;
        matched++;
        pending.push(pageRow(n, event));
      };
      const seen = lastEventId === undefined ? undefined : numberOf(lastEventId, run, last);
      for (const one of recent.values()) if (one.n > (seen ?? 0)) offer(one);
      let missed = missedOf(lastEventId, seen, last - recent.size);
      followers.add(offer);
      return {
        next() {
          if (told === last) return undefined;
          told = last;
          const rows = pending.take();
          const batch = { rows, left: matched - rows.length, ...(missed !== undefined && { missed }) };
          matched = 0;
          missed = undefined;
          return { id: `${run}-${last}`, batch };
        },
        leave: () => void followers.delete(offer),
      };
    },
  };
}

/** Events that came after `seen` and are kept no more, of which the first `gone` are; undefined for a page that is new. */
function missedOf(
  lastEventId: string | undefined,
  seen: number | undefined,
  gone: number,
): number | null | undefined {
  if (lastEventId === undefined) return undefined;
  return seen === undefined ? null : Math.max(0, gone - seen);
}

/** The number of an id of this run; undefined for any other text. */
function numberOf(id: string, run: string, last: number): number | undefined {
  const [, of, digits] = /^(.*)-([0-9]{1,15})$/.exec(id) ?? [];
  const n = Number(digits);
  return of === run && n <= last ? n : undefined;
}
