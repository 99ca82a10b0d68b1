import type { AsPathSegment } from '../bgp/index.js';
import { sayValue } from '../inet/index.js';
import type { Reason } from './draft-28.js';
import { drawRamps } from './draw-ramps.js';
import type { Comparison, EgressFacts, Evidence } from './evidence.js';
import { CONFED_SEQUENCE, CONFED_SET, SET } from './terms.js';

const HALTS: Readonly<Record<Exclude<Reason, 'not-provider' | 'no-attestation' | 'covered'>, string>> = {
  'empty-as-path': 'the AS_PATH holds no AS',
  'neighbor-as-mismatch': 'the most recently added AS is not the neighbour AS',
  'as-set': 'the AS_PATH has an AS_SET',
  'as-confed-sequence': 'the AS_PATH has an AS_CONFED_SEQUENCE',
  'as-confed-set': 'the AS_PATH has an AS_CONFED_SET',
};

const CAUTION = [
  'A not-provider+ hop is where the path contradicts an attestation. It does not show who',
  'caused it: another AS on the path may be at fault, and an incomplete ASPA looks the same.',
];

/**
 * The evidence as text for a person: the path drawn as its two ramps with the hops that decided, every hop with both
 * authorizations, and the comparison at which the procedure halted (draft-28 §5.4 to §5.6, §6.6). Lines end in `\n`.
 */
export function formatExplanation(evidence: Evidence): string {
  if (!Array.isArray(evidence?.hops))
    throw new TypeError(`${sayValue(evidence)} is no evidence of verifyAsPath`);
  const lines = [...heading(evidence)];
  if (evidence.ramps !== null && evidence.sums !== null) {
    lines.push('', ...drawRamps(evidence, evidence.ramps), '', ...hopLines(evidence));
    lines.push(label('ramps', rampsText(evidence)));
    lines.push(label(evidence.outcome, decisiveText(evidence, evidence.sums)));
  } else {
    lines.push(label(evidence.outcome, `step ${evidence.step}: ${haltText(evidence)}`));
  }
  if (evidence.step === 4) lines.push(...CAUTION.map((line) => label('', line)));
  if (evidence.step === 5) lines.push(...missingLines(evidence));
  for (const { message } of evidence.warnings) lines.push(label('warning', message));
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function heading(evidence: Evidence): string[] {
  const { compressedAsPath, n, neighborAs, neighborRole, procedure, revision, section } = evidence;
  const path = evidence.asPath.map(segmentText).join(' ') || '(empty)';
  const origin = compressedAsPath[compressedAsPath.length - 1];
  const count = n === null ? '' : `${n} ${n === 1 ? 'AS' : 'ASes'}, origin AS${origin}`;
  const neighbor = `${neighborAs === null ? 'AS not known' : `AS${neighborAs}`}, ${neighborRole ?? 'role not given'}`;
  const width = Math.max(path.length, neighbor.length) + 4;
  return [
    label('path', path.padEnd(width) + count),
    label(
      evidence.egress ? 'sent to' : 'neighbour',
      `${neighbor.padEnd(width)}${procedure}, draft-${revision} section ${section}`,
    ),
    ...(evidence.egress ? egressLines(evidence.egress) : []),
  ];
}

function egressLines({ draft, section, localAs, prepended }: EgressFacts): string[] {
  const own = localAs === null ? 'own AS not known' : `own AS${localAs}`;
  const front = prepended ? '; the receiver is put in front of the path' : '';
  return [label('egress', `${draft} section ${section}; ${own}${front}`)];
}

function hopLines({ hops, notProviderHops, procedure, step, unattested }: Evidence): string[] {
  // `<` marks the one or two hops at which the procedure halted; a valid path has none.
  const walls = step === 4 ? notProviderHops.filter((hop) => hop.bounds !== null) : [];
  const decided = new Set([...walls, ...(step === 5 ? unattested : [])].map(key));
  const rows = hops.map(({ index, lower, upper, up, down }) => ({
    name: `hop ${index}`,
    pair: `${lower} -> ${upper}`,
    up: up + (decided.has(`${index} up`) ? ' <' : ''),
    reverse: `${upper} -> ${lower}`,
    down: down + (decided.has(`${index} down`) ? ' <' : ''),
  }));
  const width = (texts: string[]): number => Math.max(0, ...texts.map((text) => text.length));
  const pair = width(rows.map((row) => row.pair));
  const up = width(rows.map((row) => row.up));
  return rows.map((row) => {
    // The reverse direction is in brackets where the procedure does not use it.
    const reverse = `${row.reverse.padEnd(pair)}  ${row.down}`;
    const shown = procedure === 'upstream' ? `(${reverse})` : reverse;
    return label(row.name, `${row.pair.padEnd(pair)}  ${row.up.padEnd(up)}    ${shown}`);
  });
}

function rampsText({ n, procedure, ramps }: Evidence): string {
  if (ramps === null) return '';
  const up = `max-up ${ramps.maxUpRamp}   min-up ${ramps.minUpRamp}`;
  const down = `   max-down ${ramps.maxDownRamp}   min-down ${ramps.minDownRamp}`;
  return `${up}${procedure === 'upstream' ? '' : down}   of ${n}`;
}

function decisiveText(evidence: Evidence, sums: NonNullable<Evidence['sums']>): string {
  const text = (bound: 'max' | 'min', { up, down, sum, n, below }: Comparison): string => {
    const sign = below ? '<' : '>=';
    if (evidence.procedure === 'upstream') return `${bound}-up ${up} ${sign} ${n}`;
    return `${bound}-up ${up} + ${bound}-down ${down} = ${sum} ${sign} ${n}`;
  };
  const comparison = evidence.step === 4 ? text('max', sums.step4) : text('min', sums.step5);
  return `step ${evidence.step}: ${comparison}`;
}

function haltText({ egress, neighborAs, reason }: Evidence): string {
  if (reason === 'neighbor-as-mismatch' && egress) {
    return `the most recently added AS is not the own AS${egress.localAs}`;
  }
  const text = reason in HALTS ? HALTS[reason as keyof typeof HALTS] : reason;
  return reason === 'neighbor-as-mismatch' && neighborAs !== null ? `${text} AS${neighborAs}` : text;
}

function missingLines({ unattested }: Evidence): string[] {
  const asns = [...new Set(unattested.map(({ asn }) => `AS${asn}`))];
  return asns.length === 0 ? [] : [label('', `not attested, and needed to know more: ${asns.join(', ')}`)];
}

function segmentText({ type, asns }: AsPathSegment): string {
  if (type === SET) return `{${asns.join(',')}}`;
  if (type === CONFED_SEQUENCE) return `(${asns.join(' ')})`;
  return type === CONFED_SET ? `[${asns.join(' ')}]` : asns.join(' ');
}

function key({ index, direction }: { readonly index: number; readonly direction: string }): string {
  return `${index} ${direction}`;
}

/** A line of an explanation: what it is about, and what it says. */
export function label(name: string, text: string): string {
  return `${name.padEnd(11)}${text}`;
}
