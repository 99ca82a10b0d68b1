import { readFileSync } from 'node:fs';
import { DecodeError, toHex } from 'pathsec/bytes';
import { formatPrefix } from 'pathsec/inet';
import { type Ccr, decodeCcr, isCcr, readCcr } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import {
  bitString,
  context,
  generalizedTime,
  indefinite,
  int,
  longLength,
  NULL,
  octetString,
  oid,
  seq,
  tlv,
  uri,
} from '../kit/objects/generator/der.js';
import { describeShared, shared } from '../support.js';
import {
  aspa,
  type CcrPlan,
  ccrFile,
  family,
  highTag,
  manifest,
  OLDER,
  PRIVATE,
  roas,
  routerKeys,
  STATES,
  type StatePlan,
  skis,
  states,
  TAGS,
} from './ccr-builder.js';
import { contentOf } from './content.js';

const SHA256 = '2.16.840.1.101.3.4.2.1';
const codesOf = ({ findings }: Ccr): string[] => findings.map(({ code }) => code);
const only = (name: keyof typeof TAGS, list: Buffer, more: Partial<StatePlan> = {}): CcrPlan => ({
  states: [[TAGS[name], { list, ...more }]],
});
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

/** What is wrong and can be lived with: a warning for each. */
const WARNED: readonly (readonly [string, CcrPlan, string])[] = [
  [
    'manifests that descend',
    only('manifests', seq(manifest(2), manifest(1)), { date: STATES.manifests.date }),
    'ccr-order',
  ],
  [
    'a manifest twice',
    only('manifests', seq(manifest(2), manifest(2)), { date: STATES.manifests.date }),
    'ccr-order',
  ],
  [
    'subordinates that descend',
    only('manifests', seq(manifest(2, { subordinates: skis(3, 2) })), { date: STATES.manifests.date }),
    'ccr-order',
  ],
  [
    'a date that is not the latest',
    only('manifests', seq(manifest(1)), { date: STATES.manifests.date }),
    'ccr-most-recent-update',
  ],
  [
    'a date of no manifest',
    only('manifests', seq(), { date: STATES.manifests.date }),
    'ccr-most-recent-update',
  ],
  [
    'a date after the file',
    {
      ...only('manifests', STATES.manifests.list, { date: STATES.manifests.date }),
      producedAt: generalizedTime('2026-06-01T00:00:01Z'),
    },
    'ccr-most-recent-update',
  ],
  [
    'VRPs of an AS in two sets',
    only('vrps', seq(roas(1, family(1, ['0a', 0])), roas(1, family(2, ['20', 0])))),
    'ccr-order',
  ],
  [
    'ASes that descend',
    only('vrps', seq(roas(2, family(1, ['0a', 0])), roas(1, family(1, ['0a', 0])))),
    'ccr-order',
  ],
  ['IPv6 before IPv4', only('vrps', seq(roas(1, family(2, ['20', 0]), family(1, ['0a', 0])))), 'ccr-order'],
  ['a longer prefix first', only('vrps', seq(roas(1, family(1, ['0a00', 0], ['0a', 0])))), 'ccr-order'],
  ['a VRP twice', only('vrps', seq(roas(1, family(1, ['0a', 0], ['0a', 0])))), 'ccr-order'],
  ['a maxLength too many', only('vrps', seq(roas(1, family(1, ['0a', 0, 8])))), 'roa-max-length-superfluous'],
  ['customers that descend', only('aspas', seq(aspa(2, 3), aspa(1, 3))), 'ccr-order'],
  ['providers that descend', only('aspas', seq(aspa(1, 3, 2))), 'ccr-order'],
  ['AS 0 beside a provider', only('aspas', seq(aspa(1, 0, 2))), 'aspa-as0'],
  ['trust anchors that descend', only('trustAnchors', skis(2, 1)), 'ccr-order'],
  [
    'keys of ASes that descend',
    only('routerKeys', seq(routerKeys(2, [1, 1]), routerKeys(1, [1, 1]))),
    'ccr-order',
  ],
  ['keys that descend', only('routerKeys', seq(routerKeys(2, [2, 1], [1, 1]))), 'ccr-order'],
];

