import type { Reason } from './draft-28.js';
import type { Evidence, EvidenceWarningCode } from './evidence.js';
import { type AsPart, type HopPart, requireEvidence } from './layout-ramps.js';

// What is said of a verdict, in one place: the terminal, the report and the page say the same words.

/** Steps 1 to 3 in words. */
const HALTS: Readonly<Record<Exclude<Reason, 'not-provider' | 'no-attestation' | 'covered'>, string>> = {
  'empty-as-path': 'the AS_PATH holds no AS',
  'neighbor-as-mismatch': 'the most recently added AS is not the neighbour AS',
  'as-set': 'the AS_PATH has an AS_SET',
  'as-confed-sequence': 'the AS_PATH has an AS_CONFED_SEQUENCE',
  'as-confed-set': 'the AS_PATH has an AS_CONFED_SET',
};

const CAUTION =
  'A not-provider+ hop is where the path contradicts an attestation. It does not show who ' +
  'caused it: another AS on the path may be at fault, and an incomplete ASPA looks the same.';

/** What an AS of the picture is. */
export const AS_PARTS: Readonly<Record<AsPart, string>> = {
  neighbor: 'neighbour',
  origin: 'origin',
  'top-of-up-ramp': 'top of the up-ramp',
  'top-of-down-ramp': 'top of the down-ramp',
  'on-neither-ramp': 'on neither ramp',
  'beyond-up-ramp': 'beyond the up-ramp',
};

/** What a hop of the picture is to the verdict. */
export const HOP_PARTS: Readonly<Record<HopPart, string>> = {
  'in-up-ramp': 'in the up-ramp',
  'in-down-ramp': 'in the down-ramp',
  'in-both-ramps': 'in both ramps',
  'ends-up-ramp': 'ends the up-ramp',
  'ends-down-ramp': 'ends the down-ramp',
  level: 'the one hop that may be level, attested or not',
  'between-ramps': 'between the ramps',
  'beyond-up-ramp': 'beyond the up-ramp',
};

/** What a sentence is about; stable. Steps 1 to 3 have the reason of the halt as their code. */
export type SentenceCode =
  | Reason
  | 'comparison'
  | 'ramps-meet'
  | 'ramps-apart'
  | 'climbs-all-the-way'
  | 'climb-ends'
  | 'attestation-missing'
  | 'caution'
  | EvidenceWarningCode;

/** Something that is said of a verdict. */
export interface Sentence {
  readonly code: SentenceCode;
  readonly text: string;
}

/**
 * What a verdict says for a person, in order: the comparison of the step that halted (steps 4 to 6; draft-28 §5.5, §5.6), what
 * that means, the caution that belongs to an invalid one, and the warnings of the evidence. NON-SPEC.
 *
 * @throws {TypeError} for what is no evidence.
 */
export function explainStep(evidence: Evidence): Sentence[] {
  requireEvidence(evidence);
  const compared = comparisonText(evidence, evidence.step === 4 ? 4 : 5);
  const said: Sentence[] = compared === undefined ? [] : [{ code: 'comparison', text: compared }];
  said.push(verdict(evidence));
  if (evidence.step === 4) said.push({ code: 'caution', text: CAUTION });
  for (const { code, message } of evidence.warnings) said.push({ code, text: message });
  return said;
}

/**
 * The sentence that says why the outcome is what it is, without numbers of steps. NON-SPEC.
 *
 * @throws {TypeError} for what is no evidence.
 */
export function explainOutcome(evidence: Evidence): Sentence {
  requireEvidence(evidence);
  return verdict(evidence);
}

/**
 * The comparison of step 4 or 5 of draft-28 §5.5 and §5.6 in numbers, `max-up 2 + max-down 2 = 4 < 6`; undefined where the
 * procedure halted before.
 *
 * @throws {TypeError} for what is no evidence.
 */
export function comparisonText(evidence: Evidence, step: 4 | 5): string | undefined {
  requireEvidence(evidence);
  const { procedure, sums } = evidence;
  if (sums === null) return undefined;
  const { up, down, sum, n, below } = step === 4 ? sums.step4 : sums.step5;
  const bound = step === 4 ? 'max' : 'min';
  const sign = below ? '<' : '>=';
  if (procedure === 'upstream') return `${bound}-up ${up} ${sign} ${n}`;
  return `${bound}-up ${up} + ${bound}-down ${down} = ${sum} ${sign} ${n}`;
}

function verdict(evidence: Evidence): Sentence {
  const { outcome, procedure, reason, sums } = evidence;
  if (sums === null) return { code: reason, text: haltText(evidence) };
  if (outcome === 'unknown') return { code: 'attestation-missing', text: missingText(evidence) };
  const upstream = procedure === 'upstream';
  const { up, down, sum, n } = outcome === 'invalid' ? sums.step4 : sums.step5;
  if (outcome === 'invalid') {
    return upstream
      ? { code: 'climb-ends', text: `the up-ramp ends at AS${asOf(evidence, up)}: ${up} of ${asCount(n)}` }
      : {
          code: 'ramps-apart',
          text: `the two ramps do not meet: ${up} + ${down} = ${sum}, and the path has ${asCount(n)}`,
        };
  }
  if (n === 1) return { code: 'climbs-all-the-way', text: 'the path is one AS, and has no hop to attest' };
  if (upstream) {
    return { code: 'climbs-all-the-way', text: 'every hop from the origin to the neighbour is attested' };
  }
  return { code: 'ramps-meet', text: meetingText(evidence, up, n - down + 1, n) };
}

/** Where the up-ramp to A(top) and the down-ramp to A(bottom) meet: at one AS, at a hop, or along a stretch. */
function meetingText(evidence: Evidence, top: number, bottom: number, n: number): string {
  const [first, last] = [asOf(evidence, bottom), asOf(evidence, top)];
  if (top === n && bottom === 1) return 'either ramp covers the whole path';
  if (top === n) return 'the up-ramp covers the whole path';
  if (bottom === 1) return 'the down-ramp covers the whole path';
  if (bottom > top) return `the two ramps meet between AS${first} and AS${last}`;
  return top === bottom
    ? `the two ramps meet at AS${last}`
    : `the two ramps overlap from AS${last} to AS${first}`;
}

function haltText({ egress, neighborAs, reason }: Evidence): string {
  if (reason === 'neighbor-as-mismatch' && egress) {
    return `the most recently added AS is not the own AS${egress.localAs}`;
  }
  const text = reason in HALTS ? HALTS[reason as keyof typeof HALTS] : reason;
  return reason === 'neighbor-as-mismatch' && neighborAs !== null ? `${text} AS${neighborAs}` : text;
}

function missingText({ unattested }: Evidence): string {
  const names = [...new Set(unattested.map(({ asn }) => `AS${asn}`))];
  return `it could be valid: ${names.join(' and ')} ${names.length === 1 ? 'has' : 'have'} no ASPA`;
}

/** A(I) of the compressed path. */
function asOf({ compressedAsPath }: Evidence, I: number): number | undefined {
  return compressedAsPath[compressedAsPath.length - I];
}

function asCount(n: number): string {
  return n === 1 ? '1 AS' : `${n} ASes`;
}
