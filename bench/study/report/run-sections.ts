import { selfChecks } from '../checks.js';
import type { StudyResults } from '../results.js';
import type { TaskName } from '../tasks/names.js';
import { calibrationText } from './cost-sections.js';
import { num, table, withSpread } from './format.js';

/** With what and where the run was made. */
export function runTable(results: StudyResults): string {
  const { machine, config, inputs, date, commit } = results;
  const tasks = Object.values(results.tasks).filter((task) => task !== undefined);
  const loads = tasks.map(({ loadBefore }) => loadBefore);
  const others = tasks.map((task) => task.others);
  const seconds = tasks.reduce((sum, task) => sum + task.seconds, 0);
  const plan = ({ processes, rounds, discard }: typeof config.rounds): string =>
    `${processes} processes of ${rounds} rounds, after ${discard} discarded`;
  const rows = [
    ['mode, seed', `${config.mode}, ${config.seed}`],
    ['date, commit', `${date}, ${commit}`],
    ['machine', `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB`],
    ['Node, V8, OpenSSL', `${machine.node}, ${machine.v8}, ${machine.openssl}`],
    [
      'packages',
      Object.entries(machine.versions)
        .map((entry) => entry.join(' '))
        .join(', '),
    ],
    [
      'inputs',
      inputs.tables
        .map(
          ({ name, routes, withdrawals }) =>
            `${name}: ${num(routes)} routes, ${num(withdrawals)} withdrawals`,
        )
        .join('; '),
    ],
    [
      'payloads',
      inputs.payloads === undefined
        ? 'made from each table: a VRP for every second prefix, 20,000 ASPAs'
        : `${num(inputs.payloads.vrps)} VRPs, ${num(inputs.payloads.aspas)} ASPAs`,
    ],
    ['rounds', `${plan(config.rounds)}; batches ${plan(config.batchRounds)}`],
    ['calibration', calibrationText(results)],
    ['load average before the tasks', `${num(Math.min(...loads))} to ${num(Math.max(...loads))}`],
    ['cores that others kept busy', `${num(Math.min(...others))} to ${num(Math.max(...others))}`],
    ['duration', `${num(seconds)} s`],
  ];
  return table(['', ''], rows);
}

/** What these tasks find are octets and verdicts, which no other program changes. */
const TIMELESS: readonly TaskName[] = ['octets', 'agreement', 'memory', 'payloadMemory'];

/** Cores that other programs kept busy while times were taken, in the task in which it was most. */
export function othersWhileTimed({ tasks }: StudyResults): number {
  const timed = Object.values(tasks).filter((task) => task !== undefined && !TIMELESS.includes(task.task));
  return Math.max(0, ...timed.map(({ others }) => others));
}

/** Load above half a core of each is no state to measure times in. */
function isLoaded(results: StudyResults): boolean {
  return othersWhileTimed(results) > results.machine.cores / 2;
}

/** What the run says of itself. */
export function disturbances(results: StudyResults): string {
  const all = selfChecks(results);
  // One round has no spread by which to judge.
  const checks = all.filter(({ ratio }) => ratio.count > 1);
  const failed = checks.filter(({ disturbed }) => disturbed);
  const verdict =
    failed.length > 0
      ? `**This run was disturbed**: ${failed.length} of ${checks.length} of its checks of itself failed.`
      : checks.length === 0
        ? 'This run has too few rounds to check itself.'
        : `All ${checks.length} checks of the run itself held.`;
  const load = isLoaded(results)
    ? ' **Other programs kept the machine busy** by more than half a core of each while times were taken: take ratios with their bands, and no time in seconds.'
    : '';
  const rows = all.map(({ what, parameter, ratio, disturbed }) => [
    what,
    String(parameter),
    withSpread(ratio),
    ratio.count < 2 ? 'not checked' : disturbed ? '**disturbed**' : 'held',
  ]);
  const rest =
    'What cannot depend on a parameter must not: origin validation does not see the path, and one by one a bad route costs ' +
    'what a good one costs. A check fails where all rounds lie on one side of 1 and their median is off by more than a tenth.';
  return `${verdict}${load}\n\n${rest}\n\n${table(['what cannot depend on it', 'at', 'ratio (quartiles)', ''], rows)}`;
}
