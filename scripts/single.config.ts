import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import manifest from '../package.json' with { type: 'json' };
import { inlineThreads, singleFile } from './single-file.js';

/** The playground in one file, beside the one of many: it can be kept and opened without a server. */
export default defineConfig({
  root: fileURLToPath(new URL('../src/site', import.meta.url)),
  base: './',
  define: { __VERSION__: JSON.stringify(manifest.version), __SINGLE__: 'true' },
  plugins: [inlineThreads(), singleFile('single.html')],
  build: {
    outDir: fileURLToPath(new URL('../dist/site', import.meta.url)),
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: { checks: { pluginTimings: false }, output: { codeSplitting: false } },
  },
  worker: {
    format: 'iife', // a page from the disk may start no module as a thread
    plugins: () => [inlineThreads()],
    rolldownOptions: { checks: { pluginTimings: false }, output: { codeSplitting: false } },
  },
});
