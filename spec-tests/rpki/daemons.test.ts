import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { makePrefix } from 'pathsec/inet';
import { createPayloadSet, type Vrp } from 'pathsec/payload';
import { writeBird, writeOpenBgpd } from 'pathsec/rpki';
import { expect, it } from 'vitest';
import { describeWithProgram } from '../support.js';

// Whether the daemons take the configurations that the writers produce. Debian's releases know ROAs but no ASPAs yet, so
// these files hold none.

/** ASNs that the daemons know: all of them, AS 0 included. */
const arbitraryVrp: fc.Arbitrary<Vrp> = fc
  .tuple(
    fc.constantFrom(1 as const, 2 as const),
    fc.nat(0xffff_ffff),
    fc.infiniteStream(fc.nat(255)),
    fc.nat(128),
    fc.nat(128),
  )
  .map(([afi, asn, stream, length, more]) => {
    const size = afi === 1 ? 4 : 16;
    const octets = Uint8Array.from({ length: size }, () => stream.next().value ?? 0);
    const short = Math.min(length, 8 * size);
    const prefix = makePrefix(afi, octets, short);
    return { prefix, maxLength: Math.min(short + more, 8 * size), asn };
  });

const edges: readonly Vrp[] = [
  { prefix: makePrefix(1, new Uint8Array(4), 0), maxLength: 0, asn: 0 },
  { prefix: makePrefix(1, new Uint8Array(4), 0), maxLength: 32, asn: 0xffff_ffff },
  { prefix: makePrefix(2, new Uint8Array(16), 0), maxLength: 128, asn: 1 },
  { prefix: makePrefix(1, Uint8Array.of(192, 0, 2, 1), 32), maxLength: 32, asn: 23456 },
];
const [random = []] = fc.sample(fc.array(arbitraryVrp, { minLength: 300, maxLength: 300 }), {
  numRuns: 1,
  seed: 7,
});
const sets: readonly [string, readonly Vrp[]][] = [
  ['no VRPs', []],
  ['the edges', edges],
  ['300 VRPs', random],
];

/** Writes the configuration for its owner alone, as bgpd demands, and has the program check it. */
function check(
  config: string,
  program: string,
  ...args: string[]
): { status: number | null; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'pathsec-daemon-'));
  try {
    const file = join(folder, 'test.conf');
    writeFileSync(file, config, { mode: 0o600 });
    const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;
    const result = spawnSync(program, [...args, file], { env: { ...process.env, PATH }, encoding: 'utf8' });
    return { status: result.status, output: `${result.stdout}${result.stderr}` };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describeWithProgram('BIRD takes what writeBird writes', 'bird', () => {
  const bird = (config: string) => check(config, 'bird', '-p', '-c');

  it.each(sets)('%s', (_name, vrps) => {
    expect(bird(writeBird(createPayloadSet({ vrps })))).toEqual({ status: 0, output: '' });
  });

  it('and would say so if it did not', () => {
    const config = writeBird(createPayloadSet({ vrps: edges })).replace('max 32', 'max 33');
    expect(bird(config)).toMatchObject({ status: 1, output: expect.stringContaining('max prefix length') });
  });
});

describeWithProgram('OpenBGPD takes what writeOpenBgpd writes', 'bgpd', () => {
  const bgpd = (config: string) => check(`AS 64500\n${config}`, 'bgpd', '-n', '-f');

  it.each(sets)('%s', (_name, vrps) => {
    const { status, output } = bgpd(writeOpenBgpd(createPayloadSet({ vrps })));
    expect([status, output.trim()]).toEqual([0, 'configuration OK']);
  });

  it('with expiry', () => {
    const vrps = edges.map((vrp) => ({ ...vrp, expires: 1_900_000_000 }));
    expect(bgpd(writeOpenBgpd(createPayloadSet({ vrps }))).status).toBe(0);
  });

  it('and would say so if it did not', () => {
    const config = writeOpenBgpd(createPayloadSet({ vrps: edges })).replace('maxlen 32', 'maxlen 33');
    expect(bgpd(config).status).toBe(1);
  });
});
