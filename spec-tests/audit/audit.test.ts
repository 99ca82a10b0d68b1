import { AS_SEQUENCE } from 'pathsec/bgp';
import { parsePrefix } from 'pathsec/inet';
import { createRovTable } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { auditOf, route } from './build.js';

const P = '192.0.2.0/24';
const ASPAS = { 1: [2], 2: [3], 3: [0] };

describe('audit: which procedure (draft-28 §5.5, §5.6, §6.4)', () => {
  // 4 3 2 1: 3 is provider-free, so from a customer the hop 3 -> 4 breaks the path; from a provider one ramp covers it.
  const elements = [route(P, '4 3 2 1', 4)];

  it.each([
    ['customer', 'upstream', 'invalid'],
    ['peer', 'upstream', 'invalid'],
    ['rs', 'upstream', 'invalid'],
    ['rs-client', 'upstream', 'invalid'],
    ['provider', 'downstream', 'valid'],
    ['complex', 'downstream', 'valid'],
  ] as const)('neighbour is a %s: %s', (role, procedure, outcome) => {
    requirement(
      'aspa-28:5.5:from-customer',
      'aspa-28:5.5:from-peer',
      'aspa-28:5.5:from-rs-client',
      'aspa-28:5.5:from-rs',
      'aspa-28:5.6:from-provider',
      'aspa-28:6.4:downstream-where-not-segregated',
    );
    const report = auditOf(elements, ASPAS, { role });
    expect(report.aspa[outcome]).toBe(1);
    expect(report.bothDirections).toBeNull();
    expect(report.peers[0]?.role).toBe(role);
    if (outcome === 'invalid') expect(report.invalidPaths[0]?.procedure).toBe(procedure);
  });

  it('reports both directions without a role, and takes downstream for the sums', () => {
    const report = auditOf(elements, ASPAS);
    expect(report.aspa).toEqual({ valid: 1, invalid: 0, unknown: 0 });
    expect(report.bothDirections).toEqual({
      upstream: { valid: 0, invalid: 1, unknown: 0 },
      downstream: { valid: 1, invalid: 0, unknown: 0 },
    });
    expect(report.peers[0]?.bothDirections).toEqual(report.bothDirections);
    expect(report.peers[0]?.role).toBeNull();
  });

  it('lets a role by peer win over the role of the rest', () => {
    const roles = new Map([[4, 'customer' as const]]);
    const report = auditOf([...elements, route(P, '5 3 2 1', 5)], ASPAS, { role: 'provider', roles });
    expect(report.peers.map(({ peerAs, role, aspa }) => [peerAs, role, aspa.invalid])).toEqual([
      [4, 'customer', 1],
      [5, 'provider', 0],
    ]);
  });
});

describe('audit: step 2, the neighbour check', () => {
  const foreign = [route(P, '2 1', 9), route(P, '3 2 1', 9)];

  it('auto leaves it out for a peer that never shows its own AS, and says so', () => {
    const report = auditOf(foreign, ASPAS, { role: 'customer' });
    expect(report.aspa).toEqual({ valid: 2, invalid: 0, unknown: 0 });
    expect(report.peers[0]).toMatchObject({ neighborCheck: 'not-its-own-as', paths: 2, pathsWithOwnAs: 0 });
  });

  it('auto keeps it where one path begins with the peer, wherever in the input that is', () => {
    const report = auditOf([...foreign, route(P, '9', 9)], ASPAS, { role: 'customer' });
    expect(report.aspa).toEqual({ valid: 1, invalid: 2, unknown: 0 });
    expect(report.invalidPaths.map(({ path, step, reason, hops }) => ({ path, step, reason, hops }))).toEqual(
      [
        { path: '2 1', step: 2, reason: 'neighbor-as-mismatch', hops: [] },
        { path: '3 2 1', step: 2, reason: 'neighbor-as-mismatch', hops: [] },
      ],
    );
  });

  it('on and off do as they are told; a route server is exempt', () => {
    expect(auditOf(foreign, ASPAS, { role: 'customer', neighborCheck: 'on' }).aspa.invalid).toBe(2);
    const own = [...foreign, route(P, '9', 9)];
    expect(auditOf(own, ASPAS, { role: 'customer', neighborCheck: 'off' }).aspa.invalid).toBe(0);
    const exempt = auditOf(own, ASPAS, { role: 'rs', neighborCheck: 'on' });
    expect(exempt.aspa.invalid).toBe(0);
    expect(exempt.peers[0]?.neighborCheck).toBe('exempt');
  });

  it('judges one path of two peers by each peer', () => {
    const report = auditOf(
      [route(P, '2 1', 2), route(P, '2 1', 9), route(P, '9 1', 9)],
      {},
      { role: 'customer' },
    );
    expect(report.paths).toBe(2);
    expect(report.invalidPaths.map(({ peerAs, path, step }) => ({ peerAs, path, step }))).toEqual([
      { peerAs: 9, path: '2 1', step: 2 },
    ]);
  });
});

