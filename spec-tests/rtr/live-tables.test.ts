import { createAspaTable, fastVerifyAsPath, pathsToReverify } from 'pathsec/aspa';
import { AS_SEQUENCE, type AsPath } from 'pathsec/bgp';
import { createRouterKeys } from 'pathsec/bgpsec';
import { parsePrefix } from 'pathsec/inet';
import type { Payloads } from 'pathsec/payload';
import { affectedPrefixes, createRovTable, validateOrigin } from 'pathsec/rov';
import { applyPayloadChanges, createRtrCache, type PayloadChanges, vrpsOf } from 'pathsec/rtr';
import { expect, it } from 'vitest';
import { createPair } from './harness.js';

it('RTR events keep the tables of the verifiers up to date and tell what to judge again', () => {
  const rov = createRovTable();
  const aspa = createAspaTable([]);
  const keys = createRouterKeys();
  const target = {
    vrps: rov,
    aspas: {
      announce: ({ customer, providers }: { customer: number; providers: readonly number[] }) =>
        aspa.announce(customer, providers),
      withdraw: (customer: number) => aspa.withdraw(customer),
    },
    routerKeys: { announce: keys.add, withdraw: keys.withdraw },
  };
  const prefixes = [parsePrefix('192.0.2.0/24'), parsePrefix('198.51.100.0/24')];
  const path: AsPath = [{ type: AS_SEQUENCE, asns: [3, 2, 1] }];
  const other: AsPath = [{ type: AS_SEQUENCE, asns: [9, 8] }];
  const judge = (): unknown[] => [
    ...prefixes.map((prefix) => validateOrigin(rov, prefix, 64496)),
    fastVerifyAsPath(aspa, { asPath: path, procedure: 'upstream' }),
    keys.size,
  ];
  const cache = createRtrCache({ sessionId: 1 });
  const start: Payloads = {
    vrps: [{ prefix: parsePrefix('192.0.2.0/24'), maxLength: 24, asn: 64496 }],
    aspas: [
      { customer: 1, providers: [2] },
      { customer: 2, providers: [3] },
    ],
    routerKeys: [{ asn: 64496, ski: new Uint8Array(20).fill(7), spki: new Uint8Array(91).fill(8) }],
  };
  cache.replace(start);
  const pair = createPair(cache, { server: { notifySeconds: 0 } });
  let read = 0;
  const follow = (): PayloadChanges[] => {
    const news = pair.seen.events.slice(read).flatMap((event) => ('changes' in event ? [event.changes] : []));
    read = pair.seen.events.length;
    for (const changes of news) applyPayloadChanges(target, changes);
    return news;
  };
  pair.tick(0);
  follow();
  expect(judge()).toEqual(['valid', 'not-found', 'valid', 1]);
  cache.change(
    {
      vrps: [{ prefix: parsePrefix('198.51.100.0/23'), maxLength: 24, asn: 1 }],
      aspas: [{ customer: 2, providers: [4] }],
    },
    { routerKeys: [...start.routerKeys] },
  );
  pair.notify(1);
  const [changes] = follow();
  if (!changes) throw new Error('one update');
  expect(judge()).toEqual(['valid', 'invalid', 'invalid', 0]);
  expect(affectedPrefixes([...vrpsOf(changes.announced), ...vrpsOf(changes.withdrawn)], prefixes)).toEqual([
    prefixes[1],
  ]);
  const customers = new Set(changes.aspas.map(({ customer }) => customer));
  expect([...pathsToReverify(customers, [path, other])]).toEqual([0]);
});
