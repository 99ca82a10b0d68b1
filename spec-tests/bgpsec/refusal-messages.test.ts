import {
  addSegment,
  createNobleEngine,
  createRouterKeys,
  createSigner,
  octetsToHash,
  originSegment,
  signForPeer,
  suite1,
  verifyUpdate,
} from 'pathsec/bgpsec';
import { describe, expect, it } from 'vitest';
import { good, LOCAL, PEER, session, verifier } from './receive-world.js';
import { speakerOf, to } from './sending-world.js';
import { announced, EXPERIMENTAL, external, keyOf, messageOf, native, pathOf, signer } from './world.js';

const segment = { pCount: 1, flags: 0, asn: 64500 };

/** What a refusal carries: a SigningError with this code, and the words a reader needs. */
const refused = (code: string, words: RegExp) =>
  expect.objectContaining({ name: 'SigningError', code, message: expect.stringMatching(words) });

describe('a refusal to sign names the rule and the value (RFC 8205 4.1, 4.2)', () => {
  const origin =
    (more: Partial<typeof segment>, target = 64505, suites?: readonly number[]) =>
    () =>
      originSegment({ ...segment, ...more }, target, announced, signer, suites);

  it('one Signature_Block or two, of different suites', () => {
    const words = /one Signature_Block, or two of different suites/;
    const many = { ...signer, suites: new Map([1, 2, 3].map((suite) => [suite, native])) };
    expect(() => originSegment(segment, 64505, announced, many, [1, 2, 3])).toThrow(
      refused('suite-duplicate', words),
    );
    expect(originSegment(segment, 64505, announced, many, [1, 2]).blocks).toHaveLength(2);
    expect(origin({}, 64505, [])).toThrow(refused('suite-duplicate', words));
  });

  it('no own route goes out with fewer blocks than were asked for', () => {
    expect(origin({}, 64505, [1, 2])).toThrow(refused('suite-unsupported', /suite 2/));
  });

  it('no AS 0 and no number that is no ASN, as signer or as target', () => {
    expect(origin({ asn: 0 })).toThrow(refused('as-zero', /AS 0 neither signs nor is signed to/));
    expect(origin({}, 0)).toThrow(refused('as-zero', /AS 0 neither/));
    expect(origin({}, 2 ** 32)).toThrow(refused('as-zero', /AS 4294967296/));
  });

  it('pCount is 0 to 255', () => {
    expect(origin({ pCount: 256 })).toThrow(refused('pcount-range', /pCount 256/));
    expect(origin({ pCount: -1 })).toThrow(refused('pcount-range', /pCount -1/));
    for (const pCount of [0, 255]) expect(origin({ pCount })().segments[0]?.pCount).toBe(pCount);
    const server = () => signForPeer({ announced }, speakerOf(64500), to(64505, { pCount: 0 }));
    expect(server).toThrow(refused('pcount-range', /for transparent route servers/));
  });

  it('a path without a block of a supported suite goes out unsigned', () => {
    const single = { ...signer, suites: suite1(native) };
    const path = pathOf([64496], 64500, [EXPERIMENTAL]);
    expect(() => addSegment(path, segment, 64505, announced, single)).toThrow(
      refused('suite-unsupported', /no Signature_Block of a supported suite/),
    );
  });

  it('keys: none, and one that is certified for others', () => {
    const none = createSigner(suite1(native), []);
    expect(() => originSegment(segment, 64505, announced, none)).toThrow(
      refused('key-missing', /no key of AS 64500 for suite 1/),
    );
    const other = { asn: 64500, key: { ...keyOf(64500), asns: [64501, 64502] } };
    expect(() => originSegment(segment, 64505, announced, createSigner(suite1(native), [other]))).toThrow(
      refused('key-as-mismatch', /certified for AS 64501, 64502, not 64500/),
    );
  });

  it('what must not be signed', () => {
    const unsigned = { announced, asPath: [{ type: 2 as const, asns: [64496] }] };
    expect(() => signForPeer(unsigned, speakerOf(64500), to(64505))).toThrow(
      refused('unsigned-received', /came without signatures/),
    );
    expect(() => signForPeer({ announced, aggregated: true }, speakerOf(64500), to(64505))).toThrow(
      refused('as-set', /aggregate must not carry BGPsec_PATH/),
    );
    const member = to(65002, { kind: 'confed-external' });
    expect(() => signForPeer({ announced }, speakerOf(64500), member)).toThrow(
      refused('confed-flag-not-member', /in no confederation/),
    );
  });
});

describe('misuse names the value', () => {
  it('hop numbers run from 1 to K', () => {
    const [block] = good.blocks;
    if (block === undefined) throw new Error('no block');
    for (const n of [0, 3, 1.5]) {
      expect(() => octetsToHash(good, block, n, LOCAL, announced)).toThrow(new RangeError(`hop ${n} of 2`));
    }
  });

  it('the AS numbers of a session', () => {
    const receive = (where: typeof session) => () => verifyUpdate(messageOf(good), where, verifier);
    expect(receive(external(0, PEER))).toThrow(/AS 0 cannot stand in an OPEN/);
    expect(receive(external(LOCAL, 0))).toThrow(/AS 0 cannot/);
    expect(receive({ ...session, ownAses: [1, 0] })).toThrow(/AS 0 cannot/);
    expect(receive({ ...session, confederation: { identifier: 0, memberAs: 1 } })).toThrow(/AS 0 cannot/);
    expect(receive({ ...session, confederation: { identifier: 1, memberAs: 0 } })).toThrow(/AS 0 cannot/);
    expect(receive({ ...session, kind: 'confed-external' })).toThrow(/needs the own confederation/);
  });

  it('tables and keys', () => {
    expect(() => createNobleEngine({ maxTables: -1 })).toThrow(/maxTables: a whole number >= 0/);
    expect(() => createNobleEngine({ tableAfter: -1 })).toThrow(/tableAfter: a whole number >= 0/);
    const { ski, spki } = keyOf(1);
    expect(() => createRouterKeys().announce({ asn: 0, ski, spki })).toThrow(/0/);
  });
});
