import { sha256 } from '@noble/hashes/sha2.js';
import type { Afi, Prefix } from '../../inet/index.js';
import { createPrefixListStore } from '../../payload/index.js';
import { OID } from '../oids.js';
import { issueCertificate, issueCrl, nameFromKey, type Signer } from '../x509/issue.js';
import type { Range } from '../x509/ranges.js';
import { encodeAspaContent } from './aspa.js';
import { encodeAsraContent } from './asra.js';
import { encodeManifestContent } from './manifest.js';
import type { ObjectPayloads } from './object-payloads.js';
import { encodePrefixListContent } from './prefix-list.js';
import { encodeRoaContent } from './roa.js';
import { signObject } from './sign-object.js';

/** What a test hierarchy is made of. Times are seconds since 1970 UTC. */
export interface LabPlan extends ObjectPayloads {
  readonly notBefore: number;
  readonly notAfter: number;
  /** Where the repository would be published, e.g. `rsync://rpki.example/repo`; nothing is contacted. */
  readonly base: string;
  /** The content type of ASRA objects, which none is assigned for; needed where there are `asras`. */
  readonly asraType?: string | undefined;
}

/** One file of the hierarchy; `name` is relative to the folder that stands for `base`. */
export interface LabFile {
  readonly name: string;
  readonly octets: Uint8Array;
}

const EVERYTHING: ReadonlyMap<Afi, readonly Prefix[]> = new Map([
  [1, [{ afi: 1, octets: new Uint8Array(4), length: 0 }]],
  [2, [{ afi: 2, octets: new Uint8Array(16), length: 0 }]],
]);
const ALL_ASNS: readonly Range[] = [{ min: 0n, max: 0xffff_ffffn }];

/**
 * Makes a complete test hierarchy: trust anchor and its locator (RFC 8630), one CA below it, an ASPA object for every
 * customer, an ASRA object for every list (of the type that the plan names, docs/decisions/rpki-objects.md D-asra-oid), a ROA
 * for every VRP, a signed prefix list for every AS that has one, a router certificate for every router key, and CRL and manifest
 * of both authorities.
 * Files are named by key hashes in hexadecimal (docs/decisions/rpki-objects.md D-lab-file-names). For labs and tests:
 * the keys are the caller's, one EE key per object is asked from `newSigner` (RFC 6487 §3: one-time use).
 */
