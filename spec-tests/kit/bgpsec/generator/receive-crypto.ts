import type { VectorGroup } from '../../../../src/conformance/vector.js';
import { blockGroup } from './receive-blocks.js';
import { flipGroup } from './receive-flips.js';
import { keyGroup } from './receive-keys.js';
import { signedWrongGroup } from './receive-signed-wrong.js';

/** Keys, blocks, flipped bits, and paths signed by those who make a mistake. */
export function cryptoGroups(): VectorGroup[] {
  return [keyGroup(), blockGroup(), flipGroup(), signedWrongGroup()];
}
