import fc from 'fast-check';
import { DecodeError } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
// These are internals of the room: bulk readers that must equal the general ones.
import { fromBase64, toBase64, toBase64Url } from '../../src/rpki/octet-text.js';

describe('base64 (RFC 4648 §4 and §5)', () => {
  it('writes what Node writes and reads it back, padded or not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (octets) => {
        const [standard, url] = [toBase64(octets), toBase64Url(octets)];
        expect(standard).toBe(Buffer.from(octets).toString('base64'));
        expect(url).toBe(Buffer.from(octets).toString('base64url'));
        for (const text of [standard, url, standard.replaceAll('=', '')])
          expect(fromBase64(text)).toEqual(octets);
      }),
    );
  });

  it('refuses everything that re-encodes differently', () => {
    const texts = fc.string({ unit: fc.constantFrom('A', 'B', 'z', '0', '+', '/', '-', '_', '=', ' ', 'é') });
    fc.assert(
      fc.property(texts, (text) => {
        let octets: Uint8Array;
        try {
          octets = fromBase64(text);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
          return;
        }
        const standard = toBase64(octets);
        expect([standard, standard.replaceAll('=', ''), toBase64Url(octets), paddedUrl(octets)]).toContain(
          text,
        );
      }),
      { numRuns: 2000 },
    );
  });

  const paddedUrl = (octets: Uint8Array): string => {
    return toBase64(octets).replaceAll('+', '-').replaceAll('/', '_');
  };
});
