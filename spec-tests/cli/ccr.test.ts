import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { decodeCcr } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { seq } from '../kit/objects/generator/der.js';
import { aspa, ccrFile, OLDER, states, TAGS } from '../rpki/ccr-builder.js';
import { folder } from './bgpsec-world.js';
import { DAMAGED, file, same } from './ccr-files.js';
import { jsonLines, run, temporaryFile } from './run.js';

describe('a CCR as a source of payloads', () => {
  it('gives what a file of the same payloads gives, wherever payloads are read, packed or not', async () => {
    requirement('ccr:5.3:gzip');
    const routes = temporaryFile('routes', '10.1.0.0/16|64497 64496|64497\n10.0.0.0/8|64498 64496|64498\n');
    const commands: readonly (readonly string[])[] = [
      ['rov', 'validate', '-a', '64496', '-p', '10.1.0.0/16'],
      ['aspa', 'verify', '64497 64496', '--neighbor-role', 'customer'],
      ['aspa', 'explain', '64497 64496', '--neighbor-role', 'customer'],
      ['aspa', 'compare', routes, '--neighbor-role', 'customer'],
      ['audit', routes, '--json'],
    ];
    const octets = ccrFile();
    for (const command of commands) {
      const expected = await run([...command, '--rpki', same()]);
      expect([expected.code, expected.stderr]).toEqual([0, '']);
      for (const source of [
        file(),
        temporaryFile('a.ccr.gz', gzipSync(octets)),
        temporaryFile('named-anyhow', octets),
      ])
        expect(await run([...command, '--rpki', source])).toEqual(expected);
      expect(await run([...command, '--rpki', '-'], { stdin: octets })).toEqual(expected);
    }
    const dumped = await run(['rtr', 'diff', file(), same()]);
    expect([
      dumped.code,
      dumped.stdout.match(/^[+-] router-key/gm)?.length,
      dumped.stdout.match(/\n/g)?.length,
    ]).toEqual([0, 3, 3]);
  });

  it('with a wrong hash is refused, with its name and code', async () => {
    const path = temporaryFile('damaged.ccr', DAMAGED);
    const { code, stdout, stderr } = await run([
      'rov',
      'validate',
      '-a',
      '1',
      '-p',
      '10.0.0.0/8',
      '--rpki',
      path,
    ]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/damaged\.ccr: ccr: ROAPayloadState: the hash is not that .*\(ccr-hash\)\n$/);
  });

  it('out of order is told and used; --strict makes that fatal', async () => {
    const path = file({ states: [[TAGS.aspas, { list: seq(aspa(64497, 64498), aspa(64496, 64497)) }]] });
    const command = ['aspa', 'verify', '64497 64496', '--neighbor-role', 'customer', '--rpki', path];
    const { code, stderr } = await run(command);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/AS64496 does not come after that of AS64497 \(ccr-order\)\n$/),
    ]);
    expect((await run([...command, '--strict'])).code).toBe(2);
  });

  it('is called by its name where routes belong', async () => {
    const { code, stderr } = await run(['audit', file(), '--rpki', same()]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('this is a file of payloads (CCR), no routes'),
    ]);
  });
});

describe('rpki show of a CCR', () => {
  it('tells of each state, under the names of rpki-client', async () => {
    const { code, stdout, stderr } = await run(['rpki', 'show', '--json', file()]);
    expect([code, stderr]).toEqual([0, '']);
    const [shown] = jsonLines(stdout);
    expect(shown).toMatchObject({
      type: 'ccr',
      form: 'current',
      version: 0,
      produced_at: '2026-06-01T00:10:00Z',
      manifest_state: { count: 2, intact: true, most_recent_update: '2026-06-01T00:00:02Z' },
      roapayload_state: { count: 5, intact: true },
      aspapayload_state: { count: 2, intact: true },
      trustanchor_state: { count: 2, intact: true },
      routerkey_state: { count: 3, intact: true },
      findings: [],
      validation: 'valid',
    });
    expect(shown).not.toHaveProperty('roapayload_state.vrps');
  });

  it('prints the entries when asked', async () => {
    const [shown] = jsonLines((await run(['rpki', 'show', '--json', '--entries', file()])).stdout);
    expect(shown).toMatchObject({
      manifest_state: {
        mft_instances: [
          {
            size: 1001,
            thisupdate: '2026-06-01T00:00:01Z',
            sia: 'rsync://example.net/1.mft',
            subordinates: ['02'.repeat(20), '03'.repeat(20)],
          },
          { size: 1002, seqnum: `7F${'00'.repeat(18)}02`, subordinates: [] },
        ],
      },
      roapayload_state: {
        vrps: { 0: { prefix: '192.0.2.0/24', asn: 0 }, 1: { prefix: '10.0.0.0/8', asn: 64496, maxlen: 24 } },
      },
      aspapayload_state: { vaps: [{ customer_asid: 64496, providers: [64497, 4_200_000_000] }, {}] },
      trustanchor_state: { skis: ['01'.repeat(20), 'C8'.repeat(20)] },
      routerkey_state: { routerkeys: [{ asn: 64496, ski: '01'.repeat(20) }, {}, {}] },
    });
    const { stdout } = await run(['rpki', 'show', '--entries', file()]);
    expect(stdout).toContain('\n  vrp 10.0.0.0/8-24 AS64496\n');
    expect(stdout.match(/^ {2}(?:manifest|vrp|aspa|trust-anchor|router-key) /gm)).toHaveLength(14);
  });

  it('says to a person which hash is wrong, and exits 1', async () => {
    const { code, stdout } = await run(['rpki', 'show', temporaryFile('damaged.ccr', DAMAGED)]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/\nVRPs +not read; hash A{43}= WRONG\nASPAs +2; hash \S+ ok\n/);
    expect(stdout).toMatch(/\nerror .*\(ccr-hash, ccr §5\.1\)\nvalidation +invalid\n$/);
  });

  it('says why a file cannot be decoded, and names an older form', async () => {
    const { code, stdout } = await run(['rpki', 'show', '--json', file({ states: [] }), file(OLDER)]);
    expect(code).toBe(1);
    expect(jsonLines(stdout)).toMatchObject([
      { type: 'ccr', findings: [{ code: 'ccr-no-state' }], validation: 'invalid' },
      { form: 'until-2025-12-05', findings: [{ code: 'ccr-older-form' }], validation: 'valid' },
    ]);
  });

  it('exports the payloads of those that are valid', async () => {
    const { code, stdout, stderr } = await run(['rpki', 'show', '--payloads', file()]);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ metadata: { vrps: 5, vaps: 2, bgpsec_pubkeys: 3 } });
    const damaged = await run(['rpki', 'show', '--payloads', temporaryFile('damaged.ccr', DAMAGED)]);
    expect([damaged.code, JSON.parse(damaged.stdout).roas]).toEqual([1, []]);
    expect(damaged.stderr).toContain('invalid: nothing of it is exported');
  });
});

