import type { AsraEvidence, AsraFacts, AsraHop } from './asra.js';
import type { AsraListing } from './asra-table.js';

const LISTINGS: Readonly<Record<AsraListing, string>> = {
  'no-asra': 'no ASRA',
  listed: 'in the ASRA',
  'not-listed': 'not in the ASRA',
};

/**
 * What ASRAs made of a verdict, as rows of a name and a text: the hops that were asked, and the step at which the algorithm halted
 * (asra-verification §4). NON-SPEC.
 */
export function asraRows({ asra, outcome }: AsraEvidence): [name: string, text: string][] {
  const pair = Math.max(0, ...asra.hops.map(({ from, to }) => `${from} -> ${to}`.length));
  return [
    ['asra', `algorithm ${asra.algorithm}, ${asra.draft} section ${asra.section}`],
    ...asra.hops.map((hop): [string, string] => [`hop ${hop.index}`, hopText(hop, asra, pair)]),
    [outcome, `${asra.step === null ? '' : `step ${asra.step}: `}${reasonText(asra)}`],
  ];
}

function hopText(
  { from, to, aspa, asra, reverse, fakeLink }: AsraHop,
  facts: AsraFacts,
  width: number,
): string {
  const back = facts.algorithm === 'A' ? `, ${to} -> ${from} ${reverse}` : '';
  const words = `${`${from} -> ${to}`.padEnd(width)}  ${aspa}, ${LISTINGS[asra]}${back}`;
  return fakeLink ? `${words} <` : words;
}

function reasonText({ reason, hops }: AsraFacts): string {
  const last = hops[hops.length - 1];
  switch (reason) {
    case 'upstream':
      return 'ASRAs change nothing upstream';
    case 'aspa-invalid':
      return 'ASPA found it invalid already';
    case 'affirmed':
      return 'the attested ramps leave no hop in question';
    case 'no-fake-link':
      return 'no fake link';
    case 'fake-link':
      return `fake link: AS${last?.from} names AS${last?.to} neither as provider nor in its ASRA`;
  }
}
