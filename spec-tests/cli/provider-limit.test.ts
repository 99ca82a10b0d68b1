import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { listenRtr } from 'pathsec/node';
import {
  createAspaStore,
  createPayloadSet,
  customersOverLimit,
  DEFAULT_MAX_PROVIDERS,
  dropOverLimit,
} from 'pathsec/payload';
import { readPayloads } from 'pathsec/rpki';
import { createRtrCache } from 'pathsec/rtr';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../interop/daemon.js';
import { runUntilStopped } from '../rtr/run-until-stopped.js';
import { describeShared, shared } from '../support.js';
import { aspaFile, jsonLines, run, temporaryFile } from './run.js';

const many = (count: number, first = 100_000): number[] => Array.from({ length: count }, (_, i) => first + i);
/** AS64496 with too many providers, in one record or in two, and AS64497 with as many as may be. */
const big = () => aspaFile({ 64496: many(20_000), 64497: many(DEFAULT_MAX_PROVIDERS) });
const NOTE = 'AS64496 has 20000 providers, more than 10000: none of its ASPAs counts (over-limit)';
const only = (text: string): number[] =>
  JSON.parse(text).aspas.map(({ customer_asid }: { customer_asid: number }) => customer_asid);

/** A cache outside the program under test. */
async function cacheOf(aspas: Readonly<Record<number, readonly number[]>>): Promise<string> {
  const cache = createRtrCache({ sessionId: 1 });
  cache.replace(
    createPayloadSet({
      aspas: Object.entries(aspas).map(([customer, providers]) => ({
        customer: Number(customer),
        providers,
      })),
    }),
  );
  const server = await listenRtr(cache, { host: '127.0.0.1', port: 0, notifySeconds: 0 });
  onTestFinished(() => server.close());
  return `127.0.0.1:${server.port}`;
}

/** What is noted, but for how old a file is. */
const withoutAge = (stderr: string): string => stderr.replace(/^pathsec: .*: last changed .*\n/m, '');

