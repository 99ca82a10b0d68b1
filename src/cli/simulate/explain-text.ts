import { DecodeError } from '../../bytes/index.js';
import { type Asn, formatPrefix } from '../../inet/index.js';
import {
  type Explanation,
  explainChoice,
  explainOffer,
  explainRoute,
  type Simulation,
} from '../../simulate/index.js';
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

/** The explanation of an AS for people. */
export function* explanationText(
  asn: Asn,
  explanations: ReadonlyMap<string, Explanation>,
): Generator<string> {
  for (const [prefix, explanation] of explanations) {
    yield `AS${asn}, ${prefix}: ${explainChoice(explanation)}`;
    const rows = explanation.offers.map((offer) => [
      offer.relation,
      String(offer.neighbor),
      `${offer.path.join(' ')}${offer.signed ? ' (signed)' : ''}`,
      explainOffer(offer),
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
