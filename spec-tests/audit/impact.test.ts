import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createImpact } from 'pathsec/audit';
import { parseAsPath } from 'pathsec/bgp';
import { parsePrefix } from 'pathsec/inet';
import { createPayloadSet } from 'pathsec/payload';
import { createRouteReader } from 'pathsec/routes';
import { readPayloads } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { route } from './build.js';
import { impactOf, payloads } from './impact-build.js';

const P = '192.0.2.0/24';
const CUSTOMER = { defaultRole: 'customer' as const };

describe('impact: kinds of change', () => {
  it('a provider that is left out of an ASPA makes a path invalid, with the evidence of both sides', () => {
    const report = impactOf(
      [route(P, '3 2 1', 3), route(P, '4 1', 4)],
      payloads({ 1: [2, 4], 2: [3] }),
      payloads({ 1: [4], 2: [3] }),
      CUSTOMER,
    );
    expect(report).toMatchObject({
      routes: 2,
      judged: { origins: 0, paths: 2 },
      changed: 1,
      becomeInvalid: 1,
      kinds: [{ mechanism: 'aspa', from: 'valid', to: 'invalid', routes: 1 }],
      change: { aspas: { announced: 0, withdrawn: 0, changed: 1 } },
      bothDirections: null,
    });
    expect([...report.newlyInvalid]).toMatchObject([
      {
        prefix: P,
        path: '3 2 1',
        origin: 1,
        peerAs: 3,
        procedure: 'upstream',
        rov: { before: { validity: 'not-found' }, after: { validity: 'not-found' } },
        aspa: {
          before: { outcome: 'valid', step: 6, hops: [] },
          after: { outcome: 'invalid', step: 4, hops: [{ customer: 1, provider: 2, bounds: 'maxUpRamp' }] },
        },
      },
    ]);
    expect(report.otherChanges).toHaveLength(0);
    expect([...report.customers]).toEqual([
      { customer: 1, change: 'changed', gained: [], lost: [2], changed: 1, becomeInvalid: 1 },
    ]);
    expect(report.peers).toMatchObject([{ peerAs: 3, routes: 1, changed: 1, becomeInvalid: 1 }]);
  });

  it('a VRP of another origin makes routes at and below its prefix invalid', () => {
    const report = impactOf(
      [route(P, '2 1', 2), route('192.0.2.0/25', '2 1', 2), route('198.51.100.0/24', '2 1', 2)],
      payloads({}),
      payloads({}, [[P, 24, 9]]),
      CUSTOMER,
    );
    expect(report.judged).toEqual({ origins: 2, paths: 0 });
    expect(report.kinds).toEqual([{ mechanism: 'rov', from: 'not-found', to: 'invalid', routes: 2 }]);
    expect([...report.newlyInvalid].map(({ prefix, rov }) => [prefix, rov.after])).toEqual([
      [
        P,
        {
          validity: 'invalid',
          reason: 'as',
          matched: [],
          unmatchedAs: [{ asn: 9, prefix: P, maxLength: 24 }],
          unmatchedLength: [],
        },
      ],
      [
        '192.0.2.0/25',
        {
          validity: 'invalid',
          reason: 'length',
          matched: [],
          unmatchedAs: [],
          unmatchedLength: [{ asn: 9, prefix: P, maxLength: 24 }],
        },
      ],
    ]);
    expect([...report.prefixes]).toEqual([
      { prefix: P, changed: 1, becomeInvalid: 1 },
      { prefix: '192.0.2.0/25', changed: 1, becomeInvalid: 1 },
    ]);
    expect([...report.origins]).toEqual([{ origin: 1, changed: 2, becomeInvalid: 2 }]);
  });

  it('what is invalid by one mechanism already and becomes so by the other, too, counts as becoming invalid', () => {
    const report = impactOf(
      [route(P, '2 1', 2)],
      payloads({}, [[P, 24, 9]]),
      payloads({ 1: [3] }, [[P, 24, 9]]),
      CUSTOMER,
    );
    expect([report.changed, report.becomeInvalid]).toEqual([1, 1]);
  });

  it('what gets better is no loss', () => {
    const report = impactOf([route(P, '2 1', 2)], payloads({ 1: [3] }), payloads({ 1: [2] }), CUSTOMER);
    expect([report.changed, report.becomeInvalid]).toEqual([1, 0]);
    expect([...report.otherChanges]).toHaveLength(1);
  });
});

