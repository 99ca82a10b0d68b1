import { existsSync, readFileSync } from 'node:fs';

import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { conformancePage } from '../../scripts/conformance-page.js';
import { readVectorFiles } from '../../src/node/vector-files.js';
import { LEVELS, needsBoth, readCatalogue } from '../kit/catalogue.js';
import { readCitedTests } from '../kit/cited-tests.js';
import { evidenceOf } from '../kit/evidence.js';
import { normativeSentences } from '../kit/sentences.js';
import { describeShared, shared } from '../support.js';

const catalogue = readCatalogue();
const rows = catalogue.flatMap((file) => file.rows.map((row) => ({ document: file.document.id, row })));
const root = new URL('../../', import.meta.url);
const vectors = readVectorFiles();
const { cited, problems } = readCitedTests(new Set(rows.map(({ row }) => row.id)));
const evidence = evidenceOf(cited, vectors);

describe('the requirement catalogue', () => {
  it('has its sixteen documents', () => {
    expect(catalogue.map(({ document }) => document.id).sort()).toEqual([
      '8210bis',
      'aspa-28',
      'aspa-egress',
      'aspa-profile',
      'asra-profile',
      'asra-verification',
      'ccr',
      'prefixlist',
      'rfc6811',
      'rfc8205',
      'rfc8206',
      'rfc8209',
      'rfc8608',
      'rfc9234',
      'rfc9286',
      'rfc9582',
    ]);
  });

  it('gives every row an id of its own, made of document, section and name', () => {
    const ids = rows.map(({ row }) => row.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { document, row } of rows) {
      expect(row.id.startsWith(`${document}:${row.section}:`), row.id).toBe(true);
      expect(row.id).toMatch(/^[a-z0-9-]+:[A-Za-z0-9.]+:[a-z0-9-]+$/);
      expect(LEVELS).toContain(row.level);
      expect(row.text.length).toBeGreaterThan(10);
      expect(row.role).toMatch(/^[a-z][a-z -]+$/);
    }
  });

  it('says of a row what is demanded and how we stand to it, and nothing of tests', () => {
    const members = ['id', 'section', 'level', 'text', 'role', 'sentences', 'status', 'reason', 'link'];
    expect(rows.filter(({ row }) => Object.keys(row).some((name) => !members.includes(name)))).toEqual([]);
  });

  it('is cited by tests where it can be read, and where no test can be skipped', () => {
    expect(problems).toEqual([]);
    expect(cited.length).toBeGreaterThan(1000);
  });

  it('is shown met and violated in every tested MUST and step, one of both in every other tested row', () => {
    const lacking = rows.filter(({ row: { id, level, status } }) => {
      const { negative, positive } = evidence(id);
      return (
        status === 'tested' && (positive + negative === 0 || (needsBoth(level) && positive * negative === 0))
      );
    });
    expect(lacking.map(({ row: { id } }) => [id, evidence(id).positive, evidence(id).negative])).toEqual([]);
  });

  it('gives a reason for what is not our role, and a decision for a deviation', () => {
    for (const { row } of rows) {
      if (row.status === 'tested') continue;
      expect(['not-our-role', 'deviation']).toContain(row.status);
      expect(row.reason?.length ?? 0, row.id).toBeGreaterThan(10);
      if (row.status === 'not-our-role') continue;
      const [file, decision] = (row.link ?? '').split('#');
      expect(file, row.id).toMatch(/^docs\/decisions\/[a-z-]+\.md$/);
      expect(readFileSync(new URL(file ?? '', root), 'utf8').toLowerCase()).toContain(`## ${decision}\n`);
    }
  });

  it('has a row for every step that the code numbers, and for no other', () => {
    const source = readFileSync(new URL('src/aspa/draft-28.ts', root), 'utf8');
    const [, union = ''] = /^export type Step = ([\d |]+);/m.exec(source) ?? [];
    const steps = union.split(' | ').map((step) => `step-${step}`);
    expect(steps.length).toBeGreaterThan(5);
    for (const section of ['5.5', '5.6']) {
      const own = rows.filter(({ document, row }) => document === 'aspa-28' && row.section === section);
      const named = own
        .map(({ row }) => row.id.split(':')[2] ?? '')
        .filter((name) => name.startsWith('step-'));
      expect([section, named]).toEqual([section, steps]);
    }
  });

  it('is cited by every vector case', () => {
    const cases = vectors.flatMap(({ groups }) => groups.flatMap((group) => group.cases));
    expect(cases.filter(({ requirements = [] }) => requirements.length === 0).map(({ id }) => id)).toEqual(
      [],
    );
  });

  it('is what docs/conformance.md shows', () => {
    const page = new URL('docs/conformance.md', root);
    expect(existsSync(page)).toBe(true);
    expect(readFileSync(page, 'utf8') === conformancePage(), 'run npm run make-conformance').toBe(true);
  });
});

describeShared('against the texts of the specifications', () => {
  for (const { document, rows: own } of catalogue) {
    const { file } = document;
    if (file === undefined) {
      it(`${document.id}: the text is not at hand, and no row claims a sentence of it`, () => {
        expect(own.flatMap(({ sentences }) => sentences)).toEqual([]);
      });
      continue;
    }
    it(`${document.id}: every normative sentence has a row, and every row its sentence`, () => {
      const text = readFileSync(shared(`specs/${file}`), 'utf8');
      const stated = normativeSentences(text).map(({ hash }) => hash);
      const claimed = new Set(own.flatMap(({ sentences }) => sentences));
      expect(stated.filter((hash) => !claimed.has(hash))).toEqual([]);
      expect([...claimed].filter((hash) => !stated.includes(hash))).toEqual([]);
      expect(stated.length).toBeGreaterThan(5);
    });
  }
});

describe('exported functions of the rooms that follow specifications', () => {
  const rooms = ['bgp', 'rov', 'aspa', 'bgpsec', 'rtr', 'rpki'];
  const doors = rooms.map((room) => new URL(`src/${room}/index.ts`, root).pathname);
  const program = ts.createProgram(doors, {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    noLib: true,
    types: [],
  });
  const checker = program.getTypeChecker();

  it.each(rooms)('%s: each cites a section, a decision, or says NON-SPEC', (room) => {
    const source = program.getSourceFile(new URL(`src/${room}/index.ts`, root).pathname);
    const door = source && checker.getSymbolAtLocation(source);
    const functions = (door ? checker.getExportsOfModule(door) : [])
      .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
      .filter(({ declarations: [first] = [] }) => first !== undefined && isFunction(first));
    const silent = functions.filter((symbol) => {
      const comment = ts.displayPartsToString(symbol.getDocumentationComment(checker));
      const tags = symbol.getJsDocTags(checker).map(({ text }) => ts.displayPartsToString(text));
      return !/§|RFC \d{3,}|NON-SPEC|\bD-[a-z0-9]/.test([comment, ...tags].join('\n'));
    });
    expect(silent.map(({ name }) => name)).toEqual([]);
    expect(functions.length).toBeGreaterThan(4);
  });
});

function isFunction(declaration: ts.Node): boolean {
  if (ts.isFunctionDeclaration(declaration)) return true;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return false;
  return ts.isArrowFunction(declaration.initializer) || ts.isFunctionExpression(declaration.initializer);
}
