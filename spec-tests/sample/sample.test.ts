import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { formatAsPath } from 'pathsec/bgp';
import { formatPrefix } from 'pathsec/inet';
import { createRouteReader, type RouteElement } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { generateSample, SAMPLE_SEED } from '../../scripts/sample/sample.js';
import { auditSample, sampleFile, sampleTruth } from './judge-sample.js';

interface Expected {
  readonly rov: readonly number[];
  readonly upstream: readonly number[];
  readonly downstream: readonly number[];
  /** Feeds that show the incident and where no mechanism objects. */
  readonly missed: readonly number[];
  readonly why: string;
}

const T1 = 64496; // provider
const T3 = 64498; // provider
const FULL = 65541; // no role: judged downstream
const none: readonly number[] = [];
const found = (why: string, part: Partial<Expected>): Expected => ({
  rov: none,
  upstream: none,
  downstream: none,
  missed: none,
  why,
  ...part,
});

/** Who finds what, at which feeds, and why. Keys are all incidents of the sample. */
const EXPECTED: Readonly<Record<string, Expected>> = {
  'leak-1-hairpin': found('the up-ramp ends below the leaker, the down-ramp at the provider-free neighbour', {
    downstream: [T1, T3],
  }),
  'leak-1-hairpin-by-our-customer': found('on a route from a customer every hop has to climb', {
    upstream: [64513],
  }),
  'leak-1-hairpin-unattested': found('neither provider of the leaker has an ASPA: only the down-ramp ends', {
    missed: [T3],
  }),
  'leak-2-lateral': found(
    'AS64499 and AS64496 attest that they have no provider; one AS stands between them',
    {
      downstream: [T1],
    },
  ),
  'leak-3-provider-to-peer': found(
    'the provider does not list the leaker, and a lateral peer only sends climbing routes',
    {
      upstream: [65537],
    },
  ),
  'leak-3-provider-to-route-server': found(
    'the same, behind a transparent route server, exempt from step 2',
    {
      upstream: [64511],
    },
  ),
  'leak-4-peer-to-provider': found('the origin does not list the leaker; the neighbour is provider-free', {
    downstream: [T1, T3],
  }),
  'leak-5-reorigination': found('the path is the honest one of the wrong origin: ROV alone sees it', {
    rov: [T1, T3, FULL],
  }),
  'leak-5-reorigination-no-vrp': found('no VRP covers the prefix', { missed: [T1, T3, FULL] }),
  'leak-6-internal-prefixes': found('the origin is right, the prefix longer than maxLength', {
    rov: [T1, T3, FULL],
  }),
  'leak-6-internal-prefixes-loose-maxlength': found('maxLength allows what was not meant to be announced', {
    missed: [T1, T3, FULL],
  }),
  'hijack-exact-prefix': found('wrong origin', { rov: [T1, T3, FULL] }),
  'hijack-exact-prefix-no-vrp': found('no VRP covers the prefix', { missed: [T1, T3, FULL] }),
  'hijack-sub-prefix': found('wrong origin', { rov: [T1, T3, FULL] }),
  'hijack-forged-origin': found(
    'the origin is the VRP holder, but it does not list the attacker as provider',
    {
      downstream: [T1, FULL],
    },
  ),
  'hijack-forged-origin-sub-prefix': found('as above; maxLength lets ROV call it valid', {
    downstream: [T1, T3, FULL],
  }),
  'hijack-forged-origin-unattested': found('the claimed origin has no ASPA', { missed: [T1, FULL] }),
  'hijack-forged-origin-by-our-provider': found('two ASes downstream are always valid (draft-28 §7.3)', {
    missed: [T3],
  }),
  'hijack-unallocated-space': found('a VRP of AS 0 covers it', { rov: [T1, T3, FULL] }),
  'incomplete-aspa': found('an honest route over the provider that the ASPA forgets; AS65547 is listed', {
    downstream: [T1, T3],
    missed: [FULL],
  }),
  'short-max-length': found('an honest route that looks like leak type 6', { rov: [T1, T3, FULL] }),
  'as-set-with-vrp': found('no origin under a VRP is invalid (RFC 6811 §2); step 3 for ASPA', {
    rov: [T1, T3, FULL],
    downstream: [T1, T3, FULL],
  }),
  'as-set-without-vrp': found('no VRP; step 3 for ASPA', { downstream: [T1, T3, FULL] }),
};

