// The test command: every check of the project, those that are no tests side by side; stops at the first that fails. With
// --quick it is `npm run check`: without the packed package and the long tests (vitest.check.config.ts).
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

const quick = process.argv.includes('--quick');
const folders = ['src', 'spec-tests', 'bench', 'scripts'];
/** The longest first, so that none is left alone at the end. */
const checks = [
  ...(quick ? [] : [['package', 'node', 'scripts/check-package.mjs']]),
  ['types', 'tsc', '-p', 'tsconfig.json'],
  [
    'import rules',
    'depcruise',
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'err-long',
    ...folders,
  ],
  ['types of the playground', 'tsc', '-p', 'src/site/tsconfig.json'],
  ['unused code', 'knip'],
  ['lint', 'biome', 'check', '--error-on-warnings', '.'],
  ['types of the live page', 'tsc', '-p', 'src/live-page/tsconfig.json'],
];
const tests = ['tests', 'vitest', 'run', ...(quick ? ['--config', 'vitest.check.config.ts'] : [])];

/** Runs a check, and ends this program where it fails. Beside others its output is held back until it has ended. */
async function run([name, command, ...args], beside) {
  const started = performance.now();
  if (!beside) process.stdout.write(`\n== ${name}\n`);
  const stdio = beside ? ['ignore', 'pipe', 'pipe'] : 'inherit';
  const child = spawn(command, args, { stdio, shell: process.platform === 'win32' });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (octets) => output.push(octets));
  const status = await new Promise((done) => {
    child.on('error', () => done(1));
    child.on('close', (code) => done(code ?? 1));
  });
  if (beside) process.stdout.write(`\n== ${name}\n${Buffer.concat(output)}`);
  if (status !== 0) {
    process.stderr.write(`${name} failed\n`);
    process.exit(status);
  }
  process.stdout.write(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

const lane = async () => {
  for (let next = checks.shift(); next; next = checks.shift()) await run(next, true);
};
await Promise.all(Array.from({ length: availableParallelism() }, lane));
await run(tests, false);
