import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Suite, VectorCase, VectorFile, VectorGroup } from '../../src/conformance/vector.js';
import { claimsOf, readCatalogue } from './catalogue.js';

/** What a generator of vectors hands over; counts and requirements are filled in when the file is written. */
export interface VectorDraft {
  /** File name without extension, such as `bgpsec-receive`. */
  readonly name: string;
  readonly suite: Suite;
  readonly title: string;
  readonly source: readonly string[];
  readonly notes: VectorFile['notes'];
  readonly groups: readonly VectorGroup[];
}

/**
 * Version of the whole set: the edition of the kit, then a number that rises when a published answer changes, then one that
 * rises when cases are added or taken away.
 */
const SET_VERSION = '2.0.0';

const FOLDER = fileURLToPath(new URL('../vectors/', import.meta.url));

/** The files of drafts, as text by name. Cases learn here which rows of the requirement catalogue name them. */
export function vectorFiles(drafts: readonly VectorDraft[]): Map<string, string> {
  const rows = requirementsByCase();
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
type RequirementsByCase = ReadonlyMap<string, (Row & { readonly id: string })[]>;

function requirementsByCase(): RequirementsByCase {
  const found = new Map<string, (Row & { readonly id: string })[]>();
  for (const { document, rows } of readCatalogue()) {
    for (const row of rows) {
      for (const claim of new Set(claimsOf(row))) {
        if (!claim.startsWith('vector:')) continue;
        const id = claim.slice('vector:'.length);
        const section = `${document.title} §${row.section}`;
        const { level, role, text } = row;
        found.set(id, [...(found.get(id) ?? []), { id: row.id, section, level, role, text }]);
      }
    }
  }
  return found;
}

function complete({ groups, name, ...draft }: VectorDraft, rows: RequirementsByCase): VectorFile {
  const named = new Map<string, Row>();
  const filled = groups.map((group) => ({
    ...group,
    cases: group.cases.map((vector) => {
      const own = rows.get(vector.id) ?? [];
      for (const { id, ...row } of own) named.set(id, row);
      return ordered(own.length === 0 ? vector : { ...vector, requirements: own.map(({ id }) => id) });
    }),
  }));
  const { notes, source, suite, title } = draft;
  const count = filled.reduce((sum, { cases }) => sum + cases.length, 0);
  const requirements = Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    format: 'pathsec-vectors/1',
    version: SET_VERSION,
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
  const { acceptable, detail, expected, flags, id, input, mistakes, requirements, sections, title } = vector;
  return {
    id,
    title,
    sections,
    ...(requirements === undefined ? {} : { requirements }),
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
