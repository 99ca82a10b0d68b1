import { readdirSync, readFileSync } from 'node:fs';
import { decodeCertificate, examineObject, type PathMaterial } from 'pathsec/rpki';
import { expect, it } from 'vitest';
import { describeShared, shared } from '../support.js';

const read = (path: string) => new Uint8Array(readFileSync(shared(`data/${path}`)));
const REGRESS = 'rpki/rpki-client-regress';
const certificates = (folder: string) =>
  readdirSync(shared(`data/${REGRESS}/${folder}`)).map((name) =>
    decodeCertificate(read(`${REGRESS}/${folder}/${name}`)),
  );

/** The objects of 2019 are valid at this time (the manifest of the data says so). */
const IN_2019 = Date.UTC(2019, 5, 18, 4) / 1000;

function material(now: number): PathMaterial {
  return {
    trustAnchors: certificates('ta'),
    certificates: certificates('cer'),
    crls: [],
    now,
    overclaim: 'reject',
  };
}

const errorsOf = ({ findings }: Awaited<ReturnType<typeof examineObject>>) =>
  findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);

describeShared('real ASPA objects: accepted or rejected, with the reason named', () => {
  // Every object also lacks its issuer, so path-incomplete stands with each of them.
  const table: Record<string, { verdict: string; errors: string[]; customer?: number; providers?: number }> =
    {
      'AS1000.b5ad8536.asa': { verdict: 'unanchored', errors: [], customer: 1000, providers: 1 },
      'AS945-b8f87e62.cdee7c9e.asa': {
        verdict: 'invalid',
        errors: ['certificate-self-issued'],
        customer: 945,
        providers: 6,
      },
      'GOOD-profile-15-rpki-commons-propertytest-sample.eb4b5a88.asa': {
        verdict: 'invalid',
        errors: ['certificate-self-issued', 'crl-distribution-points'],
        customer: 3681266052,
        providers: 82,
      },
      'BAD-profile-15-rpki-commons-propertytest-sample-implicit-tag.b0d086b6.asa': {
        verdict: 'invalid',
        errors: ['version-tag', 'certificate-self-issued', 'crl-distribution-points'],
      },
      'history-AS1000-8dc918f.db1b1a50.asa': {
        verdict: 'invalid',
        errors: ['aspa-version'],
        customer: 1000,
        providers: 1,
      },
      'history-AS65000-27689bc.996c86d4.asa': { verdict: 'invalid', errors: ['object-type', 'asn1-syntax'] },
      'history-conformance_root_AS211321-b956c054.e2f896d3.asa': {
        verdict: 'invalid',
        errors: ['aspa-profile'],
      },
      '2338bd30cba1ff30fe3cf930824f39b45569d458de356729cb0121400ee3616a-ad09c1d8.c6b1f51c.asa': {
        verdict: 'invalid',
        errors: ['aspa-profile'],
      },
    };

  it.each(Object.entries(table))('%s', async (name, { verdict, errors, customer, providers }) => {
    const der = read(`rpki/asa/${name}`);
    const first = await examineObject(der, material(0), 'asa');
    const envelope = first.object && 'envelope' in first.object ? first.object.envelope : undefined;
    const now = (envelope?.certificate.notBefore ?? 0) + 1;
    const result = await examineObject(der, material(now), 'asa');
    expect(errorsOf(result)).toEqual([...errors, 'path-incomplete']);
    expect(result.verdict).toBe(verdict);
    const content = result.object?.type === 'aspa' ? result.object.content : undefined;
    expect([content?.customer, content?.providers.length]).toEqual([customer, providers]);
    // All of them expired long ago: without the time they are refused for that as well.
    expect(errorsOf(await examineObject(der, material(IN_2019 + 1e9), 'asa'))).toContain('certificate-time');
  });

  it('were all looked at', () => {
    expect(readdirSync(shared('data/rpki/asa')).sort()).toEqual(Object.keys(table).sort());
  });
});

describeShared('real certificates, ROAs and manifests of 2019', () => {
  it.each([
    ['roa/4DAr1VXnjh69GoQkxjmIQdkRVtQ.roa', ['path-incomplete'], 1],
    ['roa/Hf1ZR31W9DN5QSF6xJEO5qgH4ac.roa', ['path-incomplete'], 4],
    ['roa/Zs_svFDVb-_DZnjgkN8DLKk_IRI.roa', ['path-incomplete'], 1],
    ['roa/xZEe_HUX98kANKreh2ZIpdaDnAI.roa', ['path-incomplete'], 1],
    ['mft/RjQZ5pSL7riIcFGhdm4iFtIalko.mft', ['path-incomplete'], 6],
    // Indefinite lengths: BER where RFC 6488 §2 demands DER. The paths are complete.
    ['mft/ripe-ncc-ta.mft', ['cms-der'], 2],
    ['mft/Kn3R14fXk-TIr1bhl9Tu2Sr2uhM.mft', ['cms-der'], 3],
    ['cer/aaI5ikDRYL7nJH9kwrv4b80iIAI.cer', ['path-incomplete'], 0],
    ['cer/2a7dd1d787d793e4c8af56e197d4eed92af6ba13.cer', [], 0],
    ['cer/arin-to-afrinic.cer', [], 0],
    ['ta/ripe-ncc-ta.cer', [], 0],
    ['ta/AfriNIC.cer', [], 0],
    // Valid from 2021 on, and so is the router certificate.
    ['ta/apnic-rpki-root-iana-origin.cer', ['certificate-time'], 0],
    ['cer/Vr46VDCUfrRNL9yZAy4mxfEAspQ.cer', ['path-incomplete', 'certificate-time'], 0],
  ])('%s: %j', async (name, errors, items) => {
    const result = await examineObject(read(`${REGRESS}/${name}`), material(IN_2019), name.slice(-3));
    expect(errorsOf(result)).toEqual(errors);
    const { object } = result;
    if (object?.type === 'roa')
      expect(object.content?.families.flatMap(({ prefixes }) => prefixes)).toHaveLength(items);
    else if (object?.type === 'manifest') expect(object.content?.files).toHaveLength(items);
    else expect(items).toBe(0);
  });
});

describeShared('router certificates of other implementations', () => {
  it.each([
    ['rpki-commons-router.cer', []],
    ['rpki-rs-router.cer', []],
    [
      'rfc8608-AS64496.cer',
      [
        'certificate-signature-algorithm',
        'certificate-self-issued',
        'authority-key-identifier',
        'extension-not-critical',
        'crl-distribution-points',
        'authority-info-access',
        'certificate-policies',
        'routing-domain-identifiers',
      ],
    ],
  ])('%s: %j', async (name, errors) => {
    const der = read(`router-certs/${name}`);
    const { notBefore } = decodeCertificate(der);
    const result = await examineObject(der, material(notBefore + 1), 'cer');
    expect(
      errorsOf(result)
        .filter((code) => code !== 'path-incomplete')
        .sort(),
    ).toEqual([...errors].sort());
    expect(result.object?.type).toBe('router-certificate');
  });
});
