import {
  AS_SEQUENCE,
  ATTR_AS_PATH,
  ATTR_BGPSEC_PATH,
  ATTR_MP_REACH_NLRI,
  encodeAsPath,
  encodeBgpsecPath,
  encodeMpReach,
  encodeUpdateMessage,
  type PathAttribute,
  pathAttribute,
} from 'pathsec/bgp';
import { type BgpsecSession, verdictOfUpdate, verifyUpdate } from 'pathsec/bgpsec';
import { fromHex } from 'pathsec/bytes';
import { expect } from 'vitest';
import { external, nextHop, origin, pathOf, verifierOf } from './world.js';

export const LOCAL = 64500;
export const ORIGIN_AS = 64496;
export const PEER = 64499;
export const session = external(LOCAL, PEER);
export const verifier = verifierOf([ORIGIN_AS, PEER, 64501, 64502, 65001, 65002, LOCAL]);
export const good = pathOf([ORIGIN_AS, PEER], LOCAL);
export const reach = (field = '18c00002', afi = 1, safi = 1): PathAttribute =>
  pathAttribute(ATTR_MP_REACH_NLRI, encodeMpReach({ afi, safi, nextHop, field: fromHex(field) }));
export const signed = (value: Uint8Array): PathAttribute => pathAttribute(ATTR_BGPSEC_PATH, value);
export const attribute = signed(encodeBgpsecPath(good));
export const asPath = pathAttribute(
  ATTR_AS_PATH,
  encodeAsPath([{ type: AS_SEQUENCE, asns: [PEER, ORIGIN_AS] }], 4),
);

/** An UPDATE of attributes in their order, and perhaps prefixes in the NLRI field. */
export function update(attributes: readonly PathAttribute[], nlri = ''): Uint8Array {
  const fields = { kind: 'update', withdrawnField: new Uint8Array(0), nlriField: fromHex(nlri) } as const;
  return encodeUpdateMessage({ ...fields, attributes }, true);
}

/** Verdict, reason and check; the fast reading must agree about the verdict. */
export function outcome(message: Uint8Array, where: BgpsecSession = session, by = verifier) {
  const { verdict, reason, check } = verifyUpdate(message, where, by);
  expect(verdictOfUpdate(message, where, by)).toBe(verdict);
  return check === undefined ? [verdict, reason] : [verdict, reason, check];
}

/** `good` with octets of its value replaced. */
export function damaged(at: number, ...octets: number[]): Uint8Array {
  const value = attribute.value.slice();
  value.set(octets, at);
  return update([reach(), origin, signed(value)]);
}
