import { type Prefix, parsePrefix } from 'pathsec/inet';
import {
  decodeCertificate,
  decodeCrl,
  inspectCertificate,
  issueCertificate,
  issueCrl,
  type PathMaterial,
  type ResourceCertificate,
  verifyPath,
} from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { NOT_AFTER, NOT_BEFORE, NOW, rsaSigner } from './lab-support.js';

const keys = { ta: rsaSigner(), ca: rsaSigner(), ee: rsaSigner() };
const TIMES = { notBefore: NOT_BEFORE, notAfter: NOT_AFTER };
const LOCATIONS = { crl: 'rsync://x/x.crl', issuer: 'rsync://x/x.cer' };
const range = (min: number, max = min) => ({ min: BigInt(min), max: BigInt(max) });
const v4 = (...texts: string[]): ReadonlyMap<1, readonly Prefix[]> =>
  new Map([[1, texts.map((text) => parsePrefix(text))]]);

type Change = Partial<Parameters<typeof issueCertificate>[0]>;

async function hierarchy(ca: Change, ee: Change, change: Partial<PathMaterial> = {}) {
  const make = async (request: Parameters<typeof issueCertificate>[0], key: typeof keys.ta) =>
    decodeCertificate(await issueCertificate(request, key));
  const resources = { asns: [range(64496, 64511)], addresses: v4('192.0.2.0/24', '203.0.113.0/24') };
  const ta = await make(
    {
      ...TIMES,
      ...resources,
      serial: 1n,
      issuerName: 'ta',
      subjectName: 'ta',
      spki: keys.ta.spki,
      use: { kind: 'ta', repository: 'rsync://x/', manifest: 'rsync://x/m' },
    },
    keys.ta,
  );
  const middle = await make(
    {
      ...TIMES,
      ...resources,
      serial: 2n,
      issuerName: 'ta',
      subjectName: 'ca',
      spki: keys.ca.spki,
      use: { kind: 'ca', repository: 'rsync://x/', manifest: 'rsync://x/m', ...LOCATIONS },
      ...ca,
    },
    keys.ta,
  );
  const leaf = await make(
    {
      ...TIMES,
      serial: 3n,
      issuerName: 'ca',
      subjectName: 'ee',
      spki: keys.ee.spki,
      asns: [range(64496)],
      use: { kind: 'ee', object: 'rsync://x/o', ...LOCATIONS },
      ...ee,
    },
    keys.ca,
  );
  const material: PathMaterial = {
    trustAnchors: [ta],
    certificates: [middle],
    crls: [],
    now: NOW,
    overclaim: 'reject',
    ...change,
  };
  return { ta, middle, leaf, result: await verifyPath(leaf, material) };
}

const codes = (list: readonly { code: string }[]) =>
  list.map(({ code }) => code).filter((code) => code !== 'crl-absent');