describe('impact: peers', () => {
  it('step 2 halts before any table: such a path does not change', () => {
    const routes = [route(P, '9', 9), route(P, '2 1', 9)];
    const [before, after] = [payloads({}), payloads({ 1: [3] })];
    expect(impactOf(routes, before, after, CUSTOMER).changed).toBe(0);
    expect(impactOf(routes, before, after, { ...CUSTOMER, neighborCheck: 'off' }).changed).toBe(1);
    // Without a path of its own the peer is one whose AS does not lead (docs/decisions/audit.md D-audit-neighbor-check).
    expect(impactOf(routes.slice(1), before, after, CUSTOMER).changed).toBe(1);
  });

  it('without a role the downstream verdict counts, and both are told', () => {
    const report = impactOf([route(P, '2 1', 2)], payloads({}), payloads({ 1: [3] }));
    expect(report.changed).toBe(0);
    expect(report.bothDirections).toEqual({
      upstream: [{ mechanism: 'aspa', from: 'unknown', to: 'invalid', routes: 1 }],
      downstream: [],
    });
  });

  it('announcements that are the same are one entry with their number', () => {
    const again = route(P, '2 1', 2);
    const report = impactOf([again, again, route(P, '2 1', 2)], payloads({}), payloads({ 1: [3] }), CUSTOMER);
    expect([...report.newlyInvalid].map(({ routes }) => routes)).toEqual([3]);
    expect(report.becomeInvalid).toBe(3);
  });

  it('names roles without a peer', () => {
    const roles = new Map([[7, 'peer' as const]]);
    expect(impactOf([], payloads({}), payloads({}), { roles }).rolesWithoutPeer).toEqual([7]);
  });
});

describe('impact: what is looked at', () => {
  it('no more than what the change touches, however many routes there are', () => {
    const routes = function* () {
      for (let i = 0; i < 20_000; i++) {
        yield route(`10.${(i >> 8) & 255}.${i & 255}.0/24`, `3 ${100 + (i % 500)} ${1_000 + (i % 5_000)}`, 3);
      }
    };
    const report = impactOf(
      routes(),
      payloads({ 1042: [142] }),
      payloads({ 1042: [143] }, [['10.1.2.0/24', 24, 5]]),
      CUSTOMER,
    );
    // 20,000 routes over 5,000 paths: the customer has one path of 4 routes, the VRP covers one prefix.
    expect(report.routes).toBe(20_000);
    expect(report.judged).toEqual({ origins: 1, paths: 1 });
    expect(report.changed).toBe(5);
  });

  it('a RIB tells the same by its octets as by its decoded paths', () => {
    const sample = (name: string) => readFileSync(new URL(`../../src/sample/${name}`, import.meta.url));
    const before = readPayloads(sample('rpki.json').toString());
    const after = createPayloadSet(before);
    after.aspas.announce({ customer: 64512, providers: [65541] });
    after.aspas.withdraw(64496);
    after.vrps.announce({ prefix: parsePrefix('10.240.0.0/12'), maxLength: 12, asn: 64512 });
    const [byOctets, byPaths] = [0, 1].map(() => createImpact({ before, after }));
    const reader = createRouteReader((element, source) => {
      byOctets?.add(element, source);
      byPaths?.add(element);
    });
    reader.push(gunzipSync(sample('rib.mrt.gz')));
    reader.end();
    const report = JSON.stringify(byOctets?.report());
    expect(report).toBe(JSON.stringify(byPaths?.report()));
    expect(JSON.parse(report)).toMatchObject({ routes: 3051, judged: { paths: 349 } });
  });

  it('a route that nobody sent is none', () => {
    const impact = createImpact({ before: payloads({}), after: payloads({ 1: [3] }) });
    impact.add({ ...route(P, '1', 1), local: true });
    impact.add({ ...route(P, '', 1), hasAsPath: false });
    impact.add({ kind: 'path', asPath: parseAsPath('2 1'), role: undefined });
    expect(impact.report()).toMatchObject({
      routes: 0,
      notVerified: { local: 1, sentByCollector: 1, pathOnly: 1 },
    });
  });
});
