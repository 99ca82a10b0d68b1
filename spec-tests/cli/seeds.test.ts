import { listenRtr } from 'pathsec/node';
import { readPayloads } from 'pathsec/rpki';
import { createRtrCache } from 'pathsec/rtr';
import { SeededHash } from 'pathsec/tables';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { run, temporaryFile } from './run.js';

/** The seeds of all tables in which something is put or sought while `act` runs. */
async function seedsDuring(act: () => Promise<void>): Promise<ReadonlySet<number>> {
  const names = Object.getOwnPropertyNames(SeededHash.prototype).filter((name) => name !== 'constructor');
  const spies = names.map((name) => vi.spyOn(SeededHash.prototype, name as 'two'));
  await act();
  const seeds = new Set(spies.flatMap((spy) => spy.mock.contexts.map((hash) => (hash as SeededHash).seed)));
  for (const spy of spies) spy.mockRestore();
  return seeds;
}

const PAYLOADS = JSON.stringify({
  roas: [{ asn: 64496, prefix: '192.0.2.0/24', maxLength: 24 }],
  aspas: [{ customer_asid: 64496, providers: [64498] }],
  bgpsec_keys: [],
});
const SLURM = JSON.stringify({
  slurmVersion: 2,
  validationOutputFilters: {
    prefixFilters: [{ prefix: '198.51.100.0/24' }],
    bgpsecFilters: [],
    aspaFilters: [],
  },
  locallyAddedAssertions: { prefixAssertions: [], bgpsecAssertions: [], aspaAssertions: [] },
});

const OF_THE_CACHE = 1_000_000;

/** HOST:PORT of a cache with the payloads above, and tables that are not those of the command. */
async function cache(): Promise<string> {
  const rtr = createRtrCache({ sessionId: 7, seed: OF_THE_CACHE });
  rtr.replace(readPayloads(PAYLOADS, { seed: OF_THE_CACHE }));
  const server = await listenRtr(rtr, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  return `127.0.0.1:${server.port}`;
}

// docs/decisions/tables.md D-seeded-tables
describe('no table of a command has the seed that everybody knows', () => {
  const commands: readonly (readonly string[])[] = [
    ['rpki', 'convert', 'FILE', 'CACHE', '--slurm', 'SLURM', '--to', 'openbgpd'],
    ['rov', 'validate', '-a', '64496', '-p', '192.0.2.0/24', '--rpki', 'FILE'],
    ['aspa', 'verify', '64498 64496', '--neighbor-role', 'customer', '--rpki', 'FILE', '--slurm', 'SLURM'],
    ['aspa', 'explain', '64498 64496', '--neighbor-role', 'customer', '--rpki', 'CACHE'],
    ['aspa', 'compare', 'ROUTES', '--neighbor-role', 'customer', '--rpki', 'FILE'],
    ['audit', 'ROUTES', '--rpki', 'FILE', '--rpki', 'CACHE'],
    ['rtr', 'dump', 'CACHE'],
    ['rtr', 'diff', 'CACHE', 'FILE'],
    ['rtr', 'diff', 'FILE', 'CACHE'],
    ['rtr', 'watch', 'CACHE', 'CACHE', '--initial', '--updates', '2'],
    ['rtr', 'serve', 'FILE', '--listen', '127.0.0.1:0', '--for', '0.1', '--slurm', 'SLURM'],
    ['rtr', 'serve', 'CACHE', '--listen', '127.0.0.1:0', '--for', '0.3'],
  ];
  it.each(commands.map((argv) => ({ name: argv.join(' '), argv })))('$name', async ({ argv }) => {
    const files: Readonly<Record<string, string>> = {
      FILE: temporaryFile('rpki.json', PAYLOADS),
      SLURM: temporaryFile('slurm.json', SLURM),
      ROUTES: temporaryFile('routes', '192.0.2.0/24|64498 64496|64498\n'),
      CACHE: await cache(),
    };
    const seeds = await seedsDuring(async () => {
      const { code, stderr } = await run(argv.map((word) => files[word] ?? word));
      expect([code, stderr]).toEqual([0, expect.not.stringContaining('error')]);
    });
    expect(seeds).not.toContain(0);
    expect([...seeds].filter((seed) => seed !== OF_THE_CACHE)).toHaveLength(1);
  });
});
