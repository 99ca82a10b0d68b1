import {
  ATTR_MP_REACH_NLRI,
  ATTR_ORIGIN,
  decodeUpdate,
  encodeMpReach,
  encodeNlri,
  encodeOrigin,
  encodeUpdateMessage,
  FLAG_EXTENDED_LENGTH,
  FLAG_OPTIONAL,
  pathAttribute,
} from '../bgp/index.js';
import type { AggregateRoute } from './aggregate-route.js';
import { encodeApvasPath } from './attr-255-apvas-path.js';
import type { ReceivedUpdate } from './check-update.js';
import { withdraw } from './receive.js';
import { ATTR_APVAS, type SchemeId } from './suite.js';
import type { ApvasResult } from './verdict.js';

/**
 * The UPDATE that carries a signed route: MP_REACH_NLRI with one prefix, ORIGIN, and the private attribute in the place of
 * AS_PATH (docs/decisions/apvas.md D-apvas-wire).
 *
 * @param nextHop of MP_REACH_NLRI: 4 octets (IPv4 prefixes), 16 or 32.
 * @throws {RangeError} as `encodeApvasPath`, and for a message above 65,535 octets (RFC 8654).
 */
export function encodeApvasUpdate(
  { afi, safi, nlri, segments, skis }: AggregateRoute,
  scheme: SchemeId,
  signature: Uint8Array,
  nextHop: Uint8Array,
): Uint8Array {
  const value = encodeApvasPath({ segments, block: { scheme, skis, signature } });
  const flags = FLAG_OPTIONAL | (value.length > 255 ? FLAG_EXTENDED_LENGTH : 0);
  const none = new Uint8Array(0);
  const attributes = [
    pathAttribute(ATTR_MP_REACH_NLRI, encodeMpReach({ afi, safi, nextHop, field: nlri })),
    pathAttribute(ATTR_ORIGIN, encodeOrigin('igp')),
    { flags, code: ATTR_APVAS, value },
  ];
  return encodeUpdateMessage({ kind: 'update', withdrawnField: none, attributes, nlriField: none }, true);
}

/**
 * What the checks need of a whole UPDATE, header included; the verdict where its faults decide (RFC 7606). Without the private
 * attribute a route is `unsigned`, `no-apvas-path`.
 *
 * @throws {BgpError} for an error that resets the session; {@link DecodeError} for what is no UPDATE.
 */
export function readApvasUpdate(message: Uint8Array): ReceivedUpdate | ApvasResult {
  const { faults, message: fields, values } = decodeUpdate(message, { bgpsecReceived: true });
  const attribute = fields.attributes.find(({ code }) => code === ATTR_APVAS);
  // The private attribute stands in for AS_PATH, as BGPsec_PATH does (RFC 8205 §4.1).
  const counts = faults.filter(
    ({ code, treatment }) =>
      treatment !== 'attribute-discard' && !(attribute !== undefined && code === 'as-path-missing'),
  );
  if (counts[0] !== undefined) return withdraw(counts[0].code);
  if (attribute === undefined) return { standard: false, verdict: 'unsigned', reason: 'no-apvas-path' };
  const { mpReach, asPath, bgpsecPath } = values;
  const { flags, value } = attribute;
  const nlri = (mpReach?.nlri ?? []).map(({ prefix }) => encodeNlri([{ prefix }], false));
  return {
    flags,
    value,
    ...(mpReach && {
      reach: { afi: mpReach.afi, safi: mpReach.safi, nlri },
    }),
    nlriFieldUsed: fields.nlriField.length > 0,
    hasAsPath: asPath !== undefined,
    hasBgpsecPath: bgpsecPath !== undefined,
  };
}