describe('what a writer should not do', () => {
  it.each(WARNED)('%s: a warning, and a problem of a payload file', (_, plan, code) => {
    requirement(
      '!ccr:3.4.1.1:subordinates-order',
      '!ccr:3.4.1.1:manifests-order',
      '!ccr:3.4.1.2:epoch',
      '!ccr:3.4.1.2:latest',
      '!ccr:3.4.1.2:not-after-produced-at',
      '!ccr:3.4.2:as-once',
      '!ccr:3.4.2:canonical',
      '!ccr:3.4.3:customer-once',
      '!ccr:3.4.3:providers-order',
      '!ccr:3.4.3:as0-alone',
      '!ccr:3.4.4:order',
      '!ccr:3.4.5:as-once',
      '!ccr:3.4.5:keys-order',
    );
    const ccr = decodeCcr(ccrFile(plan));
    expect(ccr.findings.map((finding) => [finding.code, finding.severity])).toEqual([[code, 'warning']]);
    const read = readCcr(ccrFile(plan));
    expect(read.problems.listed.map((problem) => problem.code)).toEqual([code]);
    expect(() => readCcr(ccrFile(plan), { strict: true })).toThrowError(DecodeError);
  });

  it('is told once for a state, with the number', () => {
    const { findings } = decodeCcr(ccrFile(only('aspas', seq(aspa(3, 1), aspa(2, 1), aspa(1, 2)))));
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toMatch(/AS2 does not come after that of AS3, and 1 more$/);
  });
});

const v4 = (...addresses: Parameters<typeof family> extends [number, ...infer P] ? P : never) =>
  only('vrps', seq(roas(1, family(1, ...addresses))));
const mft = (own: Readonly<Record<string, Buffer>>): CcrPlan =>
  only('manifests', seq(manifest(1, own)), { date: generalizedTime('2026-06-01T00:00:01Z') });

/** What is refused whole. */
const REFUSED: readonly (readonly [string, CcrPlan, string])[] = [
  ['another content type', { type: '1.2.840.113549.1.7.2' }, 'ccr-type'],
  ['the private type around the current form', { type: PRIVATE }, 'asn1-syntax'],
  ['version 0 written out', { version: context(0, int(0)) }, 'version-default'],
  ['version 1', { version: context(0, int(1)) }, 'ccr-version'],
  ['another hash', { hashAlgorithm: seq(oid('2.16.840.1.101.3.4.2.3')) }, 'ccr-hash-algorithm'],
  ['parameters of SHA-256', { hashAlgorithm: seq(oid(SHA256), NULL) }, 'ccr-hash-algorithm'],
  ['a bare hash algorithm', { hashAlgorithm: oid(SHA256) }, 'asn1-syntax'],
  ['a fraction of a second', { producedAt: tlv(0x18, Buffer.from('20260601000000.5Z')) }, 'asn1-syntax'],
  ['a day that does not exist', { producedAt: tlv(0x18, Buffer.from('20260230000000Z')) }, 'der-time'],
  ['UTCTime', { producedAt: tlv(0x17, Buffer.from('260601000000Z')) }, 'asn1-syntax'],
  ['no state', { states: [] }, 'ccr-no-state'],
  ['unknown states alone', { states: [], more: context(6, int(1)) }, 'ccr-no-state'],
  ['states out of order', { states: states().toReversed() }, 'asn1-syntax'],
  ['a state twice', { states: [...states(), ...states().slice(-1)] }, 'asn1-syntax'],
  [
    'a state behind an unknown one',
    { more: Buffer.concat([context(6, NULL), context(5, NULL)]) },
    'asn1-syntax',
  ],
  ['an unknown state that is no DER', { more: context(6, indefinite(0x30)) }, 'der-length'],
  ['octets behind the file', { trailing: Buffer.of(0) }, 'der-trailing'],
  ['a hash of 31 octets', only('aspas', seq(), { hash: Buffer.alloc(31) }), 'asn1-syntax'],
  ['a member more', { wrap: (ccr) => Buffer.concat([ccr, NULL]) }, 'asn1-syntax'],
  ['an indefinite length', { states: [[3, { list: indefinite(0x30) }]] }, 'der-length'],
  ['a length that is too long', { states: [[3, { list: longLength(0x30, aspa(1, 2)) }]] }, 'der-length'],
  ['no trust anchor', only('trustAnchors', seq()), 'asn1-syntax'],
  ['an SKI of 19 octets', only('trustAnchors', seq(octetString(Buffer.alloc(19)))), 'asn1-syntax'],
  ['a manifest of 999 octets', mft({ size: int(999) }), 'asn1-syntax'],
  ['a manifest number of 21 octets', mft({ number: int(1n << 160n) }), 'asn1-syntax'],
  ['a negative manifest number', mft({ number: int(-1) }), 'asn1-syntax'],
  ['a padded integer', mft({ number: tlv(2, Buffer.of(0, 1)) }), 'der-integer'],
  ['no location', mft({ locations: seq() }), 'asn1-syntax'],
  [
    'a location that is no URI',
    mft({ locations: seq(seq(oid('1.3.6'), octetString(Buffer.of(1)))) }),
    'asn1-syntax',
  ],
  [
    'a URI with a control character',
    mft({ locations: seq(seq(oid('1.3.6'), uri('rsync://a\u0007'))) }),
    'asn1-syntax',
  ],
  ['subordinates that are empty', mft({ subordinates: seq() }), 'asn1-syntax'],
  ['a set of no family', only('vrps', seq(roas(1))), 'asn1-syntax'],
  ['a family without addresses', only('vrps', seq(roas(1, family(1)))), 'asn1-syntax'],
  [
    'three families',
    only('vrps', seq(roas(1, ...[1, 2, 2].map((afi) => family(afi, ['0a', 0]))))),
    'asn1-syntax',
  ],
  ['family 3', only('vrps', seq(roas(1, family(3, ['0a', 0])))), 'asn1-syntax'],
  ['an AS above the range', only('vrps', seq(roas(2 ** 32, family(1, ['0a', 0])))), 'asn1-syntax'],
  ['33 address bits', v4(['0a00000000', 7]), 'asn1-syntax'],
  ['unused bits that are set', v4(['0a01', 1]), 'der-bit-string'],
  ['a maxLength below the prefix', v4(['0a00', 0, 15]), 'roa-max-length'],
  ['a maxLength above the family', v4(['0a00', 0, 33]), 'roa-max-length'],
  ['no provider', only('aspas', seq(aspa(1))), 'asn1-syntax'],
  ['a provider above the range', only('aspas', seq(aspa(1, 2 ** 32))), 'asn1-syntax'],
  ['an AS without keys', only('routerKeys', seq(routerKeys(1))), 'asn1-syntax'],
  [
    'a key without algorithm',
    only(
      'routerKeys',
      seq(seq(int(1), seq(seq(octetString(Buffer.alloc(20)), seq(bitString(Buffer.of(1))))))),
    ),
    'asn1-syntax',
  ],
];

