import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { start } from '../cli/running.js';
import { OWN, THEIRS } from './bgp-neighbor.js';
import { NEIGHBORS } from './bgp-neighbors.js';
import { freePort, settle } from './daemon.js';
import { writeSection } from './matrix.js';
import { lackingFor, versionOf } from './place.js';

// `pathsec bgp inject` to routers of others: each holds as many routes as went out, and none when it has ended.

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** 700 prefixes of IPv4 and 60 of IPv6 with 20 different paths, some of them twice. */
function routesFile(folder: string): string {
  const line = (prefix: string, i: number): string => `${prefix}|64510 ${65_000 + (i % 20)}|64510`;
  const four = Array.from({ length: 700 }, (_, i) => line(`20.${i >> 6}.${(i & 63) * 4}.0/22`, i));
  const six = Array.from({ length: 60 }, (_, i) => line(`2a00:${(i + 1).toString(16)}00::/32`, i));
  const file = join(folder, 'routes.txt');
  writeFileSync(file, `${[...four, ...six, ...four.slice(0, 50)].join('\n')}\n`);
  return file;
}

/** Those that wait for a session and say how many routes they hold. */
const COUNTING: ReadonlySet<string> = new Set(['bird2', 'bird3', 'frr', 'gobgpd']);

const counting = NEIGHBORS.filter((one) => COUNTING.has(one.package));
const rows: string[] = [];

for (const neighbor of counting) {
  const name = `${neighbor.name} (${neighbor.package}) holds what is injected, and nothing afterwards`;
  const lacking = lackingFor(neighbor);
  if (lacking !== undefined) it.skip(`${name}: ${lacking}`, () => {});
  else
    it(name, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'pathsec-interop-'));
      closers.push(() => rmSync(folder, { recursive: true, force: true }));
      const theirPort = await freePort();
      const running = await neighbor.start({ folder, ownPort: undefined, theirPort, role: undefined });
      closers.push(() => running.stop());
      const command = start([
        ...['bgp', 'inject', `${THEIRS.address}:${theirPort}`, '--local-address', OWN.address],
        ...[
          '--local-as',
          String(OWN.as),
          '--next-hop',
          '198.51.100.1',
          '--next-hop',
          '2001:db8::1',
          '--routes',
          routesFile(folder),
        ],
      ]);
      await command.until({ type: 'announced', routes: 810, prefixes: 760 });
      const holds = (wanted: number) =>
        settle(async () => {
          const held = await running.held?.();
          return held === wanted ? undefined : `${held} routes`;
        });
      expect(await holds(760)).toBeUndefined();
      const { code, lines } = await command.stop();
      expect(code).toBe(0);
      expect(lines.at(-1)).toMatchObject({ counts: { sessions: 1, withdrawals: 760, faults: 0 } });
      expect(await holds(0)).toBeUndefined();
      rows.push(
        `| ${neighbor.name} | ${neighbor.package} ${await versionOf(neighbor)} | 760 of 760, then none |`,
      );
    });
}

afterAll(() => {
  if (rows.length !== counting.length) return;
  writeSection(
    'Routes injected into real peers',
    `Written by \`spec-tests/interop/bgp-inject.test.ts\` when every peer is installed. \`pathsec bgp inject\` announces 810 routes of 760
prefixes of both families in 60 UPDATEs or fewer, and withdraws them in the end; the peer is asked how many it holds. The next hops are named:
GoBGP takes none of 127.0.0.0/8, and BIRD no IPv4-mapped one for routes of IPv6.

| peer | package | holds |
|---|---|---|
${rows.join('\n')}
`,
  );
});
