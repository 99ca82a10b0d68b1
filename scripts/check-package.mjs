// Checks the package as its users get it: packs it, lints the tarball (publint, are-the-types-wrong), then imports every
// subpath from a project of its own, once with the TypeScript compiler and once with Node.
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { packTarball } from './pack.mjs';

const run = (command, args, options = {}) =>
  execFileSync(command, args, { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', ...options });
const fail = (error) => {
  const report = String(error.stdout ?? '')
    .split('\n')
    .slice(0, 20);
  process.stderr.write(`${report.join('\n')}\n${error.message}\n`);
  process.exit(1);
};

const project = mkdtempSync(join(tmpdir(), 'pathsec-package-'));
try {
  const { filename, files, size } = packTarball(project);
  const tarball = join(project, filename);
  run('publint', ['run', tarball, '--strict']);
  run('attw', [tarball, '--profile', 'esm-only', '--no-emoji']);

  const modules = join(project, 'node_modules');
  mkdirSync(join(modules, 'pathsec'), { recursive: true });
  run('tar', ['-xzf', tarball, '-C', join(modules, 'pathsec'), '--strip-components=1']);
  // The tarball's dependencies, as locked for this checkout.
  for (const name of readdirSync('node_modules')) {
    if (name !== 'pathsec' && !name.startsWith('.'))
      symlinkSync(resolve('node_modules', name), join(modules, name), 'dir');
  }
  const manifest = JSON.parse(readFileSync(join(modules, 'pathsec/package.json'), 'utf8'));
  const pinned = JSON.parse(readFileSync(join(modules, 'pathsec/npm-shrinkwrap.json'), 'utf8')).packages;
  for (const [path, { version, dev, resolved }] of Object.entries(pinned)) {
    if (path === '') continue;
    const tested = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')).version;
    if (version !== tested || dev || resolved)
      throw new Error(`npm-shrinkwrap.json: ${path} ${version}, tested with ${tested}`);
  }
  for (const name of Object.keys(manifest.dependencies))
    if (!pinned[`node_modules/${name}`]) throw new Error(`npm-shrinkwrap.json lacks ${name}`);
  const subpaths = Object.keys(manifest.exports)
    .filter((path) => !path.endsWith('.json') && !path.includes('*'))
    .map((path) => path.replace(/^\./, 'pathsec'));
  const lines = subpaths.map((path, i) => `import * as m${i} from '${path}';`);
  lines.push(`const doors: object[] = [${subpaths.map((_, i) => `m${i}`).join(', ')}];`);
  lines.push(
    'for (const door of doors) if (Object.keys(door).length === 0) throw new Error("an empty subpath");',
  );
  lines.push(
    "import { readFileSync } from 'node:fs';",
    "import type { VectorFile } from 'pathsec/conformance';",
    "const url = new URL(import.meta.resolve('pathsec/vectors/aspa-paths.json'));",
    "const vectors = JSON.parse(readFileSync(url, 'utf8')) as VectorFile;",
    "if (vectors.count !== vectors.groups.flatMap(({ cases }) => cases).length) throw new Error('vectors');",
  );
  writeFileSync(join(project, 'consumer.ts'), `${lines.join('\n')}\n`);
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
  run(
    'tsc',
    [
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--lib',
      'es2023',
      '--types',
      'node',
      'consumer.ts',
    ],
    { cwd: project },
  );
  run('node', ['consumer.js'], { cwd: project });
  // Every subpath but `node` also bundles for a browser: nothing of Node is imported, and /engine gives the portable engine.
  const portable = lines.filter((line) => /^import \* as/.test(line) && !line.includes("'pathsec/node'"));
  writeFileSync(
    join(project, 'browser.js'),
    `${portable.join('\n')}\nconsole.log(${portable.map((line) => /m\d+/.exec(line)[0])});\n`,
  );
  run(
    'esbuild',
    [
      'browser.js',
      '--bundle',
      '--platform=browser',
      '--format=esm',
      '--outfile=browser.bundle.js',
      '--log-level=error',
    ],
    {
      cwd: project,
    },
  );
  const version = run('node', [join(modules, 'pathsec', manifest.bin.pathsec), '--version']).trim();
  if (version !== manifest.version)
    throw new Error(`the command says ${version}, the package ${manifest.version}`);
  process.stdout.write(`${files.length} files, ${size} octets packed, ${subpaths.length} subpaths import\n`);
} catch (error) {
  fail(error);
} finally {
  rmSync(project, { recursive: true, force: true });
}
