import { createNobleEngine } from 'pathsec/bgpsec';
import { fromHex } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { createCertificateRequest, type LabFile, makeLab, type Signer } from 'pathsec/rpki';
import { keyOf } from '../../bgpsec/world.js';
import { NO_PAYLOADS } from '../../payload/arbitrary-payloads.js';

const NOW = 1_790_000_000;

/** A signer whose key and signatures are octets of the right size and no more: decoders do not look behind that. */
function paperSigner(variant: number): Signer {
  const modulus = new Uint8Array(256).map((_, i) => (i === 0 ? 0xc0 : (i * 37 + variant * 11) & 0xff));
  modulus[255] = 0xf1;
  const key = Uint8Array.from([...fromHex('3082010a0282010100'), ...modulus, ...fromHex('0203010001')]);
  const spki = Uint8Array.from([...fromHex('30820122300d06092a864886f70d01010105000382010f00'), ...key]);
  return { spki, sign: async () => new Uint8Array(256).fill(variant + 1) };
}

let made: Promise<readonly LabFile[]> | undefined;

/** A hierarchy of certificates, CRLs and signed objects, the same in every run. */
export function labFiles(): Promise<readonly LabFile[]> {
  let next = 2;
  made ??= makeLab(
    {
      ...NO_PAYLOADS,
      notBefore: NOW - 86_400,
      notAfter: NOW + 86_400,
      base: 'rsync://rpki.example/repo',
      aspas: [{ customer: 64496, providers: [64497, 64498, 4_200_000_000] }],
      vrps: [
        { prefix: parsePrefix('192.0.2.0/24'), maxLength: 26, asn: 64496 },
        { prefix: parsePrefix('2001:db8::/32'), maxLength: 32, asn: 4_200_000_000 },
      ],
      prefixLists: [{ asn: 64496, prefixes: [parsePrefix('192.0.2.0/24'), parsePrefix('2001:db8::/32')] }],
      routerKeys: [{ asn: 64496, ski: keyOf(64496).ski, spki: keyOf(64496).spki }],
    },
    { ta: paperSigner(0), ca: paperSigner(1), newSigner: async () => paperSigner(next++) },
  );
  return made;
}

export async function filesLike(pattern: RegExp): Promise<Uint8Array[]> {
  return (await labFiles()).filter(({ name }) => pattern.test(name)).map(({ octets }) => octets);
}

/** Certification requests of routers. */
export function requests(): Uint8Array[] {
  const key = keyOf(64496);
  const engine = createNobleEngine();
  const signer = { spki: key.spki, sign: (octets: Uint8Array) => engine.sign(key, octets) };
  return [createCertificateRequest(signer), createCertificateRequest(signer, 'ROUTER-0000FBF0')];
}

export { NOW };
