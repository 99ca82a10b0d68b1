import { readFileSync } from 'node:fs';
import { toHex } from 'pathsec/bytes';
import { formatPrefix } from 'pathsec/inet';
import { type Ccr, decodeCcr, isCcr, readCcr } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { context, generalizedTime, int, NULL, seq } from '../kit/objects/generator/der.js';
import { describeShared, shared } from '../support.js';
import {
  aspa,
  type CcrPlan,
  ccrFile,
  highTag,
  OLDER,
  only,
  PRIVATE,
  routerKeys,
  STATES,
  states,
  TAGS,
} from './ccr-builder.js';
import { contentOf } from './content.js';

const codesOf = ({ findings }: Ccr): string[] => findings.map(({ code }) => code);

const CONTENT = {
  vrps: [
    '10.0.0.0/8-24 64496',
    '192.0.2.0/24-24 0',
    '198.51.100.0/24-28 64496',
    '2001:db8::/32-32 64496',
    '2001:db8:8000::/33-48 64496',
  ],
  aspas: ['64496: 64497 4200000000', '64497: 0'],
};

describe('decodeCcr (ccr §3)', () => {
  it('gives every state with its entries', () => {
    requirement(
      'ccr:2:content-type',
      'ccr:3.1:version-0',
      'ccr:3.2:sha-256',
      'ccr:3.2:no-parameters',
      'ccr:3.3:produced-at',
      'ccr:3.4:one-state',
      'ccr:3.4.1.1:subordinates-order',
      'ccr:3.4.1.1:manifests-order',
      'ccr:3.4.1.2:latest',
      'ccr:3.4.1.2:not-after-produced-at',
      'ccr:3.4.2:as-once',
      'ccr:3.4.2:canonical',
      'ccr:3.4.3:customer-once',
      'ccr:3.4.3:providers-order',
      'ccr:3.4.3:as0-alone',
      'ccr:3.4.4:order',
      'ccr:3.4.5:as-once',
      'ccr:3.4.5:keys-order',
      'ccr:5.1:integrity',
      'ccr:6:bounds',
    );
    const ccr = decodeCcr(ccrFile());
    const { manifests, vrps, aspas, trustAnchors, routerKeys: keys } = ccr.states;
    expect([ccr.form, ccr.version, ccr.producedAt, ccr.findings]).toEqual([
      'current',
      0,
      Date.parse('2026-06-01T00:10:00Z') / 1000,
      [],
    ]);
    const counts = Object.entries(ccr.states).map(([name, { count, intact }]) => [name, count, intact]);
    expect(counts).toEqual([
      ['manifests', 2, true],
      ['vrps', 5, true],
      ['aspas', 2, true],
      ['trustAnchors', 2, true],
      ['routerKeys', 3, true],
    ]);
    const [first, second] = [...(manifests ?? [])];
    const time = Date.parse('2026-06-01T00:00:00Z') / 1000;
    expect(manifests?.mostRecentUpdate).toBe(time + 2);
    expect(first).toEqual({
      hash: new Uint8Array(32).fill(1),
      size: 1001,
      aki: new Uint8Array(20).fill(1),
      manifestNumber: BigInt(`0x7f${'00'.repeat(18)}01`),
      thisUpdate: time + 1,
      locations: [{ method: '1.3.6.1.5.5.7.48.11', uri: 'rsync://example.net/1.mft' }],
      subordinates: [new Uint8Array(20).fill(2), new Uint8Array(20).fill(3)],
    });
    expect(second).not.toHaveProperty('subordinates');
    expect(
      [...(vrps ?? [])].map(({ prefix, maxLength, asn }) => [formatPrefix(prefix), maxLength, asn]),
    ).toEqual([
      ['192.0.2.0/24', 24, 0],
      ['10.0.0.0/8', 24, 64496],
      ['198.51.100.0/24', 28, 64496],
      ['2001:db8::/32', 32, 64496],
      ['2001:db8:8000::/33', 48, 64496],
    ]);
    expect([...(aspas ?? [])]).toEqual([
      { customer: 64496, providers: [64497, 4_200_000_000] },
      { customer: 64497, providers: [0] },
    ]);
    expect([...(trustAnchors ?? [])].map(toHex)).toEqual(['01'.repeat(20), 'c8'.repeat(20)]);
    expect([...(keys ?? [])].map(({ asn, ski }) => [asn, ski[0]])).toEqual([
      [64496, 1],
      [64496, 2],
      [4_200_000_000, 1],
    ]);
  });

  it('reads a file with one state alone, and lists that are empty', () => {
    requirement('ccr:3.4:one-state', 'ccr:3.4.1.2:epoch');
    const empty = { date: generalizedTime('1970-01-01T00:00:00Z') };
    const { states: found, findings } = decodeCcr(ccrFile(only('manifests', seq(), empty)));
    expect([Object.keys(found), found.manifests?.count, findings]).toEqual([['manifests'], 0, []]);
    for (const name of ['vrps', 'aspas', 'routerKeys'] as const)
      expect(decodeCcr(ccrFile(only(name, seq()))).states[name]?.count).toBe(0);
  });

  it.each([
    ['until-2025-12-05', OLDER],
    ['until-2025-12-02', { ...OLDER, type: PRIVATE }],
  ] as const)('reads and names the form of files %s', (form, plan) => {
    const octets = ccrFile(plan);
    const ccr = decodeCcr(octets);
    expect([isCcr(octets), ccr.form, codesOf(ccr)]).toEqual([true, form, ['ccr-older-form']]);
    expect(contentOf(readCcr(octets))).toMatchObject(CONTENT);
  });

  it('passes over states that are not known, and says so', () => {
    requirement('ccr:3.4:unknown-states');
    const unknown = [context(6, seq(int(1))), highTag(seq(NULL)), int(7)];
    const ccr = decodeCcr(ccrFile({ more: Buffer.concat(unknown) }));
    expect(codesOf(ccr)).toEqual(['ccr-unknown-state', 'ccr-unknown-state', 'ccr-unknown-state']);
    expect(Object.keys(ccr.states)).toHaveLength(5);
  });
});

