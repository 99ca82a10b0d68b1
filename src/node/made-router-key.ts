import { createHash } from 'node:crypto';
import { generateRouterKey, type RouterPrivateKey } from '../bgpsec/index.js';
import type { Asn } from '../inet/index.js';

/**
 * The router key of an AS of a laboratory (docs/decisions/speaker.md D-inject-made): equal seeds, equal keys. Whoever knows the seed
 * knows the key.
 */
export function madeRouterKey(seed: number, asn: Asn): RouterPrivateKey {
  return generateRouterKey(createHash('sha384').update(`pathsec router key ${seed} ${asn}`).digest());
}
