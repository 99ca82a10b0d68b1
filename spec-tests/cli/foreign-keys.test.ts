import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePkcs8 } from 'pathsec/bgpsec';
import { fromHex, toHex } from 'pathsec/bytes';
import { pemOf } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { keyOf } from '../bgpsec/world.js';
import { folder, UPDATE } from './bgpsec-world.js';
import { run, temporaryFile } from './run.js';

const key = keyOf(64496);
const x = toHex(key.spki.subarray(27, 59));
const y = toHex(key.spki.subarray(59));
const lead = Number.parseInt(y.slice(-1), 16) % 2 === 0 ? '02' : '03';
const ALGORITHM = '301306072a8648ce3d020106082a8648ce3d030107';
/** SubjectPublicKeyInfo with another form of the point (SEC 1 §2.3.3). */
const compressed = fromHex(`3039${ALGORITHM}032200${lead}${x}`);
const hybrid = fromHex(`3059${ALGORITHM}034200${lead === '02' ? '06' : '07'}${x}${y}`);
/** ECPrivateKey with the curve, and the compressed point beside the scalar. */
const beside = fromHex(`30570201010420${toHex(key.scalar())}a00a06082a8648ce3d030107a124032200${lead}${x}`);

interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}
const curve = (namedCurve: string): Pair => generateKeyPairSync('ec', { namedCurve });
const explicit = generateKeyPairSync('ec', { namedCurve: 'prime256v1', paramEncoding: 'explicit' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const p256 = curve('prime256v1');
const pairs: readonly (readonly [name: RegExp, pair: Pair])[] = [
  [/an RSA key/, rsa],
  [/an RSA key \(RSASSA-PSS\)/, generateKeyPairSync('rsa-pss', { modulusLength: 2048 })],
  [/an Ed25519 key/, generateKeyPairSync('ed25519')],
  [/an Ed448 key/, generateKeyPairSync('ed448')],
  [/an X25519 key/, generateKeyPairSync('x25519')],
  [/an EC key of P-384/, curve('secp384r1')],
  [/an EC key of P-521/, curve('secp521r1')],
  [/an EC key of secp256k1/, curve('secp256k1')],
  [/an EC key of brainpoolP256r1/, curve('brainpoolP256r1')],
  [/an EC key of the curve 1\.3\.132\.0\.8/, curve('secp160r1')],
  [/an EC key with its curve in explicit parameters/, explicit],
];
const password = { cipher: 'aes-256-cbc', passphrase: 'secret' } as const;
const certificate = pemOf('CERTIFICATE', fromHex('3003020100'));

/** A key in PEM and in DER. */
function bothForms(one: KeyObject, type: 'pkcs1' | 'pkcs8' | 'spki'): readonly [string, Uint8Array] {
  // The types of Node tell private and public keys apart by options alone.
  const exported = one as { export(options: { type: string; format: 'pem' | 'der' }): string | Buffer };
  const pem = exported.export({ type, format: 'pem' });
  const der = exported.export({ type, format: 'der' });
  if (typeof pem !== 'string' || typeof der === 'string') throw new TypeError('not the forms asked for');
  return [pem, der];
}

/** What is said of a private key file, and of a public one. */
async function saidOfPrivate(content: string | Uint8Array): Promise<string> {
  const file = temporaryFile('router.key', content);
  const { code, stdout, stderr } = await run(['bgpsec', 'csr', '--key', file]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`pathsec: ${file}: private-key: `);
  return stderr;
}

async function saidOfPublic(content: string | Uint8Array): Promise<string> {
  const file = temporaryFile('router.pub', content);
  const argv = ['bgpsec', 'verify', UPDATE, '--local-as', '64500', '--peer-as', '64499'];
  const { code, stdout, stderr } = await run([...argv, '--keys', `64496=${file}`]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.startsWith(`pathsec: ${file}: key-file: `)).toBe(true);
  return stderr;
}

describe('a key that a router cannot have is called what it is', () => {
  it.each(pairs)('%s', async (name, { privateKey, publicKey }) => {
    for (const file of bothForms(privateKey, 'pkcs8')) {
      expect(await saidOfPrivate(file)).toMatch(name);
      expect(await saidOfPublic(file)).toMatch(name);
    }
    for (const file of bothForms(publicKey, 'spki')) expect(await saidOfPublic(file)).toMatch(name);
    if (privateKey.asymmetricKeyType === 'ec') {
      expect(await saidOfPrivate(privateKey.export({ type: 'sec1', format: 'pem' }))).toMatch(name);
    }
  });

  it('RSA in its own form (PKCS #1)', async () => {
    for (const file of bothForms(rsa.privateKey, 'pkcs1')) {
      expect(await saidOfPrivate(file)).toContain('an RSA key');
    }
    for (const file of bothForms(rsa.publicKey, 'pkcs1')) {
      expect(await saidOfPublic(file)).toContain('an RSA key');
    }
  });

  it('an encrypted key, of either form, and how to decrypt it', async () => {
    const files: readonly (string | Uint8Array)[] = [
      p256.privateKey.export({ type: 'pkcs8', format: 'pem', ...password }),
      p256.privateKey.export({ type: 'pkcs8', format: 'der', ...password }),
      p256.privateKey.export({ type: 'sec1', format: 'pem', ...password }),
    ];
    for (const file of files) {
      expect(await saidOfPrivate(file)).toContain('this is an encrypted private key, not an unencrypted');
      expect(await saidOfPrivate(file)).toContain('openssl pkcs8');
      expect(await saidOfPublic(file)).toContain('this is an encrypted private key');
    }
    const ssh = pemOf('OPENSSH PRIVATE KEY', new TextEncoder().encode('openssh-key-v1\u0000'));
    expect(await saidOfPrivate(ssh)).toContain('ssh-keygen -p -m PKCS8');
  });

  it('a compressed point, a hybrid one', async () => {
    for (const file of [compressed, pemOf('PUBLIC KEY', compressed)]) {
      expect(await saidOfPublic(file)).toContain('this is a P-256 key with a compressed point');
      expect(await saidOfPrivate(file)).toContain('this is a P-256 key with a compressed point');
    }
    expect(await saidOfPublic(hybrid)).toContain('a P-256 key with a point in hybrid form');
    expect(await saidOfPrivate(beside)).toContain('the public key beside it is a compressed point');
  });

  it('a key in the place of another, a certificate, a request', async () => {
    expect(await saidOfPrivate(key.spki)).toContain('this is a public key of P-256');
    expect(await saidOfPublic(encodePkcs8(key))).toContain('this is a private key of P-256');
    expect(await saidOfPrivate(certificate)).toContain('this is a certificate');
    const keyFile = temporaryFile('router.key', encodePkcs8(key));
    const request = (await run(['bgpsec', 'csr', '--key', keyFile])).stdout;
    expect(await saidOfPrivate(request)).toContain('this is a certificate request');
    expect(await saidOfPublic(request)).toContain('this is a certificate request');
    expect(await saidOfPrivate(Buffer.from(request.split('\n').slice(1, -2).join(''), 'base64'))).toContain(
      'this is a certificate request',
    );
  });

  it('never shows anything of the key', async () => {
    const other = curve('secp256k1').privateKey;
    const scalar = Buffer.from(String(other.export({ format: 'jwk' }).d), 'base64url');
    const said = await saidOfPrivate(other.export({ type: 'pkcs8', format: 'pem' }));
    for (const form of ['hex', 'base64', 'latin1'] as const)
      expect(said).not.toContain(scalar.toString(form));
  });
});

describe('keygen and csr leave nothing behind', () => {
  it('when the second file cannot be written', async () => {
    const at = folder();
    writeFileSync(join(at, 'taken'), 'mine');
    mkdirSync(join(at, 'folder'));
    for (const pub of ['taken', 'folder', 'absent/pub', 'taken/pub', 'key', './key']) {
      const argv = ['bgpsec', 'keygen', '--out', join(at, 'key'), '--public', `${at}/${pub}`];
      const { code, stdout, stderr } = await run(argv);
      expect([pub, code, stdout]).toEqual([pub, 2, '']);
      expect(stderr.startsWith(`pathsec: ${at}/${pub}: `)).toBe(true);
      expect(readdirSync(at).sort()).toEqual(['folder', 'taken']);
    }
  });

  it('when the first one cannot', async () => {
    const at = folder();
    const argv = ['bgpsec', 'keygen', '--out', join(at, 'absent', 'key'), '--public', join(at, 'pub')];
    expect((await run(argv)).code).toBe(2);
    expect(readdirSync(at)).toEqual([]);
    const keyFile = temporaryFile('router.key', encodePkcs8(key));
    const request = join(at, 'absent', 'csr');
    const { code, stderr } = await run(['bgpsec', 'csr', '--key', keyFile, '--out', request]);
    expect([code, stderr.includes(`pathsec: ${request}: no such file or directory`)]).toEqual([2, true]);
    expect(existsSync(request)).toBe(false);
  });
});
