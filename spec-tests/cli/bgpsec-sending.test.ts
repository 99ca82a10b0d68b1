import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeUpdate, pathAttribute } from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import { pemOf } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { keyOf, messageOf, origin, pathOf } from '../bgpsec/world.js';
import rfc8608 from '../kit/bgpsec/facts/rfc8608.json' with { type: 'json' };
import { requirement } from '../kit/citation.js';
import { folder, keys, LOCAL, privateFile, UPDATE, withoutStack } from './bgpsec-world.js';
import { run, temporaryFile } from './run.js';

describe('bgpsec keygen', () => {
  it('writes the private key for its owner alone and never prints it', async () => {
    const at = folder();
    const [out, pub] = [join(at, 'router.pem'), join(at, 'router.pub')];
    const { code, stdout, stderr } = await run(['bgpsec', 'keygen', '--out', out, '--public', pub, '--json']);
    expect([code, stderr]).toEqual([0, '']);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const { ski, pubkey } = JSON.parse(stdout);
    expect(ski).toMatch(/^[0-9A-F]{40}$/);
    expect(Buffer.from(pubkey, 'base64')).toHaveLength(91);
    const pem = readFileSync(out, 'latin1');
    expect(pem).toContain('-----BEGIN PRIVATE KEY-----');
    const der = Buffer.from(pem.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64');
    const scalar = der.subarray(36, 68);
    for (const form of ['hex', 'base64', 'latin1'] as const)
      expect(stdout).not.toContain(scalar.toString(form));
    expect(readFileSync(pub, 'latin1')).toContain('-----BEGIN PUBLIC KEY-----');
  });

  it('refuses to overwrite anything, and then leaves nothing behind', async () => {
    const at = folder();
    const taken = join(at, 'taken');
    writeFileSync(taken, 'mine');
    const refused = async (...argv: string[]) => {
      const { code, stdout, stderr } = await run(['bgpsec', 'keygen', ...argv]);
      expect([code, stdout]).toEqual([2, '']);
      withoutStack(stderr);
    };
    await refused('--out', taken);
    await refused('--out', join(at, 'new'), '--public', taken);
    await refused('--out', join(at, 'same'), '--public', `${at}/./same`);
    await refused('--out', join(at, 'no', 'such', 'folder'));
    await refused();
    expect(readFileSync(taken, 'latin1')).toBe('mine');
    expect(existsSync(join(at, 'new'))).toBe(false);
    expect(existsSync(join(at, 'same'))).toBe(false);
  });

  it('its key signs, and its public key verifies', async () => {
    requirement('rfc8205:4.1:possess-private-key');
    const at = folder();
    const [out, pub] = [join(at, 'router.pem'), join(at, 'router.pub')];
    expect((await run(['bgpsec', 'keygen', '--out', out, '--public', pub])).stdout).toMatch(
      /^SKI {9}[0-9A-F]{40}\n/,
    );
    const argv = [
      'bgpsec',
      'sign',
      '--key',
      out,
      '--as',
      '64496',
      '--peer-as',
      '64500',
      '--prefix',
      '2001:db8::/32',
    ];
    const { stdout } = await run(argv);
    const session = ['--local-as', '64500', '--peer-as', '64496'];
    expect((await run(['bgpsec', 'verify', stdout.trim(), '--keys', `64496=${pub}`, ...session])).code).toBe(
      0,
    );
  });
});

describe('bgpsec sign and forward', () => {
  const sign = (...more: string[]) =>
    run(['bgpsec', 'sign', '--key', privateFile(64496), '--as', '64496', '--peer-as', '64499', ...more]);
  const forward = (message: string, ...more: string[]) =>
    run([
      'bgpsec',
      'forward',
      message,
      '--key',
      privateFile(64499),
      '--as',
      '64499',
      '--peer-as',
      `${LOCAL}`,
      ...more,
    ]);
  const verdict = async (message: string, localAs: number, peerAs: number) => {
    const argv = ['bgpsec', 'verify', '-', '--keys', keys(64496, 64499), '--json'];
    const { stdout } = await run([...argv, '--local-as', `${localAs}`, '--peer-as', `${peerAs}`], {
      stdin: message,
    });
    return JSON.parse(stdout) as Record<string, unknown>;
  };

  it.each(['native', 'noble'])(
    '%s: origin, then one hop on, and the receiver finds it valid',
    async (backend) => {
      requirement('rfc8205:4.1:propagate-signed', 'rfc8205:4.2:pcount');
      const first = await sign('--prefix', '192.0.2.0/24', '--pcount', '2', '--backend', backend);
      expect([first.code, first.stderr]).toEqual([0, '']);
      expect(await verdict(first.stdout, 64499, 64496)).toMatchObject({
        outcome: 'valid',
        asPath: '64496 64496',
      });
      const second = await forward(first.stdout.trim(), '--next-hop', '198.51.100.7', '--backend', backend);
      expect(second.stderr).toBe('');
      expect(second.stdout).toContain('c6336407');
      expect(await verdict(second.stdout, LOCAL, 64499)).toMatchObject({
        outcome: 'valid',
        asPath: '64499 64496 64496',
      });
    },
  );

  it('noble is deterministic', async () => {
    requirement('rfc8205:7.4:deterministic-signatures-equal');
    const once = await sign('--prefix', '192.0.2.0/24', '--backend', 'noble');
    expect((await sign('--prefix', '192.0.2.0/24', '--backend', 'noble')).stdout).toBe(once.stdout);
  });

  it('a route server forwards with pCount 0', async () => {
    requirement('rfc8205:4.2:route-server-pcount-zero', '!rfc8205:7.2:unexpected-pcount-zero');
    const first = await sign('--prefix', '192.0.2.0/24');
    const { stdout } = await forward(first.stdout.trim(), '--route-server', '--pcount', '0');
    const argv = [
      'bgpsec',
      'verify',
      '-',
      '--keys',
      keys(64496, 64499),
      '--local-as',
      `${LOCAL}`,
      '--peer-as',
      '64499',
    ];
    expect((await run(argv, { stdin: stdout })).stdout).toContain('pcount-zero');
    expect((await run([...argv, '--allow-pcount-zero'], { stdin: stdout })).code).toBe(0);
  });

  it('forwards what came as type 30', async () => {
    const [update] = rfc8608.updates;
    const argv = ['--attribute-type', '30', '--as', '65537', '--key'];
    const { code, stdout } = await forward(update?.message ?? '', ...argv, privateFile(65537));
    expect(code).toBe(0);
    expect(stdout).toMatch(/9021/); // and sends 33
  });

  it('a key that others can read draws a warning, with the result all the same', async () => {
    const key = privateFile(64496, 0o640);
    const argv = [
      'bgpsec',
      'sign',
      '--key',
      key,
      '--as',
      '64496',
      '--peer-as',
      '1',
      '--prefix',
      '192.0.2.0/24',
    ];
    const { code, stdout, stderr } = await run(argv);
    expect([code, stderr]).toEqual([0, `pathsec: warning: ${key} can be read by others (mode 640)\n`]);
    expect(stdout).toMatch(/^[0-9a-f]+\n$/);
  });

  it.each<[string, () => string[]]>([
    ['no prefix', () => []],
    ['a prefix that is none', () => ['--prefix', '192.0.2.0/33']],
    ['host bits', () => ['--prefix', '192.0.2.1/24']],
    ['pCount 256', () => ['--prefix', '192.0.2.0/24', '--pcount', '256']],
    ['pCount 0 of no route server', () => ['--prefix', '192.0.2.0/24', '--pcount', '0']],
    ['AS 0 as peer', () => ['--prefix', '192.0.2.0/24', '--peer-as', '0']],
    ['AS 0 as own', () => ['--prefix', '192.0.2.0/24', '--as', '0']],
    ['an IPv4 next hop of an IPv6 prefix', () => ['--prefix', '2001:db8::/32', '--next-hop', '192.0.2.1']],
    [
      'its own AS as an external neighbour',
      () => ['--prefix', '192.0.2.0/24', '--peer-as', '64496', '--peer-kind', 'external'],
    ],
    ['a Path Identifier that is none', () => ['--prefix', '192.0.2.0/24', '--path-id', '4294967296']],
    ['a next hop that is none', () => ['--prefix', '192.0.2.0/24', '--next-hop', 'there']],
    ['a kind of peer that is none', () => ['--prefix', '192.0.2.0/24', '--peer-kind', 'friend']],
    [
      'the key of another AS alone',
      () => ['--prefix', '192.0.2.0/24', '--as', '1', '--key', `2=${privateFile(2)}`],
    ],
    ['no such key', () => ['--prefix', '192.0.2.0/24', '--key', '/no/such/file']],
    ['a directory', () => ['--prefix', '192.0.2.0/24', '--key', '/']],
    [
      'a public key',
      () => ['--prefix', '192.0.2.0/24', '--key', temporaryFile('x', pemOf('PUBLIC KEY', keyOf(1).spki))],
    ],
    ['garbage as key', () => ['--prefix', '192.0.2.0/24', '--key', temporaryFile('x', 'garbage')]],
  ])('sign, %s: 2', async (name, more) => {
    requirement(
      '!rfc8205:4.2:pcount',
      '!rfc8205:4.2:route-server-pcount-zero',
      '!rfc8205:4.2:nlri-trailing-bits',
    );
    const argv = ['bgpsec', 'sign', '--as', '64496', '--peer-as', '64499', ...more()];
    if (name !== 'the key of another AS alone' && !argv.includes('--key'))
      argv.push('--key', privateFile(64496));
    const { code, stdout, stderr } = await run(argv);
    expect([code, stdout]).toEqual([2, '']);
    withoutStack(stderr);
  });

  it.each<[string, () => string]>([
    ['an unsigned UPDATE', () => `${'ff'.repeat(16)}00170200000000`],
    ['a KEEPALIVE', () => `${'ff'.repeat(16)}001304`],
    ['cut off', () => UPDATE.slice(0, 100)],
    ['no such file', () => '/no/such/file'],
    ['garbage', () => temporaryFile('x', 'garbage')],
  ])('forward, %s: 2', async (_name, message) => {
    requirement('!rfc8205:4.1:unsigned-stays-unsigned');
    const { code, stdout, stderr } = await forward(message());
    expect([code, stdout]).toEqual([2, '']);
    withoutStack(stderr);
  });

  it('an IPv6 next hop of an IPv4 prefix (RFC 8950)', async () => {
    const { code, stdout } = await sign('--prefix', '192.0.2.0/24', '--next-hop', '2001:db8::7');
    expect([code, stdout]).toEqual([0, expect.stringContaining(`00010110${'20010db8'}${'0'.repeat(23)}7`)]);
    expect(await verdict(stdout, 64499, 64496)).toMatchObject({ outcome: 'valid', prefix: '192.0.2.0/24' });
  });

  it('sign to the own AS is internal: neither path attribute, no key, a LOCAL_PREF (8205 4.1)', async () => {
    for (const more of [[], ['--peer-kind', 'internal']]) {
      const argv = [
        'bgpsec',
        'sign',
        '--as',
        '64496',
        '--peer-as',
        '64496',
        '--prefix',
        '192.0.2.0/24',
        ...more,
      ];
      const { code, stdout, stderr } = await run(argv);
      expect([code, stderr]).toEqual([0, '']);
      const { message, values } = decodeUpdate(fromHex(stdout.trim()), {
        peer: 'internal',
        bgpsecReceived: true,
      });
      expect(message.attributes.map((one) => one.code)).toEqual([14, 1, 5]);
      expect(values).toMatchObject({ origin: 'igp', localPref: 100 });
    }
    const member = ['bgpsec', 'sign', '--as', '64500', '--member-as', '65001', '--prefix', '192.0.2.0/24'];
    const { stdout } = await run([...member, '--peer-as', '65001']);
    expect(decodeUpdate(fromHex(stdout.trim())).message.attributes.map((one) => one.code)).toEqual([
      14, 1, 5,
    ]);
  });

  it('a message above 4096 octets needs extended messages', async () => {
    requirement('rfc8205:4.1:maximum-message-size', 'rfc8205:4.1:too-long-not-sent');
    const filler = pathAttribute(200, new Uint8Array(4000));
    const message = temporaryFile('long', messageOf(pathOf([64496], 64499), [origin, filler]));
    expect((await forward(message)).code).toBe(0);
    const { code, stdout, stderr } = await forward(message, '--no-extended-messages');
    expect([code, stdout]).toEqual([2, '']);
    withoutStack(stderr);
  });
});