describe('rpki convert --to ccr', () => {
  const convert = async (...argv: string[]) => {
    const out = join(folder(), 'out.ccr');
    const result = await run(['rpki', 'convert', '--to', 'ccr', '--out', out, ...argv]);
    return { ...result, out };
  };
  const decoded = (path: string) => decodeCcr(new Uint8Array(readFileSync(path)));

  it('writes the states of which there are payloads, at the time of --now, to the same octets from any dialect', async () => {
    const { code, stdout, stderr, out } = await convert('--now', '1790000000', same());
    expect([code, stdout, stderr]).toEqual([0, '', '']);
    const ccr = decoded(out);
    expect([ccr.producedAt, Object.keys(ccr.states), ccr.findings]).toEqual([
      1_790_000_000,
      ['vrps', 'aspas'],
      [],
    ]);
    const plain = file({ states: states().filter(([tag]) => tag === TAGS.vrps || tag === TAGS.aspas) });
    const again = await convert('--now', '1790000000', plain);
    expect(again.stderr).toBe('');
    expect(readFileSync(again.out).equals(readFileSync(out))).toBe(true);
    expect(decoded((await convert(same())).out).producedAt).toBe(1_800_000_000);
  });

  it('of a CCR leaves out manifests and trust anchors, and says so, with --strict too', async () => {
    const { code, stderr, out } = await convert('--strict', file());
    expect([code, stderr]).toEqual([
      0,
      'pathsec: --to ccr: 2 manifests left out: payloads alone are converted\n' +
        'pathsec: --to ccr: 2 trust anchors left out: payloads alone are converted\n',
    ]);
    expect(Object.keys(decoded(out).states)).toEqual(['vrps', 'aspas', 'routerKeys']);
  });

  it('leaves out a key that is none, and says so; --strict makes that fatal', async () => {
    const keys = [{ asn: 1, ski: '00'.repeat(20), pubkey: 'MFk=' }];
    const source = temporaryFile('keys.json', JSON.stringify({ roas: [], bgpsec_keys: keys }));
    const { code, stderr, out } = await convert(source);
    expect([code, stderr]).toEqual([
      0,
      'pathsec: --to ccr: 1 router key left out: the key is no SubjectPublicKeyInfo\n',
    ]);
    expect(decoded(out).states.routerKeys?.count).toBe(0);
    const strict = await convert('--strict', source);
    expect([strict.code, existsSync(strict.out)]).toEqual([2, false]);
  });

  it('of no payloads has three empty states', async () => {
    const { out } = await convert(temporaryFile('none.json', '{"roas":[]}'));
    expect(Object.values(decoded(out).states).map(({ count }) => count)).toEqual([0, 0, 0]);
  });

  it.each<[string[], RegExp]>([
    [['--to', 'ccr'], /--to ccr writes octets; give --out FILE/],
    [['--to', 'ccr', '--out', '-'], /--to ccr writes octets; give --out FILE/],
    [['--to', 'ccr', '--out', '/no/such/folder/x'], /\/no\/such\/folder\/x: no such file/],
    [['--to', 'ccr', '--json', '--out', 'x'], /--json: the format ccr is no JSON/],
  ])('needs a file that can be written: %j', async (argv, message) => {
    const { code, stdout, stderr } = await run(['rpki', 'convert', ...argv, same()]);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(message)]);
  });
});

describe('rpki convert --out', () => {
  it('writes what standard output gets, and keeps the old file when the source is bad', async () => {
    const out = join(folder(), 'out');
    const argv = ['rpki', 'convert', '--to', 'bird', same()];
    expect(await run([...argv, '--out', out])).toEqual({ code: 0, stdout: '', stderr: '' });
    const text = readFileSync(out, 'utf8');
    expect(text).toBe((await run([...argv, '--out', '-'])).stdout);
    expect((await run(['rpki', 'convert', temporaryFile('bad', '{'), '--out', out])).code).toBe(2);
    expect(readFileSync(out, 'utf8')).toBe(text);
  });
});
