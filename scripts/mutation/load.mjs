// Loads TypeScript modules of the project as often as one likes, each time fresh, in one process: what a mutation run
// needs a thousand times over. Packages and Node's own modules are loaded once and shared.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { transformSync } from 'esbuild';
import { testApi } from './test-api.mjs';

const requirePackage = createRequire(import.meta.url);
const scripts = new Map();

/** Runs of a property under a mutant: enough to find most faults, and a survivor pays for all of them. */
const MOST_RUNS = 40;
const fastCheck = requirePackage('fast-check');
const quickCheck = {
  ...fastCheck,
  default: {
    ...fastCheck.default,
    assert: (property, { numRuns = MOST_RUNS, ...rest } = {}) =>
      fastCheck.assert(property, { ...rest, numRuns: Math.min(numRuns, MOST_RUNS), endOnFailure: true }),
  },
};

/** A loader for the project in the folder `root`, with a memory of its own: within it every module is evaluated once. */
export function createLoader(root) {
  const modules = new Map();
  return function load(file) {
    const known = modules.get(file);
    if (known !== undefined) return known.exports;
    const entry = { exports: {} };
    modules.set(file, entry);
    if (file.endsWith('.json')) {
      entry.exports = JSON.parse(readFileSync(file, 'utf8'));
    } else {
      const require = (specifier) => {
        if (specifier === 'vitest') return testApi;
        if (specifier === 'fast-check') return quickCheck;
        const target = fileOf(root, specifier, file);
        return target === undefined ? requirePackage(specifier) : load(target);
      };
      scriptOf(file).runInThisContext()(entry.exports, require, entry);
    }
    return entry.exports;
  };
}

/** The file of an import, or undefined for a package. The names are those of `paths` in tsconfig.json. */
function fileOf(root, specifier, importer) {
  if (specifier === 'pathsec') return `${root}/src/index.ts`;
  if (specifier === 'pathsec/engine') return `${root}/src/node/openssl-default-engine.ts`;
  if (specifier.startsWith('pathsec/')) return `${root}/src/${specifier.slice(8)}/index.ts`;
  if (!specifier.startsWith('.')) return undefined;
  const file = resolve(dirname(importer), specifier);
  const source = file.replace(/\.js$/, '.ts');
  return existsSync(source) ? source : file;
}

function scriptOf(file) {
  const made = scripts.get(file);
  if (made !== undefined) return made;
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    loader: 'ts',
    format: 'cjs',
    target: 'node20.19',
    sourcefile: file,
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(file).href) },
  });
  const script = new Script(`(function (exports, require, module) {${code}\n})`, { filename: file });
  scripts.set(file, script);
  return script;
}
