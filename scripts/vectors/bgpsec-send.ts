import type { VectorGroup } from '../../src/conformance/vector.js';
import { attributesGroup } from './bgpsec-send-attributes.js';
import { forwardGroup } from './bgpsec-send-forward.js';
import { insideGroup } from './bgpsec-send-inside.js';
import { originGroup } from './bgpsec-send-origin.js';
import { publishedGroup } from './bgpsec-send-published.js';
import { refusalGroup } from './bgpsec-send-refused.js';

/** Origination and propagation (RFC 8205 §4). */
export function sendGroups(): VectorGroup[] {
  return [publishedGroup(), originGroup(), forwardGroup(), attributesGroup(), insideGroup(), refusalGroup()];
}