describe('the limit of providers (aspa-profile §5.5)', () => {
  it('is of the union, without 0, the customer and repeats; no part of a list stays', () => {
    const aspas = createAspaStore([
      { customer: 1, providers: [0, 1, ...many(DEFAULT_MAX_PROVIDERS), 100_000] },
      { customer: 2, providers: many(6_000) },
      { customer: 2, providers: many(6_000, 104_001) },
      { customer: 3, providers: [0] },
    ]);
    expect(customersOverLimit(aspas)).toEqual([{ customer: 2, providers: 10_001 }]);
    expect(aspas.size).toBe(3);
    expect(dropOverLimit(aspas)).toEqual([{ customer: 2, providers: 10_001 }]);
    expect([...aspas].map(({ customer }) => customer)).toEqual([1, 3]);
    expect(dropOverLimit(aspas, 1)).toEqual([{ customer: 1, providers: 10_000 }]);
  });

  it.each<[string, string[], number, string]>([
    ['aspa verify', ['100000 64496', '--neighbor-role', 'customer'], 3, 'unknown\n'],
    ['aspa verify', ['100000 64497', '--neighbor-role', 'customer'], 0, 'valid\n'],
  ])('%s %j: %i, with a note', async (name, argv, code, stdout) => {
    const result = await run([...name.split(' '), ...argv, '--aspa', big()]);
    expect(result).toEqual({ code, stdout, stderr: `pathsec: ${NOTE}\n` });
  });

  it('aspa explain warns in the evidence too', async () => {
    const argv = ['aspa', 'explain', '100000 64496', '--neighbor-role', 'customer', '--aspa', big(), '-j'];
    const { code, stdout, stderr } = await run(argv);
    expect([code, stderr]).toEqual([3, `pathsec: ${NOTE}\n`]);
    expect(JSON.parse(stdout).warnings).toContainEqual(
      expect.objectContaining({ code: 'table-note', asn: 64496 }),
    );
  });

  it('counts over several files', async () => {
    const files = [aspaFile({ 64496: many(10_000) }), aspaFile({ 64496: many(10_000, 110_000) })];
    const { stdout, stderr } = await run(['rpki', 'convert', ...files]);
    expect([only(stdout), stderr]).toEqual([[], `pathsec: ${NOTE}\n`]);
  });

  it('with --strict it is fatal', async () => {
    const { code, stdout, stderr } = await run(['rpki', 'convert', '--strict', big()]);
    expect([code, stdout, stderr]).toEqual([2, '', `pathsec: ${NOTE}\n`]);
  });

  it.each(['rpki-client', 'routinator', 'openbgpd', 'bird', 'slurm'])(
    'rpki convert --to %s leaves the customer out whole',
    async (to) => {
      const { code, stdout, stderr } = await run(['rpki', 'convert', '--to', to, big()]);
      expect([code, stderr]).toEqual([0, `pathsec: ${NOTE}\n`]);
      expect([stdout.includes('64496'), stdout.includes('64497')]).toEqual([false, true]);
    },
  );

  it('rpki convert --slurm: of what the assertions make too', async () => {
    const slurm = temporaryFile(
      'slurm.json',
      JSON.stringify({
        slurmVersion: 2,
        validationOutputFilters: { prefixFilters: [], bgpsecFilters: [], aspaFilters: [] },
        locallyAddedAssertions: {
          prefixAssertions: [],
          bgpsecAssertions: [],
          aspaAssertions: [{ customerAsn: 64496, providerAsns: many(20_000) }],
        },
      }),
    );
    const { code, stdout, stderr } = await run(['rpki', 'convert', aspaFile({ 1: [2] }), '--slurm', slurm]);
    expect([code, only(stdout), stderr]).toEqual([0, [1], `pathsec: ${NOTE}\n`]);
  });

  it('rtr dump and diff: of caches as of files', async () => {
    const cache = await cacheOf({ 64496: many(12_000), 64497: many(10_000) });
    const note = `pathsec: ${NOTE.replace('20000', '12000')}\n`;
    const dump = await run(['rtr', 'dump', cache, '--json']);
    expect([dump.code, only(dump.stdout), dump.stderr]).toEqual([0, [64497], note]);
    const diff = await run(['rtr', 'diff', big(), cache, '--exit-code']);
    expect([diff.code, diff.stdout, withoutAge(diff.stderr)]).toEqual([0, '', `pathsec: ${NOTE}\n${note}`]);
    const gone = await run(['rtr', 'diff', aspaFile({ 64496: [1], 64497: [2] }), big(), '--exit-code']);
    expect([gone.code, gone.stdout.match(/^. aspa AS\d+/gm)]).toEqual([
      1,
      ['+ aspa AS64497', '- aspa AS64496', '- aspa AS64497'],
    ]);
  });

  it('rtr watch: of one cache, and of several together', async () => {
    const caches = [
      await cacheOf({ 1: [2], 64496: many(6_000) }),
      await cacheOf({ 64496: many(14_000, 106_000) }),
    ];
    const { code, stdout, stderr } = await run([
      ...['rtr', 'watch', ...caches, '--initial', '--jsonl', '--updates', '2', '--for', '600'],
    ]);
    expect(code).toBe(0);
    const rest = jsonLines(stdout).filter(({ customer }) => customer !== 1);
    // The customer is there only as long as the smaller list is alone.
    expect(
      rest.map(({ change }) => change).filter((change, i) => change !== ['announce', 'withdraw'][i]),
    ).toEqual([]);
    expect(stderr).toMatch(/AS64496 has (20000|14000) providers, more than 10000/);
  });

  it('a cache that serves a file equals the file in rtr diff', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    const file = big();
    const stop = runUntilStopped(['rtr', 'serve', file, '--listen', address]);
    let diff = await run(['rtr', 'diff', address, file, '--exit-code']);
    while (diff.code === 2) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      diff = await run(['rtr', 'diff', address, file, '--exit-code']);
    }
    expect([diff.code, diff.stdout, withoutAge(diff.stderr)]).toEqual([0, '', `pathsec: ${NOTE}\n`]);
    const { stderr } = await stop();
    expect(stderr.split(NOTE).length).toBe(2);
  });

  it('rtr serve of other caches applies it to the union', async () => {
    const caches = [
      await cacheOf({ 1: [2], 64496: many(6_000) }),
      await cacheOf({ 64496: many(14_000, 106_000) }),
    ];
    const address = `127.0.0.1:${await freePort()}`;
    const stop = runUntilStopped(['rtr', 'serve', ...caches, '--listen', address]);
    let dump = await run(['rtr', 'dump', address, '--json']);
    while (dump.code === 2 || only(dump.stdout).join() !== '1') {
      await new Promise((resolve) => setTimeout(resolve, 50));
      dump = await run(['rtr', 'dump', address, '--json']);
    }
    expect(only(dump.stdout)).toEqual([1]);
    expect((await stop()).stderr).toMatch(/AS64496 has \d+ providers, more than 10000/);
  });

  it('a script of rtr serve that breaks it is refused', async () => {
    const aspas = [{ customer_asid: 64496, providers: many(20_000) }];
    const script = temporaryFile('script.json', JSON.stringify({ steps: [{ at: 0, announce: { aspas } }] }));
    const { code, stderr } = await run(['rtr', 'serve', '--script', script, '--for', '0']);
    expect([code, stderr]).toEqual([2, `pathsec: ${script}: ${NOTE}\n`]);
  });
});

