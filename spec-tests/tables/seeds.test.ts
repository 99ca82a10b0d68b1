import fc from 'fast-check';
import { createAspaTable, diffAspaTables, fastVerifyAsPath } from 'pathsec/aspa';
import { createAudit } from 'pathsec/audit';
import { createRouterKeys } from 'pathsec/bgpsec';
import { createLiveRoutes, createLiveTables } from 'pathsec/live';
import { createPayloadSet, diffPayloads } from 'pathsec/payload';
import { createRouteReader } from 'pathsec/routes';
import { createRovTable, explainOrigin, validateOrigin } from 'pathsec/rov';
import { readPayloads, writeRpkiClientJson } from 'pathsec/rpki';
import { createRtrCache } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { aspaFile, run, temporaryFile } from '../cli/run.js';
import { arbitraryLists, arbitraryVrp, fewAsns, nestedPrefix } from '../payload/arbitrary-payloads.js';

const payloads = arbitraryLists(40, { vrps: arbitraryVrp(nestedPrefix, fewAsns) });
const seeds = fc.tuple(fc.maxSafeNat(), fc.maxSafeNat());

describe('no output depends on the seed', () => {
  it('property: sets, in whatever order they are read, with their differences and files', () => {
    fc.assert(
      fc.property(payloads, payloads, seeds, (first, second, both) => {
        const outputs = both.map((seed) => {
          const [a, b] = [createPayloadSet(first, { seed }), createPayloadSet(second, { seed })];
          for (const vrp of first.vrps.slice(0, 5)) a.vrps.withdraw(vrp);
          for (const aspa of first.aspas.slice(0, 5)) a.aspas.withdraw(aspa);
          for (const key of first.routerKeys.slice(0, 5)) a.routerKeys.withdraw(key);
          return [
            [...a.vrps],
            [...a.vrps.sorted()],
            [...a.aspas],
            [...a.aspas.sorted()],
            [...a.routerKeys],
            diffPayloads(a, b),
            writeRpkiClientJson(a),
            readPayloads(writeRpkiClientJson(b), { seed }).aspas.size,
          ];
        });
        expect(outputs[0]).toEqual(outputs[1]);
      }),
      { numRuns: 40 },
    );
  });

  it('property: verdicts and tables', () => {
    const asPath = fc
      .array(fewAsns, { minLength: 1, maxLength: 6 })
      .map((asns) => [{ type: 2 as const, asns }]);
    fc.assert(
      fc.property(
        payloads,
        fc.array(asPath),
        fc.array(nestedPrefix),
        seeds,
        (held, paths, prefixes, both) => {
          const outputs = both.map((seed) => {
            const aspa = createAspaTable(held.aspas, { seed });
            const rov = createRovTable(held.vrps, { seed });
            const keys = createRouterKeys(held.routerKeys, { seed });
            return [
              [...aspa],
              aspa.notes,
              diffAspaTables(aspa, createAspaTable(held.aspas.slice(3), { seed })),
              paths.map((path) => fastVerifyAsPath(aspa, { asPath: path, procedure: 'downstream' })),
              prefixes.map((prefix) => [validateOrigin(rov, prefix, 1), explainOrigin(rov, prefix, 2)]),
              held.routerKeys.map(({ asn, ski }) => keys.lookup(asn, ski)),
            ];
          });
          expect(outputs[0]).toEqual(outputs[1]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('property: what an RTR cache sends', () => {
    fc.assert(
      fc.property(payloads, payloads, seeds, (first, second, both) => {
        const outputs = both.map((seed) => {
          const cache = createRtrCache({ sessionId: 1, seed });
          cache.replace(first);
          cache.change(second, { vrps: first.vrps.slice(0, 5) });
          cache.replace({ ...first, aspas: second.aspas });
          return [cache.snapshot(2), cache.snapshot(1), cache.since(2, 0), cache.serial];
        });
        expect(outputs[0]).toEqual(outputs[1]);
      }),
      { numRuns: 40 },
    );
  });

  it('property: the report of an audit', () => {
    const line = fc
      .tuple(
        fc.nat(30),
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 }),
        fc.nat(20),
      )
      .map(([net, path, peer]) => `192.0.${net}.0/24|${path.join(' ')}|${peer}\n`);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 120 }), payloads, seeds, (lines, held, both) => {
        const reports = both.map((seed) => {
          const audit = createAudit({
            aspa: createAspaTable(held.aspas, { seed }),
            rov: createRovTable(held.vrps, { seed }),
            seed,
          });
          const reader = createRouteReader((element) => audit.add(element), { seed });
          reader.push(new TextEncoder().encode(lines.join('')));
          reader.end();
          return audit.report();
        });
        expect(reports[0]).toEqual(reports[1]);
      }),
      { numRuns: 40 },
    );
  });

  it('property: changes of live routes, and their order', () => {
    fc.assert(
      fc.property(
        payloads,
        fc.array(nestedPrefix),
        fc.array(fewAsns),
        seeds,
        (held, prefixes, asns, both) => {
          const outputs = both.map((seed) => {
            const tables = createLiveTables({ payloads: () => createPayloadSet() }, { seed });
            const live = createLiveRoutes(tables, { seed });
            const session = live.session({ peerAs: 1 });
            for (const [i, prefix] of prefixes.entries()) {
              session.announce({ prefix, asPath: [{ type: 2, asns: asns.slice(i % 5, 1 + (i % 7)) }] });
            }
            const changes = createRtrCache({ sessionId: 1, seed }).replace({ ...held, routerKeys: [] });
            return [...live.rejudge(tables.apply(changes))];
          });
          expect(outputs[0]).toEqual(outputs[1]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('the command: --seed is taken, and changes nothing', async () => {
    const rpki = aspaFile({ 1: [2], 2: [3] });
    const routes = temporaryFile('routes.txt', '192.0.2.0/24|3 2 1|3\n198.51.100.0/24|4 2 1|4\n');
    const argv = ['audit', routes, '--rpki', rpki, '--json'];
    const [first, second, third] = [
      await run(argv),
      await run([...argv, '--seed', '5']),
      await run([...argv, '--seed', '999999999999999']),
    ];
    expect(first.code).toBe(0);
    expect([second, third]).toEqual([first, first]);
    const wrong = await run([...argv, '--seed', 'five']);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('A whole number')]);
  });
});
