import XMLBuilder from 'fast-xml-builder';
import { printable } from '../../bytes/index.js';
import { type CaseResult, isOpen, isWrong, type Question, type Suite } from '../../conformance/index.js';
import type { Additions } from './json.js';
import { VERDICT_TEXT } from './text.js';

/** Characters of a value that are shown. */
const MAX_VALUE = 2000;

/**
 * The results as JUnit XML, one test suite per suite, in pieces of one case. A wrong answer is a failure; a crash, a timeout
 * and the like are errors; what was not supported or not asked is skipped, and so are known failures and those against
 * advice, with their message.
 */
export function* conformanceJunit(
  questions: readonly Question[],
  results: readonly CaseResult[],
  additions: Additions,
): Generator<string> {
  const byId = new Map(results.map((result) => [result.vector.id, result]));
  const declaration = { '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' } };
  const counts = countsOf('pathsec conformance', results, additions);
  const [start = '', end = ''] = xml(counts, { testcase: '' }, declaration).split(
    '  <testsuite>\n    <testcase/>\n  </testsuite>\n',
  );
  yield start;
  for (const suite of new Set(questions.map((question) => question.suite))) {
    const own = questions.filter((question) => question.suite === suite);
    const ownResults = own.flatMap(({ vector }) => byId.get(vector.id) ?? []);
    const suiteCounts = countsOf(suite, ownResults, additions);
    const testcase = ownResults.length === 0 ? {} : { testcase: '' };
    const [open = '', close = ''] = within(xml({}, { ...suiteCounts, ...testcase }), 1).split(
      '    <testcase/>\n',
    );
    yield open;
    for (const result of ownResults) {
      yield within(xml({}, { testcase: testCase(suite, result, additions) }), 2);
    }
    yield close;
  }
  yield end;
}

/** A document with one test suite: members of the root, of the suite, and what comes before. */
function xml(root: object, testsuite: object, before: object = {}): string {
  const builder = new XMLBuilder({ format: true, ignoreAttributes: false, suppressEmptyNode: true });
  return builder.build({ ...before, testsuites: { ...root, testsuite } });
}

/** What stands between the first lines of a text and as many last ones. */
function within(text: string, lines: number): string {
  let start = 0;
  let end = text.length - 1;
  for (let i = 0; i < lines; i++) {
    start = text.indexOf('\n', start) + 1;
    end = text.lastIndexOf('\n', end - 1);
  }
  return text.slice(start, end + 1);
}

/** The element that a result becomes; none for one that passed. */
function kindOf(
  { vector, verdict }: CaseResult,
  { advice, known }: Additions,
): 'skipped' | 'failure' | 'error' | undefined {
  if (isOpen(verdict)) return 'skipped';
  if (!isWrong(verdict)) return undefined;
  if (known.has(vector.id) || advice?.has(vector.id)) return 'skipped';
  return verdict === 'failed' ? 'failure' : 'error';
}

function countsOf(name: string, results: readonly CaseResult[], additions: Additions): object {
  const count = (kind: string): number => results.filter((one) => kindOf(one, additions) === kind).length;
  return {
    '@_name': name,
    '@_tests': results.length,
    '@_failures': count('failure'),
    '@_errors': count('error'),
    '@_skipped': count('skipped'),
  };
}

function testCase(suite: Suite, result: CaseResult, additions: Additions): object {
  const { note, vector, verdict } = result;
  const named = { '@_classname': `pathsec.${suite}`, '@_name': `${vector.id} ${vector.title}` };
  const kind = kindOf(result, additions);
  if (kind === undefined) return named;
  if (!isWrong(verdict)) {
    return { ...named, skipped: { '@_message': printable(note ?? VERDICT_TEXT[verdict]) } };
  }
  const [message = '', ...rest] = failureLines(result, additions.evidence.get(vector.id) ?? []);
  if (kind === 'skipped')
    return {
      ...named,
      skipped: {
        '@_message': `${additions.known.has(vector.id) ? 'known failure' : 'against advice'}: ${message}`,
      },
    };
  return {
    ...named,
    [kind]: { '@_message': message, '@_type': verdict, '#text': [message, ...rest].join('\n') },
  };
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
