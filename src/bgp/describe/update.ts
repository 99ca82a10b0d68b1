import type { Describer } from '../../bytes/index.js';
import { ATTR_BGPSEC_PATH, ATTR_BGPSEC_PATH_PRINTED } from '../attribute/attr-33-bgpsec-path.js';
import {
  FLAG_EXTENDED_LENGTH,
  FLAG_OPTIONAL,
  FLAG_PARTIAL,
  FLAG_TRANSITIVE,
} from '../attribute/path-attributes.js';
import { ATTRIBUTE_RULES } from '../message/attribute-rules.js';
import { type SessionOptions, usesAddPath } from '../message/session.js';
import {
  ATTRIBUTE_SOURCES,
  describeAttributeValue,
  describeNextHopAlone,
  describeNlri,
} from './attribute.js';

/** Describes the body of an UPDATE (RFC 4271 §4.3). */
export function describeUpdate(body: Describer, session: SessionOptions): void {
  const addPath = usesAddPath(session, 1, 1);
  const prefixes = addPath ? 'RFC 7911 §3' : undefined;
  const withdrawnLength = body.uint('Withdrawn Routes Length', 2);
  if (withdrawnLength > 0) {
    body.group('Withdrawn Routes', withdrawnLength, (field) => describeNlri(field, 1, addPath), prefixes);
  }
  const attributesLength = body.uint('Total Path Attribute Length', 2);
  if (attributesLength > 0) {
    body.group('Path Attributes', attributesLength, (field) => describeAttributesIn(field, session));
  }
  if (body.remaining > 0) {
    body.group(
      'Network Layer Reachability Information',
      body.remaining,
      (field) => describeNlri(field, 1, addPath),
      prefixes,
    );
  }
}

/**
 * Describes path attributes to the end of `field` (RFC 4271 §4.3). `nextHopAlone`: MP_REACH_NLRI is cut down to its next hop where it
 * does not begin with an address family, as in a RIB of MRT (RFC 6396 §4.3.4). NON-SPEC: for people.
 */
export function describeAttributesIn(
  field: Describer,
  session: SessionOptions,
  nextHopAlone = false,
): undefined {
  while (field.remaining > 0) describeAttribute(field, session, nextHopAlone);
}

function describeAttribute(field: Describer, session: SessionOptions, nextHopAlone: boolean): void {
  const extended = ((field.peek() ?? 0) & FLAG_EXTENDED_LENGTH) !== 0;
  const code = field.peek(1) ?? 0;
  const length = extended ? (field.peek(2) ?? 0) * 256 + (field.peek(3) ?? 0) : (field.peek(2) ?? 0);
  const printed = session.printedBgpsecType === true && code === ATTR_BGPSEC_PATH_PRINTED;
  const name = ATTRIBUTE_RULES.get(printed ? ATTR_BGPSEC_PATH : code)?.name ?? `attribute ${code}`;
  field.group(name, (extended ? 4 : 3) + length, (attribute) => {
    attribute.uint('Attribute Flags', 1, describeFlags);
    attribute.uint('Attribute Type Code', 1);
    attribute.uint('Attribute Length', extended ? 2 : 1);
    if (attribute.remaining > 0) {
      const type = printed ? ATTR_BGPSEC_PATH : code;
      const describe = (value: Describer) =>
        nextHopAlone && type === 14 && value.peek() !== 0
          ? describeNextHopAlone(value)
          : describeAttributeValue(value, type, session);
      attribute.group('Attribute Value', attribute.remaining, describe, ATTRIBUTE_SOURCES[type]);
    }
    return undefined;
  });
}

const FLAG_NAMES: readonly (readonly [number, string])[] = [
  [FLAG_OPTIONAL, 'Optional'],
  [FLAG_TRANSITIVE, 'Transitive'],
  [FLAG_PARTIAL, 'Partial'],
  [FLAG_EXTENDED_LENGTH, 'Extended Length'],
];

function describeFlags(flags: number): string {
  const names = FLAG_NAMES.filter(([bit]) => flags & bit).map(([, name]) => name);
  return `0x${flags.toString(16).padStart(2, '0')} (${names.join(', ')})`;
}
