import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from 'pathsec/bytes';
import { pemOf } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { keyOf } from '../bgpsec/world.js';
import { requirement } from '../kit/citation.js';
import { bits, utf8 } from '../rpki-objects/profile-world.js';
import {
  type CertificateParts,
  certificate,
  extension,
  name,
  sequence,
} from '../rpki-objects/router-certificates.js';
import { describeWithProgram } from '../support.js';
import { folder, privateFile, withoutStack } from './bgpsec-world.js';
import { jsonLines, run, temporaryFile } from './run.js';

const KEY = keyOf(64496);

describe('bgpsec csr', () => {
  const csr = (...argv: string[]) => run(['bgpsec', 'csr', ...argv]);

  it.each(['native', 'noble'])('%s: a request in PEM, which its own check finds right', async (backend) => {
    const { code, stdout, stderr } = await csr('--key', privateFile(64496), '--backend', backend);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^-----BEGIN CERTIFICATE REQUEST-----\n[\s\S]+-----END CERTIFICATE REQUEST-----\n$/,
    );
    const checked = await csr('--check', temporaryFile('r.pem', stdout), '--backend', backend);
    expect(checked.code).toBe(0);
    expect(checked.stdout).toContain(`SKI            ${toHex(KEY.ski).toUpperCase()}\n`);
    expect(checked.stdout).toContain('subject        (empty)\n');
    expect(checked.stdout).toContain('pass           proof-of-possession (RFC 6487 §6.3)\n');
    expect(checked.stdout).toMatch(/\nconforms: 8 passed, 0 warnings, 0 errors, 0 not checkable\n$/);
    const scalar = Buffer.from(KEY.scalar());
    for (const form of ['hex', 'base64'] as const) expect(stdout).not.toContain(scalar.toString(form));
  });

  it('--name is the subject, a warning; --json gives the items', async () => {
    const { stdout } = await csr('--key', privateFile(64496), '--name', 'ROUTER-0000FBF0');
    const checked = await csr('--check', temporaryFile('r.pem', stdout), '--json');
    expect(checked.code).toBe(0);
    const { subject, ski, checks, conforms } = JSON.parse(checked.stdout);
    expect([subject, ski, conforms]).toEqual(['/CN=ROUTER-0000FBF0', toHex(KEY.ski).toUpperCase(), true]);
    expect(checks.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'pass',
      'warning',
      ...new Array(6).fill('pass'),
    ]);
  });

  it('--out and --der write a file, and overwrite none', async () => {
    const out = join(folder(), 'r.der');
    const key = privateFile(64496);
    expect(await csr('--key', key, '--out', out, '--der')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(out)[0]).toBe(0x30);
    expect((await csr('--check', out)).code).toBe(0);
    const before = readFileSync(key, 'latin1');
    expect((await csr('--key', key, '--out', key)).code).toBe(2);
    expect(readFileSync(key, 'latin1')).toBe(before);
  });

  it('a request signed by another key does not conform: 1', async () => {
    const out = join(folder(), 'r.der');
    await csr('--key', privateFile(64496), '--out', out, '--der');
    const octets = readFileSync(out);
    octets[octets.length - 1] = (octets[octets.length - 1] as number) ^ 2;
    writeFileSync(out, octets);
    const { code, stdout } = await csr('--check', out);
    expect(code).toBe(1);
    expect(stdout).toContain('error          proof-of-possession (RFC 6487 §6.3): ');
    expect(stdout).toMatch(/\ndoes not conform: 7 passed, 0 warnings, 1 errors/);
  });

  it('a key that others can read draws a warning', async () => {
    const { code, stderr } = await csr('--key', privateFile(64496, 0o644));
    expect([code, stderr]).toEqual([0, expect.stringContaining('can be read by others (mode 644)')]);
  });

  it.each<[string, () => string[]]>([
    ['nothing to do', () => []],
    ['both', () => ['--key', privateFile(64496), '--check', privateFile(64496)]],
    ['no such key', () => ['--key', '/no/such/file']],
    ['a directory', () => ['--key', '/']],
    ['garbage as key', () => ['--key', temporaryFile('x', 'garbage')]],
    ['an empty name', () => ['--key', privateFile(64496), '--name', '']],
    ['a name too long', () => ['--key', privateFile(64496), '--name', 'x'.repeat(65)]],
    ['DER on stdout', () => ['--key', privateFile(64496), '--der']],
    ['no such request', () => ['--check', '/no/such/file']],
    ['a key as request', () => ['--check', privateFile(64496)]],
    ['garbage as request', () => ['--check', temporaryFile('x', new Uint8Array(100).fill(0x30))]],
    ['a huge request', () => ['--check', temporaryFile('x', new Uint8Array((1 << 20) + 1).fill(0x30))]],
  ])('%s: 2', async (_name, argv) => {
    const { code, stdout, stderr } = await csr(...argv());
    expect([code, stdout]).toEqual([2, '']);
    withoutStack(stderr);
    expect(stderr).not.toContain(Buffer.from(KEY.scalar()).toString('hex'));
  });
});

