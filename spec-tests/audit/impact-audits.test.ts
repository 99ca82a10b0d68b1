import fc from 'fast-check';
import { createAspaTable, fastVerifyAsPath, type NeighborRole } from 'pathsec/aspa';
import { createAudit } from 'pathsec/audit';
import { parsePrefix } from 'pathsec/inet';
import type { PayloadSet } from 'pathsec/payload';
import type { RouteElement } from 'pathsec/routes';
import { originAs, validateOrigin } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import { route } from './build.js';
import { impactOf, payloads } from './impact-build.js';

const asn = fc.integer({ min: 1, max: 5 });
const prefix = fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '10.1.1.0/24', '2001:db8::/32', '2001:db8::/48');
const arbitraryPath = fc
  .array(asn, { minLength: 0, maxLength: 5 })
  .chain((asns) => fc.constantFrom(asns.join(' '), `${asns.join(' ')} {1,2}`.trim()));
const arbitraryRoute = fc
  .tuple(prefix, arbitraryPath, asn)
  .map(([text, path, peer]) => route(text, path, peer));
const arbitraryPayloads = fc
  .tuple(
    fc.dictionary(
      fc.constantFrom('1', '2', '3', '4', '5'),
      fc.uniqueArray(asn, { minLength: 1, maxLength: 3 }),
    ),
    fc.array(fc.tuple(prefix, fc.integer({ min: 0, max: 8 }), asn), { maxLength: 4 }),
  )
  .map(([aspas, vrps]) =>
    payloads(
      aspas,
      vrps.map(([text, more, origin]) => [text, parsePrefix(text).length + more, origin] as const),
    ),
  );
const roles: fc.Arbitrary<NeighborRole | undefined> = fc.constantFrom(
  undefined,
  'customer',
  'provider',
  'peer',
  'rs',
);

describe('impact and two audits', () => {
  it('say the same, whatever the routes and payloads are', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryRoute, { maxLength: 12 }),
        arbitraryPayloads,
        arbitraryPayloads,
        roles,
        fc.constantFrom('on' as const, 'off' as const, 'auto' as const),
        (routes, before, after, role, neighborCheck) => {
          const peers = { neighborCheck, ...(role && { defaultRole: role }) };
          const report = impactOf(routes, before, after, peers);
          const audited = (set: PayloadSet) => {
            const audit = createAudit({ aspa: createAspaTable(set.aspas), rov: set.vrps, ...peers });
            for (const one of routes) audit.add(one);
            return audit.report();
          };
          const [was, is] = [audited(before), audited(after)];
          for (const state of ['valid', 'invalid', 'not-found', 'unknown'] as const) {
            for (const mechanism of ['rov', 'aspa'] as const) {
              const sum = (side: 'from' | 'to') =>
                report.kinds
                  .filter((kind) => kind.mechanism === mechanism && kind[side] === state)
                  .reduce((total, kind) => total + kind.routes, 0);
              const counts = ({ rov, aspa }: typeof was): number => {
                if (mechanism === 'aspa') return state === 'not-found' ? 0 : aspa[state];
                return state === 'unknown' ? 0 : rov[state === 'not-found' ? 'notFound' : state];
              };
              expect(counts(is) - counts(was)).toBe(sum('to') - sum('from'));
            }
          }
          expect(report.peers.reduce((sum, { changed }) => sum + changed, 0)).toBe(report.changed);
        },
      ),
    );
  });

  it('route by route, with step 2 off', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryRoute, { maxLength: 8 }),
        arbitraryPayloads,
        arbitraryPayloads,
        fc.constantFrom('customer' as const, 'provider' as const),
        (routes, before, after, defaultRole) => {
          const report = impactOf(routes, before, after, { defaultRole, neighborCheck: 'off' });
          const tables = [before, after].map((set) => createAspaTable(set.aspas));
          const verdictsOf = ({ prefix: text, asPath }: RouteElement) =>
            [before, after].map((set, i) => [
              validateOrigin(set.vrps, text, originAs(asPath)),
              fastVerifyAsPath(tables[i] as (typeof tables)[0], { asPath, neighborRole: defaultRole }),
            ]);
          const expected = routes.map(verdictsOf).filter(([a, b]) => `${a}` !== `${b}`);
          const found = [...report.newlyInvalid, ...report.otherChanges].flatMap((one) =>
            Array.from({ length: one.routes }, () => [
              [one.rov.before.validity, one.aspa.before.outcome],
              [one.rov.after.validity, one.aspa.after.outcome],
            ]),
          );
          expect(found.map(String).sort()).toEqual(expected.map(String).sort());
          const losses = expected.filter(([a, b]) =>
            [0, 1].some((i) => a?.[i] !== 'invalid' && b?.[i] === 'invalid'),
          );
          expect(report.becomeInvalid).toBe(losses.length);
        },
      ),
    );
  });
});
