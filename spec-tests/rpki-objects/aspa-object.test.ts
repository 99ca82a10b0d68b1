import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { decodeCertificate, examineObject, issueCertificate, type PathMaterial } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { type Citation, requirement } from '../kit/citation.js';
import { aspaObject, caName, codes, GOOD } from './aspa-objects.js';
import { type Lab, NOT_BEFORE, NOW, testLab } from './lab-support.js';

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
        'aspa-profile:3.3:constraints',
        'aspa-profile:4:validate-before-use',
        'aspa-profile:4:rfc6488-checks',
        'aspa-profile:4:aspa-checks',
        'aspa-profile:4:as-resources-present',
        'aspa-profile:4:customer-is-the-id',
        'aspa-profile:4:exactly-one-id',
        'aspa-profile:4:no-inherit',
        'aspa-profile:4:no-range',
        'aspa-profile:4:no-ip-resources',
        'aspa-profile:4:content-conforms',
        'aspa-profile:6:integrity',
        'aspa-profile:6:signature-under-the-pki',
        'aspa-profile:6:customer-in-certificate',
      ),
    ],
    [
      'without the CA',
      (lab) => aspaObject(lab, GOOD),
      { certificates: [] },
      ['path-incomplete'],
      requirement('!aspa-profile:4:validate-before-use', '!aspa-profile:6:signature-under-the-pki'),
    ],
    [
      'after the end of validity',
      (lab) => aspaObject(lab, GOOD, { notAfter: NOW - 1 }),
      {},
      ['certificate-time'],
      requirement('!aspa-profile:4:validate-before-use', '!aspa-profile:4:rfc6488-checks'),
    ],
    [
      'before its start',
      (lab) => aspaObject(lab, GOOD, { notBefore: NOW + 1 }),
      {},
      ['certificate-time'],
      requirement('!aspa-profile:4:rfc6488-checks'),
    ],
    [
      'IP resources in the certificate',
      (lab) => aspaObject(lab, GOOD, { addresses: new Map([[1, 'inherit']]) }),
      {},
      ['aspa-certificate-ip'],
      requirement('!aspa-profile:4:aspa-checks', '!aspa-profile:4:no-ip-resources'),
    ],
    [
      'inherited AS resources',
      (lab) => aspaObject(lab, GOOD, { asns: 'inherit' }),
      {},
      ['aspa-certificate-as'],
      requirement('!aspa-profile:4:no-inherit'),
    ],
    [
      'a range of ASNs',
      (lab) => aspaObject(lab, GOOD, { asns: [{ min: 64496n, max: 64497n }] }),
      {},
      ['aspa-certificate-as'],
      requirement('!aspa-profile:4:no-range'),
    ],
    [
      'signed by another key',
      (lab) => aspaObject(lab, GOOD, {}, lab.ca),
      {},
      ['cms-sid', 'cms-signature'],
      requirement(
        '!aspa-profile:4:validate-before-use',
        '!aspa-profile:4:rfc6488-checks',
        '!aspa-profile:6:integrity',
        '!aspa-profile:6:signature-under-the-pki',
      ),
    ],
    [
      'issued with another key',
      (lab) => aspaObject(lab, GOOD, {}, lab.ee, lab.ee),
      {},
      ['path-incomplete'],
      requirement('!aspa-profile:4:rfc6488-checks', '!aspa-profile:6:signature-under-the-pki'),
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
    for (const { section } of errors) expect(section).toMatch(/^(RFC \d{4}|aspa-profile)/);
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
    requirement('!aspa-profile:4:rfc6488-checks', '!aspa-profile:6:integrity');
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