describe('rpki show', () => {
  it('an object with too many providers is invalid, and --payloads notes it', async () => {
    const repo = join(mkdtempSync(join(tmpdir(), 'pathsec-limit-')), 'repo');
    onTestFinished(() => rmSync(dirname(repo), { recursive: true }));
    await run(['rpki', 'lab', repo, '--aspa', big()]);
    const objects = readdirSync(join(repo, 'ca'))
      .filter((name) => name.endsWith('.asa'))
      .map((name) => join(repo, 'ca', name));
    const show = (...argv: string[]) => run(['rpki', 'show', ...objects, '--issuer', repo, ...argv]);
    const verdicts = jsonLines((await show('--json')).stdout).map(
      ({ customer_asid, validation, findings }) => {
        return [customer_asid, validation, (findings as { code: string }[]).map(({ code }) => code)];
      },
    );
    expect(verdicts.sort()).toEqual([
      [64496, 'invalid', ['aspa-provider-limit']],
      [64497, 'valid', []],
    ]);
    const { code, stdout, stderr } = await show('--payloads');
    expect([code, only(stdout), stderr]).toEqual([1, [64497], expect.stringContaining(`pathsec: ${NOTE}\n`)]);
  });
});

describeShared('an object with 20,000 providers', () => {
  const objects = shared('cases/2026-11/objects/obj');
  const show = (...argv: string[]) =>
    run(['rpki', 'show', '--time', '1790000000', '--issuer', `${objects}/issuer`, ...argv]);

  it('is invalid, and exports nothing, with a note', async () => {
    const text = await show(`${objects}/73-20000-providers.asa`);
    expect(text.code).toBe(1);
    expect(text.stdout).toMatch(
      /AS\d+ has 20000 providers, more than 10000 \(aspa-provider-limit, aspa-profile §5.5\)/,
    );
    const payloads = await show('--payloads', `${objects}/60-good.asa`, `${objects}/73-20000-providers.asa`);
    expect(payloads.stderr).toMatch(/AS\d+ has 20000 providers, more than 10000: none of its ASPAs counts/);
    expect(readPayloads(payloads.stdout).aspas.size).toBe(0); // the good one is of the same customer
  });
});
