import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { seq } from '../kit/objects/generator/der.js';
import { ccr, folderOf, member, spool, tar } from '../node/spool-builder.js';
import { aspa, ccrFile, family, roas, TAGS } from '../rpki/ccr-builder.js';
import { jsonLines, run, temporaryFile } from './run.js';

describe('audit --rpki-at TIME --spool DIR', () => {
  const routes = () => temporaryFile('routes', '10.0.0.0/8|64500 3|64500\n');
  const audit = (...argv: string[]) => run(['audit', routes(), '--json', '--jobs', '1', ...argv]);

  it.each([
    ['2026-03-02T13:00:00Z', '2026-03-02T12:00:00Z', 'valid'],
    ['1772409600', '2026-03-01T12:00:00Z', 'invalid'],
  ])('at %s judges by the payloads of %s', async (time, taken, verdict) => {
    const { code, stdout, stderr } = await audit('--rpki-at', time, '--spool', spool());
    expect(code).toBe(0);
    expect(stderr).toContain(`pathsec: payloads of ${taken}: 2026030`);
    const direct = await audit('--rpki', temporaryFile('x.ccr', ccr(verdict === 'valid' ? 3 : 1)));
    expect(JSON.parse(stdout)).toEqual(JSON.parse(direct.stdout));
    expect(stdout).toContain(verdict);
  });

  it('of one vantage point judges by its payloads alone', async () => {
    const { code, stdout, stderr } = await audit(
      ...['--rpki-at', '2026-03-02T13:00:00Z', '--spool', spool(), '--node', 'miso'],
    );
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/payloads of 2026-03-02T06:00:00Z: .*-miso\.ccr/),
    ]);
    const direct = await audit('--rpki', temporaryFile('x.ccr', ccr(2)));
    expect(JSON.parse(stdout)).toEqual(JSON.parse(direct.stdout));
  });

  it.each<[string, () => string[], RegExp]>([
    [
      'a vantage point that is not there',
      () => ['--rpki-at', '2026-03-02T13:00:00Z', '--spool', spool(), '--node', 'mis'],
      /no CCR of mis at or before 2026-03-02T13:00:00Z/,
    ],
    [
      'a vantage point of no spool',
      () => ['--node', 'miso', '--rpki', temporaryFile('x', '{}')],
      /wants --spool DIR/,
    ],
    [
      'no CCR so early',
      () => ['--rpki-at', '0', '--spool', spool()],
      /no CCR at or before 1970-01-01T00:00:00Z/,
    ],
    ['no folder', () => ['--rpki-at', '1772366400'], /--rpki-at TIME wants --spool DIR/],
    ['no time', () => ['--spool', spool()], /--rpki-at TIME wants --spool DIR/],
    [
      'a folder that is not there',
      () => ['--rpki-at', '1772366400', '--spool', '/no/such'],
      /\/no\/such: no such file/,
    ],
    [
      'another source',
      () => ['--rpki-at', '1772366400', '--spool', spool(), '--rpki', temporaryFile('x.ccr', ccr(1))],
      /no --rpki beside it/,
    ],
    ...['noon', '-5', '2026-02-30', '2026-03-01T24:00:00Z', '2026-03-01 12:00', 'March 1, 2026'].map(
      (time): [string, () => string[], RegExp] => [
        `a time that is none, ${time}`,
        () => ['--rpki-at', time, '--spool', spool()],
        /RFC 3339/,
      ],
    ),
    [
      'a folder without archives',
      () => ['--rpki-at', '2026-03-01', '--spool', folderOf({ 'x.tar': tar() })],
      /no archive in this folder has a name of a spool .*\(no-ccr\)/,
    ],
  ])('%s: 2', async (_, argv, message) => {
    const { code, stdout, stderr } = await audit(...argv());
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(message)]);
  });
});