export async function makeLab(
  plan: LabPlan,
  keys: { readonly ta: Signer; readonly ca: Signer; readonly newSigner: () => Promise<Signer> },
): Promise<LabFile[]> {
  const { notBefore, notAfter, base } = plan;
  const { ta, ca, newSigner } = keys;
  const taName = 'pathsec-lab-ta';
  const caName = nameFromKey(ca.spki);
  const place = (folder: string, file: string) => `${base}/${folder}${file}`;
  const caFiles: LabFile[] = [];
  let serial = 1n;

  const eeUnderCa = async (
    content: Uint8Array,
    type: string,
    extension: string,
    resources: object,
  ): Promise<void> => {
    const signer = await newSigner();
    const name = `${nameFromKey(signer.spki).toLowerCase()}.${extension}`;
    serial += 1n;
    const certificate = await issueCertificate(
      {
        ...resources,
        serial,
        issuerName: caName,
        subjectName: nameFromKey(signer.spki),
        notBefore,
        notAfter,
        spki: signer.spki,
        use: {
          kind: 'ee',
          object: place('ca/', name),
          crl: place('ca/', 'ca.crl'),
          issuer: place('ta/', 'ca.cer'),
        },
      },
      ca,
    );
    caFiles.push({ name, octets: await signObject(type, content, certificate, signer, notBefore) });
  };

  for (const { customer, providers } of plan.aspas) {
    const sorted = [...new Set(providers)].sort((a, b) => a - b);
    const id = BigInt(customer);
    const content = encodeAspaContent({ version: 1, customer, providers: sorted });
    await eeUnderCa(content, OID.aspa, 'asa', { asns: [{ min: id, max: id }] });
  }
  for (const { asn, subcategory, neighbors } of plan.asras) {
    if (plan.asraType === undefined) throw new TypeError('ASRA objects need a content type: asraType');
    const sorted = [...new Set(neighbors)].sort((a, b) => a - b);
    const content = encodeAsraContent({ version: 0, signer: asn, subcategory, neighbors: sorted });
    await eeUnderCa(content, plan.asraType, 'asa', { asns: [{ min: BigInt(asn), max: BigInt(asn) }] });
  }
  for (const { prefix, maxLength, asn } of plan.vrps) {
    const entry = maxLength === prefix.length ? { prefix } : { prefix, maxLength };
    const content = encodeRoaContent({ version: 0, asn, families: [{ afi: prefix.afi, prefixes: [entry] }] });
    await eeUnderCa(content, OID.roa, 'roa', { addresses: new Map([[prefix.afi, [prefix]]]) });
  }
  for (const { asn, prefixes } of createPrefixListStore(plan.prefixLists).sorted()) {
    const id = BigInt(asn);
    const families = ([1, 2] as const)
      .map((afi) => ({ afi, prefixes: prefixes.filter((prefix) => prefix.afi === afi) }))
      .filter((family) => family.prefixes.length > 0);
    const content = encodePrefixListContent({ version: 0, asn, families });
    await eeUnderCa(content, OID.prefixList, 'spl', { asns: [{ min: id, max: id }] });
  }
  for (const { asn, spki } of plan.routerKeys) {
    serial += 1n;
    const octets = await issueCertificate(
      {
        serial,
        issuerName: caName,
        subjectName: `ROUTER-${asn.toString(16).toUpperCase().padStart(8, '0')}`,
        notBefore,
        notAfter,
        spki,
        asns: [{ min: BigInt(asn), max: BigInt(asn) }],
        use: { kind: 'router', crl: place('ca/', 'ca.crl'), issuer: place('ta/', 'ca.cer') },
      },
      ca,
    );
    caFiles.push({ name: `${nameFromKey(spki).toLowerCase()}.cer`, octets });
  }

  const resources = { asns: ALL_ASNS, addresses: EVERYTHING, notBefore, notAfter };
  const taCertificate = await issueCertificate(
    {
      ...resources,
      serial: 1n,
      issuerName: taName,
      subjectName: taName,
      spki: ta.spki,
      use: { kind: 'ta', repository: place('ta/', ''), manifest: place('ta/', 'ta.mft') },
    },
    ta,
  );
  const caCertificate = await issueCertificate(
    {
      ...resources,
      serial: 2n,
      issuerName: taName,
      subjectName: caName,
      spki: ca.spki,
      use: {
        kind: 'ca',
        repository: place('ca/', ''),
        manifest: place('ca/', 'ca.mft'),
        crl: place('ta/', 'ta.crl'),
        issuer: place('', 'ta.cer'),
      },
    },
    ta,
  );

  const close = async (
    folder: 'ta' | 'ca',
    issuerName: string,
    signer: Signer,
    files: LabFile[],
    mftSerial: bigint,
  ) => {
    const times = { thisUpdate: notBefore, nextUpdate: notAfter };
    const crl = await issueCrl({ issuerName, number: 1n, ...times, revoked: [] }, signer);
    const listed = [...files, { name: `${folder}.crl`, octets: crl }];
    const content = encodeManifestContent({
      number: 1n,
      ...times,
      hashAlgorithm: OID.sha256,
      files: listed.map(({ name, octets }) => ({ name, hash: sha256(octets) })),
    });
    const ee = await newSigner();
    const certificate = await issueCertificate(
      {
        serial: mftSerial,
        issuerName,
        subjectName: nameFromKey(ee.spki),
        notBefore,
        notAfter,
        spki: ee.spki,
        asns: 'inherit',
        addresses: new Map([
          [1, 'inherit'],
          [2, 'inherit'],
        ]),
        use: {
          kind: 'ee',
          object: place(`${folder}/`, `${folder}.mft`),
          crl: place(`${folder}/`, `${folder}.crl`),
          issuer: folder === 'ta' ? place('', 'ta.cer') : place('ta/', 'ca.cer'),
        },
      },
      signer,
    );
    const octets = await signObject(OID.manifest, content, certificate, ee, notBefore);
    return [...listed, { name: `${folder}.mft`, octets }].map(({ name, octets: file }) => ({
      name: `${folder}/${name}`,
      octets: file,
    }));
  };

  return [
    { name: 'ta.tal', octets: trustAnchorLocator(place('', 'ta.cer'), ta.spki) },
    { name: 'ta.cer', octets: taCertificate },
    ...(await close('ta', taName, ta, [{ name: 'ca.cer', octets: caCertificate }], 3n)),
    ...(await close('ca', caName, ca, caFiles, serial + 1n)),
  ];
}

/** A trust anchor locator (RFC 8630 §2.2): URI, empty line, Base64 of the key. */
function trustAnchorLocator(uri: string, spki: Uint8Array): Uint8Array {
  const base64 = btoa(String.fromCharCode(...spki)).replace(/.{64}/g, '$&\n');
  return new TextEncoder().encode(`${uri}\n\n${base64}\n`);
}
