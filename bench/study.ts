/**
 * What path security costs: octets, memory, CPU; the aggregate-signature experiment (NON-STANDARD) beside BGPsec, ASPA
 * and origin validation. `npm run study -- --help` has the options, docs/study-method.md says how it measures.
 */
import { compareRuns, comparisonText } from './study/compare.js';
import { finishRun } from './study/finish.js';
import { beginRun, checkResumable, runTasks } from './study/run.js';
import { resultsOf } from './study/run-folder.js';
import { parseCall, type StudyCall } from './study/settings.js';
import { InputError } from './study/usage.js';

try {
  process.exitCode = await perform(parseCall(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

async function perform(call: StudyCall): Promise<number> {
  if (call.kind === 'help') {
    process.stdout.write(call.text);
    return 0;
  }
  if (call.kind === 'compare') {
    const [first, second] = call.folders;
    const [a, b] = [resultsOf(first), resultsOf(second)];
    process.stdout.write(comparisonText(a, b));
    return compareRuns(a, b).agree ? 0 : 1;
  }
  const folder = call.kind === 'measure' ? await beginRun(call.settings, call.out) : call.folder;
  if (call.kind === 'resume') await checkResumable(folder);
  const failed = call.kind === 'report' ? [] : await runTasks(folder);
  if (failed.length > 0) {
    process.stderr.write(`no result of ${failed.join(', ')}; --resume ${folder} tries again\n`);
    return 1;
  }
  await finishRun(folder, call.publish, call.kind === 'report' ? call.routerView : undefined);
  return 0;
}
