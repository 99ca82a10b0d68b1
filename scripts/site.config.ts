import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import manifest from '../package.json' with { type: 'json' };

const anyOf = (...paths: readonly string[]): RegExp => new RegExp(paths.join('|'));

/** Notations of payloads, without the rest of the room rpki. */
const NOTATIONS = [
  '/src/rpki/(text/notation|time-text)\\.ts',
  '/src/rpki/json/(aspa-record|max-length|spellings|members|source-expiry)\\.ts',
];
const GROUND = [
  '/src/inet/(address|afi|asn|misuse|prefix|value-kind)\\.ts',
  '/src/bytes/(decode-error|octets|printable|reader)\\.ts',
  '/src/links/members\\.ts',
  '/src/tables/',
  '/src/draw/(drawing|shape|svg)',
  '/src/payload/(union-(aspas|notes)|provider-limit)',
  '/src/aspa/(aspa-table|packed-|procedure-choice|provider-list|verification-input|verify-as-path|draft-28|evidence|terms)',
];

/** A machine that is busy is no fault of the plugins. */
const UNTIMED = { pluginTimings: false };

/** The playground: a page of files that lie together anywhere, so its addresses are relative. */
export default defineConfig({
  root: fileURLToPath(new URL('../src/site', import.meta.url)),
  base: './',
  define: { __VERSION__: JSON.stringify(manifest.version), __SINGLE__: 'false' },
  build: {
    outDir: fileURLToPath(new URL('../dist/site', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // The polyfill makes requests of its own, and every browser of the target has what it stands for.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      checks: UNTIMED,
      output: {
        codeSplitting: {
          // What the doors of rpki and payload have beside notations comes with the parts that use it, after the first view. No file
          // may need another that needs it: a test looks for circles.
          includeDependenciesRecursively: false,
          groups: [
            // What the first view and every screen stand on, in one file: several small ones take more.
            { name: 'shared', test: anyOf('/node_modules/preact/', ...NOTATIONS, ...GROUND) },
            {
              name: 'payload-files',
              test: (id) => id.includes('/src/rpki/') && !anyOf('/src/rpki/(der/|oids)').test(id),
            },
            {
              name: 'payload-sets',
              test: anyOf(
                '/src/payload/(vrp|payload-set|router-key|keyed|kinds|as[pr]a-store|prefix-list|shared)',
              ),
            },
            {
              name: 'der',
              test: anyOf(
                '/src/rpki/der/(algorithm|asn1|build|decode|der|profile)',
                '/node_modules/(asn1js|@peculiar|ip-num)/',
              ),
            },
          ],
        },
      },
    },
  },
  worker: { format: 'es', rolldownOptions: { checks: UNTIMED } },
  server: { host: '127.0.0.1' },
});
