import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { placeOf } from './citation-place.js';

/** A requirement that a test names, read from the source of the test. */
export interface CitedTest {
  readonly id: string;
  /** Whether the test shows the violation noticed, refused or not done. */
  readonly violated: boolean;
  /** Path below `spec-tests/`. */
  readonly file: string;
  readonly line: number;
  /** Titles of the groups and of the test, as they stand in the source, and the first member of the row of a table. */
  readonly title: string;
}

/** What a reading of sources gives: what is cited, and what is wrong, each with file and line. */
export interface CitedTests {
  readonly cited: readonly CitedTest[];
  readonly problems: readonly string[];
}

const FOLDER = new URL('../', import.meta.url);

/** Everything that tests and their helpers cite. No test runs. */
export function readCitedTests(known: ReadonlySet<string>): CitedTests {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !name.startsWith('kit/'))
    .sort();
  const read = files.map((name) => citedTestsOf(name, readFileSync(new URL(name, FOLDER), 'utf8'), known));
  return { cited: read.flatMap(({ cited }) => cited), problems: read.flatMap(({ problems }) => problems) };
}

/** What one source cites of the known ids. */
export function citedTestsOf(file: string, text: string, known: ReadonlySet<string>): CitedTests {
  if (!/\brequirement\(/.test(text)) return { cited: [], problems: [] };
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const cited: CitedTest[] = [];
  const problems: string[] = [];
  for (const call of citationsIn(source)) {
    const line = source.getLineAndCharacterOfPosition(call.getStart()).line + 1;
    const complain = (problem: string): void => void problems.push(`${file}:${line}: ${problem}`);
    const { title = '', problem } = placeOf(call);
    if (problem !== undefined) complain(problem);
    const seen = new Set<string>();
    for (const argument of call.arguments) {
      if (!ts.isStringLiteral(argument)) {
        complain(`${argument.getText()} is no literal, and citations are read from the source`);
        continue;
      }
      const violated = argument.text.startsWith('!');
      const id = argument.text.slice(violated ? 1 : 0);
      if (!known.has(id)) complain(`the catalogue has no requirement ${id}`);
      if (seen.has(argument.text)) complain(`${argument.text} twice`);
      seen.add(argument.text);
      cited.push({ id, violated, file, line, title });
    }
  }
  return { cited, problems };
}

function citationsIn(node: ts.Node): ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const visit = (each: ts.Node): void => {
    if (ts.isCallExpression(each) && each.expression.getText() === 'requirement') found.push(each);
    ts.forEachChild(each, visit);
  };
  visit(node);
  return found;
}
