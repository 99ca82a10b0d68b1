import { readdirSync, readFileSync } from 'node:fs';
import { type Requirement, type RequirementFile, readCatalogue } from '../spec-tests/kit/catalogue.js';
import { readCitedTests } from '../spec-tests/kit/cited-tests.js';
import { DRAFTS, numberedName } from '../spec-tests/kit/drafts.js';
import { type Evidence, evidenceOf } from '../spec-tests/kit/evidence.js';
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
  const ids = new Set(catalogue.flatMap(({ rows }) => rows.map(({ id }) => id)));
  const evidence = evidenceOf(
    readCitedTests(ids).cited,
    files.map(([, file]) => file),
  );
  return [
    '# Conformance\n',
    'Written by `npm run make-conformance` from `spec-tests/kit/` and `spec-tests/vectors/`; a test holds it to',
    'them. How to test another implementation: [conformance-interface.md](conformance-interface.md),',
    '[conformance-adapters.md](conformance-adapters.md).\n',
    '## Documents\n',
    'One row of the catalogue for every normative sentence and every numbered step. Tests and vector cases name the ids of the',
    'rows that they show; what a row says of them is gathered from there. A tested MUST or step is shown *met* by some and',
    '*violated* by others (its violation is noticed, refused or not done); the counts of both stand in this order, before the',
    'test files and the first vector cases. Searching the repository for an id finds all of them.\n',
    ...documentTable(catalogue, evidence),
    '\n## Internet-Drafts\n',
    'Code and documents cite drafts without their numbers; these are the revisions that are followed. The numbers stand in',
    '`docs/drafts.json` and nowhere else.\n',
    ...draftTable(),
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
    ...catalogue.flatMap((file) => rowsOf(file, evidence)),
  ]
    .join('\n')
    .concat('\n');
}

function documentTable(catalogue: readonly RequirementFile[], evidence: (id: string) => Evidence): string[] {
  const row = ({ document, rows }: RequirementFile): string[] => {
    const having = (status: Requirement['status']): string =>
      String(rows.filter((each) => each.status === status).length);
    const shown = rows.map(({ id }) => evidence(id));
    const tests = new Set(shown.flatMap((each) => each.tests.map(({ file, title }) => `${file} ${title}`)));
    const cases = new Set(shown.flatMap((each) => each.cases.map(({ id }) => id)));
    return [
      `[${document.title}](#${anchor(document.title)})`,
      String(rows.length),
      ...(['tested', 'not-our-role', 'deviation'] as const).map(having),
      String(tests.size),
      String(cases.size),
    ];
  };
  return table(
    ['document', 'rows', 'tested', 'not our role', 'deviation', 'tests', 'vector cases'],
    catalogue.map(row),
  );
}

function draftTable(): string[] {
  return table(
    ['cited as', 'followed', 'newer', 'note'],
    DRAFTS.map((draft) => [draft.short, numberedName(draft), draft.newer ?? '', draft.note ?? '']),
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

function rowsOf({ document, rows }: RequirementFile, evidence: (id: string) => Evidence): string[] {
  const cells = rows.map((row) => [
    `\`${row.id.slice(document.id.length + 1)}\``,
    row.level,
    row.role,
    row.text,
    proof(row, evidence(row.id)),
  ]);
  return [
    `\n## ${document.title}\n`,
    `Ids begin with \`${document.id}:\`.${document.file === undefined ? NO_TEXT : ''}${noteOf(document)}\n`,
    ...table(['id', 'level', 'binds', 'demand', 'met + violated, or why not tested'], cells),
  ];
}

function noteOf({ note }: RequirementFile['document']): string {
  return note === undefined ? '' : ` Followed ${note}.`;
}

function proof({ link, reason = '', status }: Requirement, evidence: Evidence): string {
  if (status === 'not-our-role') return `not our role: ${reason}`;
  const shown = shownBy(evidence);
  if (status === 'tested') return shown;
  const decided = `deviation: ${reason} ([decision](${(link ?? '').replace('docs/', '')}))`;
  return evidence.positive + evidence.negative === 0 ? decided : `${decided}; ${shown}`;
}

function shownBy({ cases, negative, positive, tests }: Evidence): string {
  const files = new Set(tests.map(({ file }) => `spec-tests/${file}`));
  const names = [...files, ...cases.slice(0, 3).map(({ id }) => id)].map((name) => `\`${name}\``);
  const more = cases.length > 3 ? ` and ${cases.length - 3} more` : '';
  return `${positive} + ${negative}: ${names.join(', ')}${more}`;
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
