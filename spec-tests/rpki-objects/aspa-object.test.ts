import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { fromHex, toHex } from 'pathsec/bytes';
import {
  type AspaContent,
  checkDer,
  decodeAspaContent,
  decodeCertificate,
  decodeRoaContent,
  encodeAspaContent,
  encodeRoaContent,
  examineObject,
  inspectAspa,
  issueCertificate,
  OID,
  type PathMaterial,
  signObject,
} from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { type Citation, requirement } from '../kit/citation.js';
import { arbitraryAsn } from '../support.js';
import { type Lab, NOT_AFTER, NOT_BEFORE, NOW, testLab } from './lab-support.js';

const codes = (findings: readonly { code: string }[]) => findings.map(({ code }) => code);

/** An ASPA object under the lab's CA with a given content and certificate. */
async function aspaObject(
  lab: Lab,
  content: Uint8Array,
  change: Partial<Parameters<typeof issueCertificate>[0]> = {},
  signer = lab.ee,
  issuer = lab.ca,
): Promise<Uint8Array> {
  const certificate = await issueCertificate(
    {
      serial: 77n,
      issuerName: (await caName(lab)) as string,
      subjectName: 'EE',
      notBefore: NOT_BEFORE,
      notAfter: NOT_AFTER,
      spki: lab.ee.spki,
      asns: [{ min: 64496n, max: 64496n }],
      use: { kind: 'ee', object: 'rsync://x/a.asa', crl: 'rsync://x/a.crl', issuer: 'rsync://x/a.cer' },
      ...change,
    },
    issuer,
  );
  return signObject(OID.aspa, content, certificate, signer, NOW);
}

async function caName(lab: Lab) {
  return lab.material().certificates[0]?.subject[0]?.value;
}

const GOOD = encodeAspaContent({ version: 1, customer: 64496, providers: [64497, 64498] });

describe('ASPA eContent (aspa-profile-29 §3)', () => {
  it('equals the example of the profile’s appendix', () => {
    requirement('aspa-profile-29:1:der', 'aspa-profile-29:3:econtent');
    const hex = '301da003020101020300fe633011020300fc00020301000f020500fa56ea00';
    const content = { version: 1, customer: 65123, providers: [64512, 65551, 4200000000] };
    expect(decodeAspaContent(fromHex(hex))).toEqual(content);
    expect(toHex(encodeAspaContent(content))).toBe(hex);
  });

  it('round-trips and is DER, over the whole range of ASNs', () => {
    requirement(
      'aspa-profile-29:1:der',
      'aspa-profile-29:3.2:customer-positive',
      'aspa-profile-29:3.3:element-is-as-number',
    );
    fc.assert(
      fc.property(
        arbitraryAsn,
        fc.array(fc.oneof(arbitraryAsn, fc.constant(0)), { maxLength: 40 }),
        fc.constantFrom(0, 1),
        (customer, providers, version) => {
          const content = { version, customer, providers };
          const der = encodeAspaContent(content);
          checkDer(der);
          expect(decodeAspaContent(der)).toEqual(content);
        },
      ),
    );
  });

  it.each<[string, Partial<AspaContent>, string[], (readonly Citation[])?]>([
    [
      'in order',
      {},
      [],
      requirement(
        'aspa-profile-29:3.1:version-is-1',
        'aspa-profile-29:3.3:constraints',
        'aspa-profile-29:3.3:at-least-one',
        'aspa-profile-29:3.3:not-the-customer',
        'aspa-profile-29:3.3:ascending',
        'aspa-profile-29:3.3:unique',
        'aspa-profile-29:4:customer-is-the-id',
      ),
    ],
    ['AS 0 alone', { providers: [0] }, [], requirement('aspa-profile-29:3.3:as0-alone')],
    ['version 0', { version: 0 }, ['aspa-version'], requirement('!aspa-profile-29:3.1:version-is-1')],
    ['version 2', { version: 2 }, ['aspa-version'], requirement('!aspa-profile-29:3.1:version-is-1')],
    [
      'customer 0',
      { customer: 0 },
      ['aspa-customer', 'aspa-certificate-as'],
      requirement('!aspa-profile-29:3.2:customer-positive'),
    ],
    [
      'no provider',
      { providers: [] },
      ['aspa-no-providers'],
      requirement('!aspa-profile-29:3.3:at-least-one'),
    ],
    [
      'descending',
      { providers: [64498, 64497] },
      ['aspa-provider-order'],
      requirement('!aspa-profile-29:3.3:ascending'),
    ],
    [
      'twice',
      { providers: [64497, 64497] },
      ['aspa-provider-order'],
      requirement('!aspa-profile-29:3.3:unique'),
    ],
    [
      'customer among providers',
      { providers: [64496, 64497] },
      ['aspa-own-provider'],
      requirement('!aspa-profile-29:3.3:not-the-customer'),
    ],
    [
      'AS 0 beside others',
      { providers: [0, 64497] },
      ['aspa-as0'],
      requirement('!aspa-profile-29:3.3:as0-alone'),
    ],
    ['10,000 providers', { providers: Array.from({ length: 10_000 }, (_, i) => 100_000 + i) }, []],
    [
      '10,001 providers',
      { providers: Array.from({ length: 10_001 }, (_, i) => 100_000 + i) },
      ['aspa-provider-limit'],
    ],
    [
      'another customer than the certificate',
      { customer: 64499 },
      ['aspa-certificate-as'],
      requirement('!aspa-profile-29:4:customer-is-the-id', '!aspa-profile-29:6:customer-in-certificate'),
    ],
  ])('%s gives %j', async (_, change, expected) => {
    const lab = await testLab();
    const { object } = await examineObject(await aspaObject(lab, GOOD), lab.material());
    if (object?.type !== 'aspa') throw new Error('not an ASPA object');
    const content = { version: 1, customer: 64496, providers: [64497, 64498], ...change };
    expect(codes(inspectAspa(content, object.envelope.certificate))).toEqual(expected);
  });

  it.each([
    ['300d800101020203e8300402020401', 'version-tag'],
    ['3024020300fdec301d3005020300fded3009020300fdee040200013009020300fdef04020002', 'aspa-profile'],
    ['300402020401', 'asn1-syntax'],
    ['', 'asn1-syntax'],
    ['300fa003020101020203e8300402020401ff', 'asn1-syntax'],
    ['3010a003020101020500ffffffff3001020100', 'asn1-syntax'],
    ['3010a003020101020601ffffffffff30030201', 'asn1-syntax'],
  ])('refuses %s with %s', (hex, code) => {
    requirement(
      '!aspa-profile-29:1:der',
      '!aspa-profile-29:3:econtent',
      '!aspa-profile-29:3.1:version-encoded',
      '!aspa-profile-29:3.2:customer-positive',
      '!aspa-profile-29:3.3:element-is-as-number',
    );
    expect(() => decodeAspaContent(fromHex(hex))).toThrowError(expect.objectContaining({ code }));
  });
});