describe('audit: paths', () => {
  it('names the hops that decided, and how many routes they carry', () => {
    const leak = '5 4 3 2 1';
    const report = auditOf(
      [route(P, leak, 5), route('198.51.100.0/24', leak, 5), route(P, '5 6', 5)],
      { 2: [0], 4: [0] },
      { role: 'provider' },
    );
    expect(report.invalidPaths).toEqual([
      {
        path: leak,
        peerAs: 5,
        peerAddress: null,
        role: 'provider',
        procedure: 'downstream',
        step: 4,
        reason: 'not-provider',
        hops: [
          { customer: 2, provider: 3, bounds: 'maxUpRamp' },
          { customer: 4, provider: 3, bounds: 'maxDownRamp' },
        ],
        routes: 2,
        rov: { valid: 0, invalid: 0, notFound: 2 },
      },
    ]);
    expect(report.notProviderHops).toEqual([
      { customer: 2, provider: 3, paths: 1, routes: 2 },
      { customer: 4, provider: 3, paths: 1, routes: 2 },
    ]);
  });

  it('halts at steps 1 and 3, and counts AS_SETs and confederation segments', () => {
    const report = auditOf(
      [
        route(P, '', 7),
        route(P, '7 {1}', 7),
        route(P, '7 {1,2}', 7),
        route(P, '7 (3) 1', 7),
        route(P, '{7} 1', 7),
      ],
      {},
      { role: 'provider', neighborCheck: 'on' },
    );
    expect(report.aspa).toEqual({ valid: 0, invalid: 5, unknown: 0 });
    expect(report.invalidPaths.map(({ path, reason }) => [path, reason])).toEqual([
      ['', 'empty-as-path'],
      ['7 (3) 1', 'as-confed-sequence'],
      ['7 {1,2}', 'as-set'],
      ['7 {1}', 'as-set'],
      ['{7} 1', 'as-set'],
    ]);
    expect(report.asSets).toEqual({ paths: 3, routes: 3, ofOneMember: { paths: 2, routes: 2 } });
    expect(report.confederations).toEqual({ paths: 1, routes: 1 });
    expect(report.lengths).toEqual([{ length: 0, valid: 0, invalid: 5, unknown: 0 }]);
  });

  it('takes paths that differ in segment borders alone for one', () => {
    const split = [
      { type: AS_SEQUENCE, asns: [3] },
      { type: AS_SEQUENCE, asns: [2, 1] },
    ] as const;
    expect(auditOf([route(P, split, 3), route(P, '3 2 1', 3)]).paths).toBe(1);
  });

  it('counts special numbers once per path', () => {
    const path = '64512 64513 64496 65551 0 23456 65552 65535 4294967295 4294967294 {64514}';
    const one = { paths: 1, routes: 2 };
    expect(auditOf([route(P, path, 64512), route(P, path, 64512)]).specialAsns).toEqual({
      zero: one,
      asTrans: one,
      private: one,
      documentation: one,
      reserved: one,
    });
    expect(auditOf([route(P, '64495 131072 4199999999', 1)]).specialAsns.reserved.paths).toBe(0);
  });
});

describe('audit: what is no route of a neighbour', () => {
  it('counts withdrawals, state changes, local and sent routes, and paths alone', () => {
    const { peer } = route(P, '1', 5);
    const base = { time: 0, microseconds: undefined, peer, peerAs: 5, local: false };
    const report = auditOf([
      { kind: 'withdrawal', ...base, prefix: parsePrefix(P), pathId: undefined },
      { kind: 'state', ...base, oldState: 5, newState: 6 },
      { kind: 'path', asPath: [], role: undefined },
      { ...route(P, '', 0), hasAsPath: false },
      { ...route(P, '6 5', 6), local: true },
    ]);
    expect(report).toMatchObject({ routes: 0, paths: 0, withdrawals: 1, stateChanges: 1 });
    expect(report.notVerified).toEqual({ local: 1, sentByCollector: 1, pathOnly: 1 });
    expect(
      report.peers.map(({ peerAs, withdrawals, stateChanges }) => [peerAs, withdrawals, stateChanges]),
    ).toEqual([[5, 1, 1]]);
  });
});

describe('audit: ROV', () => {
  const vrp = { prefix: parsePrefix('10.0.0.0/8'), maxLength: 9, asn: 1 };

  it('lists what is invalid with the VRPs that cover it, up to a limit', () => {
    requirement('rfc6811:2:lookup-on-update');
    const routes = [
      route('10.0.0.0/10', '5 1', 5),
      route('10.0.0.0/10', '5 1', 5),
      route('10.0.0.0/8', '5 2', 5),
      route('10.0.0.0/8', '5 1', 5),
      route('11.0.0.0/8', '5 1', 5),
      route('10.0.0.0/8', '5 {1}', 5),
    ];
    const report = auditOf(routes, {}, { rov: createRovTable([vrp]), role: 'provider' });
    expect(report.rov).toEqual({ valid: 1, invalid: 4, notFound: 1 });
    const vrps = [{ asn: 1, prefix: '10.0.0.0/8', maxLength: 9 }];
    expect(report.invalidOrigins).toEqual({
      listed: [
        { prefix: '10.0.0.0/10', origin: 1, reason: 'length', routes: 2, vrps },
        { prefix: '10.0.0.0/8', origin: null, reason: 'as', routes: 1, vrps },
        { prefix: '10.0.0.0/8', origin: 2, reason: 'as', routes: 1, vrps },
      ],
      routesNotListed: 0,
    });
    const cut = auditOf(routes, {}, { rov: createRovTable([vrp]), maxInvalidOrigins: 1 }).invalidOrigins;
    expect([cut.listed.length, cut.routesNotListed]).toEqual([1, 2]);
    expect(report.rovByAspa.invalid).toEqual({ valid: 3, invalid: 1, unknown: 0 });
  });
});
