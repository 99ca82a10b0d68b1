import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { parsePrefix } from 'pathsec/inet';
import {
  decodeCertificate,
  decodeCrl,
  type LabFile,
  makeLab,
  type PathMaterial,
  type Signer,
} from 'pathsec/rpki';
import { NO_PAYLOADS } from '../payload/arbitrary-payloads.js';

/** A signer over OpenSSL; the product's own sits in `pathsec/node` and is tested there. */
export function rsaSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { spki: spkiOf(publicKey), sign: async (data) => new Uint8Array(sign('sha256', data, privateKey)) };
}

export function spkiOf(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ type: 'spki', format: 'der' }));
}

/** The hierarchy is valid around today, because rpki-client 8.2 knows no other time than the clock's. */
export const NOW = Math.floor(Date.now() / 1000);
export const NOT_BEFORE = NOW - 86_400;
export const NOT_AFTER = NOW + 86_400;

const routerKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const ROUTER_SPKI = spkiOf(routerKey.publicKey);

export interface Lab {
  readonly ta: Signer;
  readonly ca: Signer;
  /** One key shared by all end-entity certificates: the tests need speed, not one-time keys. */
  readonly ee: Signer;
  readonly files: readonly LabFile[];
  file(pattern: RegExp): Uint8Array;
  material(change?: Partial<PathMaterial>): PathMaterial;
}

let cached: Promise<Lab> | undefined;

/** The hierarchy of the tests, made once per file. */
export function testLab(): Promise<Lab> {
  cached ??= build();
  return cached;
}

async function build(): Promise<Lab> {
  const [ta, ca, ee, ee2, ee3, ee4, ee5, ee6] = Array.from({ length: 8 }, rsaSigner) as [
    Signer,
    Signer,
    Signer,
    Signer,
    Signer,
    Signer,
    Signer,
    Signer,
  ];
  const pool = [ee, ee2, ee3, ee4, ee5, ee6];
  let next = 0;
  const files = await makeLab(
    {
      ...NO_PAYLOADS,
      notBefore: NOT_BEFORE,
      notAfter: NOT_AFTER,
      base: 'rsync://rpki.example/repo',
      aspas: [{ customer: 64496, providers: [64498, 4200000000, 64497] }],
      vrps: [
        { prefix: parsePrefix('192.0.2.0/24'), maxLength: 26, asn: 64496 },
        { prefix: parsePrefix('2001:db8::/32'), maxLength: 32, asn: 4200000000 },
      ],
      prefixLists: [{ asn: 64496, prefixes: [parsePrefix('2001:db8::/32'), parsePrefix('192.0.2.0/24')] }],
      routerKeys: [{ asn: 64496, ski: new Uint8Array(20), spki: ROUTER_SPKI }],
    },
    { ta, ca, newSigner: async () => pool[next++] as Signer },
  );
  const file = (pattern: RegExp): Uint8Array => {
    const found = files.find(({ name }) => pattern.test(name));
    if (!found) throw new Error(`no file like ${pattern}`);
    return found.octets;
  };
  return {
    ta,
    ca,
    ee,
    files,
    file,
    material: (change) => ({
      trustAnchors: [decodeCertificate(file(/^ta\.cer$/))],
      certificates: [decodeCertificate(file(/ca\.cer$/))],
      crls: [decodeCrl(file(/ta\.crl$/)), decodeCrl(file(/ca\.crl$/))],
      now: NOW,
      overclaim: 'reject',
      ...change,
    }),
  };
}
