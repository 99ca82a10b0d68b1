// Builds dist/: the library module by module with tsc, which is incremental, then the command as a bundle of few files,
// because loading a hundred modules takes a short run of it longer than its work.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const folder = 'dist/cli';
/** The page of `pathsec live`: a script for browsers. */
const page = 'live-page/';
const isBundled = (name) => ['cli/', 'site/', page].some((start) => name.startsWith(start));
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts') && !isBundled(name));
const outputs = new Set(
  sources.flatMap((name) => ['js', 'js.map', 'd.ts', 'd.ts.map'].map((end) => name.replace(/ts$/, end))),
);
// tsc looks at sources alone: outputs that somebody removed are written again only when it has forgotten them, and those of
// removed sources stay until they are removed here.
if ([...outputs].some((name) => !existsSync(join('dist', name)))) {
  rmSync('node_modules/.cache/build.tsbuildinfo', { force: true });
}
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: ['ignore', process.stderr, 'inherit'],
});
for (const found of readdirSync('dist', { recursive: true, encoding: 'utf8' })) {
  const name = found.replaceAll('\\', '/');
  if (/\.(?:js|ts|map)$/.test(name) && !isBundled(name) && !outputs.has(name)) rmSync(join('dist', name));
}
// A command that is not called is a chunk that is not loaded. Packages stay imports.
const { metafile } = await build({
  // The programs of threads too: a thread loads them as the command loads itself.
  entryPoints: [
    'src/cli/bin.ts',
    ...sources.filter((name) => name.endsWith('-worker.ts')).map((name) => `src/${name}`),
  ],
  entryNames: '[name]',
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
await build({
  entryPoints: [`src/${page}page.ts`, `src/${page}page.css`],
  outdir: `dist/${page}`,
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  tsconfig: `src/${page}tsconfig.json`,
  logLevel: 'warning',
});
copyFileSync(`src/${page}page.html`, `dist/${page}page.html`);
