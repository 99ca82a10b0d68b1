import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import manifest from '../../package.json' with { type: 'json' };

/** The playground: a page of files that lie together anywhere, so its addresses are relative. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  define: { __VERSION__: JSON.stringify(manifest.version) },
  build: {
    outDir: fileURLToPath(new URL('../../dist/site', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // The polyfill makes requests of its own, and every browser of the target has what it stands for.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What the doors of rpki and payload have beside notations comes with the parts that use it, after the first view.
          includeDependenciesRecursively: false,
          groups: [
            {
              name: 'payload-files',
              test: /src\/rpki\/(?!(?:text\/notation|time-text|json\/(?:aspa-record|vrp-record|spellings|members|source-expiry|vrp-of|plain-vrp)|scan-prefix)\.ts)/,
            },
            {
              name: 'payload-sets',
              test: /src\/payload\/(?:vrp|payload-set|router-key|keyed|kinds|aspa-store|shared)/,
            },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  server: { host: '127.0.0.1' },
});
