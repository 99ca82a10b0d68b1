import { describe, expect, it } from 'vitest';
import { generalizedTime, seq } from '../kit/objects/generator/der.js';
import { aspa, manifest, OLDER, skis, states, TAGS } from '../rpki/ccr-builder.js';
import { DAMAGED, file, same } from './ccr-files.js';
import { jsonLines, run, temporaryFile } from './run.js';

describe('rpki diff', () => {
  const diff = (...argv: string[]) => run(['rpki', 'diff', ...argv]);
  const other = () =>
    file({
      producedAt: generalizedTime('2026-06-02T00:00:00Z'),
      states: states({
        manifests: { list: seq(manifest(2), manifest(3)), date: generalizedTime('2026-06-01T00:00:03Z') },
        aspas: { list: seq(aspa(64496, 64497), aspa(64498, 0)) },
        trustAnchors: { list: skis(1, 2) },
      }),
    });

  it('of files that hold the same says nothing, whatever their dialects and times: 0', async () => {
    const nothing = { code: 0, stdout: '', stderr: '' };
    const later = file({ producedAt: generalizedTime('2026-07-01T00:00:00Z') });
    expect(await diff(file(), later)).toEqual(nothing);
    expect(await diff(file(), file(OLDER))).toMatchObject({ code: 0, stdout: '' });
    expect(await diff(same(), same())).toEqual(nothing);
    const payloads = file({ states: states().filter(([tag]) => tag === TAGS.vrps || tag === TAGS.aspas) });
    expect(await diff(payloads, same())).toEqual(nothing);
  });

  it('of two CCRs tells states, manifests, trust anchors and payloads: 1', async () => {
    const { code, stdout, stderr } = await diff(file(), other());
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout.replaceAll(/[A-Za-z0-9+/]{43}=/g, 'HASH').split('\n')).toEqual([
      '~ state manifests 2 of HASH -> 2 of HASH',
      '~ state aspas 2 of HASH -> 2 of HASH',
      '~ state trust-anchors 2 of HASH -> 2 of HASH',
      expect.stringMatching(
        /^\+ manifest rsync:\/\/example\.net\/3\.mft number 7F(?:00){18}03 of 2026-06-01T00:00:03Z by /,
      ),
      `+ trust-anchor ${'02'.repeat(20)}`,
      expect.stringMatching(/^- manifest rsync:\/\/example\.net\/1\.mft number /),
      `- trust-anchor ${'C8'.repeat(20)}`,
      '+ aspa AS64496 AS64497',
      '+ aspa AS64498 AS0',
      '- aspa AS64496 AS64497 AS4200000000',
      '- aspa AS64497 AS0',
      '',
    ]);
  });

  it('tells in JSON what it tells in text, also of a state that one file lacks', async () => {
    const without = file({ states: states().filter(([tag]) => tag !== TAGS.aspas) });
    const { code, stdout } = await diff('--json', file(), without);
    expect(code).toBe(1);
    expect(jsonLines(stdout)).toEqual([
      { change: 'state', state: 'aspas', first: { count: 2, hash: expect.any(String) }, second: null },
      { change: 'withdraw', type: 'aspa', customer: 64496, providers: [64497, 4_200_000_000] },
      { change: 'withdraw', type: 'aspa', customer: 64497, providers: [0] },
    ]);
    expect((await diff(file(), without)).stdout).toMatch(/^~ state aspas 2 of \S+ -> absent\n/);
  });

  it('tells a difference of hashes alone: the same in another order', async () => {
    const turned = file({
      states: states({ aspas: { list: seq(aspa(64497, 0), aspa(64496, 64497, 4_200_000_000)) } }),
    });
    const { code, stdout, stderr } = await diff(file(), turned);
    expect([code, stdout.split('\n').length]).toEqual([1, 2]);
    expect(stderr).toMatch(/\(ccr-order\)\n$/);
    expect((await diff('--strict', file(), turned)).code).toBe(2);
  });

  it.each([
    ['a file that is not there', () => ['/no/such/file', same()]],
    ['a CCR with a wrong hash', () => [same(), temporaryFile('damaged.ccr', DAMAGED)]],
    ['standard input twice', () => ['-', '-']],
  ])('of %s: 2', async (_, files) => {
    const { code, stdout } = await diff(...files());
    expect([code, stdout]).toEqual([2, '']);
  });
});
