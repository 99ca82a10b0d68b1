import { equalOctets } from 'pathsec/bytes';
import {
  certificateKind,
  checkCertificate,
  checkCertificateRequest,
  checkDer,
  decodeAspaContent,
  decodeAsraContent,
  decodeCertificate,
  decodeCertificateRequest,
  decodeCrl,
  decodeManifestContent,
  decodePrefixListContent,
  decodeRoaContent,
  decodeSignedObject,
  encodeAspaContent,
  encodeAsraContent,
  encodeManifestContent,
  encodePrefixListContent,
  encodeRoaContent,
  examineObject,
  formatName,
  inspectCertificate,
  inspectCrl,
  inspectSignedObject,
  type PathMaterial,
  payloadsOf,
  type ResourceCertificate,
} from 'pathsec/rpki';
import { certificate } from '../../rpki-objects/router-certificates.js';
import { derMutation } from '../lib/mutate-der.js';
import { must, type Target } from '../lib/target.js';
import { sameValue } from '../lib/value.js';
import { filesLike, labFiles, NOW, requests } from './rpki-seeds.js';

const CERTIFICATE_CODES = [
  ...['der-*', 'asn1-syntax', 'duplicate-extension', 'afi-syntax', 'range-order', 'as-range', 'ip-range'],
  ...['as-resources-*', 'ip-resources-*'],
];
const CONTENT_CODES = ['der-*', 'asn1-syntax', 'version-*'];

/** The octets inside the envelopes of the given files. */
const contents = async (pattern: RegExp): Promise<Uint8Array[]> =>
  (await filesLike(pattern)).map((octets) => decodeSignedObject(octets).eContent);

const strictDer: Target = {
  name: 'rpki-der',
  covers: ['rpki:checkDer'],
  roundTrip: 'none: a check',
  growth: 4,
  codes: ['der-*'],
  seeds: async () =>
    [...(await labFiles()).map(({ octets }) => octets), certificate()].filter(([tag]) => tag === 0x30),
  mutate: derMutation,
  run(octets) {
    checkDer(octets);
    return true;
  },
};

function content<T>(
  name: string,
  files: RegExp,
  decode: (octets: Uint8Array) => T,
  encode: (value: T) => Uint8Array,
  covers: string,
  codes: readonly string[],
): Target {
  return {
    name: `rpki-${name}-content`,
    covers: [covers],
    roundTrip: 'value',
    growth: 16,
    codes: [...CONTENT_CODES, ...codes],
    seeds: () => contents(files),
    mutate: derMutation,
    run(octets) {
      const value = decode(octets);
      must(sameValue(decode(encode(value)), value), 'another value after encoding');
      return value;
    },
  };
}

/** As {@link content}; no file of the laboratory has one. */
const asra: Target = {
  ...content('asra', /^$/, decodeAsraContent, encodeAsraContent, 'rpki:decodeAsraContent', []),
  seeds: () =>
    [
      { version: 0, signer: 64496, subcategory: 3, neighbors: [64497, 4200000000] },
      { version: 0, signer: 1, subcategory: 1, neighbors: [0] },
      { version: undefined, signer: 64496, subcategory: 2, neighbors: [] },
    ].map(encodeAsraContent),
};

const manifest: Target = {
  name: 'rpki-manifest-content',
  covers: ['rpki:decodeManifestContent'],
  roundTrip: 'value, but for the version, which is not written',
  growth: 16,
  codes: [...CONTENT_CODES, 'manifest-*'],
  seeds: () => contents(/\.mft$/),
  mutate: derMutation,
  run(octets) {
    const value = decodeManifestContent(octets);
    const back = decodeManifestContent(encodeManifestContent(value));
    must(sameValue({ ...back, version: value.version }, value), 'another value after encoding');
    return value;
  },
};

/** Everything that the certificate's reader shows must be of use: finite times, ranges in order, names as text. */
function inspect(decoded: ResourceCertificate): void {
  const { notBefore, notAfter, asIdentifiers, subject, issuer } = decoded;
  must(Number.isFinite(notBefore) && Number.isFinite(notAfter), 'a time that is none');
  if (Array.isArray(asIdentifiers?.asnum)) {
    for (const { min, max } of asIdentifiers.asnum) must(min >= 0n && min <= max, 'a range in disorder');
  }
  formatName(subject);
  formatName(issuer);
  inspectCertificate(decoded);
  checkCertificate(decoded, NOW, certificateKind(decoded));
}

const certificates: Target = {
  name: 'rpki-certificate',
  covers: [
    'rpki:decodeCertificate',
    'rpki:inspectCertificate',
    'rpki:checkCertificate',
    'rpki:certificateKind',
  ],
  roundTrip: 'octets: what decodes keeps its DER; the profile walk ends with findings',
  growth: 24,
  codes: CERTIFICATE_CODES,
  seeds: async () => [...(await filesLike(/\.cer$/)), certificate()],
  mutate: derMutation,
  run(octets) {
    const decoded = decodeCertificate(octets);
    must(equalOctets(decoded.der, octets), 'other octets');
    inspect(decoded);
    return decoded;
  },
};

