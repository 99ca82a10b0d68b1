import { configDefaults } from 'vitest/config';
import base from './vitest.config.js';

/**
 * The tests of `npm run check`: all but those that take minutes and change their answer seldom. What a file here finds,
 * `npm test` finds.
 */
const LONG = [
  // Ten thousand inputs for each decoder; the inputs that were once found wrong stay.
  'spec-tests/fuzz/!(exports|regressions).test.ts',
  // A program for each of the hundreds of mistakes, all vectors put to each.
  'spec-tests/conformance/naming-*.test.ts',
  'spec-tests/conformance/{bgpsec,rtr}-vectors.test.ts',
  'spec-tests/conformance/generators.test.ts',
  'spec-tests/sample/sample.test.ts',
  // Programs under test that wait, talk without end or die.
  'spec-tests/conformance/{hostile-programs,run-program,python-runner}.test.ts',
  'spec-tests/cli/conformance-process.test.ts',
  // All states of a path.
  'spec-tests/aspa/exhaustive.test.ts',
  // Other people's daemons and compilers.
  'spec-tests/interop/**',
  'spec-tests/rpki/daemons.test.ts',
  'spec-tests/conformance/adapters.test.ts',
];

export default {
  ...base,
  test: { ...base.test, exclude: [...configDefaults.exclude, ...LONG] },
};
