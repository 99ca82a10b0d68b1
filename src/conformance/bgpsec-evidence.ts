import type { BgpsecResult, SignatureResult } from '../bgpsec/index.js';
import { toHex } from '../bytes/index.js';
import { asPathJson } from './bgpsec-session.js';
import type { Answer } from './request.js';
import type { Json } from './vector.js';

/**
 * Octets to be hashed that an answer shows: of hundreds of hops they grow with the square, and the line would be too long.
 * Long paths are answered with their digests alone.
 */
const MAX_OCTETS_SHOWN = 131_072;

/** The verdict on signatures, with the octets to be hashed and their digests, newest first, by block of a supported suite. */
export function verdictAnswer({ verdict, reason, asPath, pathLength, blocks }: BgpsecResult): Answer {
  const supported = blocks.filter(({ state }) => state !== 'unsupported');
  // Signatures that are not verified (RFC 8205 §4.3) have neither.
  const perBlock = (of: (one: SignatureResult) => Uint8Array | undefined): Json =>
    supported.map(({ signatures }) =>
      signatures.flatMap((one) => {
        const octets = of(one);
        return octets ? [toHex(octets)] : [];
      }),
    );
  const shown = supported
    .flatMap(({ signatures }) => signatures)
    .reduce((sum, { octets }) => sum + (octets?.length ?? 0), 0);
  return {
    verdict,
    reason,
    ...(asPath && { asPath: asPathJson(asPath) }),
    ...(pathLength !== undefined && { pathLength }),
    ...(supported.length > 0 && {
      ...(shown <= MAX_OCTETS_SHOWN && { octetsHashed: perBlock(({ octets }) => octets) }),
      digests: perBlock(({ digest }) => digest),
    }),
  };
}
