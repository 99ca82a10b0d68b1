import type { Reporter, TestModule } from 'vitest/node';

/** Names every skipped test at the end of a run, so that no skip is silent. */
export const skipReporter: Reporter = {
  onTestRunEnd(modules: readonly TestModule[]) {
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    for (const test of skipped) process.stdout.write(`skipped: ${test.fullName}\n`);
  },
};
