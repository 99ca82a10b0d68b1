import XMLBuilder from 'fast-xml-builder';
import { printable } from '../bytes/index.js';
import { type CaseResult, isWrong, type Question, type Suite } from '../conformance/index.js';
import { VERDICT_TEXT } from './conformance-text.js';

/** Characters of a value that are shown. */
const MAX_VALUE = 2000;

/**
 * The results as JUnit XML, one test suite per suite. A wrong answer is a failure; a crash, a timeout and the like are
 * errors; what was not supported or not asked is skipped.
 */
export function conformanceJunit(
  questions: readonly Question[],
  results: readonly CaseResult[],
  evidence: ReadonlyMap<string, readonly string[]>,
): string {
  const byId = new Map(results.map((result) => [result.vector.id, result]));
  const suites = [...new Set(questions.map(({ suite }) => suite))].map((suite) => {
    const own = questions.filter((question) => question.suite === suite);
    const ownResults = own.flatMap(({ vector }) => byId.get(vector.id) ?? []);
    return {
      ...countsOf(suite, ownResults),
      testcase: ownResults.map((result) => testCase(suite, result, evidence.get(result.vector.id) ?? [])),
    };
  });
  const builder = new XMLBuilder({ format: true, ignoreAttributes: false, suppressEmptyNode: true });
  return builder.build({
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    testsuites: { ...countsOf('pathsec conformance', results), testsuite: suites },
  });
}

function countsOf(name: string, results: readonly CaseResult[]): object {
  const count = (isOne: (result: CaseResult) => boolean): number => results.filter(isOne).length;
  return {
    '@_name': name,
    '@_tests': results.length,
    '@_failures': count(({ verdict }) => verdict === 'failed'),
    '@_errors': count(({ verdict }) => verdict !== 'failed' && isWrong(verdict)),
    '@_skipped': count(({ verdict }) => verdict === 'unsupported' || verdict === 'not-asked'),
  };
}

function testCase(suite: Suite, result: CaseResult, evidence: readonly string[]): object {
  const { note, vector, verdict } = result;
  const named = { '@_classname': `pathsec.${suite}`, '@_name': `${vector.id} ${vector.title}` };
  if (verdict === 'unsupported' || verdict === 'not-asked') {
    return { ...named, skipped: { '@_message': printable(note ?? VERDICT_TEXT[verdict]) } };
  }
  if (!isWrong(verdict)) return named;
  const [message = '', ...rest] = failureLines(result, evidence);
  const body = { '@_message': message, '@_type': verdict, '#text': [message, ...rest].join('\n') };
  return { ...named, [verdict === 'failed' ? 'failure' : 'error']: body };
}

function failureLines(
  { mismatches, note, vector, verdict }: CaseResult,
  evidence: readonly string[],
): string[] {
  const wrong = mismatches.map(
    ({ actual, expected, path }) =>
      `${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual) ?? 'nothing'}`,
  );
  const lines = [
    ...(wrong.length > 0 ? wrong : [note ?? VERDICT_TEXT[verdict]]),
    `sections: ${vector.sections.join('; ')}`,
    ...(vector.requirements?.length ? [`requirements: ${vector.requirements.join(', ')}`] : []),
    ...(vector.flags.length > 0 ? [`flags: ${vector.flags.join(', ')}`] : []),
    ...evidence,
  ];
  return lines.map((line) => printable(line.replaceAll('\n', ' ')).slice(0, MAX_VALUE));
}