describe('the embedded sample', () => {
  const report = auditSample();
  const incidents = sampleTruth();
  const originOf = (path: string) => (path.endsWith('}') ? null : Number(path.split(' ').at(-1)));

  it('is what the generator makes, octet for octet', () => {
    const { rib, rpki, roles, truth } = generateSample(SAMPLE_SEED);
    expect(Buffer.compare(gunzipSync(sampleFile('rib.mrt.gz')), rib)).toBe(0);
    expect(sampleFile('rpki.json').toString()).toBe(rpki);
    expect(sampleFile('roles.json').toString()).toBe(roles);
    expect(sampleFile('truth.json').toString()).toBe(truth);
    expect(generateSample(SAMPLE_SEED + 1).rpki).not.toBe(rpki);
  });

  it('has the incidents that are judged here, of all six leak types', () => {
    expect(incidents.map(({ id }) => id)).toEqual(Object.keys(EXPECTED));
    const types = new Set(incidents.flatMap(({ rfc7908 }) => (rfc7908 ? [rfc7908] : [])));
    expect([...types].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(incidents.filter(({ seen }) => seen.length === 0)).toEqual([]);
  });

  for (const { id, seen } of incidents) {
    const expected = EXPECTED[id] ?? found('?', {});
    it(`${id}: ${expected.why}`, () => {
      const sets = { rov: new Set<number>(), upstream: new Set<number>(), downstream: new Set<number>() };
      const missed = new Set<number>();
      for (const { peerAs, prefix, path } of seen) {
        const origin = originOf(path);
        const byRov = report.invalidOrigins.listed.some((o) => o.prefix === prefix && o.origin === origin);
        const byAspa = report.invalidPaths.find((p) => p.peerAs === peerAs && p.path === path);
        if (byRov) sets.rov.add(peerAs);
        if (byAspa) sets[byAspa.procedure].add(peerAs);
        if (!byRov && !byAspa) missed.add(peerAs);
      }
      expect({
        rov: [...sets.rov],
        upstream: [...sets.upstream],
        downstream: [...sets.downstream],
        missed: [...missed],
        why: expected.why,
      }).toEqual(expected);
    });
  }

  it('has nothing invalid but the incidents', () => {
    const paths = new Set(
      incidents.flatMap(({ seen }) => seen.map(({ peerAs, path }) => `${peerAs} ${path}`)),
    );
    expect(report.invalidPaths.filter(({ peerAs, path }) => !paths.has(`${peerAs} ${path}`))).toEqual([]);
    const prefixes = new Set(incidents.flatMap((incident) => incident.prefixes));
    expect(report.invalidOrigins.listed.filter(({ prefix }) => !prefixes.has(prefix))).toEqual([]);
    expect(report.invalidPaths).toHaveLength(21);
    expect(report.rov).toEqual({ valid: report.rov.valid, invalid: 33, notFound: report.rov.notFound });
  });

  it('shows every verdict of both mechanisms, thousands of routes, and clean reading', () => {
    expect(report.routes).toBeGreaterThan(3000);
    for (const counts of [report.rov, report.aspa]) {
      expect(Object.values(counts).every((count) => count > 0)).toBe(true);
    }
    expect(report.problems.count).toBe(0);
    expect(report.asSets.paths).toBe(6);
    expect(report.specialAsns.asTrans.paths).toBe(3);
  });

  it('keeps to space and numbers that are nobody’s', () => {
    let big = 0;
    let prepended = 0;
    let ipv6 = 0;
    const strangers = new Set<string>();
    const reader = createRouteReader((element) => {
      const { prefix, asPath } = element as RouteElement;
      const text = formatPrefix(prefix);
      if (!/^(10\.|3fff:)/.test(text)) strangers.add(text);
      if (prefix.afi === 2) ipv6++;
      const asns = asPath.flatMap((segment) => segment.asns);
      if (asns.some((asn) => asn >= 2 ** 31)) big++;
      if (asns.some((asn, i) => asn === asns[i - 1])) prepended++;
      for (const asn of asns) if (!isSynthetic(asn)) strangers.add(formatAsPath(asPath));
    });
    reader.push(gunzipSync(sampleFile('rib.mrt.gz')));
    reader.end();
    expect([...strangers]).toEqual([]);
    expect(Math.min(big, prepended, ipv6)).toBeGreaterThan(300);
  });

  it('is small', () => {
    const octets = ['rib.mrt.gz', 'rpki.json', 'roles.json', 'truth.json'].map(
      (name) => readFileSync(fileURLToPath(new URL(`../../src/sample/${name}`, import.meta.url))).length,
    );
    expect(octets.reduce((sum, size) => sum + size)).toBeLessThan(100_000);
  });
});

/** Documentation (RFC 5398), private use (RFC 6996), AS_TRANS. */
function isSynthetic(asn: number): boolean {
  const documentation = (asn >= 64496 && asn <= 64511) || (asn >= 65536 && asn <= 65551);
  return documentation || (asn >= 64512 && asn <= 65534) || asn >= 4_200_000_000 || asn === 23456;
}
