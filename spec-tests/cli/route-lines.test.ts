import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRouteLines } from '../../src/cli/bgp/route-lines.js';
import type { RouteVerdicts } from '../../src/live/index.js';

const asn = fc.integer({ min: 1, max: 4_294_967_295 });
const prefix = fc.oneof(
  fc.record({
    afi: fc.constant(1 as const),
    octets: fc.uint8Array({ minLength: 4, maxLength: 4 }),
    length: fc.integer({ min: 0, max: 32 }),
  }),
  fc.record({
    afi: fc.constant(2 as const),
    octets: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    length: fc.integer({ min: 0, max: 128 }),
  }),
);
const asPath = fc.array(
  fc.record({
    type: fc.constantFrom(1, 2, 3, 4),
    asns: fc.array(asn, { minLength: 1, maxLength: 4 }),
  }),
  { maxLength: 3 },
);
const pathId = fc.oneof(fc.constant({}), fc.record({ pathId: fc.constantFrom(0, 7, 4_294_967_295) }));
const peer = fc.oneof(
  fc.constant({ address: '192.0.2.1', as: null, id: null }),
  fc.record({ address: fc.string({ unit: 'binary' }), as: asn, id: fc.string(), source: fc.string() }),
);
const roles = fc.constantFrom({ localRole: null, neighborRole: null }, {
  localRole: 'provider',
  neighborRole: 'customer',
} as const);
const verdicts = fc.constantFrom<RouteVerdicts | undefined>(
  undefined,
  { rov: 'valid', aspa: 'unknown' },
  { rov: 'not-found', aspa: 'invalid', bgpsec: 'not-valid' },
  { rov: 'invalid', aspa: null, aspaBoth: { upstream: 'valid', downstream: 'unknown' } },
);
/** Each path comes with several routes: its text is made once. */
const updates = fc.array(
  fc.record({ asPath, routes: fc.array(fc.tuple(prefix, pathId, verdicts), { maxLength: 3 }) }),
);

it('lines of routes that are written in pieces are to the octet what JSON.stringify writes of their events', () => {
  fc.assert(
    fc.property(
      peer,
      roles,
      updates,
      fc.double({ min: 0, max: 4e9, noNaN: true }),
      (who, both, all, time) => {
        const lines = createRouteLines(who, both);
        for (const { asPath: path, routes } of all) {
          for (const [where, id, outcome] of routes) {
            const route = { prefix: where, asPath: path, ...id };
            const { type, ...others } = lines.event(route, outcome);
            expect(lines.json(time, route, outcome)).toBe(JSON.stringify({ type, time, ...others }));
          }
        }
      },
    ),
  );
});
