import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CURVE_COLUMNS } from 'pathsec/simulate';
import { describe, expect, it } from 'vitest';
import { figuresOf } from '../../bench/simulate-study/figures.js';
import { studyPage } from '../../bench/simulate-study/page.js';
import { ATTACKS, MECHANISMS, type StudyRun } from '../../bench/simulate-study/parts.js';
import { pointsOf } from '../../bench/simulate-study/rows.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string): string => readFileSync(`${root}/${name}`, 'utf8');

describe('docs/simulate-study.md', () => {
  const run = JSON.parse(read('bench/results/simulate-study.json')) as StudyRun;
  const csv = read('bench/results/simulate-study.csv');

  it('is what its results say', () => {
    expect(read('docs/simulate-study.md')).toBe(studyPage(run, csv));
    for (const { file, svg } of figuresOf(csv)) expect(read(`docs/simulate-study/${file}.svg`)).toBe(svg);
  });

  it('shows every figure, and has no other', () => {
    const page = read('docs/simulate-study.md');
    const shown = [...page.matchAll(/\]\((simulate-study\/[^)]+)\)/g)].map(([, file]) => file as string);
    expect(shown.length).toBe(ATTACKS.length + 2);
    expect(shown.every((file) => existsSync(`${root}/docs/${file}`))).toBe(true);
    expect(readdirSync(`${root}/docs/simulate-study`).length).toBe(shown.length);
  });

  it('has every attack against every mechanism, each in as many trials', () => {
    expect(csv.split('\n', 1)[0]).toBe(CURVE_COLUMNS.join(','));
    const points = pointsOf(csv);
    for (const attack of ATTACKS) {
      for (const mechanism of MECHANISMS) {
        const own = points.filter(
          (one) => one.attack === attack && one.mechanism === mechanism && one.order === 'uniform',
        );
        expect(new Set(own.map(({ adopt }) => adopt))).toEqual(new Set([0, 10, 20, 50, 80, 100]));
        expect(own.every(({ trials }) => trials === run.trials)).toBe(true);
      }
    }
  });

  it('says what has to be so', () => {
    const points = pointsOf(csv);
    const mean = (attack: string, mechanism: string, adopt: number, outcome = 'attacker'): number =>
      points.find(
        (one) =>
          one.attack === attack &&
          one.mechanism === mechanism &&
          one.adopt === adopt &&
          one.order === 'uniform' &&
          one.group === 'all' &&
          one.outcome === outcome,
      )?.mean ?? Number.NaN;
    expect(mean('exact', 'rov', 100)).toBe(0);
    expect(mean('exact', 'aspa', 50)).toBe(mean('exact', 'rov', 50));
    expect(mean('forged', 'aspa', 50)).toBeLessThan(mean('forged', 'rov', 50));
    expect(mean('forged', 'rov', 50)).toBe(mean('forged', 'none', 50));
    expect(mean('shortest', 'aspa', 50)).toBeLessThan(mean('shortest', 'rov', 50));
    expect(mean('subprefix', 'rovpp1', 50)).toBeLessThan(mean('subprefix', 'rov', 50));
    for (const leak of ['leak1', 'leak3', 'leak4']) {
      expect(mean(leak, 'otc', 100, 'diverted')).toBe(0);
      expect(mean(leak, 'aspa', 100, 'diverted')).toBe(0);
      expect(mean(leak, 'rov', 100, 'diverted')).toBe(mean(leak, 'none', 100, 'diverted'));
    }
  });
});
