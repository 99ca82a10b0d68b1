import { fromHex, toHex } from 'pathsec/bytes';
import { pemOf } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { keyOf } from '../bgpsec/world.js';
import rfc8608 from '../kit/bgpsec/facts/rfc8608.json' with { type: 'json' };
import { requirement } from '../kit/citation.js';
import { keys, keysFile, LOCAL, UPDATE, withoutStack } from './bgpsec-world.js';
import { run, temporaryFile } from './run.js';

describe('bgpsec verify, one UPDATE', () => {
  const session = ['--local-as', `${LOCAL}`, '--peer-as', '64499'];
  const verify = (message: string, ...more: string[]) =>
    run(['bgpsec', 'verify', message, '--keys', keys(64496, 64499), ...session, ...more]);

  it.each(['native', 'noble'])('%s: valid is 0, not valid and withdrawn are 1', async (backend) => {
    requirement('!rfc8205:5.2:step-2-no-key');
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

  it('a message that is cut is laid to its file, or to the argument', async () => {
    const file = temporaryFile('cut', fromHex('ffff'));
    expect((await verify(file)).stderr).toBe(
      `pathsec: ${file} at offset 2: 2 octets, a header has 19 (truncated)\n`,
    );
    expect((await verify('ffff')).stderr).toBe(
      'pathsec: <message> at offset 2: 2 octets, a header has 19 (truncated)\n',
    );
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
    requirement('rfc8205:7.5:local-rpki-view', '!rfc8205:7.5:local-rpki-view');
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
