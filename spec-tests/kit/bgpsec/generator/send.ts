import type { VectorGroup } from '../../../../src/conformance/vector.js';
import { attributesGroup } from './send-attributes.js';
import { forwardGroup } from './send-forward.js';
import { insideGroup } from './send-inside.js';
import { originGroup } from './send-origin.js';
import { publishedGroup } from './send-published.js';
import { refusalGroup } from './send-refused.js';

/** Origination and propagation (RFC 8205 §4). */
export function sendGroups(): VectorGroup[] {
  return [publishedGroup(), originGroup(), forwardGroup(), attributesGroup(), insideGroup(), refusalGroup()];
}
