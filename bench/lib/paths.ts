import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { seededRandom } from 'pathsec/tables';

/** Many paths in one array: path i is `asns[starts[i] .. starts[i + 1])`, wire order, prepends included. */
export interface FlatPaths {
  readonly asns: Uint32Array;
  readonly starts: Uint32Array;
  readonly source: string;
}

const shared = process.env.PATHSEC_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const GOLDEN = `${shared}/data/mrt/bgpdump/test_expect`;
/** The one file that would drown the others: 76,696 short paths of one peer. */
const LARGE = 'updates.et-header.2015';

/**
 * Distinct AS_PATHs without sets of the golden `bgpdump -m` texts, where that folder is present, else synthetic ones. Of
 * the largest file only as many are taken as all others have together, which gives a mean length of about 4.
 */
export function loadPaths(): FlatPaths {
  if (!existsSync(GOLDEN)) return syntheticPaths(40_000, 20_261_124);
  const files = readdirSync(GOLDEN).filter((name) => name.endsWith('.bgp.gz'));
  const small = new Set(files.filter((name) => !name.startsWith(LARGE)).flatMap(goldenPaths));
  const large = [...new Set(files.filter((name) => name.startsWith(LARGE)).flatMap(goldenPaths))];
  const step = large.length / small.size;
  const sample = Array.from(
    { length: Math.min(small.size, large.length) },
    (_, i) => large[Math.floor(i * step)],
  );
  const texts = [...small, ...sample.filter((text) => text !== undefined)];
  return flatten(
    texts.map((text) => text.split(' ').map(Number)),
    'real: golden bgpdump texts, half before 2008, half 2015',
  );
}

function goldenPaths(name: string): string[] {
  const text = gunzipSync(readFileSync(`${GOLDEN}/${name}`)).toString('latin1');
  const paths: string[] = [];
  for (const line of text.split('\n')) {
    const columns = line.split('|');
    const path = columns[columns[0]?.endsWith('_AP') ? 7 : 6];
    if (path !== undefined && /^\d+( \d+)*$/.test(path)) paths.push(path);
  }
  return paths;
}

/** Random walks over three tiers, lengths about 4, some prepends. */
function syntheticPaths(count: number, seed: number): FlatPaths {
  const random = seededRandom(seed);
  const pick = (from: number, size: number): number => from + Math.floor(random() ** 2 * size);
  const paths = Array.from({ length: count }, () => {
    const path = [pick(4_200_000_000, 40), pick(4_200_001_000, 400)];
    while (random() < 0.45) path.push(pick(4_200_002_000, 4_000));
    path.push(pick(4_200_010_000, 60_000));
    while (random() < 0.15) path.push(path[path.length - 1] as number);
    return path;
  });
  return flatten(paths, `synthetic: ${count} random walks`);
}

function flatten(paths: readonly (readonly number[])[], source: string): FlatPaths {
  const starts = new Uint32Array(paths.length + 1);
  for (const [index, path] of paths.entries()) starts[index + 1] = (starts[index] as number) + path.length;
  return { asns: Uint32Array.from(paths.flat()), starts, source };
}
