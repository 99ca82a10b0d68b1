import { describe, expect, it } from 'vitest';
import { createPageClient } from '../../src/cli/live/page-client.js';
import { createPageFeed } from '../../src/cli/live/page-feed.js';
import type { PageBatch, PageCounts } from '../../src/live-page/messages.js';
import type { EventStream, ServerEvent } from '../../src/node/event-stream.js';

const counts: PageCounts = {
  ...{ sessions: 0, routes: 0, withdrawals: 0, changes: 0, faults: 0, up: 0, held: 0 },
  ...{ verdicts: {}, peers: [], otherPeers: 0, payloads: null },
};
const event = (prefix: string) => ({ type: 'withdraw', time: 1, peer: null, prefix }) as const;

/** A stream that reads only while it is told to. */
function stream(): EventStream & { busy: boolean; readonly sent: ServerEvent[]; readonly done: string[] } {
  const sent: ServerEvent[] = [];
  const done: string[] = [];
  return {
    busy: false,
    sent,
    done,
    send: (message) => void sent.push(message),
    beat: () => void done.push('beat'),
    end: () => void done.push('end'),
    cut: () => void done.push('cut'),
  };
}

describe('a page that follows', () => {
  it('is sent nothing while it reads nothing, then what is kept and how much is not', () => {
    const feed = createPageFeed('run');
    const to = stream();
    const client = createPageClient(
      feed.follow(() => true),
      to,
    );
    client.tick(counts);
    expect(to.sent).toMatchObject([{ id: 'run-0', event: 'batch' }]);
    to.busy = true;
    for (let i = 0; i < 5_000; i++) {
      feed.take(event(String(i)));
      if (i % 10 === 0) client.tick(counts);
    }
    expect(to.sent.length).toBe(1);
    to.busy = false;
    client.tick(counts);
    const batch = JSON.parse(to.sent[1]?.data ?? '') as PageBatch;
    expect([to.sent[1]?.id, batch.rows.length, batch.left, batch.counts]).toEqual([
      'run-5000',
      200,
      4_800,
      undefined,
    ]);
  });

  it('is cut off when it has read nothing for 1,200 batches', () => {
    const to = stream();
    const client = createPageClient(
      createPageFeed('run').follow(() => true),
      to,
    );
    to.busy = true;
    for (let i = 0; i < 1_200; i++) client.tick(counts);
    expect(to.done).toEqual([]);
    client.tick(counts);
    expect([to.sent, to.done]).toEqual([[], ['cut']]);
  });

  it('gets a sign of life where nothing happens, and counts where they alone are others', () => {
    const to = stream();
    const client = createPageClient(
      createPageFeed('run').follow(() => true),
      to,
    );
    for (let i = 0; i < 61; i++) client.tick(counts);
    expect([to.sent.length, to.done]).toEqual([1, ['beat']]);
    client.tick({ ...counts, up: 1 });
    expect(JSON.parse(to.sent[1]?.data ?? '')).toEqual({ rows: [], left: 0, counts: { ...counts, up: 1 } });
    expect(to.sent[1]?.id).toBeUndefined();
  });

  it('is told all that is left when it is over', () => {
    const feed = createPageFeed('run');
    const to = stream();
    const client = createPageClient(
      feed.follow(() => true),
      to,
    );
    feed.take(event('x'));
    client.end(counts);
    expect(to.sent.map(({ event: name }) => name)).toEqual(['batch', 'end']);
    expect(to.done).toEqual(['end']);
    client.leave();
  });
});
