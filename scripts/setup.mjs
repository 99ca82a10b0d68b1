// Brings a fresh clone to a state in which the commands run: dependencies as locked, sources built.
// Does nothing that is already done: npm ci only when the lock file is newer than the installation,
// and the build is incremental.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const run = (command, args) =>
  execFileSync(command, args, {
    stdio: ['ignore', process.stderr, 'inherit'],
    shell: process.platform === 'win32',
  });

const installed = 'node_modules/.package-lock.json';
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync('package-lock.json').mtimeMs) {
  run(npm, ['ci', '--no-audit', '--no-fund']);
}
await import('./build.mjs'); // not before esbuild is installed
run(process.execPath, ['scripts/site.mjs', '--stale']);
