import type { DescribedOctets } from '../../bytes/index.js';
import { formatAsn } from '../../inet/index.js';

/** A part of what a signature is over. */
export interface HashedPart {
  readonly name: string;
  /** Where it stands in the message; absent for the own AS, which is in no message. */
  readonly offset?: number;
  readonly length: number;
}

/** A signature of a message: its block, and its hop from the origin. */
export interface HashedSignature {
  readonly block: number;
  readonly hop: number;
}

/** The signature that a link names: `0.2`. */
export function readHashed(text: string | undefined): HashedSignature | undefined {
  const [, block, hop] = /^([0-9]{1,3})\.([0-9]{1,3})$/.exec(text ?? '') ?? [];
  return block === undefined ? undefined : { block: Number(block), hop: Number(hop) };
}

/**
 * The sequence of octets to be hashed for a signature (RFC 8205 §5.2, Figure 9) as parts of a message that was described;
 * undefined where the message is none that has such a signature.
 */
export function hashedParts(
  tree: DescribedOctets,
  { block: blockIndex, hop: n }: HashedSignature,
): readonly HashedPart[] | undefined {
  const value = find(tree, ({ children }) => children.some(({ name }) => name === 'Secure_Path'));
  const reach = find(tree, ({ children }) => children.some(({ name }) => name === NEXT_HOP));
  const segments = partsNamed(childOf(value, 'Secure_Path'), 'Secure_Path Segment');
  const block = value?.children.find(({ name }) => name === `Signature_Block [${blockIndex}]`);
  const signatures = partsNamed(block, 'Signature Segment');
  const suite = childOf(block, 'Algorithm Suite Identifier');
  const family = reach && [childOf(reach, FAMILY), childOf(reach, 'Subsequent Address Family Identifier')];
  const nlri = childOf(childOf(reach, 'Network Layer Reachability Information'), 'Prefix');
  const prefix = [childOf(nlri, 'Length'), childOf(nlri, 'Prefix')];
  const k = segments.length;
  // Segments stand newest first: that of hop N, from the origin, is the one before the last N - 1.
  const target = n < k ? childOf(segments[k - n - 1], 'AS Number') : undefined;
  if (n < 1 || n > k || signatures.length !== k || suite === undefined || family === undefined)
    return undefined;
  const hops = Array.from({ length: n }, (_, i) => n - i).flatMap((hop) => [
    ...(hop > 1 ? [partOf(signatures[k - hop + 1], `Signature Segment of hop ${hop - 1}`)] : []),
    partOf(segments[k - hop], `Secure_Path Segment of hop ${hop}`),
  ]);
  const parts = [
    target === undefined
      ? { name: 'Target AS Number: the own AS', length: 4 }
      : partOf(target, `Target AS Number: ${target.value}`),
    ...hops,
    partOf(suite, 'Algorithm Suite Identifier'),
    ...family.map((one) => partOf(one, one?.name ?? '')),
    // A prefix of no octets has a length alone.
    ...prefix.flatMap((one, i) => (one === undefined && i > 0 ? [] : [partOf(one, `NLRI, ${one?.name}`)])),
  ];
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

const FAMILY = 'Address Family Identifier';
/** MP_REACH_NLRI has one, MP_UNREACH_NLRI none. */
const NEXT_HOP = 'Length of Next Hop Network Address';

/** Whether an octet of the message is hashed. */
export function isHashed(parts: readonly HashedPart[], at: number): boolean {
  return parts.some(({ length, offset }) => offset !== undefined && at >= offset && at < offset + length);
}

/** What stands in a part, in hexadecimal; of a long one the beginning. */
export function octetsOfPart({ length, offset }: HashedPart, message: Uint8Array, localAs: number): string {
  if (offset === undefined) {
    const own = Uint8Array.of(localAs >>> 24, localAs >>> 16, localAs >>> 8, localAs);
    return `${spaced(own)} (${formatAsn(localAs)})`;
  }
  const hex = spaced(message.subarray(offset, offset + Math.min(length, 12)));
  return length > 12 ? `${hex} …` : hex;
}

const spaced = (octets: Uint8Array): string =>
  Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join(' ');

function partOf(node: DescribedOctets | undefined, name: string): HashedPart | undefined {
  return node && { name, offset: node.offset, length: node.length };
}

function childOf(node: DescribedOctets | undefined, name: string): DescribedOctets | undefined {
  return node?.children.find((child) => child.name === name);
}

function partsNamed(node: DescribedOctets | undefined, name: string): readonly DescribedOctets[] {
  return node?.children.filter((child) => child.name.startsWith(`${name} [`)) ?? [];
}

/** The first part, from the top, of which this is true. */
function find(node: DescribedOctets, isIt: (node: DescribedOctets) => boolean): DescribedOctets | undefined {
  if (isIt(node)) return node;
  for (const child of node.children) {
    const found = find(child, isIt);
    if (found) return found;
  }
  return undefined;
}
