import fc from 'fast-check';
import { createAspaTable, verifyAsPath } from 'pathsec/aspa';
import { createAudit } from 'pathsec/audit';
import { formatAsPath, parseAsPath } from 'pathsec/bgp';
import { createRovTable } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import { jsonPieces } from '../../src/cli/shared/json-pieces.js';
import { route } from './build.js';

/** ASNs whose order as text is not that of their numbers. */
const asn = fc.constantFrom(1, 2, 9, 10, 11, 19, 100, 109, 999_999_999, 1_000_000_000, 4_294_967_295);
const sequence = fc.array(asn, { minLength: 1, maxLength: 4 }).map((asns) => asns.join(' '));
const path = fc.oneof(
  { weight: 6, arbitrary: sequence },
  { weight: 1, arbitrary: fc.constantFrom('1 {2,3}', '1 {10}', '9 (1 2)', '{1} 2', '') },
);
const routes = fc.array(
  fc.record({ path, peer: asn, times: fc.integer({ min: 1, max: 2 }), other: fc.boolean() }),
  { maxLength: 25 },
);
const aspas = fc.array(
  fc.record({ customer: asn, providers: fc.array(asn, { minLength: 1, maxLength: 2 }) }),
  { maxLength: 8 },
);

interface Route {
  readonly path: string;
  readonly peer: number;
  readonly times: number;
}

/** The lists as a plain reading makes them: an object for each path and peer, one sort by text. */
function plainLists(list: readonly Route[], table: ReturnType<typeof createAspaTable>) {
  const counts = new Map<string, { path: string; peerAs: number; routes: number }>();
  for (const { path: text, peer, times } of list) {
    const key = `${text}|${peer}`;
    const known = counts.get(key) ?? { path: text, peerAs: peer, routes: 0 };
    known.routes += times;
    counts.set(key, known);
  }
  const hops = new Map<string, { customer: number; provider: number; paths: number; routes: number }>();
  const paths = [...counts.values()].flatMap(({ path: text, peerAs, routes: count }) => {
    const asPath = parseAsPath(text);
    const input = { asPath, neighborRole: 'customer' as const, neighborAs: peerAs };
    const { outcome, procedure, step, reason, notProviderHops } = verifyAsPath(table, input);
    if (outcome !== 'invalid') return [];
    const deciding = notProviderHops
      .filter(({ bounds }) => bounds !== null)
      .map(({ customer, provider, bounds }) => ({ customer, provider, bounds }));
    for (const { customer, provider } of deciding) {
      const hop = hops.get(`${customer} ${provider}`) ?? { customer, provider, paths: 0, routes: 0 };
      hop.paths++;
      hop.routes += count;
      hops.set(`${customer} ${provider}`, hop);
    }
    const rov = { valid: 0, invalid: 0, notFound: count };
    const peer = { peerAs, peerAddress: null, role: 'customer' };
    const head = { path: formatAsPath(asPath), ...peer, procedure, step, reason };
    return [{ ...head, hops: deciding, routes: count, rov }];
  });
  const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  paths.sort((a, b) => b.routes - a.routes || byText(a.path, b.path) || a.peerAs - b.peerAs);
  const counted = [...hops.values()].sort(
    (a, b) => b.routes - a.routes || a.customer - b.customer || a.provider - b.provider,
  );
  return { paths, hops: counted };
}

describe('the lists of a report', () => {
  it('are those of a plain reading, in its order, and the same in pieces as in one', () => {
    fc.assert(
      fc.property(routes, aspas, (list, attested) => {
        const table = createAspaTable(attested);
        const audit = createAudit({
          aspa: table,
          rov: createRovTable(),
          neighborCheck: 'on',
          defaultRole: 'customer',
        });
        for (const { path: text, peer, times } of list) {
          for (let i = 0; i < times; i++) audit.add(route('192.0.2.0/24', text, peer));
        }
        const report = audit.report();
        const plain = plainLists(list, table);
        expect(report.invalidPaths).toEqual(plain.paths);
        expect(report.notProviderHops).toEqual(plain.hops);
        const lazy = audit.lazyReport();
        const whole = JSON.stringify(report);
        expect(JSON.stringify(lazy)).toBe(whole);
        expect([...jsonPieces(lazy)].join('')).toBe(whole);
        expect([...lazy.invalidPaths].length).toBe(lazy.invalidPaths.length);
        expect([...lazy.notProviderHops].length).toBe(lazy.notProviderHops.length);
      }),
      { numRuns: 400 },
    );
  });

  it('keep all rows across blocks', () => {
    const audit = createAudit({
      aspa: createAspaTable([]),
      rov: createRovTable(),
      neighborCheck: 'on',
      defaultRole: 'customer',
    });
    const count = 40_000;
    for (let i = 0; i < count; i++) audit.add(route('192.0.2.0/24', `1 ${i + 10}`, 2));
    const { invalidPaths } = audit.lazyReport();
    let last = '';
    let seen = 0;
    for (const { path: text, step } of invalidPaths) {
      expect(last < text && step === 2).toBe(true);
      last = text;
      seen++;
    }
    expect(seen).toBe(count);
  });
});
