import { generateKeyPairSync, sign } from 'node:crypto';

/** A key and a certificate that it signed itself, both PEM, for TLS in tests. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/**
 * A self-signed certificate of a fresh P-256 key, valid from 2020 to 2049.
 *
 * @param commonName of subject and issuer.
 * @param names of subjectAltName: `DNS:cache.example` or `IP:127.0.0.1`; none leaves the extension out.
 */
export function selfSigned(commonName: string, ...names: readonly string[]): Identity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = der(0x30, oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  const name = der(0x30, der(0x31, der(0x30, oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(commonName)))));
  const date = (text: string): Buffer => der(0x17, Buffer.from(text));
  const alternatives = names.map((text) => {
    const [kind = '', value = ''] = text.split(':');
    return kind === 'DNS'
      ? der(0x82, Buffer.from(value))
      : der(0x87, Buffer.from(value.split('.').map(Number)));
  });
  const subjectAltName = der(0x30, oid(0x55, 0x1d, 0x11), der(0x04, der(0x30, ...alternatives)));
  const tbs = der(
    0x30,
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(1)),
    ecdsaWithSha256,
    name,
    der(0x30, date('200101000000Z'), date('491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(names.length > 0 ? [der(0xa3, der(0x30, subjectAltName))] : []),
  );
  const signature = der(0x03, Buffer.of(0), sign('sha256', tbs, privateKey));
  const certificate = der(0x30, tbs, ecdsaWithSha256, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`,
  };
}

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const long = length > 255 ? [0x82, length >> 8, length & 255] : [0x81, length];
  return Buffer.concat([Buffer.of(tag, ...(length < 128 ? [length] : long)), body]);
}

function oid(...octets: readonly number[]): Buffer {
  return der(0x06, Buffer.of(...octets));
}
