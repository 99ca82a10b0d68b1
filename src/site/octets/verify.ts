import {
  type BgpsecResult,
  computeSki,
  createNobleEngine,
  createRouterKeys,
  suite1,
  verifyUpdate,
} from '../../bgpsec/index.js';
import { fromHex } from '../../bytes/index.js';
import { parseAsn } from '../../inet/index.js';
import type { RouterKey } from '../../payload/index.js';
import { readPayloads } from '../../rpki/payloads.js';

/** Router keys out of a text, and what is wrong with it. */
export interface ReadKeys {
  readonly keys: readonly RouterKey[];
  readonly problem?: string;
}

const MAX_KEYS = 1_000;

/**
 * Router keys: a file of payloads in JSON, or lines of an AS and a SubjectPublicKeyInfo in hexadecimal.
 */
export function readKeys(text: string): ReadKeys {
  try {
    if (/^\s*[{[]/.test(text))
      return { keys: [...readPayloads(text).routerKeys.sorted()].slice(0, MAX_KEYS) };
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const keys = lines.slice(0, MAX_KEYS).map((line) => {
      const [asn = '', ...rest] = line.trim().split(/[\s:]+/);
      const spki = fromHex(rest.join(''), 'key');
      return { asn: parseAsn(asn.replace(/^AS/i, '')), spki, ski: computeSki(spki) };
    });
    return { keys };
  } catch (error) {
    return { keys: [], problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The evidence of every signature of an UPDATE. @throws {Error} for what cannot be received at all. */
export function verify(
  message: Uint8Array,
  session: { readonly localAs: number; readonly peerAs: number; readonly addPath: boolean },
  keys: readonly RouterKey[],
): BgpsecResult {
  const { addPath, localAs, peerAs } = session;
  const families = [1, 2].map((afi) => ({ afi, safi: 1 }));
  return verifyUpdate(
    message,
    {
      localAs,
      peerAs,
      kind: localAs === peerAs ? 'internal' : 'external',
      ...(addPath && { addPath: families }),
    },
    { keys: createRouterKeys(keys), suites: suite1(createNobleEngine()) },
    { exhaustive: true },
  );
}
