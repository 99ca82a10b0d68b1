import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathAttribute } from 'pathsec/bgp';
import { addSegment, encodePkcs8 } from 'pathsec/bgpsec';
import { fromHex, toHex } from 'pathsec/bytes';
import { pemOf } from 'pathsec/rpki';
import { describe, expect, it, onTestFinished } from 'vitest';
import { announced, keyOf, messageOf, origin, pathOf, signer } from '../bgpsec/world.js';
import frr from '../vectors/bgpsec-frr-capture.json' with { type: 'json' };
import rfc8608 from '../vectors/bgpsec-rfc8608.json' with { type: 'json' };
import { jsonLines, run, temporaryFile } from './run.js';

const LOCAL = 64500;
const UPDATE = toHex(messageOf(pathOf([64496, 64499], LOCAL)));

interface KeyLine {
  readonly asn: number;
  readonly ski: string;
  readonly spki: string;
}

/** Router keys in the spelling of rpki-client. */
function keysFile(keys: readonly KeyLine[]): string {
  const list = keys.map(({ asn, ski, spki }) => ({
    asn,
    ski,
    pubkey: Buffer.from(fromHex(spki)).toString('base64'),
  }));
  return temporaryFile('keys.json', JSON.stringify({ metadata: {}, roas: [], bgpsec_keys: list }));
}

const lineOf = (asn: number): KeyLine => ({ asn, ski: toHex(keyOf(asn).ski), spki: toHex(keyOf(asn).spki) });
const keys = (...asns: number[]) => keysFile(asns.map(lineOf));

