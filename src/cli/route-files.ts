import type { InputFacts } from '../audit/index.js';
import type { OnElement } from '../mrt/index.js';
import { type InputSummary, readRoutes } from '../node/input-routes.js';
import type { Io } from './io.js';
import { createProgress } from './progress.js';

/** Reads the routes of files in order, in any form, with a progress display where a person watches. */
export async function readRouteFiles(
  files: readonly string[],
  io: Io,
  onElement: OnElement,
): Promise<InputSummary[]> {
  const progress = await createProgress(io);
  try {
    return await readRoutes(files, onElement, {}, progress?.update);
  } finally {
    progress?.stop();
  }
}

/** What the readers passed over and found damaged, for the report. */
export function inputFacts(inputs: readonly InputSummary[]): Required<InputFacts> {
  const total = (count: (summary: InputSummary['summary']) => number): number =>
    inputs.reduce((sum, { summary }) => sum + count(summary), 0);
  const skipped = [
    { what: 'an MRT type or subtype that is not read', count: total((summary) => summary.skippedRecords) },
    {
      what: 'another address family than IPv4 or IPv6 unicast',
      count: total((summary) => summary.skippedFamilies),
    },
  ];
  return {
    skipped: skipped.filter(({ count }) => count > 0),
    problems: {
      count: total((summary) => summary.problems.count),
      listed: inputs
        .flatMap(({ path, summary }) =>
          summary.problems.first.map(({ code, message, offset }) => ({ code, message, file: path, offset })),
        )
        .slice(0, 100),
    },
  };
}
