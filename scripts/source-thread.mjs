// The program of a thread of a command that runs from sources, as tests and benchmarks do. It is the module of src/node as it was
// built, unless a source is newer: the bundle is loaded in a tenth of a second, a hundred sources take two, and tests start many.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const [, , module] = process.argv;
const sources = new URL('../src/', import.meta.url);
const built = new URL(`../dist/cli/${module}.js`, import.meta.url);

/** Whether no source is newer than what was built of it. */
function isFresh() {
  if (!existsSync(built)) return false;
  const since = statSync(built).mtimeMs;
  return readdirSync(sources, { recursive: true, withFileTypes: true }).every(
    ({ name, parentPath }) => !name.endsWith('.ts') || statSync(join(parentPath, name)).mtimeMs <= since,
  );
}

if (isFresh()) await import(built);
else {
  const { register } = await import('tsx/esm/api');
  register();
  await import(new URL(`node/${module}.ts`, sources));
}
