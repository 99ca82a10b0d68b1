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

/** Packs the checkout in the working directory; what `npm pack --json` says of it. */
export function packTarball(destination) {
  const staging = mkdtempSync(join(tmpdir(), 'pathsec-pack-'));
  try {
    for (const { path } of pack('.', '--dry-run').files) {
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
