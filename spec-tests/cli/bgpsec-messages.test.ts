import { toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { UPDATE, withoutStack } from './bgpsec-world.js';
import { run } from './run.js';

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
    requirement('rfc8205:7.1:log-failure');
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
