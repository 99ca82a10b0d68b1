import { bandedRatios } from './bands.js';
import { UNITS } from './measure/calibration.js';
import type { StudyResults } from './results.js';

/** All samples of a run, one a line: task, scheme, parameter, round, value, unit. Rounds of all processes are counted on. */
export function samplesCsv(results: StudyResults): string {
  const lines = ['task,scheme,parameter,round,value,unit'];
  const add = (...fields: readonly (string | number)[]): void => {
    lines.push(fields.map(field).join(','));
  };
  for (const task of Object.values(results.tasks)) {
    for (const { scheme, parameter, cpu, wall, ...units } of task?.cells ?? []) {
      for (const [round, value] of cpu.entries()) {
        add(task.task, scheme, parameter, round, value, 'ms CPU');
        add(task.task, scheme, parameter, round, wall[round] ?? Number.NaN, 'ms wall');
        for (const unit of UNITS) {
          add(
            task.task,
            scheme,
            parameter,
            round,
            units[unit][round] ?? Number.NaN,
            `ms CPU of ${unit} beside it`,
          );
        }
      }
    }
  }
  for (const { scheme, routes, process, heapAndExternal, payload, arrays } of results.tasks.memory?.facts
    .samples ?? []) {
    add('memory', scheme, routes, process, heapAndExternal, 'octets of heap and external memory');
    add('memory', scheme, routes, process, payload, 'octets of payload');
    add('memory', scheme, routes, process, arrays, 'octets of arrays');
  }
  for (const { table, count, process, octets } of results.tasks.payloadMemory?.facts.samples ?? []) {
    add('payloadMemory', table, count, process, octets, 'octets of heap and external memory');
  }
  for (const { length, unsigned, ecdsaMean, aggregate, computed } of results.tasks.octets?.facts.rows ?? []) {
    const all = {
      unsigned,
      'BGPsec, ECDSA (mean)': ecdsaMean,
      'PLAIN, CHAIN (encoded)': aggregate,
      ...computed,
    };
    for (const [scheme, value] of Object.entries(all)) add('octets', scheme, length, 0, value, 'octets');
  }
  return `${lines.join('\n')}\n`;
}

/** Every ratio of a run with the band in which another run has to find it. */
export function ratiosCsv(results: StudyResults): string {
  const rows = bandedRatios(results).map(({ task, scheme, parameter, to, median, low, high }) =>
    [task, scheme, parameter, to, median, low, high].map(field).join(','),
  );
  return `${['task,scheme,parameter,divided by,median,low,high', ...rows].join('\n')}\n`;
}

/** A number with six digits; a text in quotes where it has to be (RFC 4180 section 2). */
export function field(value: string | number): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(6)));
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
