import { readdirSync, readFileSync } from 'node:fs';
import { type Outcome, outcomesOf, readScenario, simulate } from 'pathsec/simulate';
import { describe, expect, it } from 'vitest';
import { describeShared, shared } from '../support.js';
import { literally } from './literal.js';

const FOLDER = new URL('../../docs/incidents/', import.meta.url);
const page = readFileSync(new URL('README.md', FOLDER), 'utf8');

/** The rows of the page: file, and whose traffic ends at the attacker, at the victim, nowhere. */
const ROWS = [...page.matchAll(/^\| \[[^\]]+\]\(([^)]+)\) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
  ([, file = '', ...cells]) => ({ file, ends: cells.map((cell) => asnsOf(cell)) }),
);

function asnsOf(cell: string): number[] {
  return cell === '–' ? [] : cell.split(' ').map(Number);
}

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));

/** Whose traffic ends where, by the engine, and by the literal reading. */
function endsOf(json: unknown): { fast: Record<string, Outcome>; literal: unknown } {
  const scenario = readScenario(json);
  const simulation = simulate(scenario);
  const { asns } = simulation.topology;
  const fast = Object.fromEntries(outcomesOf(simulation).map((outcome, i) => [String(asns[i]), outcome]));
  return { fast, literal: literally(scenario)?.outcome };
}

describe('docs/incidents', () => {
  it('has a row for each file', () => {
    const files = readdirSync(FOLDER, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => readdirSync(new URL(name, FOLDER)).map((file) => `${name}/${file}`));
    expect(ROWS.map(({ file }) => file).sort()).toEqual(files.sort());
    expect(files.length).toBe(86);
  });

  it.each(ROWS)('$file', ({ file, ends }) => {
    const json = read(file);
    const { fast, literal } = endsOf(json);
    const { attackers, victims } = readScenario(json);
    const others = Object.keys(fast).filter((asn) => ![...attackers, ...victims].includes(Number(asn)));
    const there = (outcome: Outcome): number[] => others.filter((asn) => fast[asn] === outcome).map(Number);
    expect([there('attacker'), there('victim'), there('disconnected'), there('loop')]).toEqual([...ends, []]);
    expect(literal).toEqual(fast);
  });
});

interface Variant {
  readonly rows: readonly {
    readonly scenario: unknown;
    readonly outcome: Readonly<Partial<Record<Outcome, readonly number[]>>>;
  }[];
}

describeShared('the incidents of the folder of real data', () => {
  const variants = JSON.parse(readFileSync(shared('cases/2026-11/incidents.json'), 'utf8')) as Variant[];
  const rows = variants.flatMap((variant) => variant.rows);

  it('end as they should', () => {
    for (const { scenario, outcome } of rows) {
      const expected = Object.entries(outcome).flatMap(([name, asns]) =>
        asns.map((asn) => [String(asn), name]),
      );
      expect(endsOf(scenario).fast).toEqual(Object.fromEntries(expected));
    }
    expect([variants.length, rows.length]).toEqual([13, 86]);
  });

  it('are the files of docs/incidents, in their order', () => {
    expect(ROWS.map(({ file }) => readScenario(read(file)))).toEqual(
      rows.map(({ scenario }) => readScenario(scenario)),
    );
  });
});
