// The test command: every check of the project, one after the other; stops at the first that fails. With --quick it is
// `npm run check`: without the packed package and the long tests (vitest.check.config.ts), and with the checks that are no
// tests side by side.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

const quick = process.argv.includes('--quick');
const folders = ['src', 'spec-tests', 'bench', 'scripts'];
const checks = [
  ['types', 'tsc', '-p', 'tsconfig.json'],
  ['types of the live page', 'tsc', '-p', 'src/live-page/tsconfig.json'],
  ['types of the playground', 'tsc', '-p', 'src/site/tsconfig.json'],
  ['lint', 'biome', 'check', '--error-on-warnings', '.'],
  [
    'import rules',
    'depcruise',
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'err-long',
    ...folders,
  ],
  ['unused code', 'knip'],
];
const whole = [
  ['package', 'node', 'scripts/check-package.mjs'],
  ['tests', 'vitest', 'run'],
];
const short = [['tests', 'vitest', 'run', '--config', 'vitest.check.config.ts']];

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

if (quick) {
  const waiting = [...checks];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await run(next, true);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
}
for (const step of quick ? short : [...checks, ...whole]) await run(step, false);
