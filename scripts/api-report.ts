import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** A name that a door exports, with its declaration as TypeScript writes it into a `.d.ts` file, without comments. */
interface Declared {
  readonly name: string;
  readonly kind: 'function' | 'class' | 'value' | 'type';
  readonly text: string;
}

/**
 * The reports of the public surface, by file name: for each door of package.json the names that it exports with their
 * declarations. They are made from the built package, because that is what users compile against.
 */
export function apiReports(): Map<string, string> {
  const { exports } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as {
    exports: Record<string, string | { types: string }>;
  };
  const reports = new Map<string, string>();
  const doorOf = new Map<string, string>();
  for (const [subpath, target] of Object.entries(exports)) {
    if (typeof target === 'string') continue;
    const door = `pathsec${subpath.slice(1)}`;
    const file = `${subpath === '.' ? 'root' : subpath.slice(2)}.md`;
    const alias = doorOf.get(target.types);
    const text =
      alias === undefined ? report(door, target.types) : `# ${door}\n\nAn alias of \`${alias}\`.\n`;
    reports.set(file, text);
    doorOf.set(target.types, door);
  }
  return reports;
}

function report(door: string, types: string): string {
  const names = exportsOf(join(ROOT, types));
  const lines = [`# ${door}`, '', 'Written by `npm run api`; a test compares it with the code.'];
  // The root shows the names alone: their declarations stand at the doors of the rooms.
  if (door === 'pathsec') {
    lines.push('', ...names.map(({ kind, name }) => `- \`${name}\` (${kind})`), '');
    return lines.join('\n');
  }
  const titles = { function: 'Functions', class: 'Classes', value: 'Values', type: 'Types' } as const;
  for (const [kind, title] of Object.entries(titles)) {
    const own = names.filter((one) => one.kind === kind);
    if (own.length === 0) continue;
    lines.push('', `## ${title} (${own.length})`, '', '```typescript', ...own.map(({ text }) => text), '```');
  }
  return `${lines.join('\n')}\n`;
}

/** The names that a `.d.ts` file exports, sorted, wherever they are declared. */
function exportsOf(file: string): Declared[] {
  const found = new Map<string, Declared>();
  for (const statement of parse(file).statements) {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause } = statement;
      if (exportClause === undefined || !ts.isNamedExports(exportClause))
        throw new Error(`${file}: export *`);
      for (const { name, propertyName } of exportClause.elements) {
        const from = (propertyName ?? name).text;
        const source = statement.moduleSpecifier;
        const declared =
          source && ts.isStringLiteral(source)
            ? declaration(target(file, source.text), from)
            : declaration(file, from);
        found.set(name.text, { ...declared, name: name.text });
      }
    } else
      for (const name of namesOf(statement))
        if (isExported(statement)) found.set(name, declaration(file, name));
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The declaration of a name in a file, or in the file that it comes from. */
function declaration(file: string, name: string): Declared {
  const source = parse(file);
  const own = source.statements.filter((statement) => namesOf(statement).includes(name));
  const [first] = own;
  if (first !== undefined)
    return { name, kind: kindOf(first), text: own.map((one) => print(one, source)).join('\n') };
  for (const statement of source.statements) {
    const clause = ts.isExportDeclaration(statement)
      ? statement.exportClause
      : ts.isImportDeclaration(statement)
        ? statement.importClause?.namedBindings
        : undefined;
    if (clause === undefined || !(ts.isNamedExports(clause) || ts.isNamedImports(clause))) continue;
    const element = clause.elements.find((one) => one.name.text === name);
    const from = (statement as ts.ExportDeclaration | ts.ImportDeclaration).moduleSpecifier;
    if (element === undefined || from === undefined || !ts.isStringLiteral(from)) continue;
    return declaration(target(file, from.text), (element.propertyName ?? element.name).text);
  }
  throw new Error(`${file} does not declare ${name}`);
}

const target = (file: string, specifier: string): string =>
  join(dirname(file), specifier.replace(/\.js$/, '.d.ts'));

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => (ts.isIdentifier(name) ? name.text : ''));
  }
  const named =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return named && statement.name ? [statement.name.text] : [];
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function kindOf(statement: ts.Statement): Declared['kind'] {
  if (ts.isFunctionDeclaration(statement)) return 'function';
  if (ts.isClassDeclaration(statement)) return 'class';
  return ts.isVariableStatement(statement) || ts.isEnumDeclaration(statement) ? 'value' : 'type';
}

const printer = ts.createPrinter({ removeComments: true });
function print(statement: ts.Statement, source: ts.SourceFile): string {
  const text = printer.printNode(ts.EmitHint.Unspecified, statement, source);
  return text.replace(/^(export )?(declare )?/, '');
}

const parsed = new Map<string, ts.SourceFile>();
function parse(file: string): ts.SourceFile {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
  parsed.set(file, source);
  return source;
}