describeWithProgram('OpenSSL reads the request', 'openssl', () => {
  it('and finds its signature good', async () => {
    const out = join(folder(), 'r.pem');
    expect(
      (await run(['bgpsec', 'csr', '--key', privateFile(64496), '--name', 'ROUTER-0000FBF0', '--out', out]))
        .code,
    ).toBe(0);
    const text = execFileSync('openssl', ['req', '-in', out, '-noout', '-verify', '-subject'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString();
    expect(text).toContain('ROUTER-0000FBF0');
  });
});

describe('bgpsec cert', () => {
  const NOW = '2026-06-01T00:00:00Z';
  const cert = (...argv: string[]) => run(['bgpsec', 'cert', ...argv]);
  const file = (parts: CertificateParts = {}) => temporaryFile('router.cer', certificate(parts));

  it('a conforming certificate: the items, the keys, 0', async () => {
    const { code, stdout, stderr } = await cert(file(), '--time', NOW);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('subject        /CN=ROUTER-0000FBF0/serialNumber=c0000201\n');
    expect(stdout).toContain('key for        AS64496\n');
    expect(stdout).toContain('pass           extended-key-usage (RFC 8209 §3.1.3.2)\n');
    expect(stdout).toContain('not-checkable  path-signature (RFC 6487 §7.2 (1)): ');
    expect(stdout).toMatch(/\nconforms: 53 passed, 0 warnings, 0 errors, 3 not checkable\n$/);
  });

  it('--json: one object per line, with the keys', async () => {
    const pem = temporaryFile('router.pem', pemOf('CERTIFICATE', certificate()));
    const { code, stdout } = await cert(file(), pem, '--time', NOW, '--json');
    expect(code).toBe(0);
    const [der, other] = jsonLines(stdout);
    expect(der).toMatchObject({
      cert_serial: '5',
      valid_since: '2026-01-01T00:00:00Z',
      ski: toHex(KEY.ski).toUpperCase(),
      keys: [{ min: 64496, max: 64496, pubkey: Buffer.from(KEY.spki).toString('base64') }],
      conforms: true,
    });
    expect({ ...other, file: '' }).toEqual({ ...der, file: '' });
  });

  it('errors, warnings and a wrong time: 1', async () => {
    const faulty = file({
      subject: name(['2.5.4.3', utf8('router')]),
      extensions: { keyUsage: extension('2.5.29.15', true, bits(0xc0, 6)) },
    });
    const { code, stdout } = await cert(faulty, '--time', NOW);
    expect(code).toBe(1);
    expect(stdout).toContain('warning        router-name-form (RFC 8209 §3.1.1): ');
    expect(stdout).toContain('error          key-usage (RFC 6487 §4.8.4): ');
    expect(stdout).toMatch(/\ndoes not conform: 51 passed, 1 warnings, 1 errors, 3 not checkable\n$/);
    const late = await cert(file(), '--time', '2030-01-01T00:00:00Z');
    expect([late.code, late.stdout]).toEqual([1, expect.stringContaining('certificate-time')]);
    expect((await cert(file())).code).toBe(1); // the clock of the tests stands in 2027
  });

  it('what is no router certificate is told so, and yields no key', async () => {
    requirement('!rfc8209:3.1.3.2:eku-required');
    const other = file({ extensions: { eku: undefined, asResources: undefined } });
    const { code, stdout } = await cert(other, '--time', NOW);
    expect([code, stdout]).toEqual([1, expect.stringContaining('key for        -\n')]);
    expect(stdout).toContain('error          extended-key-usage (RFC 8209 §3.1.3.2): ');
  });

  it('what cannot be read does not keep the others from their turn: 2', async () => {
    const garbage = temporaryFile('x.cer', new Uint8Array(50).fill(0x30));
    const text = await cert(garbage, file(), '--time', NOW);
    expect(text.code).toBe(2);
    expect(text.stderr).toMatch(/^pathsec: .*x\.cer: .*\(der-[a-z]+\)\n$/);
    expect(text.stdout).toContain('\nconforms: ');
    const json = jsonLines((await cert(garbage, file(), '--time', NOW, '--json')).stdout);
    expect(json).toMatchObject([{ error: { code: 'der-truncated' } }, { conforms: true }]);
  });

  it('sends no control characters to the terminal', async () => {
    const { stdout } = await cert(
      file({ subject: name(['2.5.4.3', utf8('\u001b[31mX\u0007')]) }),
      '--time',
      NOW,
    );
    expect(stdout).toContain('\\u001b[31mX\\u0007');
    expect(stdout).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  it.each<[string, () => string[]]>([
    ['no file', () => []],
    ['no such file', () => ['/no/such/file']],
    ['a directory', () => ['/']],
    ['a huge file', () => [temporaryFile('x', new Uint8Array((1 << 20) + 1))]],
    ['a time that is none', () => [file(), '--time', 'soon']],
    [
      'an extension that cannot be decoded',
      () => [file({ extensions: { eku: extension('2.5.29.37', false, bits(1, 0)) } })],
    ],
    ['an extension twice', () => [file({ extensions: { x: extension('2.5.29.35', false, sequence()) } })]],
  ])('%s: 2', async (_name, argv) => {
    const { code, stdout, stderr } = await cert(...argv());
    expect([code, stdout]).toEqual([2, '']);
    withoutStack(stderr);
  });

  it('as --keys the certificate verifies what its key signed', async () => {
    requirement(
      'rfc8205:4.1:certified-key',
      'rfc8205:4.2:as-number-of-certificate',
      'rfc8209:3.1.3.2:eku-required',
    );
    const argv = [
      'bgpsec',
      'sign',
      '--key',
      privateFile(64496),
      '--as',
      '64496',
      '--peer-as',
      '64500',
      '--prefix',
      '192.0.2.0/24',
    ];
    const { stdout } = await run(argv);
    const session = ['--local-as', '64500', '--peer-as', '64496'];
    expect((await run(['bgpsec', 'verify', stdout.trim(), '--keys', file(), ...session])).code).toBe(0);
  });
});
