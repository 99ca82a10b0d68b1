import { existsSync, readdirSync } from 'node:fs';
import base from './vitest.check.config.js';

/**
 * The least that the tests of `npm run check` have to reach in each room, in percent, a little below what they reach
 * without the folder of real data. What runs in a process of its own (`src/cli/bin.ts`) is not counted.
 */
const FLOORS: Readonly<Record<string, { readonly lines: number; readonly branches: number }>> = {
  bytes: { lines: 98, branches: 93 },
  tables: { lines: 98, branches: 96 },
  inet: { lines: 97, branches: 94 },
  bgp: { lines: 97, branches: 94 },
  payload: { lines: 98, branches: 97 },
  rov: { lines: 99, branches: 98 },
  aspa: { lines: 99, branches: 97 },
  bgpsec: { lines: 98, branches: 96 },
  apvas: { lines: 98, branches: 95 },
  rpki: { lines: 98, branches: 94 },
  rtr: { lines: 97, branches: 93 },
  unpack: { lines: 96, branches: 90 },
  bmp: { lines: 97, branches: 90 },
  routes: { lines: 97, branches: 93 },
  audit: { lines: 98, branches: 96 },
  cost: { lines: 97, branches: 90 },
  draw: { lines: 98, branches: 77 },
  links: { lines: 97, branches: 90 },
  live: { lines: 96, branches: 75 },
  speaker: { lines: 97, branches: 90 },
  questions: { lines: 98, branches: 96 },
  simulate: { lines: 97, branches: 90 },
  conformance: { lines: 96, branches: 87 },
  node: { lines: 96, branches: 87 }, // its tests with hostile programs are left to `npm test`
  cli: { lines: 95, branches: 88 },
};

const rooms = readdirSync('src').filter((name) => name === 'cli' || existsSync(`src/${name}/index.ts`));
const without = rooms.filter((room) => FLOORS[room] === undefined);
if (without.length > 0) throw new Error(`no floor for ${without.join(', ')}`);

export default {
  ...base,
  test: {
    ...base.test,
    reporters: ['default'],
    coverage: {
      provider: 'v8' as const,
      include: ['src/**/*.ts'],
      reportsDirectory: 'reports/coverage',
      reporter: ['text-summary', 'html', 'json-summary'],
      reportOnFailure: true,
      thresholds: Object.fromEntries(
        Object.entries(FLOORS).map(([room, floor]) => [`src/${room}/**/*.ts`, floor]),
      ),
    },
  },
};