const crl: Target = {
  name: 'rpki-crl',
  covers: ['rpki:decodeCrl', 'rpki:inspectCrl'],
  roundTrip: 'octets: what decodes keeps its DER',
  growth: 24,
  codes: CERTIFICATE_CODES,
  seeds: () => filesLike(/\.crl$/),
  mutate: derMutation,
  run(octets) {
    const decoded = decodeCrl(octets);
    must(equalOctets(decoded.der, octets), 'other octets');
    const { thisUpdate, nextUpdate = 0, revoked = [] } = decoded;
    must(
      [thisUpdate, nextUpdate, ...revoked.map(({ date }) => date)].every(Number.isFinite),
      'a time that is none',
    );
    for (const { code, severity } of inspectCrl(decoded))
      must(code.length > 0 && severity === 'error', 'a finding');
    return decoded;
  },
};

const csr: Target = {
  name: 'rpki-certificate-request',
  covers: ['rpki:decodeCertificateRequest', 'rpki:checkCertificateRequest'],
  roundTrip: 'none: the profile walk ends with checks',
  growth: 24,
  codes: CERTIFICATE_CODES,
  seeds: requests,
  mutate: derMutation,
  run(octets) {
    const decoded = decodeCertificateRequest(octets);
    must(checkCertificateRequest(decoded, () => true).length > 0, 'no checks');
    return decoded;
  },
};

const signedObject: Target = {
  name: 'rpki-signed-object',
  covers: ['rpki:decodeSignedObject', 'rpki:inspectSignedObject'],
  roundTrip: 'octets: what decodes keeps its DER; the profile walk ends with findings',
  growth: 24,
  codes: ['cms-syntax', ...CERTIFICATE_CODES],
  seeds: () => filesLike(/\.(?:asa|roa|mft)$/),
  mutate: derMutation,
  run(octets) {
    const decoded = decodeSignedObject(octets);
    must(equalOctets(decoded.der, octets), 'other octets');
    must(
      decoded.signer.signingTime === undefined || Number.isFinite(decoded.signer.signingTime),
      'a bad time',
    );
    inspectSignedObject(decoded);
    inspect(decoded.certificate);
    return decoded;
  },
};

let material: Promise<PathMaterial> | undefined;
async function makeMaterial(): Promise<PathMaterial> {
  const [[ta], [ca], crls] = await Promise.all([
    filesLike(/^ta\.cer$/),
    filesLike(/ca\.cer$/),
    filesLike(/\.crl$/),
  ]);
  if (ta === undefined || ca === undefined) throw new Error('no certificates');
  return {
    trustAnchors: [decodeCertificate(ta)],
    certificates: [decodeCertificate(ca)],
    crls: crls.map((octets) => decodeCrl(octets)),
    now: NOW,
    overclaim: 'reject',
  };
}

const examination: Target = {
  name: 'rpki-examine-object',
  covers: [
    'rpki:examineObject',
    'rpki:payloadsOf',
    'rpki:verifyPath',
    'rpki:verifySignedObject',
    'rpki:verifyCrl',
  ],
  roundTrip: 'none: a verdict for every input; nothing forged is valid',
  growth: 64,
  codes: [],
  testRuns: 1000,
  seeds: async () => (await labFiles()).map(({ octets }) => octets),
  mutate: derMutation,
  async run(octets) {
    material ??= makeMaterial();
    const { verdict, findings, payloads, object } = await examineObject(octets, await material, 'roa');
    // No signature of the paper hierarchy is one.
    must(verdict !== 'valid', 'valid without a signature');
    must(
      payloads.vrps.length + payloads.aspas.length + payloads.routerKeys.length === 0,
      'payloads of an invalid object',
    );
    const taken = object === undefined ? undefined : payloadsOf(object);
    return [verdict, findings.length, taken];
  },
};

/** Objects in their envelopes, the slowest of all. */
export const RPKI_ENVELOPES: readonly Target[] = [signedObject, examination];

export const RPKI_OBJECTS: readonly Target[] = [
  strictDer,
  content('aspa', /\.asa$/, decodeAspaContent, encodeAspaContent, 'rpki:decodeAspaContent', ['aspa-profile']),
  asra,
  content('roa', /\.roa$/, decodeRoaContent, encodeRoaContent, 'rpki:decodeRoaContent', [
    'roa-max-length',
    'afi-syntax',
    'prefix-*',
    'roa-*',
  ]),
  content(
    'prefix-list',
    /\.spl$/,
    decodePrefixListContent,
    encodePrefixListContent,
    'rpki:decodePrefixListContent',
    ['afi-syntax', 'prefix-*'],
  ),
  manifest,
  certificates,
  crl,
  csr,
];
