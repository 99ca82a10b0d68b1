import fc from 'fast-check';
import { parsePrefix } from 'pathsec/inet';
import { type PolicyName, readScenario, SCENARIO_POLICY_NAMES, type Scenario } from 'pathsec/simulate';

const PREFIXES = ['192.0.0.0/16', '192.0.2.0/24', '192.0.2.0/25', '192.0.2.128/25', '2001:db8::/32'];
const RELATIONS = ['customer', 'peer', 'provider'] as const;

interface Shape {
  /** Which policies occur. */
  readonly policies: readonly PolicyName[];
  /** Whether an AS may be a provider of its own provider. */
  readonly circles?: boolean;
}

/** Scenarios of a few ASes, as JSON, in which everything occurs that a file may hold. */
export function arbitraryScenario({
  policies,
  circles = false,
}: Shape): fc.Arbitrary<Record<string, unknown>> {
  return fc.integer({ min: 2, max: 8 }).chain((count) => {
    const ases = Array.from({ length: count }, (_, i) => i + 1);
    const as = fc.constantFrom(...ases);
    // 9 is an AS that the topology has not.
    const any = fc.constantFrom(...ases, ...ases, 9);
    const pairs = ases.flatMap((a) => ases.filter((b) => b > a).map((b) => [a, b] as const));
    const links = fc
      .tuple(
        ...pairs.map(([a, b]) =>
          fc.constantFrom(...[undefined, [a, b, 0], [a, b, -1], [b, a, circles ? -1 : 0], [a, b, -1]]),
        ),
      )
      .map((all) => all.filter((link) => link !== undefined));
    const names = fc.subarray([...policies], { maxLength: Math.min(3, policies.length) });
    const everywhere = names.map((own) => Object.fromEntries(ases.map((asn) => [asn, own])));
    const mixed = fc.dictionary(as.map(String), names);
    const path = fc.array(fc.constantFrom(...ases, ...ases, 9, 0), { minLength: 1, maxLength: 4 });
    const to = fc.uniqueArray(fc.oneof(fc.constantFrom(...RELATIONS), as), { maxLength: 4 });
    const prefix = fc.constantFrom(...PREFIXES);
    const lists = fc.dictionary(any.map(String), fc.array(fc.constantFrom(...ases, 9, 0), { maxLength: 4 }), {
      maxKeys: 3,
    });
    const seed = as.chain((asn) =>
      fc.record(
        {
          asn: fc.constant(asn),
          prefix,
          path: fc.oneof(
            fc.constant([asn]),
            path.map((rest) => [asn, ...rest]),
            path,
          ),
          to,
          pathTo: fc.dictionary(
            fc.constantFrom(...RELATIONS),
            path.map((rest) => [asn, ...rest]),
            { maxKeys: 2 },
          ),
          prepend: fc.integer({ min: 0, max: 3 }),
          signed: fc.boolean(),
        },
        { requiredKeys: ['asn', 'prefix'] },
      ),
    );
    const leak = fc.record(
      { asn: as, prefix, from: fc.uniqueArray(fc.constantFrom(...RELATIONS)), to, reoriginate: fc.boolean() },
      { requiredKeys: ['asn'] },
    );
    const roa = prefix.chain((text) => {
      const { length, octets } = parsePrefix(text);
      const longest = Math.min(length + 9, 8 * octets.length);
      return fc.tuple(
        fc.constant(text),
        fc.integer({ min: length, max: longest }),
        fc.constantFrom(...ases, 0),
      );
    });
    return fc
      .record({
        links,
        ases: fc.constant(ases),
        clique: fc.subarray([...ases, 9], { maxLength: 2 }),
        policies: fc.oneof(everywhere, mixed),
        roas: fc.array(roa, { maxLength: 2 }),
        aspas: lists,
        asras: lists,
        pathEnd: lists,
        silent: fc.subarray(ases, { maxLength: 2 }),
        bgpsecRouters: fc.subarray(ases, { maxLength: 2 }),
        seeds: fc.uniqueArray(seed, { maxLength: 4, selector: (one) => `${one.asn} ${one.prefix}` }),
        leaks: fc.array(leak, { maxLength: 2 }),
        attackers: fc.subarray(ases, { maxLength: 2 }),
        victims: fc.subarray(ases, { maxLength: 2 }),
      })
      .chain((whole) => {
        const target = fc.option(fc.oneof(prefix, fc.constant('192.0.2.200')), { nil: undefined });
        return target.map((one) => (one === undefined ? whole : { ...whole, target: one }));
      });
  });
}

/** All policies but those that prefer signed routes before path length. */
export const BY_LENGTH = SCENARIO_POLICY_NAMES.filter((name) => name !== 'bgpsec1' && name !== 'bgpsec2');

/** Scenarios with what no file can say: ASes with ROAs of their own, and ASPA on sending. */
export function arbitraryLibraryScenario(): fc.Arbitrary<Scenario> {
  return arbitraryScenario({ policies: ['rov', 'peerRov', 'aspa', 'otc', 'rovpp1'] }).chain((json) => {
    const scenario = readScenario(json);
    const [here = []] = [scenario.ases];
    return fc
      .record({
        egress: fc.subarray([...here]),
        silent: fc.subarray([...here], { maxLength: 1 }),
        owners: fc.array(fc.constantFrom(0, 1, 2, 3), { minLength: here.length, maxLength: here.length }),
        lists: fc.tuple(...[0, 1, 2].map(() => fc.subarray([...scenario.roas]))),
      })
      .map(({ egress, silent, owners, lists }): Scenario => {
        const views = lists.map((roas, i) => ({ roas, ases: here.filter((_, at) => owners[at] === i + 1) }));
        const policies = here.map((asn) => {
          const own = scenario.policies.find((one) => one.asn === asn)?.names ?? [];
          return { asn, names: egress.includes(asn) ? [...own, 'aspaEgress' as const] : own };
        });
        return { ...scenario, policies, silent, views };
      });
  });
}
