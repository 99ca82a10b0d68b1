import { createAspaTable, verifyAsPath } from 'pathsec/aspa';
import { createRouterKeys } from 'pathsec/bgpsec';
import { AFI_IPV4, AFI_IPV6, makePrefix, type Prefix } from 'pathsec/inet';
import { createAspaStore, createRouterKeyStore, createVrpStore, unionAspas } from 'pathsec/payload';
import { readPayloads } from 'pathsec/rpki';
import { createRtrCache } from 'pathsec/rtr';
import { createNumberMap, SeededHash } from 'pathsec/tables';
import { describe, expect, it } from 'vitest';
import { PathLedger } from '../../src/audit/path-ledger.js';
import { PathStore } from '../../src/audit/path-store.js';
import { createPathInterner } from '../../src/routes/path-interner.js';
import { createPeerInterner } from '../../src/routes/peer-interner.js';
import {
  engineColliders,
  fnvPaths,
  highBitPaths,
  prefixColliders,
  randomNumbers,
  regularSets,
} from './colliding.js';

const COUNT = 100_000;
/** Seeds that whoever makes the keys does not know; 0 is what a caller gets who passes none. */
const SEEDS = [0, 77, 987_654_321_012];
const random = randomNumbers(COUNT);

/** Slots looked at for random keys, by table and seed. */
const usual = new Map<string, number>();

/** Compares the slots looked at under each seed, for chosen keys and for as many random ones. */
function expectAtMostTwice(
  table: string,
  probesOf: (keys: 'chosen' | 'random', seed: number) => number,
  least = COUNT,
): void {
  for (const seed of SEEDS) {
    const name = `${table} ${seed}`;
    const probes = usual.get(name) ?? probesOf('random', seed);
    usual.set(name, probes);
    expect(probes).toBeGreaterThanOrEqual(least);
    expect(probesOf('chosen', seed) / probes).toBeLessThanOrEqual(2);
  }
}

/** A /64 of IPv6 by its two first words. */
function prefix64(first: number, second: number): Prefix {
  const octets = new Uint8Array(16);
  new DataView(octets.buffer).setUint32(0, first);
  new DataView(octets.buffer).setUint32(4, second);
  return makePrefix(AFI_IPV6, octets, 64);
}

function keyOf(number: number): { asn: number; ski: Uint8Array; spki: Uint8Array } {
  const ski = new Uint8Array(20);
  new DataView(ski.buffer).setUint32(0, number);
  return { asn: 64496, ski, spki: ski.slice(0, 5) };
}

describe('100,000 chosen keys cost at most twice the probes of random ones', () => {
  it.each(Object.entries(regularSets(COUNT)))('customers of ASPAs: %s', (_, numbers) => {
    const aspas = (keys: readonly number[]) =>
      keys.filter((customer) => customer > 0).map((customer) => ({ customer, providers: [1] }));
    const sets = { chosen: aspas(numbers), random: aspas(random) };
    expectAtMostTwice('AspaTable', (keys, seed) => createAspaTable(sets[keys], { seed }).probes);
    expectAtMostTwice('AspaStore', (keys, seed) => createAspaStore(sets[keys], { seed }).probes);
    // One after the other, as a live table gets them.
    expectAtMostTwice('live AspaTable', (keys, seed) => {
      const table = createAspaTable([], { seed });
      for (const aspa of sets[keys]) table.announce(aspa);
      return table.probes;
    });
  });

  it('VRPs inside one /32 that the former hash of prefixes could not tell apart, and of one ASN each', () => {
    const vrps = (seconds: readonly number[]) =>
      seconds.map((second) => ({ prefix: prefix64(0x2001_0db8, second), maxLength: 64, asn: 64500 }));
    const sets = { chosen: vrps(prefixColliders(0x2001_0db8, COUNT)), random: vrps(random) };
    expectAtMostTwice('VRPs', (keys, seed) => createVrpStore(sets[keys], { seed }).probes, 2 * COUNT);
  });

  it('VRPs of one prefix whose ASNs the engine and the former hash cannot tell apart', () => {
    const vrps = (asns: readonly number[]) =>
      asns.map((asn) => ({
        prefix: makePrefix(AFI_IPV4, Uint8Array.of(192, 0, 2, 0), 24),
        maxLength: 24,
        asn,
      }));
    const sets = { chosen: vrps(engineColliders(COUNT)), random: vrps(random) };
    expectAtMostTwice('VRPs of one prefix', (keys, seed) => createVrpStore(sets[keys], { seed }).probes);
  });

  it.each([
    ['FNV', fnvPaths(COUNT)],
    ['FNV from any start', highBitPaths(COUNT)],
  ])('paths that are one under %s', (_, paths) => {
    const other = paths.map((path, i) =>
      path.map((asn, k) => (k === 0 ? asn : (random[(i + 7919 * k) % COUNT] ?? 1))),
    );
    const sets = { chosen: paths, random: other };
    expectAtMostTwice(`paths of ${paths[0]?.length}`, (keys, seed) => {
      const store = new PathStore(new SeededHash(seed));
      for (const asns of sets[keys]) store.add([{ type: 2, asns }]);
      return store.probes;
    });
  });

  it('router keys whose SKIs differ where a hash of the first octets does not look', () => {
    const sets = { chosen: engineColliders(COUNT).map(keyOf), random: random.map(keyOf) };
    expectAtMostTwice('RouterKeyStore', (keys, seed) => createRouterKeyStore(sets[keys], { seed }).probes);
    expectAtMostTwice(
      'RouterKeys',
      (keys, seed) => createRouterKeys(sets[keys].slice(0, 20_000), { seed }).probes,
      40_000,
    );
  });

  it('RTR records', () => {
    const vrps = (seconds: readonly number[]) =>
      seconds.map((second) => ({ prefix: prefix64(0x2001_0db8, second), maxLength: 64, asn: 64500 }));
    const sets = { chosen: vrps(prefixColliders(0x2001_0db8, COUNT)), random: vrps(random) };
    expectAtMostTwice('RTR records', (keys, seed) => {
      const cache = createRtrCache({ sessionId: 1, seed });
      cache.replace({ vrps: sets[keys], aspas: [], routerKeys: [] });
      return cache.store.vrps.ipv6.probes;
    });
  });

  it.each(Object.entries(regularSets(COUNT)))('maps by number: %s', (_, numbers) => {
    const sets = { chosen: numbers, random };
    expectAtMostTwice('NumberMap', (keys, seed) => {
      const map = createNumberMap<true>(new SeededHash(seed));
      for (const number of sets[keys]) map.set(number, true);
      return map.probes;
    });
  });
});