describe('ASPA objects as a whole', () => {
  const rows: [
    string,
    (lab: Lab) => Promise<Uint8Array>,
    Partial<PathMaterial>,
    string[],
    (readonly Citation[])?,
  ][] = [
    [
      'a good one',
      (lab) => aspaObject(lab, GOOD),
      {},
      [],
      requirement(
        'aspa-profile-29:3.3:constraints',
        'aspa-profile-29:4:validate-before-use',
        'aspa-profile-29:4:rfc6488-checks',
        'aspa-profile-29:4:aspa-checks',
        'aspa-profile-29:4:as-resources-present',
        'aspa-profile-29:4:customer-is-the-id',
        'aspa-profile-29:4:exactly-one-id',
        'aspa-profile-29:4:no-inherit',
        'aspa-profile-29:4:no-range',
        'aspa-profile-29:4:no-ip-resources',
        'aspa-profile-29:4:content-conforms',
        'aspa-profile-29:6:integrity',
        'aspa-profile-29:6:signature-under-the-pki',
        'aspa-profile-29:6:customer-in-certificate',
      ),
    ],
    [
      'without the CA',
      (lab) => aspaObject(lab, GOOD),
      { certificates: [] },
      ['path-incomplete'],
      requirement('!aspa-profile-29:4:validate-before-use', '!aspa-profile-29:6:signature-under-the-pki'),
    ],
    [
      'after the end of validity',
      (lab) => aspaObject(lab, GOOD, { notAfter: NOW - 1 }),
      {},
      ['certificate-time'],
      requirement('!aspa-profile-29:4:validate-before-use', '!aspa-profile-29:4:rfc6488-checks'),
    ],
    [
      'before its start',
      (lab) => aspaObject(lab, GOOD, { notBefore: NOW + 1 }),
      {},
      ['certificate-time'],
      requirement('!aspa-profile-29:4:rfc6488-checks'),
    ],
    [
      'IP resources in the certificate',
      (lab) => aspaObject(lab, GOOD, { addresses: new Map([[1, 'inherit']]) }),
      {},
      ['aspa-certificate-ip'],
      requirement('!aspa-profile-29:4:aspa-checks', '!aspa-profile-29:4:no-ip-resources'),
    ],
    [
      'inherited AS resources',
      (lab) => aspaObject(lab, GOOD, { asns: 'inherit' }),
      {},
      ['aspa-certificate-as'],
      requirement('!aspa-profile-29:4:no-inherit'),
    ],
    [
      'a range of ASNs',
      (lab) => aspaObject(lab, GOOD, { asns: [{ min: 64496n, max: 64497n }] }),
      {},
      ['aspa-certificate-as'],
      requirement('!aspa-profile-29:4:no-range'),
    ],
    [
      'signed by another key',
      (lab) => aspaObject(lab, GOOD, {}, lab.ca),
      {},
      ['cms-sid', 'cms-signature'],
      requirement(
        '!aspa-profile-29:4:validate-before-use',
        '!aspa-profile-29:4:rfc6488-checks',
        '!aspa-profile-29:6:integrity',
        '!aspa-profile-29:6:signature-under-the-pki',
      ),
    ],
    [
      'issued with another key',
      (lab) => aspaObject(lab, GOOD, {}, lab.ee, lab.ee),
      {},
      ['path-incomplete'],
      requirement('!aspa-profile-29:4:rfc6488-checks', '!aspa-profile-29:6:signature-under-the-pki'),
    ],
  ];
  it.each(rows)('%s', async (_, make, change, expected) => {
    const lab = await testLab();
    const result = await examineObject(await make(lab), lab.material(change), 'asa');
    const errors = result.findings.filter(({ severity }) => severity === 'error');
    expect(codes(errors)).toEqual(expected);
    expect(result.verdict).toBe(
      expected.length === 0 ? 'valid' : expected.join() === 'path-incomplete' ? 'unanchored' : 'invalid',
    );
    expect(result.payloads.aspas.length).toBe(expected.length === 0 ? 1 : 0);
    for (const { section } of errors) expect(section).toMatch(/^(RFC \d{4}|aspa-profile-29)/);
  });

  it.each([
    ['its own certificate', 10, 20, 10],
    ['the certificate of its issuer', 20, 10, 10],
    ['the trust anchor', 2 * 86_400, 3 * 86_400, 86_400],
  ])('gives payloads that expire with %s, if that ends first', async (_, own, issuers, end) => {
    const lab = await testLab();
    const [subject, ta] = [await caName(lab), lab.material().trustAnchors[0]?.subject[0]?.value];
    const ca = await issueCertificate(
      {
        serial: 78n,
        issuerName: ta as string,
        subjectName: subject as string,
        notBefore: NOT_BEFORE,
        notAfter: NOW + issuers,
        spki: lab.ca.spki,
        asns: [{ min: 64496n, max: 64496n }],
        use: {
          kind: 'ca',
          repository: 'rsync://x/',
          manifest: 'rsync://x/m.mft',
          crl: 'rsync://x/a.crl',
          issuer: 'rsync://x/a.cer',
        },
      },
      lab.ta,
    );
    const object = await aspaObject(lab, GOOD, { notAfter: NOW + own });
    const { verdict, payloads } = await examineObject(
      object,
      lab.material({ certificates: [decodeCertificate(ca)] }),
    );
    expect([verdict, payloads.aspas.map(({ expires }) => expires)]).toEqual(['valid', [NOW + end]]);
  });

  it('named .roa is refused for its name', async () => {
    const lab = await testLab();
    const result = await examineObject(await aspaObject(lab, GOOD), lab.material(), 'roa');
    expect(codes(result.findings)).toEqual(['object-type']);
  });

  it('is never valid with any one octet changed, and nothing throws', async () => {
    requirement('!aspa-profile-29:4:rfc6488-checks', '!aspa-profile-29:6:integrity');
    const lab = await testLab();
    const good = await aspaObject(lab, GOOD);
    // Octets outside both signatures: parameters of algorithm identifiers (NULL or absent) carry no meaning.
    let changed = 0;
    for (let i = 0; i < good.length; i += 13) {
      const bad = good.slice();
      bad[i] = (bad[i] as number) ^ (1 << (i % 8));
      const { verdict } = await examineObject(bad, lab.material(), 'asa');
      expect([i, verdict]).not.toEqual([i, 'valid']);
      changed++;
    }
    expect(changed).toBe(Math.ceil(good.length / 13));
  });

  it('of any octets is a verdict, not an exception', async () => {
    const lab = await testLab();
    const good = await aspaObject(lab, GOOD);
    const mutated = fc
      .tuple(fc.nat(good.length - 1), fc.uint8Array({ maxLength: 12 }))
      .map(([at, octets]) => {
        const copy = good.slice();
        copy.set(octets.subarray(0, good.length - at), at);
        return copy;
      });
    const truncated = fc.nat(good.length - 1).map((length) => good.slice(0, length));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array(), mutated, truncated), async (octets) => {
        const { verdict } = await examineObject(octets, lab.material());
        expect(
          verdict === 'valid' &&
            createHash('sha256').update(octets).digest('hex') !==
              createHash('sha256').update(good).digest('hex'),
        ).toBe(false);
      }),
      { numRuns: 120 },
    );
  });
});

describe('ROA eContent (RFC 6482 §3)', () => {
  it('round-trips', () => {
    const family = fc.constantFrom(1 as const, 2 as const).chain((afi) =>
      fc
        .array(
          fc
            .tuple(fc.nat(afi === 1 ? 32 : 128), fc.option(fc.nat(128), { nil: undefined }))
            .map(([length, extra]) => {
              const max = afi === 1 ? 32 : 128;
              const prefix = { afi, octets: new Uint8Array(afi === 1 ? 4 : 16), length };
              return extra === undefined ? { prefix } : { prefix, maxLength: Math.min(max, length + extra) };
            }),
          { minLength: 1, maxLength: 5 },
        )
        .map((prefixes) => ({ afi, prefixes })),
    );
    fc.assert(
      fc.property(arbitraryAsn, fc.array(family, { maxLength: 3 }), (asn, families) => {
        const content = { version: 0, asn, families };
        const der = encodeRoaContent(content);
        checkDer(der);
        expect(decodeRoaContent(der)).toEqual(content);
      }),
    );
  });
});
