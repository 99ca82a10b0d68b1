import fc from 'fast-check';
import { type BgpsecPath, encodeBgpsecPath, type SecurePathSegment, type SignatureBlock } from 'pathsec/bgp';
import {
  encodeFamilyAndNlri,
  encodeSignedUpdate,
  fitSki,
  hashBuffer,
  octetsToHash,
  pathLength,
  reconstructAsPath,
  verdictOfUpdate,
  verdictsOfUpdates,
  verifyUpdate,
} from 'pathsec/bgpsec';
import { fromHex, toHex } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { arbitraryAsn } from '../support.js';
import { arbitraryAnnounced, arbitraryRecipe, cook } from './arbitraries.js';
import { external, nextHop, origin, twoSuites, verifierOf } from './world.js';

const LOCAL = 64500;
const octet = fc.nat({ max: 255 });

/** Any path with one block: signatures of any octets and length. */
const arbitraryPath: fc.Arbitrary<BgpsecPath> = fc
  .array(
    fc.record({
      pCount: octet,
      flags: octet,
      asn: arbitraryAsn,
      ski: fc.uint8Array({ minLength: 20, maxLength: 20 }),
      signature: fc.uint8Array({ maxLength: 300 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((hops) => ({
    segments: hops.map(({ pCount, flags, asn }) => ({ pCount, flags, asn })),
    blocks: [{ suite: 1, signatures: hops.map(({ ski, signature }) => ({ ski, signature })) }],
  }));

describe('octets to be hashed (RFC 8205 4.2 Figure 8, 5.2 Figure 9)', () => {
  it('the buffer of a block has the literal octets of hop N as a suffix', () => {
    requirement('rfc8205:4.2:number-from-origin', 'rfc8205:4.2:octet-order', 'rfc8205:5.2:step-1-numbering');
    fc.assert(
      fc.property(arbitraryPath, arbitraryAsn, arbitraryAnnounced, (path, local, announced) => {
        const block = path.blocks[0] as SignatureBlock;
        const { octets, offsets } = hashBuffer(path, block, local, announced);
        const k = path.segments.length;
        expect(offsets).toHaveLength(k);
        for (let n = k; n >= 1; n--) {
          const target = n === k ? local : (path.segments[k - n - 1] as SecurePathSegment).asn;
          expect(octets.subarray(offsets[k - n])).toEqual(octetsToHash(path, block, n, target, announced));
        }
      }),
    );
  });

  it('refuses hops that are not there', () => {
    requirement('!rfc8205:4.2:number-from-origin', '!rfc8205:5.2:step-1-numbering');
    const path: BgpsecPath = { segments: [{ pCount: 1, flags: 0, asn: 1 }], blocks: [] };
    const block: SignatureBlock = { suite: 1, signatures: [] };
    const announced = { prefix: parsePrefix('0.0.0.0/0'), safi: 1 };
    for (const n of [0, 2, 0.5]) expect(() => octetsToHash(path, block, n, 1, announced)).toThrow(RangeError);
  });

  it('AFI, SAFI and NLRI', () => {
    requirement('rfc8205:4.2:family-from-mp-reach', 'rfc8205:4.2:nlri-trailing-bits');
    const tail = (text: string, safi = 1) => toHex(encodeFamilyAndNlri({ prefix: parsePrefix(text), safi }));
    expect(tail('0.0.0.0/0')).toBe('00010100');
    expect(tail('192.0.2.0/23')).toBe('00010117c00002');
    expect(tail('2001:db8::/32', 2)).toBe('0002022020010db8');
    expect(tail('2001:db8::1/128')).toBe('0002018020010db8000000000000000000000001');
  });

  it('SKIs of another size (8205 6.2)', () => {
    requirement('rfc8205:6.2:ski-longer', 'rfc8205:6.2:ski-shorter');
    expect(toHex(fitSki(fromHex('0102')))).toBe(`0102${'00'.repeat(18)}`);
    expect(toHex(fitSki(fromHex('ab'.repeat(32))))).toBe('ab'.repeat(20));
  });
});

describe('sign, then verify', () => {
  it('any path, prefix and pair of suites: literal, fast and batched reading agree', async () => {
    requirement(
      'rfc8205:5.2:equivalent-algorithm',
      '!rfc8205:7.3:stop-after-valid-block',
      'rfc8205:8.1:validate-completely',
    );
    const batch: { message: Uint8Array; session: ReturnType<typeof external> }[] = [];
    const verdicts: string[] = [];
    let verifier = verifierOf([], twoSuites);
    fc.assert(
      fc.property(arbitraryRecipe, fc.boolean(), fc.nat({ max: 4000 }), (recipe, spoil, position) => {
        const path = cook(recipe, LOCAL);
        const { announced } = recipe;
        const hop = announced.prefix.afi === 1 ? nextHop : new Uint8Array(16);
        const parts = { announced, bgpsecPath: path, nextHop: hop, attributes: [origin] };
        const message = encodeSignedUpdate(parts, true);
        // One bit of the attribute's last part, which holds signatures only.
        const at = message.length - 1 - (position % (encodeBgpsecPath(path).length - 2));
        if (spoil) message[at] = (message[at] as number) ^ 1;
        const session = external(LOCAL, path.segments[0]?.asn ?? 0, { ownAses: [LOCAL] });
        verifier = verifierOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 65536, 0xffff_fffe], twoSuites);
        const { verdict, blocks } = verifyUpdate(message, session, verifier);
        if (!spoil) expect(verdict).toBe('valid');
        // A second block may make up for a spoiled first one.
        else if (path.blocks.length === 1) expect(verdict).not.toBe('valid');
        if (verdict === 'valid') expect(blocks.some(({ state }) => state === 'valid')).toBe(true);
        expect(verifyUpdate(message, session, verifier, { exhaustive: true }).verdict).toBe(verdict);
        expect(verdictOfUpdate(message, session, verifier)).toBe(verdict);
        batch.push({ message, session });
        verdicts.push(verdict);
      }),
      { numRuns: 60 },
    );
    expect(await verdictsOfUpdates(batch, verifier, {}, 8)).toEqual(verdicts);
  });
});

describe('reconstruction (RFC 8205 4.4)', () => {
  it('repeats every AS pCount times, changes type with the flag, and never exceeds 255', () => {
    requirement('rfc8205:3.1:pcount-length', '!rfc8205:4.4:segment-limit', 'rfc8205:5:as-if-reconstructed');
    const arbitrarySegments = fc.array(fc.record({ pCount: octet, flags: octet, asn: arbitraryAsn }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(arbitrarySegments, (segments) => {
        const path = reconstructAsPath(segments);
        const expected = segments.flatMap(({ pCount, flags, asn }) =>
          new Array(pCount).fill(`${flags >= 0x80 ? 3 : 2} ${asn}`),
        );
        expect(path.flatMap(({ type, asns }) => asns.map((asn) => `${type} ${asn}`))).toEqual(expected);
        for (const [i, { type, asns }] of path.entries()) {
          expect(asns.length).toBeGreaterThan(0);
          expect(asns.length).toBeLessThanOrEqual(255);
          // Behind a segment of the same type, a segment is full.
          if (i > 0 && path[i - 1]?.type === type) expect(asns.length).toBe(255);
        }
        const plain = expected.filter((entry) => entry.startsWith('2 ')).length;
        expect(pathLength(segments)).toBe(plain);
      }),
    );
  });
});
