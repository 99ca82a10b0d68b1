import { createAspaTable, verifyAsPath } from 'pathsec/aspa';
import { fromHex, toHex } from 'pathsec/bytes';
import { createAspaStore } from 'pathsec/payload';
import {
  type AspaContent,
  encodeAspaContent,
  examineObject,
  issueCertificate,
  makeLab,
  OID,
  signObject,
} from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { aspas, path } from '../aspa/notation.js';
import { requirement } from '../kit/citation.js';
import { NO_PAYLOADS } from '../payload/arbitrary-payloads.js';
import { NOT_AFTER, NOT_BEFORE, NOW, rsaSigner, testLab } from '../rpki-objects/lab-support.js';

type CertificateChange = Partial<Parameters<typeof issueCertificate>[0]>;

const CONTENT: AspaContent = { version: 1, customer: 64496, providers: [64497, 64498] };
/** id-ct-ASPA as DER, and the content type of a ROA in its place. */
const [ASPA_OID, ROA_OID] = ['060b2a864886f70d0109100131', '060b2a864886f70d0109100118'];

/** The AS resources that fit the content. */
const CUSTOMER: CertificateChange = { asns: [{ min: 64496n, max: 64496n }] };

/** An ASPA object under the CA of the lab, with the CA's own name as issuer. */
async function aspaObject(content: Uint8Array, change: CertificateChange = CUSTOMER): Promise<Uint8Array> {
  const lab = await testLab();
  const certificate = await issueCertificate(
    {
      serial: 77n,
      issuerName: String(lab.material().certificates[0]?.subject[0]?.value),
      subjectName: 'EE',
      notBefore: NOT_BEFORE,
      notAfter: NOT_AFTER,
      spki: lab.ee.spki,
      use: { kind: 'ee', object: 'rsync://x/a.asa', crl: 'rsync://x/a.crl', issuer: 'rsync://x/a.cer' },
      ...change,
    },
    lab.ca,
  );
  return signObject(OID.aspa, content, certificate, lab.ee, NOW);
}

async function examine(octets: Uint8Array) {
  const { findings, object, payloads, verdict } = await examineObject(
    octets,
    (await testLab()).material(),
    'asa',
  );
  const errors = findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  return { errors, object, aspas: payloads.aspas, verdict };
}

/** The object with one of the two places of the content type changed. */
async function withOtherType(place: 'first' | 'last'): Promise<Uint8Array> {
  const hex = toHex(await aspaObject(encodeAspaContent(CONTENT)));
  expect(hex.split(ASPA_OID)).toHaveLength(3);
  const at = place === 'first' ? hex.indexOf(ASPA_OID) : hex.lastIndexOf(ASPA_OID);
  return fromHex(hex.slice(0, at) + ROA_OID + hex.slice(at + ASPA_OID.length));
}

describe('aspa-profile §2: id-ct-ASPA', () => {
  it('stands in eContentType and in the content-type attribute of what is signed here', async () => {
    requirement('aspa-profile:2:oid-in-econtent-type', 'aspa-profile:2:oid-in-signed-attribute');
    const { errors, object } = await examine(await aspaObject(encodeAspaContent(CONTENT)));
    expect(errors).toEqual([]);
    if (object?.type !== 'aspa') throw new Error('not an ASPA object');
    expect(object.envelope.eContentType).toBe('1.2.840.113549.1.9.16.1.49');
    expect(object.envelope.signer.contentType).toBe('1.2.840.113549.1.9.16.1.49');
  });

  it('missing from eContentType alone, the object is refused', async () => {
    requirement('!aspa-profile:2:oid-in-econtent-type');
    const { aspas: payloads, errors, verdict } = await examine(await withOtherType('first'));
    expect(errors).toContain('cms-content-type');
    expect([verdict, payloads]).toEqual(['invalid', []]);
  });

  it('missing from the content-type attribute alone, the object is refused', async () => {
    requirement('!aspa-profile:2:oid-in-signed-attribute', '!aspa-profile:4:rfc6488-checks');
    const { aspas: payloads, errors, verdict } = await examine(await withOtherType('last'));
    expect(errors).toContain('cms-content-type');
    expect([verdict, payloads]).toEqual(['invalid', []]);
  });
});

describe('aspa-profile §3: the content of whole objects', () => {
  it('version 1 is written out', async () => {
    requirement('aspa-profile:3.1:version-is-1', 'aspa-profile:3.1:version-encoded');
    const content = toHex(encodeAspaContent(CONTENT));
    expect(content).toMatch(/^30..a003020101/);
    expect((await examine(await aspaObject(fromHex(content)))).verdict).toBe('valid');
  });

  it('an object whose version is left out is refused', async () => {
    requirement('!aspa-profile:3.1:version-encoded', '!aspa-profile:4:content-conforms');
    const content = encodeAspaContent({ ...CONTENT, version: 0 });
    expect(toHex(content)).not.toContain('a0030201');
    expect(await examine(await aspaObject(content))).toMatchObject({
      errors: ['aspa-version'],
      aspas: [],
      verdict: 'invalid',
    });
  });

  it.each<[string, Partial<AspaContent>, string]>([
    ['in descending order', { providers: [64498, 64497] }, 'aspa-provider-order'],
    ['twice', { providers: [64497, 64497] }, 'aspa-provider-order'],
    ['that are the customer', { providers: [64496, 64497] }, 'aspa-own-provider'],
    ['of which one is 0', { providers: [0, 64497] }, 'aspa-as0'],
    ['that are none at all', { providers: [] }, 'aspa-no-providers'],
  ])('an object with providers %s contributes nothing', async (_, change, code) => {
    requirement(
      '!aspa-profile:3.3:constraints',
      '!aspa-profile:3.3:at-least-one',
      '!aspa-profile:3.3:not-the-customer',
      '!aspa-profile:3.3:ascending',
      '!aspa-profile:3.3:unique',
      '!aspa-profile:3.3:as0-alone',
      '!aspa-profile:4:aspa-checks',
      '!aspa-profile:4:content-conforms',
    );
    const result = await examine(await aspaObject(encodeAspaContent({ ...CONTENT, ...change })));
    expect(result).toMatchObject({ errors: [code], aspas: [], verdict: 'invalid' });
  });
});

