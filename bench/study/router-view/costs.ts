import type { StudyCosts } from 'pathsec/cost';
import { othersWhileTimed } from '../report/run-sections.js';
import type { StudyResults } from '../results.js';
import { protectionsOf } from './protections.js';

const DIGITS = 4;

/** {@link StudyCosts} of a run, for who asks the model with other assumptions: the playground. */
export function studyCosts(results: StudyResults): StudyCosts {
  const { commit, config, date, machine } = results;
  const { cores, cpu, node, openssl } = machine;
  const costs: StudyCosts = {
    format: 'pathsec/study-costs/1',
    mode: config.mode,
    date: date.slice(0, 10),
    commit,
    machine: { cpu, cores, node, openssl },
    others: othersWhileTimed(results),
    protections: protectionsOf(results, config.routerView?.table),
  };
  return JSON.parse(costsText(costs)) as StudyCosts;
}

/** The file of them. */
export function costsText(costs: StudyCosts): string {
  const text = JSON.stringify(
    costs,
    (_name, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(DIGITS)) : value),
    1,
  );
  return `${text}\n`;
}