describe('the interners of the readers, which forget when they are full', () => {
  it('give colliding paths and peers one object each', () => {
    const hash = new SeededHash(5);
    const internPath = createPathInterner(undefined, hash);
    const octets = new Uint8Array(14);
    const view = new DataView(octets.buffer);
    octets.set([2, 3]);
    const paths = fnvPaths(50_000).map((asns) => {
      for (const [i, asn] of asns.entries()) view.setUint32(2 + 4 * i, asn);
      return internPath(octets, 0, 14, 4);
    });
    expect(new Set(paths).size).toBe(50_000);
    const internPeer = createPeerInterner(hash);
    const address = new Uint8Array(4);
    const peers = engineColliders(60_000).map((asn) => internPeer(address, 0, 4, asn));
    expect(new Set(peers).size).toBe(60_000);
    expect(internPeer(address, 0, 4, engineColliders(1)[0] as number)).toBe(peers[0]);
  });
});

describe('many peers of one path', () => {
  it('are counted each on its own, and found by an index', () => {
    const ledger = new PathLedger(new SeededHash(6));
    const path = [{ type: 2 as const, asns: [64500, 64501] }];
    const peers = engineColliders(COUNT).map((asn) => ({ address: Uint8Array.of(192, 0, 2, 1), asn }));
    for (let round = 0; round < 2; round++) {
      for (const peer of peers) {
        ledger.select(path, peer);
        ledger.count('valid');
      }
    }
    const counts: number[] = [];
    ledger.forEachPeer(0, (_, valid) => counts.push(valid));
    expect(ledger.paths.size).toBe(1);
    expect(counts.length).toBe(ledger.peers.all.size);
    expect(new Set(counts)).toEqual(new Set([2]));
    expect(ledger.probes).toBeLessThan(3 * COUNT);
  });
});

describe('lists of one payload, whose numbers the engine cannot tell apart', () => {
  const providers = engineColliders(50_000).filter((asn) => asn > 1);

  it('are read, united and warned of without a Set of numbers', () => {
    const records = [`{"customer":1,"providers":[${providers.map((asn) => `"AS${asn}"`).join()}]}`];
    const text = `{"roas":[],"aspas":[${records}]}`;
    const [read] = readPayloads(text).aspas;
    expect(read?.providers).toEqual(providers.toSorted((a, b) => a - b));
    const parts = [
      { customer: 1, providers },
      { customer: 1, providers: [...providers, 7] },
    ];
    expect(unionAspas(parts).providers).toEqual([...providers, 7].sort((a, b) => a - b));
    const table = createAspaTable([{ customer: 5, providers: [5, 6] }]);
    const asPath = [{ type: 2 as const, asns: [...providers, 0, 5] }];
    expect(verifyAsPath(table, { asPath, procedure: 'upstream' }).warnings.map(({ code }) => code)).toEqual([
      'neighbor-check-skipped',
      'as-0-in-path',
      'table-note',
    ]);
  });

  it('limits to families hold only where every mention has the same', () => {
    const record = (list: string): string =>
      `{"roas":[],"aspas":[{"customer_asid":1,"providers":[${list}]}]}`;
    const limitsOf = (list: string): unknown => [
      ...(readPayloads(record(list)).aspas.get(1)?.afiLimits ?? []),
    ];
    const of = (asn: number, limit?: string): string =>
      `{"asid":${asn}${limit === undefined ? '' : `,"afi_limit":"${limit}"`}}`;
    expect(limitsOf([of(5, 'ipv4'), of(6), of(5, 'ipv4')].join())).toEqual([[5, 1]]);
    expect(limitsOf([of(5, 'ipv4'), of(5, 'ipv6'), of(5, 'ipv6')].join())).toEqual([]);
    expect(limitsOf([of(5, 'ipv4'), of(5)].join())).toEqual([]);
    expect(limitsOf([of(5), of(5, 'ipv4'), of(6, 'ipv6')].join())).toEqual([[6, 2]]);
  });
});
