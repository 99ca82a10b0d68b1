// Packs the package as users get it: the files of package.json's list and npm-shrinkwrap.json, which pins what the
// package stands on, transitive packages included, to the versions that its tests ran with. The tree keeps
// package-lock.json alone: a shrinkwrap there would be a second lock file, and npm would prefer it.
//
// `node scripts/pack.mjs [FOLDER]` leaves pathsec-VERSION.tgz in FOLDER (default: this one).
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The run-time part of a lock file: no development packages, and no addresses, so that any registry serves it. */
export function shrinkwrapOf(lock) {
  const { devDependencies, ...root } = lock.packages[''];
  const packages = { '': root };
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '' || entry.dev || entry.devOptional) continue;
    const { resolved, ...kept } = entry;
    packages[path] = kept;
  }
  return { ...lock, packages };
}

const pack = (folder, ...options) =>
  JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', ...options], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
    }),
  )[0];

/** The files that `manifest` names as entry points and a package of `paths` lacks: those of a tree that is not built. */
function missingEntries({ bin, exports }, paths) {
  const named = [bin, exports].flatMap((part) => JSON.stringify(part).match(/\.?\/?dist\/[^"*]+/g) ?? []);
  const packed = new Set(paths);
  return [...new Set(named.map((path) => path.replace(/^\.\//, '')))].filter((path) => !packed.has(path));
}

/**
 * Packs the checkout in the working directory, which has to be built; what `npm pack --json` says of it.
 *
 * @throws {Error} where it is not: a package without programs would install, and fail at the first import.
 */
export function packTarball(destination) {
  const listed = pack('.', '--dry-run').files.map(({ path }) => path);
  const [missing, ...more] = missingEntries(JSON.parse(readFileSync('package.json', 'utf8')), listed);
  if (missing !== undefined)
    throw new Error(`${missing} and ${more.length} more are not built: npm run build, then pack again`);
  const staging = mkdtempSync(join(tmpdir(), 'pathsec-pack-'));
  try {
    for (const path of listed) {
      mkdirSync(dirname(join(staging, path)), { recursive: true });
      cpSync(path, join(staging, path));
    }
    const shrinkwrap = shrinkwrapOf(JSON.parse(readFileSync('package-lock.json', 'utf8')));
    writeFileSync(join(staging, 'npm-shrinkwrap.json'), `${JSON.stringify(shrinkwrap, null, 2)}\n`);
    return pack(staging, '--pack-destination', resolve(destination));
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { filename, files, size } = packTarball(process.argv[2] ?? '.');
  process.stdout.write(`${filename}: ${files.length} files, ${size} octets\n`);
}
