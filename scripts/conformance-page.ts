import { readdirSync, readFileSync } from 'node:fs';
import {
  claimsOf,
  type Requirement,
  type RequirementFile,
  readCatalogue,
} from '../spec-tests/kit/catalogue.js';
import { firstKillingVector } from '../spec-tests/kit/first-killing-vector.js';
import type { VectorFile } from '../src/conformance/vector.js';
import { RUNS } from './conformance-runs.js';

/** Said of a document whose sentences cannot be counted. */
const NO_TEXT = ' The rows are by section, not by sentence: the text is not among those that the tests read.';

const VECTORS = new URL('../spec-tests/vectors/', import.meta.url);

/** docs/conformance.md: the requirement catalogue, the vectors and the known mistakes as tables. */
export function conformancePage(): string {
  const catalogue = readCatalogue();
  const names = readdirSync(VECTORS).filter((name) => name !== 'schema.json');
  const files = names.map(
    (name) => [name, JSON.parse(readFileSync(new URL(name, VECTORS), 'utf8')) as VectorFile] as const,
  );
  return [
    '# Conformance\n',
    'Written by `npm run make-conformance` from `spec-tests/kit/` and `spec-tests/vectors/`; a test holds it to',
    'them. How to test another implementation: [conformance-interface.md](conformance-interface.md),',
    '[conformance-adapters.md](conformance-adapters.md).\n',
    '## Documents\n',
    'One row of the catalogue for every normative sentence and every numbered step. A tested MUST or step has a positive',
    'test (the demand is met) and a negative one (its violation is noticed, refused or not done). A complete run of the',
    'tests fails when a row claims a test that does not exist or did not pass.\n',
    ...documentTable(catalogue),
    '\n## Vectors\n',
    'Published with the package as `pathsec/vectors/FILE`; their form is described by `pathsec/vectors/schema.json` and in',
    '[conformance-interface.md](conformance-interface.md).\n',
    ...table(
      ['file', 'cases', 'about'],
      files.map(([name, { count, title }]) => [`\`${name}\``, String(count), title]),
    ),
    '\n## Known mistakes\n',
    'For each there is a mutant in `spec-tests/kit/`, a whole implementation with this one mistake; the tests point the',
    'runner at every mutant and it has to name it. *first* is a case whose answer gives it away, one made\nfor it where there is one; *cases* says how many do.\n',
    ...mistakeTable(files.map(([, file]) => file)),
    '\n## Runs on real implementations\n',
    'In November 2026 the first edition of the kit was run on six projects that nobody here wrote: libraries behind adapters of',
    'ours, BIRD as a running daemon. It found faults in five. In the ASPA, ROV and BGPsec signature cases no expected answer was',
    'wrong. Of six mistakes that were said to be those of a project, two were: a project is named to users since then only where',
    'the mutant was seen to answer as its code does. What was named rightly, named wrongly or missed, and what there is for it',
    'since; the behaviour of each is a small program in `spec-tests/conformance/small-programs.test.ts` or a mutant.\n',
    ...table(
      ['code', 'outcome', 'since'],
      RUNS.map(({ code, outcome, since }) => [code, outcome, since]),
    ),
    ...catalogue.flatMap(rowsOf),
  ]
    .join('\n')
    .concat('\n');
}

function documentTable(catalogue: readonly RequirementFile[]): string[] {
  const row = ({ document, rows }: RequirementFile): string[] => {
    const having = (status: Requirement['status']): string =>
      String(rows.filter((each) => each.status === status).length);
    const tests = new Set(rows.flatMap(claimsOf));
    const counts = [having('tested'), having('not-our-role'), having('deviation'), String(tests.size)];
    return [`[${document.title}](#${anchor(document.title)})`, String(rows.length), ...counts];
  };
  return table(
    ['document', 'rows', 'tested', 'not our role', 'deviation', 'tests named'],
    catalogue.map(row),
  );
}

function mistakeTable(files: readonly VectorFile[]): string[] {
  const cases = files.flatMap(({ groups }) => groups.flatMap((group) => group.cases));
  const rows = new Map<string, string[]>();
  for (const { notes, suite } of files) {
    for (const [id, { kind, seenIn = '', text }] of Object.entries(notes)) {
      if (kind !== 'mistake' || rows.has(id)) continue;
      const first = firstKillingVector(files, id);
      const count = cases.filter(({ mistakes }) => mistakes?.[id] !== undefined).length;
      rows.set(id, [suite, id, text, first === undefined ? '' : `\`${first.id}\``, String(count), seenIn]);
    }
  }
  return table(['suite', 'id', 'an implementation that', 'first', 'cases', 'known from'], [...rows.values()]);
}

function rowsOf({ document, rows }: RequirementFile): string[] {
  const cells = rows.map((row) => [
    `\`${row.id.slice(document.id.length + 1)}\``,
    row.level,
    row.role,
    row.text,
    proof(row),
  ]);
  return [
    `\n## ${document.title}\n`,
    `Ids begin with \`${document.id}:\`.${document.file === undefined ? NO_TEXT : ''}\n`,
    ...table(['id', 'level', 'binds', 'demand', 'tests, or why none'], cells),
  ];
}

function proof({ link, negative = [], positive = [], reason = '', status }: Requirement): string {
  const vectors = [...new Set([...positive, ...negative])].filter((claim) => claim.startsWith('vector:'));
  const shown = vectors.slice(0, 3).map((claim) => `\`${claim.slice('vector:'.length)}\``);
  const more = vectors.length > 3 ? ` and ${vectors.length - 3} more` : '';
  const tests = `${positive.length} + ${negative.length}${shown.length > 0 ? `: ${shown.join(', ')}${more}` : ''}`;
  if (status === 'tested') return tests;
  if (status === 'not-our-role') return `not our role: ${reason}`;
  return `deviation: ${reason} ([decision](${(link ?? '').replace('docs/', '')}))`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}
