import type { AsPathSegment } from '../bgp/index.js';
import type { AsraEvidence } from './asra.js';
import { drawRamps } from './draw-ramps.js';
import type { EgressFacts, Evidence } from './evidence.js';
import { asraRows } from './format-asra.js';
import { layoutRamps } from './layout-ramps.js';
import { explainStep } from './sentences.js';
import { CONFED_SEQUENCE, CONFED_SET, SET } from './terms.js';
import { wrapped } from './wrapped.js';

/** Columns of a sentence, beside its label. */
const WIDTH = 90;

/**
 * The evidence as text for a person: the path drawn as its two ramps with the hops that decided, every hop with both
 * authorizations, and the comparison at which the procedure halted, with what it means (draft-28 §5.4 to §5.6, §6.6). Drawing
 * and sentences are those of `layoutRamps` and `explainStep`. Lines end in `\n`.
 *
 * @throws {TypeError} for what is no evidence.
 */
export function formatExplanation(given: Evidence | AsraEvidence): string {
  // What ASRAs made of the verdict stands behind what ASPA found.
  const evidence = isAsra(given) ? { ...given, outcome: given.asra.aspaOutcome } : given;
  const layout = layoutRamps(evidence);
  const lines = [...heading(evidence)];
  if (layout !== null) {
    lines.push('', ...drawRamps(layout), '', ...hopLines(evidence));
    lines.push(label('ramps', rampsText(evidence)));
  }
  const asra = isAsra(given) ? asraRows(given).map(([name, text]) => label(name, text)) : [];
  const warned = new Set<string>(evidence.warnings.map(({ code }) => code));
  let name: string = evidence.outcome;
  let lead = `step ${evidence.step}: `;
  for (const { code, text } of explainStep(evidence)) {
    if (warned.has(code)) lines.push(label('warning', text));
    else lines.push(...wrapped(lead + text, WIDTH).map((line, i) => label(i === 0 ? name : '', line)));
    name = '';
    lead = '';
  }
  return [...lines, ...asra].map((line) => `${line.trimEnd()}\n`).join('');
}

function isAsra(evidence: Evidence | AsraEvidence): evidence is AsraEvidence {
  return typeof evidence === 'object' && evidence !== null && 'asra' in evidence;
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
