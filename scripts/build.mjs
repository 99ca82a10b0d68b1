// Builds dist/: the library module by module with tsc, which is incremental, then the command as a bundle of few files,
// because loading a hundred modules takes a short run of it longer than its work.
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const folder = 'dist/cli';
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: ['ignore', process.stderr, 'inherit'],
});
// A command that is not called is a chunk that is not loaded. Packages stay imports.
const { metafile } = await build({
  entryPoints: ['src/cli/bin.ts'],
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  chunkNames: '[name]-[hash]',
  sourcemap: true,
  sourcesContent: false, // src is part of the package
  metafile: true,
  tsconfig: 'tsconfig.build.json',
  logLevel: 'warning',
});
const written = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
for (const name of readdirSync(folder)) if (!written.has(name)) rmSync(join(folder, name));
