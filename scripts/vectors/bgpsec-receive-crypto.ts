import type { VectorGroup } from '../../src/conformance/vector.js';
import { blockGroup } from './bgpsec-receive-blocks.js';
import { flipGroup } from './bgpsec-receive-flips.js';
import { keyGroup } from './bgpsec-receive-keys.js';
import { signedWrongGroup } from './bgpsec-receive-signed-wrong.js';

/** Keys, blocks, flipped bits, and paths signed by those who make a mistake. */
export function cryptoGroups(): VectorGroup[] {
  return [keyGroup(), blockGroup(), flipGroup(), signedWrongGroup()];
}