describe('rpki history', () => {
  const history = (...argv: string[]) => run(['rpki', 'history', ...argv]);
  const world = (asn: number, ...providers: number[]) =>
    ccrFile({
      states: [
        [TAGS.vrps, { list: seq(roas(asn, family(1, ['0a', 0]))) }],
        [TAGS.aspas, { list: seq(aspa(64496, ...providers)) }],
      ],
    });
  const days = () =>
    folderOf({
      '20260301-rpkispool.tar': tar(
        member('2026/03/01/20260301T180000Z-miso.ccr', world(64496, 64497, 64498)),
        member('2026/03/01/20260301T060000Z-miso.ccr', world(64496, 64497)),
        member('2026/03/01/20260301T070000Z-ams1.ccr', world(64496, 64497)),
      ),
      '20260302-rpkispool.tar.gz': gzipSync(
        tar(member('2026/03/02/20260302T060000Z-miso.ccr', world(64499, 64497, 64498))),
      ),
    });

  it('tells what each vantage point saw change, in the order of time', async () => {
    const { code, stdout, stderr } = await history('AS64496', days());
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toEqual([
      '2026-03-01T06:00:00Z miso + aspa AS64496 AS64497',
      '2026-03-01T06:00:00Z miso + vrp 10.0.0.0/8-8 AS64496',
      '2026-03-01T07:00:00Z ams1 + aspa AS64496 AS64497',
      '2026-03-01T07:00:00Z ams1 + vrp 10.0.0.0/8-8 AS64496',
      '2026-03-01T18:00:00Z miso - aspa AS64496 AS64497',
      '2026-03-01T18:00:00Z miso + aspa AS64496 AS64497 AS64498',
      '2026-03-02T06:00:00Z miso - vrp 10.0.0.0/8-8 AS64496',
      '',
    ]);
  });

  it('tells a change once where a day has two archives', async () => {
    const octets = tar(
      member('2026/03/01/20260301T180000Z-miso.ccr', world(64496, 64497, 64498)),
      member('2026/03/01/20260301T060000Z-miso.ccr', world(64496, 64497)),
    );
    const [one, two] = [
      { '20260301-rpkispool.tar': octets },
      { '20260301-rpkispool.tar.gz': gzipSync(octets) },
    ];
    const { code, stdout } = await history('AS64496', folderOf({ ...one, ...two }));
    expect(code).toBe(0);
    expect(stdout).toBe((await history('AS64496', folderOf(one))).stdout);
  });

  it('looks at one vantage point or a span of time, and speaks JSON', async () => {
    const { stdout } = await history(
      '64499',
      days(),
      '--json',
      '--node',
      'miso',
      '--from',
      '2026-03-01T12:00:00Z',
    );
    expect(jsonLines(stdout)).toEqual([
      {
        time: '2026-03-02T06:00:00Z',
        node: 'miso',
        change: 'announce',
        type: 'vrp',
        prefix: '10.0.0.0/8',
        maxLength: 8,
        asn: 64499,
      },
    ]);
    expect((await history('64496', days(), '--to', '2026-03-01T06:30:00Z')).stdout.match(/\n/g)).toHaveLength(
      2,
    );
  });

  it('goes on behind a CCR that is damaged, and ends with 2', async () => {
    const damaged = world(64496, 64497);
    damaged[damaged.length - 1] = 0;
    const folder = folderOf({
      '20260301-rpkispool.tar': tar(
        member('2026/03/01/20260301T060000Z-miso.ccr', damaged),
        member('2026/03/01/20260301T070000Z-miso.ccr', world(64496, 64497)),
      ),
    });
    const { code, stdout, stderr } = await history('AS64496', folder);
    expect([code, stdout.match(/\n/g)?.length]).toEqual([2, 2]);
    expect(stderr).toMatch(
      /20260301-rpkispool\.tar: 2026\/03\/01\/20260301T060000Z-miso\.ccr: .*\(ccr-hash\)/,
    );
  });

  it.each<[string, () => string[]]>([
    ['an AS that is none', () => ['ASx', days()]],
    ['a folder that is not there', () => ['AS1', '/no/such']],
    ['a folder without archives', () => ['AS1', folderOf({})]],
    ['a time without a CCR', () => ['AS1', days(), '--from', '2027-01-01T00:00:00Z']],
  ])('of %s: 2', async (_, argv) => {
    const { code, stdout } = await history(...argv());
    expect([code, stdout]).toEqual([2, '']);
  });
});
