// Tests of strength that take minutes and are not part of `npm test` (docs/reliability.md): an RTR server under load,
// beside StayRTR where it is installed, and comparisons of a million cases with second readings.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findProgram } from '../spec-tests/interop/daemon.js';
import { startCache } from '../spec-tests/soak/cache-under-load.js';
import {
  type Comparison,
  compareAspa,
  compareOrigins,
  compareSignatures,
} from '../spec-tests/soak/comparisons.js';
import { type LoadResult, playLoad } from '../spec-tests/soak/rtr-load.js';

const USAGE = `npm run soak -- [options]
  --only rtr|comparisons  one half alone
  --records N     VRPs in the file that is served (20000)
  --routers N     routers connected at once (1000)
  --images N      full images at once (100)
  --reloads N     changes of the file under load (20)
  --limit N       seconds after which a phase of the load is given up (300)
  --cases N       cases of each comparison; a twenty-fifth of it for signatures (1000000)
  --seed N        another series of cases (1)
  --out FILE      write the figures as JSON
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    records: { type: 'string', default: '20000' },
    routers: { type: 'string', default: '1000' },
    images: { type: 'string', default: '100' },
    reloads: { type: 'string', default: '20' },
    limit: { type: 'string', default: '300' },
    cases: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    help: { type: 'boolean' },
  },
});

function usage(text: string): never {
  process.stderr.write(`soak: ${text}\n${USAGE}`);
  process.exit(2);
}

const count = (name: 'records' | 'routers' | 'images' | 'reloads' | 'limit' | 'cases' | 'seed'): number => {
  const value = Number(values[name]);
  if (!Number.isSafeInteger(value) || value < 1) usage(`--${name}: a whole number from 1`);
  return value;
};

async function load(): Promise<LoadResult[]> {
  const plan = {
    records: count('records'),
    routers: count('routers'),
    images: count('images'),
    reloads: count('reloads'),
    limitSeconds: count('limit'),
  };
  const results: LoadResult[] = [];
  for (const name of ['pathsec', 'stayrtr'] as const) {
    if (name === 'stayrtr' && findProgram(name) === undefined) {
      process.stdout.write('stayrtr is not installed: not measured\n');
      continue;
    }
    const folder = mkdtempSync(join(tmpdir(), 'pathsec-soak-'));
    const cache = await startCache(name, folder, plan.records);
    try {
      for await (const result of playLoad(cache, plan)) {
        results.push(result);
        const { phase, passed, detail, seconds, peakMegabytes } = result;
        const word = passed ? 'passed' : 'FAILED';
        process.stdout.write(
          `${name.padEnd(8)} ${phase.padEnd(8)} ${word}  ${seconds} s  ${peakMegabytes} MB  ${detail}\n`,
        );
      }
    } finally {
      await cache.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return results;
}

function comparisons(): Comparison[] {
  const [cases, seed] = [count('cases'), count('seed')];
  return [
    () => compareAspa(cases, seed),
    () => compareOrigins(cases, seed),
    () => compareSignatures(Math.ceil(cases / 25), seed),
  ].map((run) => {
    const result = run();
    process.stdout.write(`${result.name}: ${result.cases} cases, ${result.differences} differences\n`);
    if (result.first !== undefined) process.stdout.write(`  ${result.first}\n`);
    return result;
  });
}

if (values.help) {
  process.stdout.write(USAGE);
} else {
  const { only, out } = values;
  if (only !== undefined && only !== 'rtr' && only !== 'comparisons') usage('--only: rtr or comparisons');
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg()[0], node: process.version };
  const compared = only === 'rtr' ? [] : comparisons();
  const loaded = only === 'comparisons' ? [] : await load();
  if (out !== undefined) writeFileSync(out, `${JSON.stringify({ machine, loaded, compared }, null, 2)}\n`);
  // StayRTR stands beside for comparison: what it does not hold is a figure, no failure of ours.
  const failed = loaded.some(({ cache, passed }) => cache === 'pathsec' && !passed);
  process.exitCode = failed || compared.some(({ differences }) => differences > 0) ? 1 : 0;
}