describe('certification paths (RFC 6487 §7.2)', () => {
  it('run from the certificate to the trust anchor and settle the resources', async () => {
    requirement('rfc8209:3.3:validation-of-rfc6487');
    const { ta, middle, leaf, result } = await hierarchy({}, { asns: 'inherit' });
    expect(result.path.map(({ subject }) => subject[0]?.value)).toEqual(['ee', 'ca', 'ta']);
    expect([leaf, middle, ta].map((c: ResourceCertificate) => inspectCertificate(c).length)).toEqual([
      0, 0, 0,
    ]);
    expect(codes(result.findings)).toEqual([]);
    expect(result.resources).toEqual({ asns: [range(64496, 64511)], addresses: new Map() });
  });

  it.each<[string, Change, Change, string[]]>([
    ['an AS outside the issuer’s', {}, { asns: [range(64512)] }, ['resources-overclaim']],
    ['a range half outside', {}, { asns: [range(64511, 64512)] }, ['resources-overclaim']],
    ['an address outside', {}, { addresses: v4('198.51.100.0/24') }, ['resources-overclaim']],
    ['a longer prefix inside', {}, { addresses: v4('192.0.2.128/25') }, []],
    ['a shorter prefix', {}, { addresses: v4('192.0.2.0/23') }, ['resources-overclaim']],
    [
      'an overclaiming CA and an honest certificate',
      { asns: [range(64496, 64512)] },
      {},
      ['resources-overclaim'],
    ],
    ['a CA without the resource', { asns: [range(64500)] }, {}, ['resources-overclaim']],
    ['an expired CA', { notAfter: NOW - 1 }, {}, ['issuer-time']],
    ['a certificate not yet valid', {}, { notBefore: NOW + 1 }, ['certificate-time']],
  ])('%s', async (_, ca, ee, expected) => {
    requirement('!aspa-profile:6:customer-in-certificate', '!rfc8209:3.3:validation-of-rfc6487');
    const { result } = await hierarchy(ca, ee);
    expect(codes(result.findings)).toEqual(expected);
  });

  it('cut overclaimed resources away when reconsidered (RFC 8360 §4.2.4.4)', async () => {
    const claim = { asns: [range(64510, 64520)], addresses: v4('192.0.2.0/23') };
    const { result } = await hierarchy({}, claim, { overclaim: 'reconsidered' });
    expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(codes(result.findings)).toEqual(['resources-trimmed', 'resources-trimmed']);
    expect(result.resources?.asns).toEqual([range(64510, 64511)]);
    expect(result.resources?.addresses.get(1)).toEqual([{ min: 0xc0000200n, max: 0xc00002ffn }]);
  });

  it('end where no issuer is known, and at a signature that does not verify', async () => {
    requirement('!rfc8209:3.3:validation-of-rfc6487', '!rfc8608:4:certificate-signature');
    const { leaf, middle, ta } = await hierarchy({}, {});
    const material = { trustAnchors: [ta], crls: [], now: NOW, overclaim: 'reject' as const };
    const lost = await verifyPath(leaf, { ...material, certificates: [] });
    expect([codes(lost.findings), lost.anchored, lost.resources]).toEqual([
      ['path-incomplete'],
      false,
      undefined,
    ]);
    const forged = { ...leaf, signature: leaf.signature.map((octet, i) => (i === 9 ? octet ^ 1 : octet)) };
    const bad = await verifyPath(forged, { ...material, certificates: [middle] });
    expect([codes(bad.findings), bad.anchored]).toEqual([['path-signature'], false]);
  });

  it('do not run in circles', async () => {
    const { middle } = await hierarchy({}, {});
    const loop = await issueCertificate(
      {
        ...TIMES,
        serial: 9n,
        issuerName: 'ca',
        subjectName: 'ca',
        spki: keys.ca.spki,
        asns: 'inherit',
        use: { kind: 'ta', repository: 'rsync://x/', manifest: 'rsync://x/m' },
      },
      keys.ca,
    );
    const result = await verifyPath(middle, {
      trustAnchors: [],
      certificates: [decodeCertificate(loop)],
      crls: [],
      now: NOW,
      overclaim: 'reject',
    });
    expect(result.anchored).toBe(false);
    expect(codes(result.findings)).toContain('path-incomplete');
  });
});

describe('revocation (RFC 6487 §5)', () => {
  const crl = async (change: Partial<Parameters<typeof issueCrl>[0]>, key = keys.ca) =>
    decodeCrl(
      await issueCrl(
        {
          issuerName: 'ca',
          number: 1n,
          thisUpdate: NOT_BEFORE,
          nextUpdate: NOT_AFTER,
          revoked: [],
          ...change,
        },
        key,
      ),
    );

  it('finds a revoked certificate, and only that', async () => {
    requirement('!rfc8209:3.3:validation-of-rfc6487', 'rfc8608:4:crl-signature');
    const revoked = await hierarchy({}, {}, { crls: [await crl({ revoked: [1n, 3n] })] });
    expect(codes(revoked.result.findings)).toEqual(['certificate-revoked']);
    const others = await hierarchy({}, {}, { crls: [await crl({ revoked: [4n] })] });
    expect(codes(others.result.findings)).toEqual([]);
  });

  it('takes the CRL with the highest number, uses no stale or forged one, and says when there is none', async () => {
    requirement('!rfc8608:4:crl-signature');
    const newer = await crl({ number: 2n, revoked: [] });
    const older = await crl({ revoked: [3n], thisUpdate: NOT_BEFORE + 10 });
    expect(codes((await hierarchy({}, {}, { crls: [older, newer] })).result.findings)).toEqual([]);
    const stale = await hierarchy({}, {}, { crls: [await crl({ nextUpdate: NOW - 1 })] });
    expect(codes(stale.result.findings)).toEqual(['crl-stale', 'crl-unusable']);
    const good = await crl({});
    const forged = { ...good, signature: good.signature.map((octet, i) => (i === 0 ? octet ^ 1 : octet)) };
    expect(codes((await hierarchy({}, {}, { crls: [forged] })).result.findings)).toEqual([
      'crl-signature',
      'crl-unusable',
    ]);
    const none = await hierarchy({}, {});
    expect(none.result.findings.map(({ code }) => code)).toEqual(['crl-absent', 'crl-absent']);
  });
});