/** A private key file of its owner alone. */
function privateFile(asn: number, mode = 0o600): string {
  const path = temporaryFile('router.pem', pemOf('PRIVATE KEY', encodePkcs8(keyOf(asn))));
  chmodSync(path, mode);
  return path;
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'pathsec-cli-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

const withoutStack = (stderr: string) => {
  expect(stderr).toMatch(/^(?:pathsec|error): /m);
  expect(stderr).not.toMatch(/\bat .*\.[jt]s:\d+/);
};

describe('bgpsec verify, one UPDATE', () => {
  const session = ['--local-as', `${LOCAL}`, '--peer-as', '64499'];
  const verify = (message: string, ...more: string[]) =>
    run(['bgpsec', 'verify', message, '--keys', keys(64496, 64499), ...session, ...more]);

  it.each(['native', 'noble'])('%s: valid is 0, not valid and withdrawn are 1', async (backend) => {
    const valid = await verify(UPDATE, '--backend', backend);
    expect(valid).toEqual({ code: 0, stdout: 'valid (ok; RFC 8205 5.2)\n', stderr: '' });
    const damaged = `${UPDATE.slice(0, -2)}${UPDATE.endsWith('00') ? '01' : '00'}`;
    expect((await verify(damaged, '--backend', backend)).code).toBe(1);
    const wrongPeer = await verify(UPDATE, '--backend', backend, '--peer-as', '1');
    expect([wrongPeer.code, wrongPeer.stdout]).toEqual([
      1,
      'treat-as-withdraw (peer-as-mismatch; RFC 8205 5.2(2))\n',
    ]);
    const missing = await run([
      'bgpsec',
      'verify',
      UPDATE,
      '--keys',
      keys(64496),
      ...session,
      '--backend',
      backend,
    ]);
    expect([missing.code, missing.stdout]).toEqual([1, expect.stringContaining('router-key-missing')]);
  });

  it('--explain shows octets and digests, --json the answer', async () => {
    const text = await verify(UPDATE, '--explain');
    expect(text.stdout).toContain('    octets     0000fbf301000000fbf00100010118c00002');
    const json = JSON.parse((await verify(UPDATE, '--json')).stdout);
    expect(json).toMatchObject({ outcome: 'valid', asPath: '64499 64496', prefix: '192.0.2.0/24' });
    expect('explanation' in json).toBe(false);
    const both = JSON.parse((await verify(UPDATE, '--json', '--explain')).stdout);
    expect(both.blocks[0].signatures[0].digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('reads hexadecimal with blanks and colons, binary files and stdin', async () => {
    const spaced = UPDATE.replace(/../g, '$& ').toUpperCase();
    expect((await verify(spaced)).code).toBe(0);
    expect((await verify(temporaryFile('u.hex', spaced.replaceAll(' ', ':\n')))).code).toBe(0);
    expect((await verify(temporaryFile('u.bin', fromHex(UPDATE)))).code).toBe(0);
    const argv = ['bgpsec', 'verify', '-', '--keys', keys(64496, 64499), ...session];
    expect((await run(argv, { stdin: `0x${UPDATE}\n` })).code).toBe(0);
  });

  it('an UPDATE without a signed path is unsigned: 3', async () => {
    const unsigned = `${'ff'.repeat(16)}00170200000000`;
    expect(await verify(unsigned)).toEqual({
      code: 3,
      stdout: expect.stringMatching(/^unsigned /),
      stderr: '',
    });
  });

  it('the examples of RFC 8608 need --attribute-type 30', async () => {
    const file = keysFile(rfc8608.keys);
    for (const { message, localAs, peerAs } of rfc8608.updates) {
      const argv = ['bgpsec', 'verify', message, '--keys', file];
      argv.push('--local-as', `${localAs}`, '--peer-as', `AS${peerAs}`);
      expect((await run([...argv, '--attribute-type', '30'])).code).toBe(0);
      expect((await run(argv)).code).not.toBe(0);
      expect((await run([...argv, '--attribute-type', '31'])).code).toBe(2);
    }
    expect(rfc8608.updates.length).toBeGreaterThanOrEqual(2);
  });

  it.each<[string, string[]]>([
    ['no message', []],
    ['no session', [UPDATE]],
    ['a message and a batch', [UPDATE, '--batch', '-']],
    ['no such file', ['/no/such/file', ...session]],
    ['a directory', ['/', ...session]],
    ['digits that are no octets', ['abc', ...session]],
    ['an octet', ['ff', ...session]],
    ['a KEEPALIVE', [`${'ff'.repeat(16)}001304`, ...session]],
    ['AS 0', [UPDATE, '--local-as', '0', '--peer-as', '1']],
    ['an AS of 33 bits', [UPDATE, '--local-as', '4294967296', '--peer-as', '1']],
    ['another backend', [UPDATE, ...session, '--backend', 'abacus']],
    ['stdin twice', ['-', ...session, '--keys', '-']],
  ])('%s: 2, nothing on stdout', async (_name, argv) => {
    const { code, stdout, stderr } = await run(['bgpsec', 'verify', ...argv, '--keys', keys(64496)]);
    expect([code, stdout]).toEqual([2, '']);
    withoutStack(stderr);
  });

  it('a message of a megabyte and more is refused, one below is read', async () => {
    const at = (octets: number) => verify(temporaryFile('big', new Uint8Array(octets)));
    expect((await at((1 << 20) + 1)).stderr).toContain('no BGP message');
    expect((await at(1 << 20)).stdout).toContain('session-reset');
    const hex = temporaryFile('big.hex', 'ff'.repeat(1 << 19));
    expect((await verify(hex)).code).not.toBe(0);
  });
});

describe('--keys', () => {
  const verify = (...sources: string[]) =>
    run([
      ...['bgpsec', 'verify', UPDATE, '--local-as', `${LOCAL}`, '--peer-as', '64499'],
      ...sources.flatMap((source, i) =>
        source === '--slurm' || sources[i - 1] === '--slurm' ? [source] : ['--keys', source],
      ),
    ]);
  const publicPem = (asn: number) => temporaryFile('router.pub', pemOf('PUBLIC KEY', keyOf(asn).spki));

  it('bare public keys with their AS, in PEM and DER, beside payloads', async () => {
    const der = temporaryFile('router.der', keyOf(64499).spki);
    expect((await verify(`64496=${publicPem(64496)}`, `AS64499=${der}`)).code).toBe(0);
    expect((await verify(`64496=${publicPem(64496)}`, keys(64499))).code).toBe(0);
    expect((await verify(`64496=${publicPem(64499)}`, keys(64499))).code).toBe(1);
  });

  it('SLURM assertions and the spelling of Routinator', async () => {
    const base64url = (octets: Uint8Array) => Buffer.from(octets).toString('base64url');
    const assertion = (asn: number) => ({
      asn,
      SKI: base64url(keyOf(asn).ski),
      routerPublicKey: base64url(keyOf(asn).spki),
    });
    const slurm = {
      slurmVersion: 1,
      validationOutputFilters: { prefixFilters: [], bgpsecFilters: [] },
      locallyAddedAssertions: { prefixAssertions: [], bgpsecAssertions: [64496].map(assertion) },
    };
    const routinator = {
      metadata: {},
      roas: [],
      routerKeys: [{ ...assertion(64499), SKI: toHex(keyOf(64499).ski), asn: 'AS64499' }],
    };
    const [slurmFile, routinatorFile] = [slurm, routinator].map((value) =>
      temporaryFile('keys.json', JSON.stringify(value)),
    ) as [string, string];
    expect((await verify(routinatorFile, '--slurm', slurmFile)).code).toBe(0);
    const filters = { prefixFilters: [], bgpsecFilters: [{ asn: 64499 }] };
    const filtering = temporaryFile('s', JSON.stringify({ ...slurm, validationOutputFilters: filters }));
    expect((await verify(routinatorFile, '--slurm', filtering)).stdout).toContain('router-key-missing');
    const { code, stderr } = await verify(routinatorFile, '--slurm', routinatorFile);
    expect([code, stderr]).toEqual([2, expect.stringContaining(routinatorFile)]);
  });

  it.each<[string, () => string[]]>([
    ['none', () => []],
    ['no such file', () => ['/no/such/file']],
    ['no such file of an AS', () => ['64496=/no/such/file']],
    ['a directory', () => ['/']],
    ['garbage', () => [temporaryFile('x', new Uint8Array(100).fill(7))]],
    ['DER garbage', () => [temporaryFile('x', new Uint8Array(100).fill(0x30))]],
    ['an empty file', () => [temporaryFile('x', '')]],
    ['PEM garbage', () => [temporaryFile('x', '-----BEGIN PUBLIC KEY-----\n!!!\n-----END PUBLIC KEY-----')]],
    ['a key without an AS', () => [publicPem(64496)]],
    ['AS 0', () => [`0=${publicPem(64496)}`]],
    ['an AS out of range', () => [`9999999999=${publicPem(64496)}`]],
    ['a huge key', () => [`64496=${temporaryFile('x', new Uint8Array((1 << 20) + 1).fill(0x30))}`]],
  ])('%s: 2', async (_name, sources) => {
    const { code, stdout, stderr } = await verify(...sources());
    expect([code, stdout]).toEqual([2, '']);
    withoutStack(stderr);
  });

  it('a fault names the file', async () => {
    const file = publicPem(64496);
    expect((await verify(file)).stderr).toContain(file);
  });
});

describe('bgpsec verify --batch', () => {
  const batch = (lines: readonly unknown[], file: string, ...more: string[]) =>
    run(['bgpsec', 'verify', '--keys', file, '--batch', '-', ...more], {
      stdin: lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
    });
  const request = { id: 1, message: UPDATE, localAs: LOCAL, peerAs: 64499 };

  it.each(['native', 'noble'])('%s: every outcome, in order, and 0', async (backend) => {
    const unsigned = `${'ff'.repeat(16)}00170200000000`;
    const { code, stdout, stderr } = await batch(
      [
        request,
        { ...request, id: 'b', localAs: 'AS64501' },
        { ...request, id: null, peerAs: 1 },
        { ...request, id: { any: ['thing'] }, message: unsigned },
        { ...request, id: undefined, message: `${UPDATE.slice(0, 36)}02ffff${UPDATE.slice(42)}` },
      ],
      keys(64496, 64499),
      '--backend',
      backend,
    );
    expect([code, stderr]).toEqual([0, '']);
    const answers = jsonLines(stdout);
    expect(answers.map(({ id, outcome, check }) => [id, outcome, check])).toEqual([
      [1, 'valid', undefined],
      ['b', 'not-valid', undefined],
      [null, 'treat-as-withdraw', 2],
      [{ any: ['thing'] }, 'unsigned', undefined],
      [undefined, 'session-reset', undefined],
    ]);
    expect(answers[0]).toMatchObject({ asPath: '64499 64496', blocks: [{ suite: 1, state: 'valid' }] });
    expect('id' in (answers[4] ?? {})).toBe(false);
  });

  it('a malformed line gives an error with its id, the run goes on, 2 at the end', async () => {
    const { code, stdout } = await batch(
      [
        'nonsense',
        '[]',
        { id: 7 },
        { ...request, message: 'xy' },
        { ...request, message: UPDATE.slice(0, 40) },
        { ...request, localAs: 0 },
        { ...request, ibgp: 'yes' },
        '',
        request,
      ],
      keys(64496, 64499),
    );
    expect(code).toBe(2);
    const answers = jsonLines(stdout);
    expect(answers).toHaveLength(8);
    for (const { error, outcome } of answers.slice(0, 7)) {
      expect(error).toEqual({ code: expect.stringMatching(/^[a-z-]+$/), message: expect.any(String) });
      expect(outcome).toBeUndefined();
    }
    expect(answers.map(({ id }) => id)).toEqual([undefined, undefined, 7, 1, 1, 1, 1, 1]);
    expect(answers[7]?.outcome).toBe('valid');
  });

  it('extended messages are accepted unless the request says otherwise', async () => {
    const filler = pathAttribute(200, new Uint8Array(5000));
    const message = toHex(messageOf(pathOf([64496], LOCAL), [origin, filler]));
    const long = { message, localAs: LOCAL, peerAs: 64496 };
    const { stdout } = await batch([long, { ...long, extendedMessages: false }], keys(64496));
    expect(jsonLines(stdout).map(({ outcome }) => outcome)).toEqual(['valid', 'session-reset']);
  });

  it('confederation, iBGP and pCount 0', async () => {
    const path = addSegment(
      pathOf([64496], 65002),
      { pCount: 0, flags: 0x80, asn: 65002 },
      65001,
      announced,
      signer,
    );
    const inside = {
      message: toHex(messageOf(path)),
      localAs: 65001,
      peerAs: 65002,
      confederation: { id: LOCAL, members: [65001, 65002] },
      allowPcountZero: true,
    };
    const { code, stdout } = await batch(
      [
        inside,
        { ...inside, allowPcountZero: false },
        { ...inside, confederation: undefined },
        { ...inside, confederation: { id: LOCAL } },
        { ...request, ibgp: true },
        { ...request, ibgp: true, peerAs: LOCAL },
      ],
      keys(64496, 64499, 65002),
    );
    expect(code).toBe(0);
    const answers = jsonLines(stdout).map(({ outcome, reason }) => [outcome, reason]);
    expect(answers.slice(0, 3)).toEqual([
      ['valid', 'ok'],
      ['treat-as-withdraw', 'pcount-zero'],
      ['treat-as-withdraw', 'confed-flag-unexpected'],
    ]);
    expect(answers[4]).toEqual(['valid', 'ok']);
    expect(answers).toHaveLength(6);
  });

  it('--attribute-type 30 and the captured session', async () => {
    const rfc = await batch(rfc8608.updates, keysFile(rfc8608.keys), '--attribute-type', '30');
    const outcomes = jsonLines(rfc.stdout).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(rfc8608.updates.map(() => 'valid'));
    const captured = await batch(frr.updates, keysFile(frr.keys));
    expect(captured.code).toBe(0);
    const found = jsonLines(captured.stdout);
    expect(found).toHaveLength(frr.updates.length);
    expect(new Set(found.map(({ outcome }) => outcome))).toEqual(new Set(['valid']));
    const malformed = await batch(frr.malformed, keysFile(frr.keys));
    expect(jsonLines(malformed.stdout).map(({ outcome }) => outcome)).not.toContain('valid');
  });

  it('--explain puts octets, digests and the explanation into the answer', async () => {
    const [answer] = jsonLines((await batch([request], keys(64496, 64499), '--explain')).stdout);
    expect(answer).toMatchObject({ explanation: expect.stringContaining('Signature_Block 1') });
  });

  it('reads files as well; stdin only once', async () => {
    const file = temporaryFile('requests.jsonl', JSON.stringify(request));
    const argv = ['bgpsec', 'verify', '--keys', keys(64496, 64499), '--batch', file];
    expect(jsonLines((await run(argv)).stdout)).toHaveLength(1);
    expect((await run(['bgpsec', 'verify', '--keys', '-', '--batch', '-'])).stderr).toContain('only once');
    expect((await run([...argv.slice(0, 4), '--batch', '/no/such/file'])).code).toBe(2);
  });
});

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
    const once = await sign('--prefix', '192.0.2.0/24', '--backend', 'noble');
    expect((await sign('--prefix', '192.0.2.0/24', '--backend', 'noble')).stdout).toBe(once.stdout);
  });

  it('a route server forwards with pCount 0', async () => {
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
    ['a next hop of the other family', () => ['--prefix', '192.0.2.0/24', '--next-hop', '2001:db8::1']],
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
    ['a faulty UPDATE', () => UPDATE.replace('40010100', '40010109')],
    ['no such file', () => '/no/such/file'],
    ['garbage', () => temporaryFile('x', 'garbage')],
  ])('forward, %s: 2', async (_name, message) => {
    const { code, stdout, stderr } = await forward(message());
    expect([code, stdout]).toEqual([2, '']);
    withoutStack(stderr);
  });

  it('a message above 4096 octets needs extended messages', async () => {
    const filler = pathAttribute(200, new Uint8Array(4000));
    const message = temporaryFile('long', messageOf(pathOf([64496], 64499), [origin, filler]));
    expect((await forward(message)).code).toBe(0);
    const { code, stdout, stderr } = await forward(message, '--no-extended-messages');
    expect([code, stdout]).toEqual([2, '']);
    withoutStack(stderr);
  });
});

