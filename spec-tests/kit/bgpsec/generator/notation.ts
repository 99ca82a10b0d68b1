import type { SecurePathSegment } from 'pathsec/bgp';
import type { Json } from '../../../../src/conformance/vector.js';
import { path } from '../../../aspa/notation.js';
import { asPathJson } from '../../aspa/generator/notation.js';

/** A type, so that a list of them is a value of JSON. */
export type HopFields = Pick<SecurePathSegment, 'pCount' | 'flags' | 'asn'>;

const HOP = /^(\d+)(?:\.\.(\d+))?(?:\*(\d+))?(?:#([0-9a-f]{2}))?$/;

/**
 * A Secure_Path, the newest segment first as on the wire: `64500*2#80 64496` is AS 64500 with pCount 2 and flags 0x80, then
 * AS 64496; `9..7` is 9, 8, 7.
 */
export function hops(text: string): HopFields[] {
  const words = text.split(' ').filter((word) => word !== '');
  return words.flatMap((word) => {
    const [whole, first, last = first, pCount = '1', flags = '0'] = HOP.exec(word) ?? [];
    if (whole === undefined) throw new Error(`not a hop: ${word}`);
    return Array.from({ length: Number(first) - Number(last) + 1 }, (_, i) => ({
      pCount: Number(pCount),
      flags: Number.parseInt(flags, 16),
      asn: Number(first) - i,
    }));
  });
}

/** An AS_PATH in the notation of `spec-tests/aspa/notation.ts`, where `7*3` stands for `7 7 7`. */
export function asPathOf(text: string): Json {
  const repeated = text.replace(/(\d+)\*(\d+)/g, (_, asn: string, count: string) =>
    new Array(Number(count)).fill(asn).join(' '),
  );
  return asPathJson(path(repeated));
}
