import type { Attribute, Session } from './question.js';

/** How a sender treats the attributes of a route besides path, next hop and prefix (RFC 4271 §5). */
export interface AttributeRules {
  /** Types that are never passed on. */
  readonly left: readonly number[];
  /** Types that stay inside the AS (9, 10), and inside the AS or the confederation (4, 5). */
  readonly insideAs: readonly number[];
  readonly inside: readonly number[];
  /** Which of several attributes of one type counts. */
  which(same: readonly Attribute[]): Attribute | undefined;
  /** Flags of an attribute whose type is not known; nothing: it is not passed on. */
  unknown(flags: number): number | undefined;
  /** Flags of a known one; `right` are those of its type. */
  known(flags: number, right: number): number;
}

const RIGHT: ReadonlyMap<number, number> = new Map([
  ...[1, 5, 6].map((code) => [code, 0x40] as const),
  ...[4, 9, 10, 15].map((code) => [code, 0x80] as const),
  ...[3].map((code) => [code, 0x40] as const),
  ...[7, 8, 16, 17, 18, 32, 35].map((code) => [code, 0xc0] as const),
]);

export const attributeRules: AttributeRules = {
  left: [2, 3, 15, 17, 18],
  insideAs: [9, 10],
  inside: [4, 5],
  which: ([first]) => first,
  unknown: (flags) => (flags & 0x40 ? 0xe0 : undefined),
  known: (flags, right) => right | (right === 0xc0 ? flags & 0x20 : 0),
};

/** One attribute of the message that goes out, as an answer lists it. */
export interface Sent {
  readonly flags: number;
  readonly type: number;
  readonly value: string;
}

/** The other attributes of what goes to a peer of kind `to`, by type; `from` is the kind of the peer it came from. */
export function sentAttributes(
  self: AttributeRules,
  attributes: readonly Attribute[],
  from: Session['kind'],
  to: Session['kind'],
): Sent[] {
  const sent: Sent[] = [];
  for (const code of [...new Set(attributes.map((one) => one.code))].sort((a, b) => a - b)) {
    if (code === 14 || code === 33 || self.left.includes(code)) continue;
    // RFC 7606 §7.5, §7.9, §7.10: discarded when they come from outside.
    if (from === 'external' && [5, 9, 10].includes(code)) continue;
    if (to !== 'internal' && self.insideAs.includes(code)) continue;
    if (to === 'external' && self.inside.includes(code)) continue;
    const one = self.which(attributes.filter((other) => other.code === code));
    const right = RIGHT.get(code);
    const flags = right === undefined ? self.unknown(one?.flags ?? 0) : self.known(one?.flags ?? 0, right);
    if (one === undefined || flags === undefined) continue;
    sent.push({ flags, type: code, value: one.value.toString('hex') });
  }
  return sent;
}
