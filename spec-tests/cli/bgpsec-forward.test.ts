import { decodeUpdate, encodeBgpsecPath, type PathAttribute } from 'pathsec/bgp';
import { bridgeSegment } from 'pathsec/bgpsec';
import { fromHex, toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { announced, origin, pathOf, signer } from '../bgpsec/world.js';
import { requirement } from '../kit/citation.js';
import { describeShared, shared } from '../support.js';
import {
  attribute,
  forward,
  hex,
  LOCAL,
  NEXT,
  ORIGIN,
  others,
  PEER,
  path,
  reach,
  signed,
  verify,
} from './bgpsec-forward-world.js';
import { privateFile, withoutStack } from './bgpsec-world.js';
import { run } from './run.js';

describe('bgpsec forward: the checks of RFC 8205 5.2, exit code 1 and the reason', () => {
  it.each<[reason: string, message: string, more: string[]]>([
    ['as-path-present', hex([reach(), origin, attribute(0x40, 2, '02010000fbf3'), signed()]), []],
    ['nlri-count', hex([reach('18c0000218c63364'), origin, signed()]), []],
    ['nlri-field-used', hex([reach(), origin, attribute(0x40, 3, 'c0000201'), signed()], '18c63364'), []],
    ['mp-reach-missing', hex([origin, attribute(0x40, 3, 'c0000201'), signed()], '18c00002'), []],
    ['confed-flag-unexpected', hex([reach(), origin, signed(flagged())]), []],
    ['as-loop', hex([reach(), origin, signed(pathOf([ORIGIN, LOCAL, PEER], LOCAL))]), []],
    ['peer-as-mismatch', hex([reach(), origin, signed()]), ['--from-as', '64497']],
    [
      'pcount-zero',
      hex([reach(), origin, signed(bridgeSegment(path, LOCAL, 64510, false, announced, signer))]),
      [],
    ],
    ['confed-flag-missing', hex([reach(), origin, signed()]), ['--member-as', '65001']],
    ['signature-count', hex([reach(), origin, shortBlock()]), []],
    ['origin-value', hex([reach(), attribute(0x40, 1, '09'), signed()]), []],
    ['attribute-repeated', hex([reach(), reach(), origin, signed()]), []],
    ['received-unsigned', hex([reach(), origin, attribute(0x40, 2, '02010000fbf3')]), []],
    ['as-path-missing', hex([reach(), origin]), []],
    ['no-supported-suite', hex([reach(), origin, signed(pathOf([ORIGIN, PEER], LOCAL, [0xf7]))]), []],
  ])('%s', async (reason, message, more) => {
    requirement('!rfc8205:4.4:checks-before-reconstruction');
    const { code, stdout, stderr } = await forward(message, ...more);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^pathsec: refused: ${reason} \\(`));
    withoutStack(stderr);
  });

  it('an internal neighbour and a configured one may send pCount 0', async () => {
    const bridged = bridgeSegment(pathOf([ORIGIN], 64510), 64510, LOCAL, false, announced, signer);
    const message = hex([reach(), origin, signed(bridged)]);
    expect((await forward(message)).stderr).toContain('pcount-zero');
    for (const more of [['--from-as', `${LOCAL}`], ['--from-kind', 'internal'], ['--allow-pcount-zero']]) {
      expect((await forward(message, ...more)).code).toBe(0);
    }
  });

  it('a route of the own AS from an internal neighbour is signed as its origin', async () => {
    const { code, stdout } = await forward(hex([reach(), origin]), '--from-as', `${LOCAL}`);
    expect(code).toBe(0);
    expect(await verify(stdout, NEXT, LOCAL)).toMatchObject({ outcome: 'valid', asPath: `${LOCAL}` });
    const two = await forward(hex([reach('18c0000218c63364'), origin]), '--from-as', `${LOCAL}`);
    expect([two.code, two.stderr]).toEqual([1, expect.stringContaining('nlri-count')]);
  });

  it('inside a confederation the kind of the neighbour follows from the path', async () => {
    const member = ['--member-as', '65001', '--peer-as', '65002', '--peer-kind', 'confed-external'];
    const ingress = await forward(hex([reach(), origin, signed()]), ...member, '--arrived-as', `${LOCAL}`);
    expect(ingress.code).toBe(0);
    const inside = bridgeSegment(path, LOCAL, 65001, true, announced, signer);
    const across = await forward(hex([reach(), origin, signed(inside)]), ...member);
    expect([across.code, across.stderr]).toEqual([0, '']);
    const onward = ['--member-as', '65002', '--key', privateFile(LOCAL)];
    const out = await forward(across.stdout.trim(), ...onward);
    expect([out.code, out.stderr]).toEqual([0, '']);
    expect(await verify(out.stdout, NEXT, LOCAL)).toMatchObject({ asPath: `${LOCAL} ${PEER} ${ORIGIN}` });
  });
});

function flagged() {
  return { ...path, segments: path.segments.map((one, i) => (i === 0 ? { ...one, flags: 0x80 } : one)) };
}

/** A block with one signature of two. */
function shortBlock(): PathAttribute {
  const value = encodeBgpsecPath({ ...pathOf([ORIGIN], LOCAL) });
  return { flags: 0x80, code: 33, value: fromHex(`000e01000000fbf3${toHex(value).slice(4)}`) };
}

describe('bgpsec forward: the other attributes (RFC 4271 5)', () => {
  const plain = '40 1 00';
  const sent = async (attributes: readonly PathAttribute[], ...more: string[]) => {
    const message = hex([reach(), origin, ...attributes, signed()]);
    const { code, stdout } = await forward(message, ...more);
    expect(code).toBe(0);
    return others(stdout);
  };
  const internal = ['--peer-as', `${LOCAL}`];

  it.each<[name: string, attributes: PathAttribute[], outside: string[], inside: string[]]>([
    ['MP_UNREACH_NLRI stays', [attribute(0x80, 15, '00010118c63364')], [], []],
    ['unknown transitive: Partial', [attribute(0xc0, 99, '78')], ['e0 99 78'], ['e0 99 78']],
    ['unknown transitive, Partial already', [attribute(0xe0, 99, '78')], ['e0 99 78'], ['e0 99 78']],
    ['unknown non-transitive stays', [attribute(0x80, 99, '78')], [], []],
    [
      'low flag bits are zero',
      [attribute(0xc5, 99, '78'), attribute(0xcf, 8, '00010002')],
      ['e0 99 78', 'c0 8 00010002'],
      ['e0 99 78', 'c0 8 00010002'],
    ],
    [
      'Partial of a known one is kept',
      [attribute(0xe0, 8, '00010002')],
      ['e0 8 00010002'],
      ['e0 8 00010002'],
    ],
    [
      'Extended Length above 255 octets only',
      [attribute(0xd0, 8, '00010002')],
      ['c0 8 00010002'],
      ['c0 8 00010002'],
    ],
    ['NEXT_HOP stays', [attribute(0x40, 3, 'c0000201')], [], []],
    ['MULTI_EXIT_DISC inside', [attribute(0x80, 4, '00000007')], [], ['80 4 00000007']],
    [
      'of repeated ones the first',
      [attribute(0xc0, 8, '00010002'), attribute(0xc0, 8, '00010003')],
      ['c0 8 00010002'],
      ['c0 8 00010002'],
    ],
  ])('%s', async (_name, attributes, outside, inside) => {
    requirement('!rfc8205:4.1:withdraws-nothing', '!rfc8205:4.1:next-hop-in-mp-reach');
    expect(await sent(attributes)).toEqual([plain, ...outside]);
    const at = [plain, ...inside, '40 5 00000064'];
    expect((await sent(attributes, ...internal)).sort()).toEqual(at.sort());
  });

  it('what is from inside an AS stays inside it', async () => {
    const local = [
      attribute(0x40, 5, '000000c8'),
      attribute(0x80, 9, 'c0000207'),
      attribute(0x80, 10, '0a000000'),
    ];
    const all = ['40 5 000000c8', '80 9 c0000207', '80 10 0a000000'];
    expect(await sent(local, '--from-kind', 'internal')).toEqual([plain]);
    expect(await sent(local, '--from-kind', 'internal', ...internal)).toEqual([plain, ...all]);
    // From an external neighbour they are discarded (RFC 7606 7.5, 7.9, 7.10), and an own LOCAL_PREF is set.
    expect(await sent(local)).toEqual([plain]);
    expect(await sent(local, ...internal)).toEqual([plain, '40 5 00000064']);
  });

  it('attribute-discard faults go on, and are told', async () => {
    const message = hex([reach(), origin, attribute(0xc0, 17, '02010000fbf0'), signed()]);
    expect(await verify(message, LOCAL, PEER)).toMatchObject({ outcome: 'valid' });
    const { code, stdout, stderr } = await forward(message);
    expect([code, others(stdout)]).toEqual([0, [plain]]);
    expect(stderr).toMatch(/^pathsec: note: as4-path-unexpected \(discarded\): /);
  });

  it('the next hop changes at the border only, and not behind a route server (RFC 4271 5.1.3; RFC 7947 2.2.1)', async () => {
    const message = hex([reach(), origin, signed()]);
    const hop = async (...more: string[]) => {
      const { stdout } = await forward(message, ...more);
      return toHex(decodeUpdate(fromHex(stdout.trim())).values.mpReach?.nextHop ?? new Uint8Array(0));
    };
    expect(await hop()).toBe('c0000201');
    expect(await hop('--next-hop', '203.0.113.9')).toBe('cb007109');
    expect(await hop(...internal)).toBe('c6336401');
    expect(await hop('--route-server', '--pcount', '0')).toBe('c6336401');
  });
});

describeShared('the cases at hand', () => {
  const key = shared('cases/2026-11/forward/k3.pem');
  const forwardCase = (name: string) =>
    run([
      ...['bgpsec', 'forward', shared(`cases/2026-11/forward/${name}.hex`), '--key', key],
      ...['--as', '65537', '--peer-as', '65538'],
    ]);

  it.each([
    ['a-as-path-too', 'as-path-present'],
    ['b-two-prefixes', 'nlri-count'],
    ['d-flagged-from-outside', 'confed-flag-unexpected'],
    ['m-own-as-in-path', 'as-loop'],
  ])('%s is refused', async (name, reason) => {
    const { code, stdout, stderr } = await forwardCase(name);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(reason);
  });

  it.each<[string, string[]]>([
    ['c-mp-unreach', ['40 1 00']],
    ['e-unknown-transitive', ['40 1 00', 'e0 99 78']],
    ['g-low-flag-bits', ['40 1 00', 'e0 99 78']],
    ['h-originator-cluster', ['40 1 00']],
    ['j-as4-path-discard', ['40 1 00']],
  ])('%s goes on', async (name, attributes) => {
    const { code, stdout } = await forwardCase(name);
    expect([code, others(stdout)]).toEqual([0, attributes]);
    const keysOf = shared('cases/2026-11/forward/keys.json');
    const own = `65537=${shared('cases/2026-11/forward/k3.pub')}`;
    const session = ['--local-as', '65538', '--peer-as', '65537'];
    const argv = ['bgpsec', 'verify', '-', '--keys', keysOf, '--keys', own, ...session];
    expect((await run(argv, { stdin: stdout })).code).toBe(0);
  });
});
