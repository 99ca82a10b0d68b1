import { DecodeError } from '../../bytes/index.js';
import { type Asn, formatPrefix } from '../../inet/index.js';
import { type Explanation, explainRoute, type Offer, type Simulation } from '../../simulate/index.js';
import { CliError } from '../shared/io.js';
import { formatTable } from '../shared/text-table.js';

/** Why an AS has the routes that it has, the most specific prefix first. @throws {CliError} for an AS that is not there. */
export function explain(simulation: Simulation, asn: Asn): Map<string, Explanation> {
  try {
    return new Map(
      simulation.prefixes.map((one) => [formatPrefix(one.prefix), explainRoute(simulation, one, asn)]),
    );
  } catch (error) {
    if (error instanceof DecodeError) throw new CliError(`--explain: AS${asn} is not in the scenario`);
    throw error;
  }
}

/** The explanation by prefix; a path is text, as in the rest of the answer. */
export function explanationJson(explanations: ReadonlyMap<string, Explanation>): object {
  return Object.fromEntries(
    [...explanations].map(([prefix, { offers }]) => [
      prefix,
      offers.map(({ path, ...offer }) => ({ ...offer, path: path.join(' ') })),
    ]),
  );
}

const FATES: Readonly<Record<Offer['fate'], string>> = {
  chosen: 'chosen',
  'passed-over': 'an own route comes first',
  'otc-egress': 'not sent: marked by Only to Customer (RFC 9234 §5)',
  'aspa-egress': 'not sent: the path is invalid by ASPA (draft-zhang-sidrops-aspa-egress)',
  loop: 'dropped: the own AS is in the path',
  as0: 'dropped: AS 0 is in the path (RFC 7607)',
  'rov-invalid': 'dropped: the origin is invalid (RFC 6811)',
  'first-as': 'dropped: the first AS is not the neighbour (RFC 4271 §6.3)',
  'aspa-invalid': 'dropped: the path is invalid by ASPA (draft-28 §5)',
  'asra-fake-link': 'dropped: an AS of the path disowns the next one (ASRA)',
  'path-end': 'dropped: the origin does not approve of the AS before it',
  unsigned: 'dropped: unsigned, from a neighbour that speaks BGPsec',
  'otc-ingress': 'dropped: a leak by Only to Customer (RFC 9234 §5)',
  'peerlock-lite': 'dropped: a tier 1 in a path from a customer',
  'edge-filter': 'dropped: a neighbour without customers announces more than itself',
};
const CRITERIA = {
  signed: 'the chosen one is signed',
  relation: 'the chosen one is of a preferred relation',
  length: 'the chosen one is shorter',
  neighbor: 'the chosen one is of a lower AS',
} as const;

/** The explanation of an AS for people. */
export function* explanationText(
  asn: Asn,
  explanations: ReadonlyMap<string, Explanation>,
): Generator<string> {
  for (const [prefix, { route, offers }] of explanations) {
    const state =
      route === undefined
        ? 'no route'
        : route.blackhole
          ? 'a blackhole: what the covering route would carry there is dropped'
          : route.relation === 'origin'
            ? 'an own route'
            : `by ${route.path.slice(1).join(' ')}`;
    yield `AS${asn}, ${prefix}: ${state}`;
    const rows = offers.map(({ relation, neighbor, path, signed, fate, by }) => [
      relation,
      String(neighbor),
      `${path.join(' ')}${signed ? ' (signed)' : ''}`,
      by === undefined ? FATES[fate] : CRITERIA[by],
    ]);
    if (rows.length === 0) yield '  nobody offers one';
    else {
      const columns = [
        { head: 'from' },
        { head: 'AS', align: 'right' as const },
        { head: 'path' },
        { head: 'what became of it' },
      ];
      for (const line of formatTable(columns, rows)) yield `  ${line}`;
    }
    yield '';
  }
}
