import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongFirst } from './spec-tests/sequencer.js';
import { skipReporter } from './spec-tests/skip-reporter.js';

const src = fileURLToPath(new URL('./src', import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: 'pathsec/engine', replacement: `${src}/node/openssl-default-engine.ts` },
      { find: 'pathsec/mrt', replacement: `${src}/routes/index.ts` },
      { find: /^pathsec\/([a-z]+)$/, replacement: `${src}/$1/index.ts` },
      { find: /^pathsec$/, replacement: `${src}/index.ts` },
    ],
  },
  test: {
    include: ['spec-tests/**/*.test.ts'],
    setupFiles: ['spec-tests/setup.ts'],
    // A worker evaluates the modules of src once, not once for each of two hundred files: half of the time. So a test leaves
    // nothing behind that another could see; spies and globals go back by themselves.
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
    maxWorkers: availableParallelism() + 1, // one for the tests that wait for other programs
    sequence: { sequencer: LongFirst },
    // Against a test that hangs, named then. None fails because the machine is busy.
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    reporters: ['default', skipReporter],
  },
});
