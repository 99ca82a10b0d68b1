import { readFileSync } from 'node:fs';
import { routerView, type StudyCosts } from 'pathsec/cost';
import { describe, expect, it } from 'vitest';
import type { StudyResults } from '../../bench/study/results.js';
import { costsText, studyCosts } from '../../bench/study/router-view/costs.js';
import { routerViewOf } from '../../bench/study/router-view/section.js';

const read = (name: string): string =>
  readFileSync(new URL(`../../bench/results/${name}`, import.meta.url), 'utf8');
const results = JSON.parse(read('study-quick.json')) as StudyResults;

describe('the costs that the playground knows', () => {
  const text = read('study-quick-costs.json');
  const costs = JSON.parse(text) as StudyCosts;

  it('are those of the published study (npx tsx scripts/study-costs.ts writes them anew)', () => {
    expect(text).toBe(costsText(studyCosts(results)));
  });

  it('give what the page of the study says, with its assumptions', () => {
    const { assumptions, rows } = routerViewOf(results);
    const own = routerView(assumptions, costs.protections);
    expect(own).toHaveLength(rows.length);
    own.forEach(({ protection, startUp }, i) => {
      const other = rows[i];
      expect(protection.scheme).toBe(other?.protection.scheme);
      expect(startUp.octets).toBeCloseTo(other?.startUp.octets ?? Number.NaN, -6);
      const [mine, theirs] = [startUp.coreSeconds?.median, other?.startUp.coreSeconds?.median];
      if (mine === undefined || theirs === undefined) expect(mine).toBe(theirs);
      else expect(Math.abs(mine / theirs - 1)).toBeLessThan(1e-3);
    });
  });

  it('have memory where a store of the scheme was measured, with the keys of all ASes', () => {
    const memory = new Map(costs.protections.map((one) => [one.scheme, one.memory]));
    expect(memory.get('BGPsec')?.perRoute).toBeGreaterThan(283);
    expect(memory.get('BGPsec')?.tables).toBeGreaterThan(80_000 * 111);
    expect(memory.get('BGPsec with ML-DSA-44')?.tables).toBeGreaterThan(80_000 * 1312);
    expect(memory.get('PLAIN')?.perRoute).toBeLessThan(100);
    expect(memory.get('origin validation')?.perRoute).toBe(0);
    expect(memory.get('BGPsec with SLH-DSA-128s')).toBeUndefined();
    expect(memory.get('PLAIN, 96-octet signatures')).toBeUndefined();
  });
});