describe('what is refused (ccr §6: "stop further processing")', () => {
  it.each(REFUSED)('%s', (_, plan, code) => {
    requirement(
      '!ccr:2:content-type',
      '!ccr:3.1:version-0',
      '!ccr:3.2:sha-256',
      '!ccr:3.2:no-parameters',
      '!ccr:3.3:produced-at',
      '!ccr:3.4:one-state',
      '!ccr:3.4:unknown-states',
      '!ccr:6:bounds',
    );
    const fault = faultOf(() => decodeCcr(ccrFile(plan)));
    expect(fault?.code).toBe(code);
    expect(fault?.offset).toBeGreaterThan(0);
    expect(faultOf(() => readCcr(ccrFile(plan)))?.code).toBe(code);
  });

  it('a file that ends at any octet', () => {
    const octets = ccrFile();
    for (let length = 0; length < octets.length; length++)
      expect(faultOf(() => decodeCcr(octets.subarray(0, length)))).toBeInstanceOf(DecodeError);
  });
});

describe('damage', () => {
  it('of any octet is refused, told, or changes what no hash protects: the time of making', () => {
    const octets = ccrFile();
    const unprotected = new Set<number>();
    for (let at = 0; at < octets.length; at++) {
      const damaged = octets.slice();
      damaged[at] = (damaged[at] as number) ^ 1;
      let found: Ccr | undefined;
      const fault = faultOf(() => {
        found = decodeCcr(damaged);
      });
      if (fault === undefined && found?.findings.length === 0) unprotected.add(at);
    }
    // The digits of producedAt, without those whose neighbour makes no time.
    const start = Buffer.from(octets).indexOf('20260601001000Z');
    expect([...unprotected].every((at) => at >= start && at < start + 14)).toBe(true);
  });
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

function faultOf(work: () => unknown): DecodeError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
}
