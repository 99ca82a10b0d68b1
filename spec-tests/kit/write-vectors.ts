import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Suite, VectorCase, VectorFile, VectorGroup } from '../../src/conformance/vector.js';
import { claimsOf, readCatalogue } from './catalogue.js';
import { readCitations } from './citation.js';
import { readSetVersion } from './set-version.js';

/**
 * What a generator of vectors hands over. The `requirements` of its cases are citations (`citation.ts`); counts and the rows of
 * the catalogue are filled in when the file is written.
 */
export interface VectorDraft {
  /** File name without extension, such as `bgpsec-receive`. */
  readonly name: string;
  readonly suite: Suite;
  readonly title: string;
  readonly source: readonly string[];
  readonly notes: VectorFile['notes'];
  readonly groups: readonly VectorGroup[];
}

const FOLDER = fileURLToPath(new URL('../vectors/', import.meta.url));

/** The files of drafts, as text by name. Cases learn here which rows of the requirement catalogue name them. */
export function vectorFiles(drafts: readonly VectorDraft[]): Map<string, string> {
  const rows = requirementRows();
  return new Map(drafts.map((draft) => [`${draft.name}.json`, format(complete(draft, rows))]));
}

/** Makes the folder of vectors hold exactly these files; says which changed. */
export function writeVectorFiles(files: ReadonlyMap<string, string>): string[] {
  mkdirSync(FOLDER, { recursive: true });
  const changed: string[] = [];
  for (const name of readdirSync(FOLDER)) {
    if (name === 'schema.json' || files.has(name)) continue;
    rmSync(FOLDER + name);
    changed.push(`${name} removed`);
  }
  for (const [name, text] of files) {
    if (readText(FOLDER + name) === text) continue;
    writeFileSync(FOLDER + name, text);
    changed.push(name);
  }
  return changed;
}

type Row = NonNullable<VectorFile['requirements']>[string];

/** A row of the catalogue, with the cases that it claims by itself: those of suites whose generators do not cite yet. */
type Claimed = Row & {
  readonly id: string;
  readonly cases: ReadonlySet<string>;
  readonly breaking: ReadonlySet<string>;
};

function requirementRows(): ReadonlyMap<string, Claimed> {
  const cases = (claims: readonly string[]): Set<string> =>
    new Set(claims.filter((claim) => claim.startsWith('vector:')).map((claim) => claim.slice(7)));
  return new Map(
    readCatalogue().flatMap(({ document, rows }) =>
      rows.map((row) => {
        const { id, level, negative = [], role, text } = row;
        const section = `${document.title} §${row.section}`;
        return [
          id,
          { id, section, level, role, text, cases: cases(claimsOf(row)), breaking: cases(negative) },
        ];
      }),
    ),
  );
}

function complete({ groups, name, ...draft }: VectorDraft, rows: ReadonlyMap<string, Claimed>): VectorFile {
  const named = new Map<string, Row>();
  const filled = groups.map((group) => ({
    ...group,
    cases: group.cases.map(({ requirements: citations = [], ...vector }) => {
      const { ids, violated } = readCitations(citations);
      const own = [...rows.values()].filter(({ id, cases }) => ids.has(id) || cases.has(vector.id));
      const unknown = [...ids].filter((id) => !rows.has(id));
      if (unknown.length > 0)
        throw new Error(`${vector.id} cites ${unknown.join(', ')}: no such requirement`);
      for (const { breaking, cases, id, ...row } of own) named.set(id, row);
      const broken = own.filter(({ id, breaking }) => violated.has(id) || breaking.has(vector.id));
      return ordered({
        ...vector,
        ...(own.length > 0 && { requirements: own.map(({ id }) => id) }),
        ...(broken.length > 0 && { violated: broken.map(({ id }) => id) }),
      });
    }),
  }));
  const { notes, source, suite, title } = draft;
  const count = filled.reduce((sum, { cases }) => sum + cases.length, 0);
  const requirements = Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    format: 'pathsec-vectors/1',
    version: readSetVersion().version,
    license: 'MIT',
    suite,
    title,
    generator: `scripts/make-vectors.ts (${name})`,
    source,
    count,
    notes,
    ...(named.size === 0 ? {} : { requirements }),
    groups: filled,
  };
}

/** The members of a case in one order in all files. */
function ordered(vector: VectorCase): VectorCase {
  const {
    acceptable,
    detail,
    expected,
    flags,
    id,
    input,
    mistakes,
    requirements,
    sections,
    title,
    violated,
  } = vector;
  return {
    id,
    title,
    sections,
    ...(requirements === undefined ? {} : { requirements }),
    ...(violated === undefined ? {} : { violated }),
    flags,
    input,
    expected,
    ...(acceptable === undefined ? {} : { acceptable }),
    ...(detail === undefined ? {} : { detail }),
    ...(mistakes === undefined || Object.keys(mistakes).length === 0 ? {} : { mistakes }),
  };
}

/** JSON with one line for each note, requirement and case. */
function format({ groups, notes, requirements, ...head }: VectorFile): string {
  const one = (value: unknown): string => JSON.stringify(value);
  const members = Object.entries(head).map(([key, value]) => ` ${one(key)}: ${one(value)}`);
  const table = (name: string, rows: object): string =>
    ` ${one(name)}: {\n${Object.entries(rows)
      .map(([key, value]) => `  ${one(key)}: ${one(value)}`)
      .join(',\n')}\n }`;
  members.push(Object.keys(notes).length === 0 ? ' "notes": {}' : table('notes', notes));
  if (requirements !== undefined) members.push(table('requirements', requirements));
  const group = ({ cases, shared, title }: VectorGroup): string => {
    const own = [
      `   "title": ${one(title)}`,
      ...(shared === undefined ? [] : [`   "shared": ${one(shared)}`]),
    ];
    const rows = cases.map((vector) => `    ${one(vector)}`).join(',\n');
    return `  {\n${[...own, `   "cases": [\n${rows}\n   ]`].join(',\n')}\n  }`;
  };
  members.push(` "groups": [\n${groups.map(group).join(',\n')}\n ]`);
  return `{\n${members.join(',\n')}\n}\n`;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
