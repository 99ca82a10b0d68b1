import { decodeCertificate, decodeCrl, examineObject, type PathMaterial, verifyCrl } from 'pathsec/rpki';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { signedObject } from '../kit/objects/generator/builder.js';
import { TIME, TRUST_ANCHOR } from '../kit/objects/generator/certificate.js';
import { crlOctets } from '../kit/objects/generator/crl.js';

afterEach(() => vi.unstubAllGlobals());

const anchor = decodeCertificate(TRUST_ANCHOR);
const material: PathMaterial = {
  trustAnchors: [anchor],
  certificates: [],
  crls: [decodeCrl(crlOctets())],
  now: Date.parse(TIME) / 1000,
  overclaim: 'reject',
};
const unsupported = async () => {
  throw new DOMException('Unrecognized algorithm name', 'NotSupportedError');
};

describe.each<[string, unknown]>([
  ['no crypto at all', undefined],
  ['crypto without subtle, as a page outside of a secure context has it', {}],
  ['a WebCrypto without the algorithm', { subtle: { importKey: unsupported } }],
])('with %s (D-no-webcrypto)', (_, crypto) => {
  it.each<[string, Uint8Array]>([
    ['an object in order', signedObject({})],
    ['an object with a wrong signature', signedObject({ flip: 1 })],
    ['a certificate', TRUST_ANCHOR],
    ['a CRL', crlOctets()],
  ])('%s is undetermined, and no signature is called wrong', async (_name, octets) => {
    vi.stubGlobal('crypto', crypto);
    const { verdict, findings, payloads } = await examineObject(octets, material);
    const errors = new Set(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code));
    expect([[...errors], verdict, payloads.aspas]).toEqual([['no-webcrypto'], 'undetermined', []]);
    expect(JSON.stringify(findings)).not.toContain('does not verify');
  });

  it('what is wrong without any signature is invalid all the same', async () => {
    vi.stubGlobal('crypto', crypto);
    const { verdict, findings } = await examineObject(signedObject({ version: 1 }), material);
    expect([verdict, findings.map(({ code }) => code)]).toEqual([
      'invalid',
      expect.arrayContaining(['cms-version', 'no-webcrypto']),
    ]);
  });

  it('verifyCrl says the same', async () => {
    vi.stubGlobal('crypto', crypto);
    const findings = await verifyCrl(decodeCrl(crlOctets()), anchor, material.now);
    expect(findings.map(({ code }) => code)).toEqual(['no-webcrypto']);
  });
});

describe('with WebCrypto', () => {
  it('a key that is none of RSA has signed nothing: the signature fails', async () => {
    const crl = decodeCrl(crlOctets());
    const findings = await verifyCrl(crl, { ...anchor, spki: new Uint8Array(9) }, material.now);
    expect(findings.map(({ code }) => code)).toEqual(['crl-signature']);
  });
});
