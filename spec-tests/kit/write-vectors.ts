import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Suite, VectorCase, VectorFile, VectorGroup } from '../../src/conformance/vector.js';
import { readCatalogue } from './catalogue.js';
import { readCitations } from './citation.js';
import { withRevision } from './drafts.js';
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

function requirementRows(): ReadonlyMap<string, Row> {
  return new Map(
    readCatalogue().flatMap(({ document, rows }) =>
      rows.map(({ id, level, role, section, text }) => [
        id,
        { section: `${document.title} §${section}`, level, role, text },
      ]),
    ),
  );
}

function complete({ groups, name, ...draft }: VectorDraft, rows: ReadonlyMap<string, Row>): VectorFile {
  const named = new Map<string, Row>();
  const filled = groups.map((group) => ({
    ...group,
    cases: group.cases.map(({ requirements: citations = [], ...vector }) => {
      const { ids, violated } = readCitations(citations);
      const unknown = [...ids].filter((id) => !rows.has(id));
      if (unknown.length > 0)
        throw new Error(`${vector.id} cites ${unknown.join(', ')}: no such requirement`);
      const own = [...rows].filter(([id]) => ids.has(id));
      for (const [id, row] of own) named.set(id, row);
      const requirements = own.map(([id]) => id);
      const broken = requirements.filter((id) => violated.has(id));
      return ordered({
        ...vector,
        sections: vector.sections.map(withRevision),
        ...(requirements.length > 0 && { requirements }),
        ...(broken.length > 0 && { violated: broken }),
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
    source: source.map(withRevision),
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
