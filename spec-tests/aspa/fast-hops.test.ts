import fc from 'fast-check';
import { createAspaTable, DECIDING_WORDS, fastDecidingHops, verifyAsPath } from 'pathsec/aspa';
import { expect, it } from 'vitest';

const asn = fc.integer({ min: 1, max: 6 });
const aspas = fc.array(
  fc.record({
    customer: asn,
    providers: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 3 }),
  }),
  { maxLength: 8 },
);
const path = fc.array(asn, { minLength: 1, maxLength: 8 });

it('the hops that decided an invalid path are those of the literal procedures, in their order', () => {
  let invalid = 0;
  fc.assert(
    fc.property(
      path,
      aspas,
      fc.constantFrom('upstream' as const, 'downstream' as const),
      (asns, list, procedure) => {
        const table = createAspaTable(list);
        const { outcome, notProviderHops } = verifyAsPath(table, { asPath: [{ type: 2, asns }], procedure });
        const out = new Uint32Array(DECIDING_WORDS);
        const words = fastDecidingHops(table, procedure, Uint32Array.of(9, ...asns, 9), 1, asns.length, out);
        const literal = notProviderHops.filter(({ bounds }) => bounds !== null);
        const hops = literal.flatMap(({ customer, provider }) => [customer, provider]);
        if (outcome !== 'invalid') {
          expect([...out.subarray(0, words)].sort()).toEqual(hops.sort());
          return;
        }
        invalid++;
        expect([...out.subarray(0, words)]).toEqual(hops);
        expect(literal.map(({ bounds }) => bounds)).toEqual(
          procedure === 'upstream' ? ['maxUpRamp'] : ['maxUpRamp', 'maxDownRamp'],
        );
      },
    ),
    { numRuns: 3_000 },
  );
  expect(invalid).toBeGreaterThan(100);
});
