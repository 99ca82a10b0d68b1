import fc from 'fast-check';
import { createRtrCache, type Pdu } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { type Citation, requirement } from '../kit/citation.js';
import { arbitraryPayloads, createPair, lines, note } from './harness.js';
import { end, OTHER, play, prefix, response, SKI, VRP } from './play.js';

describe('RTR client: records (8210bis §5.9, §5.11, §5.12)', () => {
  const key = (fill: number): Pdu => ({
    type: 'router-key',
    announce: true,
    key: { asn: 64496, ski: SKI, spki: new Uint8Array(8).fill(fill) },
  });
  const aspa = (announce: boolean, ...providers: number[]): Pdu => ({
    type: 'aspa',
    announce,
    customer: 64500,
    providers,
  });
  const withdrawn = (pdu: Pdu): Pdu => ({ ...pdu, announce: false }) as Pdu;

  it.each<readonly [string, number, readonly Pdu[], readonly Citation[]]>([
    [
      'VRP announced twice',
      7,
      [prefix(OTHER), prefix(OTHER)],
      requirement('!8210bis:5.3:repeated', '8210bis:5.9:duplicate'),
    ],
    [
      'VRP announced that is held',
      7,
      [prefix(VRP)],
      requirement('8210bis:5.9:duplicate', '8210bis:12:error-7-duplicate'),
    ],
    [
      'VRP withdrawn that is not held',
      6,
      [prefix(OTHER, false)],
      requirement('!8210bis:5.1:flags', '8210bis:12:error-6-unknown-record'),
    ],
    [
      'VRP withdrawn twice in one response',
      7,
      [prefix(VRP, false), prefix(VRP, false)],
      requirement('!8210bis:5.3:repeated'),
    ],
    [
      'router key announced that is held',
      7,
      [key(1)],
      requirement('8210bis:5.11:duplicate', '8210bis:12:error-7-duplicate'),
    ],
    [
      'router key withdrawn that is not held',
      6,
      [withdrawn(key(2))],
      requirement('8210bis:12:error-6-unknown-record'),
    ],
    [
      'router key withdrawn twice',
      7,
      [withdrawn(key(1)), withdrawn(key(1))],
      requirement('!8210bis:5.3:repeated'),
    ],
    [
      'ASPA announced twice',
      7,
      [aspa(true, 1), aspa(true, 2)],
      requirement('!8210bis:5.3:repeated', '!8210bis:5.12:one-per-customer', '8210bis:12:error-7-duplicate'),
    ],
    ['ASPA withdrawn twice', 7, [aspa(false), aspa(false)], requirement('!8210bis:5.3:repeated')],
    [
      'ASPA withdrawn that is not held',
      6,
      [{ type: 'aspa', announce: false, customer: 9, providers: [] } as Pdu],
      requirement('!8210bis:5.12:withdrawal-removes', '8210bis:12:error-6-unknown-record'),
    ],
    [
      'End of Data of another session',
      0,
      [end(2, 8)],
      requirement('!8210bis:5.1:session-mismatch-router', '!8210bis:5.7:same-session'),
    ],
    ['a second Cache Response', 0, [response()], requirement('!8210bis:8.1:sequence')],
    ['a query', 0, [{ type: 'reset-query' } as Pdu], requirement('!8210bis:8.1:sequence')],
  ])('%s is error %i and changes nothing', (_, errorCode, pdus) => {
    const { client, seen, open, give, last } = play({ afterFatal: 'keep' });
    open(0);
    give(0, 2, response(), prefix(VRP), key(1), aspa(true, 64501), end(1));
    const before = lines(client.payloads());
    expect(before.length).toBe(3);
    note(seen, client.tick(100));
    give(100, 2, response(), ...pdus);
    expect(last('error-sent')).toMatchObject({ errorCode });
    expect(lines(client.payloads())).toEqual(before);
    expect(seen.disconnects).toBe(1);
  });

  it('an ASPA replaces the one of an earlier response; a record that goes and comes back changes nothing', () => {
    requirement(
      '8210bis:5.3:repeated',
      '!8210bis:5.9:duplicate',
      '!8210bis:5.11:duplicate',
      '8210bis:5.12:one-per-customer',
      '8210bis:5.12:replace',
      '!8210bis:12:error-6-unknown-record',
      '!8210bis:12:error-7-duplicate',
    );
    const { client, seen, open, give, last } = play();
    open(0);
    give(0, 2, response(), prefix(VRP), key(1), aspa(true, 64501), end(1));
    note(seen, client.tick(100));
    give(
      100,
      2,
      response(),
      prefix(VRP, false),
      prefix(VRP),
      withdrawn(key(1)),
      key(1),
      aspa(true, 64502, 64503),
      end(2),
    );
    expect(lines(client.payloads())).toContain('aspa 64500: 64502,64503');
    const { changes, orderViolations } = last('update');
    expect(
      changes.vrps.announced.ipv4.size +
        changes.vrps.withdrawn.ipv4.size +
        changes.routerKeys.announced.length,
    ).toBe(0);
    expect(changes.aspas).toMatchObject([
      { before: { providers: [64501] }, after: { providers: [64502, 64503] } },
    ]);
    expect(orderViolations).toBe(2);
  });

  it('a withdrawal in the answer to a Reset Query is an error (§5.5)', () => {
    requirement('!8210bis:5.5:announce-only-cache', '!8210bis:5.5:announce-only-router');
    for (const [pdus, errorCode] of [
      [[prefix(VRP), prefix(VRP, false)], 0],
      [[prefix(VRP, false)], 6],
    ] as const) {
      const { open, give, last } = play();
      open(0);
      give(0, 2, response(), ...pdus);
      expect(last('error-sent')).toMatchObject({ errorCode });
    }
  });

  it('ends the session at the first PDU out of order when told to (§11.4)', () => {
    requirement('8210bis:11.4:verify-order', '8210bis:12:error-11-order');
    const { open, give, last } = play({ order: 'error' });
    open(0);
    give(0, 2, response(), prefix(VRP), prefix(OTHER));
    expect(last('error-sent')).toMatchObject({ errorCode: 11, code: 'rtr-order' });
  });

  it('drops the customer from its own providers, and a list beyond the limit with its customer', () => {
    const { client, open, give, seen } = play({ limits: { maxProviders: 2 } });
    open(0);
    give(0, 2, response(), aspa(true, 64499, 64500), end(1));
    expect(client.payloads().aspas).toEqual([{ customer: 64500, providers: [64499] }]);
    note(seen, client.tick(100));
    give(100, 2, response(), aspa(true, 1, 2, 3), end(2));
    expect(client.payloads().aspas).toEqual([]);
    note(seen, client.tick(200));
    give(200, 2, response(), aspa(false), end(3));
    expect(client.status.session?.serial).toBe(3);
  });

  it('unites the two families of the layout of 8210bis-10, which is spoken only when chosen', () => {
    requirement('8210bis:5.12:old-layout');
    const { client, open, give } = play({ aspaLayout: '8210bis-10' });
    const old = (afi: 1 | 2, ...providers: number[]): Pdu => ({
      type: 'aspa-8210bis-10',
      announce: true,
      afi,
      customer: 64500,
      providers,
    });
    open(0);
    give(0, 2, response(), old(1, 64501, 64502), old(2, 64502), end(1));
    expect(client.payloads().aspas).toEqual([
      { customer: 64500, providers: [64501, 64502], afiLimits: new Map([[64501, 1]]) },
    ]);
    const current = play();
    current.open(0);
    current.give(0, 2, response(), old(1, 64501));
    expect(current.last('error-sent')).toMatchObject({ errorCode: 9, code: 'rtr-aspa-old-layout' });
  });

  it('refuses a PDU beyond the configured length before reading it (§5.1)', () => {
    const { open, give, seen, client, last } = play({ limits: { maxPduLength: 40 } });
    open(0);
    give(0, 2, response(), key(1));
    note(seen, client.received(Uint8Array.of(2, 11, 1, 0, 0, 0, 0, 44), 0));
    expect(last('error-sent')).toMatchObject({ errorCode: 0, code: 'rtr-length' });
  });

  it('ends with Internal Error beyond the configured number of payloads', () => {
    requirement('8210bis:12:error-1-internal-error', '!8210bis:12:error-1-internal-error');
    const { client, open, give, last } = play({ limits: { maxPayloads: 2 }, afterFatal: 'keep' });
    open(0);
    give(0, 2, response(), prefix(VRP), prefix(OTHER), end(1));
    expect(lines(client.payloads()).length).toBe(2);
    const cache = createRtrCache({ sessionId: 1 });
    const long = Array.from({ length: 30 }, (_, i) => i + 1);
    cache.replace({ vrps: [], routerKeys: [], aspas: [{ customer: 64500, providers: long }] });
    const pair = createPair(cache, { client: { limits: { maxPayloads: 2 } } });
    pair.tick(0);
    expect(pair.seen.events.at(-1)).toMatchObject({ errorCode: 1, code: 'rtr-too-many-payloads' });
    expect(last('update').serial).toBe(1);
  });

  it('counts router keys and ASPAs by the memory that they take, in answers and in what is held', () => {
    fc.assert(
      fc.property(arbitraryPayloads, (payloads) => {
        const cache = createRtrCache({ sessionId: 1 });
        cache.replace({ ...payloads, vrps: [] });
        const { routerKeys: keys, aspas } = cache.store;
        let units = 0;
        for (const { spki } of keys.values()) units += 16 + Math.ceil(spki.length / 12);
        for (const { providers = [] } of aspas.values()) units += 3 + Math.ceil(providers.length / 4);
        const limited = (maxPayloads: number) => {
          const pair = createPair(cache, {
            client: { limits: { maxPayloads } },
            server: { notifySeconds: 0 },
          });
          pair.tick(0);
          return pair;
        };
        const refused = ({ seen }: ReturnType<typeof limited>): boolean =>
          seen.events.some((event) => event.kind === 'error-sent' && event.code === 'rtr-too-many-payloads');
        if (units > 0) expect(refused(limited(units - 1))).toBe(true);
        // Changes count on top of what is held.
        const pairs = [limited(units + 1), limited(units + 2)];
        expect(pairs.map(refused)).toEqual([false, false]);
        cache.change({ vrps: [VRP, OTHER] }, {});
        for (const pair of pairs) pair.notify(1);
        expect(pairs.map(refused)).toEqual([true, false]);
      }),
    );
  });
});