describe('aspa-profile §1: DER', () => {
  it('an object whose content is BER but not DER is refused', async () => {
    requirement('!aspa-profile:1:der');
    const der = toHex(encodeAspaContent(CONTENT));
    const customer = '020300fbf0';
    expect(der.split(customer)).toHaveLength(2);
    const length = (Number.parseInt(der.slice(2, 4), 16) + 1).toString(16);
    const padded = `30${length}${der.slice(4).replace(customer, '02040000fbf0')}`;
    const { aspas: payloads, verdict } = await examine(await aspaObject(fromHex(padded)));
    expect([verdict, payloads]).toEqual(['invalid', []]);
  });
});

describe('aspa-profile §4: the EE certificate', () => {
  it('needs AS resources', async () => {
    requirement('!aspa-profile:4:as-resources-present');
    const octets = await aspaObject(encodeAspaContent(CONTENT), {});
    const { errors, verdict } = await examine(octets);
    expect(errors).toContain('aspa-certificate-as');
    expect(verdict).toBe('invalid');
  });

  it('has exactly one id: two are refused, though one is the customer', async () => {
    requirement('!aspa-profile:4:exactly-one-id');
    const asns = [64496n, 64499n].map((asn) => ({ min: asn, max: asn }));
    const { errors, verdict } = await examine(await aspaObject(encodeAspaContent(CONTENT), { asns }));
    expect([errors, verdict]).toEqual([['aspa-certificate-as'], 'invalid']);
  });

  it('has the customer as its id: another is refused', async () => {
    requirement(
      '!aspa-profile:4:aspa-checks',
      '!aspa-profile:4:customer-is-the-id',
      '!aspa-profile:6:customer-in-certificate',
    );
    const asns = [{ min: 64499n, max: 64499n }];
    const { errors, verdict } = await examine(await aspaObject(encodeAspaContent(CONTENT), { asns }));
    expect([errors, verdict]).toEqual([['aspa-certificate-as'], 'invalid']);
  });
});

describe('aspa-profile §5: objects that are made here', () => {
  /** A lab of two customers, one of them attested twice; the RSA keys are counted. */
  async function twoCustomers() {
    let keys = 0;
    const files = await makeLab(
      {
        ...NO_PAYLOADS,
        notBefore: NOT_BEFORE,
        notAfter: NOT_AFTER,
        base: 'rsync://rpki.example/repo',
        aspas: [
          ...createAspaStore([
            { customer: 64496, providers: [64498] },
            { customer: 64499, providers: [0] },
            { customer: 64496, providers: [64497] },
          ]).sorted(),
        ],
      },
      {
        ta: rsaSigner(),
        ca: rsaSigner(),
        newSigner: async () => {
          keys++;
          return rsaSigner();
        },
      },
    );
    const material = (await testLab()).material();
    const objects = await Promise.all(
      files.filter(({ name }) => name.endsWith('.asa')).map(({ octets }) => examineObject(octets, material)),
    );
    return { keys, envelopes: objects.flatMap(({ object }) => (object?.type === 'aspa' ? [object] : [])) };
  }

  it('one object per customer, with all its providers; a new key and certificate for each', async () => {
    requirement(
      'aspa-28:4:ca-enforces-single-object',
      'aspa-profile:5.1:ca-enforces-single-object',
      'aspa-profile:5.3:new-key-pair',
      'aspa-profile:5.3:one-object-per-certificate',
    );
    const { envelopes, keys } = await twoCustomers();
    expect(envelopes.map(({ content }) => [content?.customer, content?.providers])).toEqual([
      [64496, [64497, 64498]],
      [64499, [0]],
    ]);
    const certificates = envelopes.map(({ envelope }) => envelope.certificate);
    expect(new Set(certificates.map(({ spki }) => toHex(spki))).size).toBe(2);
    expect(new Set(certificates.map(({ serial }) => serial)).size).toBe(2);
    // One key for each ASPA object and for each of the two manifests.
    expect(keys).toBe(4);
  });
});

describe('aspa-profile §5.2 and §5.5: the U-SPAS', () => {
  it('contains AS 0 only where every ASPA of the customer has AS 0 alone', () => {
    requirement('aspa-profile:5.2:as0-only');
    const only = [...createAspaStore(aspas('1:{0} 1:{0} 2:{0} 2:{5} 3:{0,6}'))].map(
      ({ providers }) => providers,
    );
    expect(only).toEqual([[0], [5], [6]]);
  });

  it('over the limit, the customer is named in a note and beside the verdict; no list is kept', () => {
    requirement('!aspa-profile:5.5:no-partial-list', 'aspa-profile:5.5:log-customer');
    const table = createAspaTable(aspas('7:{1,2,3} 8:{1,2}'), { maxProviders: 2 });
    expect(table.notes).toEqual([{ customer: 7, code: 'over-limit' }]);
    expect([table.providers(7), table.providers(8)?.length]).toEqual([undefined, 2]);
    const evidence = verifyAsPath(table, { asPath: path('1 7'), neighborAs: 1, neighborRole: 'customer' });
    expect(evidence).toMatchObject({ outcome: 'unknown', warnings: [{ code: 'table-note', asn: 7 }] });
  });
});
