// A test runner for Stryker that stays in its process: a mutant costs the time of its tests, not the start of Vitest
// (docs/mutation.md). Each test file is evaluated afresh for each mutant, with the mutant active, so that also code that
// runs while modules load is judged.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createLoader } from './load.mjs';
import { collect } from './test-api.mjs';

/** The tests that judge: those of the rooms under mutation. */
const FOLDERS = ['rov', 'aspa', 'bgpsec'];
globalThis.__stryker__ ??= {};
const stryker = globalThis.__stryker__;

/** What happens while a test file loads, and in its `beforeAll`, stands under this name; all its tests depend on it. */
const LOADING = '(loading)';

const idOf = (file, name) => `${file} > ${name}`;

/** Tests over all states of a path and over very long paths, minutes long under a mutant; what they check, examples check as well. */
const LEFT_OUT = [
  /^aspa\/exhaustive\.test\.ts > /,
  /^aspa\/explanation\.test\.ts > the explanation as text > every drawing marks as many broken hops/,
  /^bgpsec\/received-vectors\.test\.ts > the published UPDATEs > Paths of more than 255 hops/,
  /^aspa\/revisions\.test\.ts > differences of earlier revisions from -28 over all states > /,
];
const isLeftOut = (id) => LEFT_OUT.some((pattern) => pattern.test(id));

function createRunner() {
  let root;
  let testFiles;
  return {
    capabilities: () => ({ reloadEnvironment: true }),

    /** Only now the working directory is the sandbox. */
    init() {
      root = process.cwd();
      testFiles = FOLDERS.flatMap((folder) =>
        readdirSync(`${root}/spec-tests/${folder}`)
          .filter((name) => name.endsWith('.test.ts'))
          .map((name) => `${folder}/${name}`),
      );
      testFiles = quickestFirst(testFiles, `${root}/${DURATIONS}`);
      createLoader(root)(`${root}/spec-tests/setup.ts`);
    },

    async dryRun() {
      stryker.activeMutant = undefined;
      const tests = [];
      const durations = {};
      for (const file of testFiles) {
        for await (const result of runFile(root, file, () => true)) {
          durations[file] = (durations[file] ?? 0) + result.timeSpentMs;
          tests.push({ ...result, fileName: `${root}/spec-tests/${file}` });
        }
      }
      stryker.currentTestId = undefined;
      writeFileSync(`${root}/${DURATIONS}`, JSON.stringify(durations));
      testFiles = quickestFirst(testFiles, `${root}/${DURATIONS}`);
      return { status: 'complete', tests, mutantCoverage: stryker.mutantCoverage };
    },

    async mutantRun({ activeMutant, testFilter, hitLimit, sandboxFileName }) {
      Object.assign(stryker, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
      const wanted = testFilter && new Set(testFilter);
      const room = /\/src\/([a-z]+)\//.exec(sandboxFileName.replaceAll('\\', '/'))?.[1];
      let nrOfTests = 0;
      let failed;
      for (const file of filesFor(testFiles, wanted, room)) {
        const isWanted = (id) => wanted === undefined || wanted.has(idOf(file, LOADING)) || wanted.has(id);
        for await (const result of runFile(root, file, isWanted)) {
          nrOfTests++;
          if (result.status !== STATUS.failed) continue;
          failed = result;
          break;
        }
        if (failed !== undefined) break;
      }
      stryker.activeMutant = undefined;
      if (hitLimit !== undefined && stryker.hitCount > hitLimit) {
        return { status: 'timeout', reason: `Hit limit reached (${stryker.hitCount}/${hitLimit})` };
      }
      if (failed === undefined) return { status: 'survived', nrOfTests };
      return { status: 'killed', killedBy: [failed.id], failureMessage: failed.failureMessage, nrOfTests };
    },
  };
}

/** Written into the sandbox by the first run, for processes that follow one that hung. */
const DURATIONS = '.mutation-durations.json';

function quickestFirst(testFiles, durationsFile) {
  if (!existsSync(durationsFile)) return testFiles;
  const durations = JSON.parse(readFileSync(durationsFile, 'utf8'));
  return testFiles.toSorted((a, b) => durations[a] - durations[b]);
}

const STATUS = { success: 0, failed: 1 };

/** The test files to run, those of the room of the mutant first, because they kill soonest. */
function filesFor(testFiles, wanted, room) {
  const ids = wanted && [...wanted];
  const some = testFiles.filter((file) => ids?.some((id) => id.startsWith(idOf(file, ''))) ?? true);
  const own = (file) => (file.startsWith(`${room}/`) ? 0 : 1);
  return some.sort((a, b) => own(a) - own(b));
}

/** Loads a test file and runs the tests that are wanted, in the order of the file. */
async function* runFile(root, file, isWanted) {
  const loading = idOf(file, LOADING);
  stryker.currentTestId = loading;
  let tests;
  const loaded = await timed(loading, () => {
    tests = collect(() => createLoader(root)(`${root}/spec-tests/${file}`));
  });
  yield loaded;
  if (loaded.status === STATUS.failed) return;
  const prepared = new Set();
  for (const test of tests) {
    const suites = suitesOf(test.suite);
    const id = idOf(file, test.name);
    if (isLeftOut(id) || !isWanted(id)) continue;
    yield await timed(id, async () => {
      stryker.currentTestId = loading;
      for (const suite of suites) {
        if (prepared.has(suite)) continue;
        prepared.add(suite);
        for (const hook of suite.hooks.beforeAll) await hook();
      }
      stryker.currentTestId = id;
      for (const { hooks } of suites) for (const hook of hooks.beforeEach) await hook();
      await test.body();
      for (const { hooks } of suites.toReversed()) for (const hook of hooks.afterEach) await hook();
    });
  }
  for (const { hooks } of prepared) for (const hook of hooks.afterAll) await hook();
}

/** From the outermost to the innermost. */
function suitesOf(suite) {
  return suite === undefined ? [] : [...suitesOf(suite.parent), suite];
}

async function timed(id, body) {
  const started = performance.now();
  const finished = (rest) => ({ id, name: id, timeSpentMs: performance.now() - started, ...rest });
  try {
    await body();
    return finished({ status: STATUS.success });
  } catch (error) {
    return finished({ status: STATUS.failed, failureMessage: String(error?.message ?? error).slice(0, 400) });
  }
}

createRunner.inject = [];

export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', factory: createRunner }];