describe('hashes (ccr §5.1)', () => {
  it.each(Object.keys(TAGS) as (keyof typeof TAGS)[])(
    'a wrong one of %s is told, and nothing of it is read',
    (name) => {
      requirement('!ccr:5.1:integrity');
      const damaged = states({ [name]: { ...STATES[name], hash: Buffer.alloc(32, 7) } });
      const ccr = decodeCcr(ccrFile({ states: damaged }));
      const state = ccr.states[name];
      expect(ccr.findings).toMatchObject([{ code: 'ccr-hash', severity: 'error', section: 'ccr §5.1' }]);
      expect([state?.intact, state?.count, [...(state ?? [])]]).toEqual([false, undefined, []]);
      expect(Object.values(ccr.states).filter(({ intact }) => intact)).toHaveLength(4);
      expect(() => readCcr(ccrFile({ states: damaged }))).toThrowError(/the file is damaged/);
    },
  );
});

describe('readCcr', () => {
  it('takes VRPs, ASPAs and router keys, which do not expire', () => {
    const read = readCcr(ccrFile(), { now: 4_000_000_000, seed: 5 });
    expect([read.dialect, read.problems.count, read.expired, read.routerKeys.size]).toEqual(['ccr', 0, 0, 3]);
    expect(contentOf(read)).toMatchObject(CONTENT);
  });

  it('leaves out and reports what is no payload: ASPAs and keys of AS 0', () => {
    const plan: CcrPlan = {
      states: [
        [TAGS.aspas, { list: seq(aspa(0, 1), aspa(1, 2)) }],
        [TAGS.routerKeys, { list: seq(routerKeys(0, [1, 1])) }],
      ],
    };
    const read = readCcr(ccrFile(plan));
    expect(read.problems.listed.map(({ code, list, index }) => [code, list, index])).toEqual([
      ['aspa-customer-zero', 'aspas', 0],
      ['router-key-asn-zero', 'routerKeys', 0],
    ]);
    expect([read.aspas.size, read.routerKeys.size]).toEqual([1, 0]);
  });
});

describeShared('the example of ccr, appendix A', () => {
  const text = readFileSync(shared('specs/2026/ccr/testvector.b64'), 'utf8');
  const base64 = text.replaceAll(/[^A-Za-z0-9+/=]/g, '');

  it('decodes as the draft says', () => {
    const octets = new Uint8Array(Buffer.from(base64, 'base64'));
    const ccr = decodeCcr(octets);
    const hashes = Object.values(ccr.states).map(({ hash, count }) => [
      count,
      Buffer.from(hash).toString('base64'),
    ]);
    expect(hashes).toEqual([
      [4, 'Y41AjkpiFr/AzR2/c8cItZOmICwuIaZOGqYdKaonbBI='],
      [5, 'D7GXkab9xejDm5KqaoYNDnApeP+5BX/9ExEBesfHTHo='],
      [3, 'JzffEMksigs1JT58SSU+Yhq0UAiy27wg3beHrAslFFM='],
      [2, 'DuZCxMlR+Gx9e3jABEpX/YGGHtWvfQH1vquOP43XAxE='],
      [3, '57BYFM3TNz47lJ6rbykyP58kkXVe/dOKFSLgOVi1GsE='],
    ]);
    expect(ccr.findings).toEqual([]);
    expect(ccr.producedAt).toBe(Date.parse('2026-05-15T00:00:10Z') / 1000);
    expect(contentOf(readCcr(octets))).toMatchObject({
      vrps: [
        '192.0.2.0/24-24 0',
        '198.51.100.0/24-28 65536',
        '2001:db8::/48-48 65536',
        '3fff::/32-32 65550',
        '3fff::/32-32 65551',
      ],
      aspas: ['64511: 64496', '65536: 65540 65544', '65550: 0'],
    });
  });

  it('is the file beside the draft', () => {
    expect(readFileSync(shared('specs/2026/ccr/example.ccr')).toString('base64')).toBe(base64);
  });
});