describe('bgpsec decode', () => {
  it('prints a tree with offsets, or JSON', async () => {
    const { code, stdout } = await run(['bgpsec', 'decode', UPDATE]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {4}0 +\d+ {2}/);
    expect(stdout).toMatch(/Signature/);
    const json = JSON.parse((await run(['bgpsec', 'decode', UPDATE, '--json'])).stdout);
    expect(json).toMatchObject({ tree: { offset: 0, length: UPDATE.length / 2 }, errors: [] });
  });

  it('a faulty message is shown as far as it goes: 1, with code and treatment', async () => {
    const { code, stdout } = await run(['bgpsec', 'decode', UPDATE.slice(0, 100)]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^error {2}.*\([a-z-]+(, [a-z-]+)?\)$/m);
    const json = JSON.parse((await run(['bgpsec', 'decode', UPDATE.slice(0, 100), '-j'])).stdout);
    expect(json.errors[0]).toMatchObject({ code: expect.any(String), message: expect.any(String) });
  });

  it('sends no control characters to the terminal', async () => {
    const text = '\u001b[31mhello\u0007';
    const data = Buffer.from(text);
    const notification = Buffer.concat([
      Buffer.alloc(16, 255),
      Buffer.from([0, 22 + data.length, 3, 6, 2, data.length]),
      data,
    ]);
    const { stdout } = await run(['bgpsec', 'decode', notification.toString('hex')]);
    expect(stdout).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  it.each(['', 'abc', '/no/such/file', '/'])('%j: 2', async (argument) => {
    const { code, stdout, stderr } = await run(['bgpsec', 'decode', argument]);
    expect([code, stdout]).toEqual([2, '']);
    withoutStack(stderr);
  });
});

describe('bgpsec negotiate', () => {
  /** An OPEN of AS 64496 or so: 4-octet AS, the families, BGPsec capabilities as (direction, AFI). */
  const open = (asn: number, ...bgpsec: readonly (readonly [0 | 1, 1 | 2])[]) => {
    const as4 = [65, 4, asn >>> 24, (asn >>> 16) & 255, (asn >>> 8) & 255, asn & 255];
    const families = [1, 2].flatMap((afi) => [1, 4, 0, afi, 0, 1]);
    const capabilities = [...as4, ...families, ...bgpsec.flatMap(([send, afi]) => [7, 3, send << 3, 0, afi])];
    const parameters = [2, capabilities.length, ...capabilities];
    const body = [4, asn >> 8, asn & 255, 0, 90, 192, 0, 2, 1, parameters.length, ...parameters];
    return toHex(Uint8Array.from([...new Array(16).fill(255), 0, 19 + body.length, 1, ...body]));
  };

  it('what both sides want is BGPsec: 0', async () => {
    const { code, stdout } = await run([
      'bgpsec',
      'negotiate',
      open(64496, [1, 1], [0, 1]),
      open(64499, [0, 1]),
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^IPv4 send +BGPsec$/m);
    expect(stdout).toMatch(/^IPv4 receive +no BGPsec: peer lacks /m);
    expect(stdout).toMatch(/^IPv6 send +no BGPsec/m);
  });

  it('nothing in common: 1, with the reasons in JSON', async () => {
    const { code, stdout } = await run(['bgpsec', 'negotiate', open(64496), open(64499), '--json']);
    expect(code).toBe(1);
    const { ipv4 } = JSON.parse(stdout);
    expect(ipv4.send).toMatchObject({ negotiated: false });
    expect(ipv4.send.unmet.length).toBeGreaterThan(0);
  });

  it.each<[string, string, string]>([
    ['no OPEN', `${'ff'.repeat(16)}001304`, open(1)],
    ['cut off', open(1).slice(0, 60), open(1)],
    ['stdin twice', '-', '-'],
    ['no such file', '/no/such/file', open(1)],
  ])('%s: 2', async (_name, own, peer) => {
    const { code, stdout, stderr } = await run(['bgpsec', 'negotiate', own, peer], { stdin: open(1) });
    expect([code, stdout]).toEqual([2, '']);
    withoutStack(stderr);
  });
});
