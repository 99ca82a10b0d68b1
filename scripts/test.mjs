// The test command: every check of the project, one after the other; stops at the first that fails.
import { spawnSync } from 'node:child_process';

const steps = [
  ['lint', 'biome', 'check', '--error-on-warnings', '.'],
  ['types', 'tsc', '-p', 'tsconfig.json'],
  [
    'import rules',
    'depcruise',
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'err-long',
    'src',
    'spec-tests',
    'bench',
    'scripts',
  ],
  ['unused code', 'knip'],
  ['package', 'node', 'scripts/check-package.mjs'],
  ['tests', 'vitest', 'run'],
];

for (const [name, command, ...args] of steps) {
  const started = performance.now();
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) {
    process.stderr.write(`${name} failed\n`);
    process.exit(status ?? 1);
  }
  process.stdout.write(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}
