import { isSignatureOver, signatureFault } from './signature-over.js';
import type { Fields, Json, VectorCase } from './vector.js';

/** What came back for one request. */
export type Reply =
  | { readonly kind: 'answer'; readonly fields: Fields }
  /** The program ended before it answered. */
  | { readonly kind: 'crashed'; readonly note: string }
  | { readonly kind: 'timeout'; readonly note: string }
  /** A line that is no answer to the request. */
  | { readonly kind: 'garbage'; readonly note: string }
  /** The program ended in order, without an answer to this request. */
  | { readonly kind: 'no-answer'; readonly note: string }
  /** The request was never sent. */
  | { readonly kind: 'not-asked'; readonly note: string };

/** What became of a case. Those of {@link isWrong} count as failures. */
export type CaseVerdict =
  | 'passed'
  | 'acceptable'
  | 'unsupported'
  | 'failed'
  | 'error'
  | 'crashed'
  | 'timeout'
  | 'garbage'
  | 'no-answer'
  | 'not-asked'
  /** A router under test did not take the route. */
  | 'refused'
  /** A router under test ended the session because of the route. */
  | 'reset'
  /** No router can be shown the case. */
  | 'not-playable';

/** A field of an answer that is not as it has to be. */
export interface Mismatch {
  /** Names and indexes from the answer inwards: `ramps.maxUpRamp`. */
  readonly path: string;
  readonly expected: Json | undefined;
  readonly actual: Json | undefined;
  /** What is wrong with it, where the two values do not show it: of a signature. */
  readonly why?: string;
}

/** A case with what became of it. */
export interface CaseResult {
  readonly vector: VectorCase;
  readonly verdict: CaseVerdict;
  readonly answer?: Fields;
  readonly mismatches: readonly Mismatch[];
  /** For `acceptable`: why; for a wrong answer of a router: how it was shown the case; for the others: what the program did. */
  readonly note?: string;
}

/**
 * Judges one reply (docs/decisions/conformance.md D-conformance-judging): the expected fields have to be there and
 * equal, or equal to those of an acceptable alternative; intermediate values count where the answer gives them; other
 * fields are passed over. A signature without fixed octets has to verify.
 */
export function judgeReply(vector: VectorCase, reply: Reply): CaseResult {
  if (reply.kind !== 'answer') return { vector, verdict: reply.kind, mismatches: [], note: reply.note };
  const { fields: answer } = reply;
  if (answer.unsupported === true) return { vector, verdict: 'unsupported', answer, mismatches: [] };
  if (answer.error !== undefined) {
    const text = typeof answer.error === 'string' ? answer.error : JSON.stringify(answer.error);
    return { vector, verdict: 'error', answer, mismatches: [], note: text };
  }
  const wrongDetail = mismatchesOf(givenOf(vector.detail ?? {}, answer), answer);
  const wrong = mismatchesOf(askedOf(vector, vector.expected, answer), answer);
  if (wrong.length === 0 && wrongDetail.length === 0) {
    return { vector, verdict: 'passed', answer, mismatches: [] };
  }
  for (const { expected, why } of vector.acceptable ?? []) {
    if (agrees(answer, askedOf(vector, expected, answer))) {
      return { vector, verdict: 'acceptable', answer, mismatches: [], note: why };
    }
  }
  return { vector, verdict: 'failed', answer, mismatches: [...wrong, ...wrongDetail] };
}

/** Whether an answer holds all these fields with these values. */
export function agrees(answer: Fields, fields: Fields): boolean {
  return mismatchesOf(fields, answer).length === 0;
}

/** By operation: what not every implementation keeps, and how an answer that leaves it out is judged without it. */
const OMITTABLE: Readonly<Record<string, readonly string[]>> = { receive: ['vrps', 'aspas', 'routerKeys'] };

/**
 * Of the fields, those that this answer has to hold: a router that does not keep a kind of payload leaves its list out, but
 * not all lists (docs/decisions/conformance.md D-conformance-judging). The same object where nothing is left out.
 */
export function askedOf({ input }: VectorCase, fields: Fields, answer: Fields): Fields {
  const omittable = OMITTABLE[String(input.op)] ?? [];
  const absent = omittable.filter((name) => fields[name] !== undefined && answer[name] === undefined);
  if (absent.length === 0 || omittable.every((name) => answer[name] === undefined)) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !absent.includes(name)));
}

function givenOf(detail: Fields, answer: Fields): Fields {
  return Object.fromEntries(Object.entries(detail).filter(([key]) => answer[key] !== undefined));
}

function mismatchesOf(expected: Fields, answer: Fields): Mismatch[] {
  const found: Mismatch[] = [];
  for (const [key, value] of Object.entries(expected)) {
    const actual = answer[key];
    const isSet = key === 'routes' && isList(value) && isList(actual);
    if (isSet) compare(key, byText(value), byText(actual), found);
    else compare(key, value, actual, found);
  }
  return found;
}

/** The routes of an UPDATE are a set: in one order, that of their members by name. */
function byText(routes: readonly Json[]): Json[] {
  const text = (route: Json): string =>
    isFields(route)
      ? JSON.stringify(Object.entries(route).sort(([a], [b]) => (a < b ? -1 : 1)))
      : JSON.stringify(route);
  const texts = new Map(routes.map((route) => [route, text(route)]));
  return [...routes].sort((a, b) => ((texts.get(a) ?? '') < (texts.get(b) ?? '') ? -1 : 1));
}

/** Adds where `actual` is not `expected`: as deep as both are of one shape. */
function compare(
  path: string,
  expected: Json | undefined,
  actual: Json | undefined,
  found: Mismatch[],
): void {
  if (Object.is(expected, actual)) return;
  if (isSignatureOver(expected) && typeof actual === 'string') {
    const why = signatureFault(expected, actual);
    if (why !== undefined) found.push({ path, expected, actual, why });
    return;
  }
  if (isList(expected) && isList(actual) && expected.length === actual.length) {
    for (const [i, item] of expected.entries()) compare(`${path}[${i}]`, item, actual[i], found);
    return;
  }
  if (isFields(expected) && isFields(actual)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      compare(`${path}.${key}`, expected[key], actual[key], found);
    }
    return;
  }
  found.push({ path, expected, actual });
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
