import fc from 'fast-check';
import { createAspaTable, type NeighborRole, verifyAsPath } from 'pathsec/aspa';
import { createAudit } from 'pathsec/audit';
import { formatAsPath, type SegmentType } from 'pathsec/bgp';
import { parsePrefix } from 'pathsec/inet';
import { createRovTable, explainOrigin, originAs } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { arbitraryAsn } from '../support.js';
import { route } from './build.js';

const asn = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 6 }) },
  { weight: 1, arbitrary: arbitraryAsn },
);
const segment = fc.record({
  type: fc.oneof(
    { weight: 12, arbitrary: fc.constant(2) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) },
  ) as fc.Arbitrary<SegmentType>,
  asns: fc.array(asn, { minLength: 1, maxLength: 5 }),
});
const prefix = fc.constantFrom(
  '10.0.0.0/8',
  '10.1.0.0/16',
  '10.1.2.0/24',
  '2001:db8::/32',
  '2001:db8:1::/48',
);
const routes = fc.array(
  fc.tuple(prefix, fc.array(segment, { maxLength: 3 }), fc.integer({ min: 1, max: 4 })),
  {
    maxLength: 40,
  },
);
const aspas = fc.array(
  fc.record({ customer: asn, providers: fc.array(asn, { minLength: 1, maxLength: 4 }) }),
);
const vrps = fc.array(
  fc.record({
    prefix: prefix.map((text) => parsePrefix(text)),
    maxLength: fc.integer({ min: 48, max: 128 }),
    asn,
  }),
);
const roles = fc.dictionary(
  fc.constantFrom('1', '2', '3', '4'),
  fc.constantFrom<NeighborRole>('provider', 'customer', 'peer', 'rs', 'rs-client', 'complex'),
);

describe('the audit and the literal procedures', () => {
  it('agree on every sum, whatever the routes', () => {
    requirement('rfc6811:2:lookup-on-update', 'rfc6811:2:state-is-the-result');
    fc.assert(
      fc.property(
        routes,
        aspas,
        vrps,
        roles,
        fc.constantFrom('on', 'off'),
        (list, attested, roas, named, mode) => {
          const aspa = createAspaTable(attested);
          const rov = createRovTable(
            roas.map((vrp) => ({
              ...vrp,
              maxLength: vrp.prefix.afi === 1 ? Math.min(32, vrp.maxLength) : vrp.maxLength,
            })),
          );
          const byAs = new Map(Object.entries(named).map(([key, role]) => [Number(key), role]));
          const audit = createAudit({ aspa, rov, roles: byAs, neighborCheck: mode as 'on' | 'off' });
          const expected = {
            aspa: { valid: 0, invalid: 0, unknown: 0 },
            rov: { valid: 0, invalid: 0, 'not-found': 0 },
          };
          const upstream = { valid: 0, invalid: 0, unknown: 0 };
          const texts = new Set<string>();
          for (const [text, asPath, peerAs] of list) {
            audit.add(route(text, asPath, peerAs));
            texts.add(formatAsPath(asPath));
            expected.rov[explainOrigin(rov, parsePrefix(text), originAs(asPath)).validity]++;
            const role = byAs.get(peerAs);
            const neighbor = mode === 'on' ? { neighborAs: peerAs } : {};
            const how = role ? { neighborRole: role } : ({ procedure: 'downstream' } as const);
            expected.aspa[verifyAsPath(aspa, { asPath, ...neighbor, ...how }).outcome]++;
            if (!role) upstream[verifyAsPath(aspa, { asPath, ...neighbor, procedure: 'upstream' }).outcome]++;
          }
          const report = audit.report();
          expect(report.aspa).toEqual(expected.aspa);
          expect(Object.values(report.rov)).toEqual(Object.values(expected.rov));
          expect(report.paths).toBe(texts.size);
          expect(report.routes).toBe(list.length);
          expect(report.bothDirections?.upstream ?? { valid: 0, invalid: 0, unknown: 0 }).toEqual(upstream);
          const invalid = report.invalidPaths.reduce((sum, path) => sum + path.routes, 0);
          expect(invalid).toBe(expected.aspa.invalid);
          const sums = Object.values(report.rovByAspa).map(
            ({ valid, invalid, unknown }) => valid + invalid + unknown,
          );
          expect(sums).toEqual([report.rov.valid, report.rov.invalid, report.rov.notFound]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('hold with thousands of distinct paths and peers', () => {
    const audit = createAudit({ aspa: createAspaTable([]), rov: createRovTable() });
    const texts = new Set<string>();
    for (let i = 0; i < 6_000; i++) {
      const path = `${(i % 7) + 1} ${(i * 7919) % 5000} ${i % 997}`;
      texts.add(path);
      audit.add(route('10.0.0.0/8', path, (i % 1500) + 1));
    }
    const report = audit.report();
    expect([report.paths, report.peers.length, report.routes]).toEqual([texts.size, 1500, 6_000]);
  });
});
