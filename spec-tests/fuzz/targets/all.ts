import type { Target } from '../lib/target.js';
import { APVAS } from './apvas.js';
import { AUDIT } from './audit.js';
import { BGP_ATTRIBUTES } from './bgp-attributes.js';
import { BGP_MESSAGES } from './bgp-messages.js';
import { BGP_NLRI } from './bgp-nlri.js';
import { BGPSEC } from './bgpsec.js';
import { BGPSEC_KEYS } from './bgpsec-keys.js';
import { BMP } from './bmp.js';
import { CAPTURE } from './capture.js';
import { DESCRIPTIONS } from './descriptions.js';
import { MRT } from './mrt.js';
import { NODE } from './node.js';
import { PAYLOAD_SNAPSHOT } from './payload-snapshot.js';
import { REQUESTS } from './requests.js';
import { ROUTE_TEXT } from './route-lines.js';
import { RPKI_CCR } from './rpki-ccr.js';
import { RPKI_LOCAL } from './rpki-local.js';
import { RPKI_ENVELOPES, RPKI_OBJECTS } from './rpki-objects.js';
import { RPKI_TEXT } from './rpki-text.js';
import { RTR } from './rtr.js';
import { SIMULATE } from './simulate.js';
import { SPEAKER } from './speaker.js';
import { TEXT } from './text.js';

/** Every target; the names are unique. */
export const TARGETS: readonly Target[] = [
  ...TEXT,
  ...BGP_MESSAGES,
  ...BGP_ATTRIBUTES,
  ...BGP_NLRI,
  ...BGPSEC,
  ...BGPSEC_KEYS,
  ...RTR,
  ...SIMULATE,
  ...SPEAKER,
  ...BMP,
  ...CAPTURE,
  ...MRT,
  ...ROUTE_TEXT,
  ...RPKI_TEXT,
  ...RPKI_LOCAL,
  ...RPKI_OBJECTS,
  ...RPKI_ENVELOPES,
  ...RPKI_CCR,
  ...APVAS,
  ...AUDIT,
  ...NODE,
  ...DESCRIPTIONS,
  ...PAYLOAD_SNAPSHOT,
  ...REQUESTS,
];
