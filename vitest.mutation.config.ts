import base from './vitest.config.js';

/** The tests that judge mutants, without those over all states of a path (docs/mutation.md). */
export default {
  ...base,
  test: {
    ...base.test,
    include: ['spec-tests/{rov,aspa,bgpsec}/**/*.test.ts'],
    exclude: ['spec-tests/aspa/exhaustive.test.ts'],
    reporters: ['default'],
    isolate: true, // every mutant is seen by modules of its own
  },
};
