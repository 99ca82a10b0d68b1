// Builds the playground to dist/site, which the package carries, as many files and as one, single.html. With --stale only where a source is newer than what is
// there, and with --where it says where the page lies.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const page = 'dist/site/single.html'; // the last that is made

/** Whether the page is older than a source that it could be made of. */
function isStale() {
  if (!existsSync(page)) return true;
  const built = statSync(page).mtimeMs;
  const roots = [
    'src',
    'docs/incidents',
    'package.json',
    'scripts/site.config.ts',
    'scripts/single.config.ts',
    'scripts/single-file.ts',
    'bench/results/study-quick-costs.json',
  ];
  const sources = roots.flatMap((root) =>
    statSync(root).isDirectory()
      ? readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name))
      : [root],
  );
  return sources.some((path) => !/^src.(?:node|cli)/.test(path) && statSync(path).mtimeMs > built);
}

const options = process.argv.slice(2);
if (options.includes('--where')) {
  process.stdout.write(
    `\nThe playground is in ${resolve(page, '..')}, for any web server; npm run site:dev serves it.\n`,
  );
} else if (!options.includes('--stale') || isStale()) {
  const { build } = await import('vite');
  await build({ configFile: 'scripts/site.config.ts', logLevel: 'warn' });
  await build({ configFile: 'scripts/single.config.ts', logLevel: 'warn' });
}
