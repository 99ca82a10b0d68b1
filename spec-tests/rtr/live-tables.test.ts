import { createAspaTable, fastVerifyAsPath, pathsToReverify } from 'pathsec/aspa';
import { AS_SEQUENCE, type AsPath } from 'pathsec/bgp';
import { createRouterKeys } from 'pathsec/bgpsec';
import { formatPrefix, parsePrefix } from 'pathsec/inet';
import { createLiveTables, type LiveChange } from 'pathsec/live';
import { createPayloadSet, type Payloads, type PayloadTarget } from 'pathsec/payload';
import { affectedPrefixes, createRovTable, validateOrigin } from 'pathsec/rov';
import { applyPayloadChanges, createRtrCache, type PayloadChanges, vrpsOf } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { only } from '../payload/arbitrary-payloads.js';
import { createPair } from './harness.js';

const prefixes = [parsePrefix('192.0.2.0/24'), parsePrefix('198.51.100.0/24')] as const;
const path: AsPath = [{ type: AS_SEQUENCE, asns: [3, 2, 1] }];
const other: AsPath = [{ type: AS_SEQUENCE, asns: [9, 8] }];
const key = { asn: 64496, ski: new Uint8Array(20).fill(7), spki: new Uint8Array(91).fill(8) };
const START: Payloads = only({
  vrps: [{ prefix: prefixes[0], maxLength: 24, asn: 64496 }],
  aspas: [
    { customer: 1, providers: [2] },
    { customer: 2, providers: [3] },
  ],
  routerKeys: [key],
});

/** A cache with {@link START} and a client, and the changes that the client tells of. */
function world() {
  const cache = createRtrCache({ sessionId: 1 });
  cache.replace(START);
  const pair = createPair(cache, { server: { notifySeconds: 0 } });
  let read = 0;
  const news = () => {
    const events = pair.seen.events.slice(read);
    read = pair.seen.events.length;
    return events;
  };
  const change = (): void => {
    cache.change(
      {
        vrps: [{ prefix: parsePrefix('198.51.100.0/23'), maxLength: 24, asn: 1 }],
        aspas: [{ customer: 2, providers: [4] }],
      },
      { routerKeys: [key], aspas: [{ customer: 1, providers: [2] }] },
    );
    pair.notify(1);
  };
  return { pair, news, change };
}

const judge = (
  rov: ReturnType<typeof createRovTable>,
  aspa: ReturnType<typeof createAspaTable>,
): unknown[] => [
  ...prefixes.map((prefix) => validateOrigin(rov, prefix, 64496)),
  fastVerifyAsPath(aspa, { asPath: path, procedure: 'upstream' }),
];

describe('applyPayloadChanges', () => {
  it('fits the tables of all three verifiers as they are, and tells what to judge again', () => {
    requirement('rfc8205:5:rerun-on-change');
    const tables = { vrps: createRovTable(), aspas: createAspaTable([]), routerKeys: createRouterKeys() };
    const target: PayloadTarget = tables;
    const { pair, news, change } = world();
    const follow = (): PayloadChanges[] => {
      const changes = news().flatMap((event) => ('changes' in event ? [event.changes] : []));
      for (const one of changes) applyPayloadChanges(target, one);
      return changes;
    };
    pair.tick(0);
    follow();
    expect([...judge(tables.vrps, tables.aspas), tables.routerKeys.size]).toEqual([
      'valid',
      'not-found',
      'valid',
      1,
    ]);
    change();
    const [changes] = follow();
    if (!changes) throw new Error('one update');
    expect([...judge(tables.vrps, tables.aspas), tables.routerKeys.size]).toEqual([
      'valid',
      'invalid',
      'invalid',
      0,
    ]);
    expect(
      affectedPrefixes([...vrpsOf(changes.vrps.announced), ...vrpsOf(changes.vrps.withdrawn)], prefixes),
    ).toEqual([prefixes[1]]);
    const customers = new Set(changes.aspas.map(({ customer }) => customer));
    expect([...pathsToReverify(customers, [path, other])]).toEqual([0]);
  });

  it('sets and tables have one vocabulary', () => {
    const set = createPayloadSet();
    for (const one of [
      set,
      { vrps: createRovTable(), aspas: createAspaTable([]), routerKeys: createRouterKeys() },
    ]) {
      for (const vrp of START.vrps) {
        expect([one.vrps.announce(vrp), one.vrps.announce(vrp), one.vrps.withdraw(vrp)]).toEqual([
          true,
          false,
          true,
        ]);
      }
      for (const aspa of START.aspas) {
        expect([one.aspas.announce(aspa), one.aspas.announce(aspa), one.aspas.withdraw(aspa)]).toEqual([
          true,
          false,
          true,
        ]);
        one.aspas.announce(aspa);
        expect([one.aspas.withdraw(aspa.customer), one.aspas.withdraw(aspa.customer)]).toEqual([true, false]);
      }
      expect([
        one.routerKeys.announce(key),
        one.routerKeys.announce(key),
        one.routerKeys.withdraw(key),
        one.routerKeys.withdraw(key),
      ]).toEqual([true, false, true, false]);
    }
  });
});

describe('createLiveTables', () => {
  it('begins with what the client holds, follows its outputs, and names what they affect', () => {
    const { pair, news, change } = world();
    pair.tick(0);
    news();
    const live = createLiveTables(pair.client);
    expect([...judge(live.vrps, live.aspas), live.routerKeys.size]).toEqual([
      'valid',
      'not-found',
      'valid',
      1,
    ]);
    change();
    const changes: LiveChange[] = [];
    for (const output of news()) {
      const followed = live.follow(output);
      if (followed) changes.push(followed);
    }
    expect(changes).toHaveLength(1);
    const [one] = changes as [LiveChange];
    expect(judge(live.vrps, live.aspas)).toEqual(['valid', 'invalid', 'invalid']);
    expect([...one.prefixes].map(formatPrefix)).toEqual(['198.51.100.0/23']);
    expect([...one.customers]).toEqual([1, 2]);
    expect(one.routerKeys).toEqual([{ min: 64496, max: 64496, ski: key.ski }]);
    expect(prefixes.map((prefix) => one.affectsPrefix(prefix))).toEqual([false, true]);
    expect([path, other].map((asPath) => one.affectsPath(asPath))).toEqual([true, false]);
    // Data that is gone leaves nothing in the tables.
    for (const output of [...pair.client.closed(2), ...pair.client.tick(1e9)]) live.follow(output);
    expect([live.vrps.size, live.aspas.size, live.routerKeys.size]).toEqual([0, 0, 0]);
  });

  it('refuses what is no client, in a sentence', () => {
    expect(() => createLiveTables({} as never)).toThrow(/not what createRtrClient made/);
    expect(() => createLiveTables(undefined as never)).toThrow(/undefined, not what createRtrClient made/);
  });
});
