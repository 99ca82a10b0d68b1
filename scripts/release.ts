// Prepares a release: `npm run release -- VERSION [--dry-run]`. Writes the version into package.json and
// package-lock.json, moves what is unreleased in CHANGELOG.md under it, builds, checks the package as its users get it and
// packs it into reports/release/. It commits, tags, pushes and publishes nothing: that is a person's. When a step fails
// the three files are as before. --dry-run says what would be written, and writes nothing.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkSuccessor, releasedChangelog, unreleased, withVersion } from './release-text.js';

const OUT = 'reports/release';
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const run = (command: string, ...args: readonly string[]): void =>
  void execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

function prepare(version: string, dryRun: boolean): void {
  const before = new Map(
    ['package.json', 'package-lock.json', 'CHANGELOG.md'].map((name) => [name, readFileSync(name, 'utf8')]),
  );
  const text = (name: string): string => before.get(name) as string;
  const { version: current } = JSON.parse(text('package.json')) as { version: string };
  checkSuccessor(current, version);
  const day = new Date().toISOString().slice(0, 10);
  const after = new Map([
    ['package.json', withVersion(text('package.json'), current, version)],
    ['package-lock.json', withVersion(text('package-lock.json'), current, version)],
    ['CHANGELOG.md', releasedChangelog(text('CHANGELOG.md'), version, day)],
  ]);
  say(`${current} -> ${version} (${day})\n\n${unreleased(text('CHANGELOG.md'))}\n`);
  if (dryRun) {
    say('nothing was written (--dry-run)');
    return;
  }

  const uncommitted = execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' });
  if (uncommitted !== '')
    throw new Error(`a release is made of what is committed; this is not:\n${uncommitted}`);
  try {
    for (const [name, content] of after) writeFileSync(name, content);
    run(process.execPath, 'scripts/build.mjs');
    run(process.execPath, 'scripts/check-package.mjs');
    mkdirSync(OUT, { recursive: true });
    run(process.execPath, 'scripts/pack.mjs', OUT);
  } catch (error) {
    for (const [name, content] of before) writeFileSync(name, content);
    throw error;
  }
  say(`${OUT} has the package. Left to you, after npm test: commit, tag v${version}, push, npm publish FILE`);
}

const { values, positionals } = parseArgs({
  options: { 'dry-run': { type: 'boolean' } },
  allowPositionals: true,
});
const [version, ...more] = positionals;
if (version === undefined || more.length > 0) {
  process.stderr.write('usage: npm run release -- VERSION [--dry-run]\n');
  process.exitCode = 2;
} else {
  try {
    prepare(version, values['dry-run'] ?? false);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
