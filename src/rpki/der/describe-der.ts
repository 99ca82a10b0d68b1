import {
  createDescriber,
  DecodeError,
  type DescribedOctets,
  type Describer,
  toHex,
} from '../../bytes/index.js';
import { OID } from '../oids.js';
import { checkDer } from './strict-der.js';

/** Values that stand in values, beyond which octets are shown as they are. */
const MAX_DEPTH = 64;

/** Universal types by tag number (X.680 §8.4). */
const TYPES: Readonly<Record<number, string>> = {
  1: 'BOOLEAN',
  2: 'INTEGER',
  3: 'BIT STRING',
  4: 'OCTET STRING',
  5: 'NULL',
  6: 'OBJECT IDENTIFIER',
  10: 'ENUMERATED',
  12: 'UTF8String',
  16: 'SEQUENCE',
  17: 'SET',
  19: 'PrintableString',
  20: 'TeletexString',
  22: 'IA5String',
  23: 'UTCTime',
  24: 'GeneralizedTime',
  26: 'VisibleString',
};
const TEXTS: ReadonlySet<number> = new Set([12, 19, 20, 22, 23, 24, 26]);

/** The names of object identifiers of the RPKI. */
const NAMES: ReadonlyMap<string, string> = new Map(Object.entries(OID).map(([name, oid]) => [oid, name]));

/**
 * Describes values of DER one after the other (X.690 §8), octet by octet: certificates, CRLs, signed objects. What stands as DER in an
 * OCTET STRING or a BIT STRING is described too. Never throws: what is broken is described as far as it goes. NON-SPEC: for
 * people.
 */
export function describeDer(octets: Uint8Array): DescribedOctets {
  const whole = createDescriber(octets);
  whole.group(
    'DER',
    octets.length,
    (values) => {
      while (values.remaining > 0) describeValue(values, 0);
      return undefined;
    },
    'X.690 §8.1',
  );
  return whole.nodes[0] as DescribedOctets;
}

/** What the identifier and the length octets of a value say. */
interface Head {
  readonly identifier: number;
  readonly tag: number;
  /** Octets of the identifier, and of the length behind it. */
  readonly tagSize: number;
  readonly lengthSize: number;
  readonly length: number;
}

function headOf(values: Describer): Head {
  const identifier = values.peek() ?? 0;
  let tag = identifier & 0x1f;
  let tagSize = 1;
  if (tag === 0x1f) {
    tag = 0;
    let group = 0x80;
    for (; group & 0x80 && tagSize <= 4; tagSize++) {
      group = values.peek(tagSize) ?? 0;
      tag = tag * 128 + (group & 0x7f);
    }
  }
  const first = values.peek(tagSize) ?? 0;
  const more = first > 0x80 ? Math.min(first & 0x7f, 6) : 0;
  let length = more === 0 ? first & 0x7f : 0;
  for (let i = 1; i <= more; i++) length = length * 256 + (values.peek(tagSize + i) ?? 0);
  return { identifier, tag, tagSize, lengthSize: 1 + more, length };
}

function describeValue(values: Describer, depth: number): void {
  const head = headOf(values);
  const { identifier, tag, tagSize, lengthSize, length } = head;
  const isUniversal = identifier >> 6 === 0;
  const name = isUniversal ? (TYPES[tag] ?? `universal ${tag}`) : `${CLASSES[identifier >> 6]}${tag}]`;
  values.group(name, tagSize + lengthSize + length, (value) => {
    value.bytes('Identifier', tagSize);
    value.bytes('Length', lengthSize, () => String(length));
    if (value.remaining === 0) return undefined;
    if (identifier & 0x20 && depth < MAX_DEPTH) {
      while (value.remaining > 0) describeValue(value, depth + 1);
      return undefined;
    }
    return isUniversal ? describeUniversal(value, tag, depth) : content(value, textOrHex);
  });
}

const CLASSES: Readonly<Record<number, string>> = { 1: '[APPLICATION ', 2: '[', 3: '[PRIVATE ' };

function describeUniversal(value: Describer, tag: number, depth: number): string | undefined {
  if (tag === 3) {
    value.uint('Unused bits', 1);
    return value.remaining > 0 ? nested(value, depth) : undefined;
  }
  if (tag === 4) return nested(value, depth);
  if (tag === 1) return content(value, ([octet]) => (octet === 0 ? 'FALSE' : 'TRUE'));
  if (tag === 2 || tag === 10) return content(value, integerText);
  if (tag === 6) return content(value, oidText);
  return content(value, TEXTS.has(tag) ? (octets) => new TextDecoder().decode(octets) : toHex);
}

/** The contents as they are, or the DER that they hold. */
function nested(value: Describer, depth: number): string | undefined {
  if (depth >= MAX_DEPTH || !isDer(value)) return content(value, toHex);
  value.group('Contents', value.remaining, (inner) => {
    describeValue(inner, depth + 1);
    return undefined;
  });
  return undefined;
}

/** Whether what is left is one value, and not an empty or primitive one, as which chance octets may read. */
function isDer(value: Describer): boolean {
  const first = value.peek() ?? 0;
  if (first !== 0x30 && first !== 0x31 && first !== 0x03 && first !== 0x04 && first !== 0x02) return false;
  const { tagSize, lengthSize, length } = headOf(value);
  if (tagSize + lengthSize + length !== value.remaining) return false;
  const octets = Uint8Array.from({ length: value.remaining }, (_, i) => value.peek(i) ?? 0);
  try {
    checkDer(octets);
    return true;
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
}

function content(value: Describer, format: (octets: Uint8Array) => string): string {
  let text = '';
  value.bytes('Contents', value.remaining, (octets) => {
    text = format(octets);
    return text;
  });
  return text;
}

/** What can only be text, such as the URIs of certificates: which type is tagged the octets do not tell. */
function textOrHex(octets: Uint8Array): string {
  const isText = octets.length >= 4 && octets.every((octet) => octet >= 0x20 && octet < 0x7f);
  return isText ? new TextDecoder().decode(octets) : toHex(octets);
}

/** Small ones in decimal, others in hexadecimal. */
function integerText(octets: Uint8Array): string {
  if (octets.length > 8) return toHex(octets);
  let number = (octets[0] ?? 0) >= 0x80 ? -1n : 0n;
  for (const octet of octets) number = number * 256n + BigInt(octet);
  return String(number);
}

/** X.690 §8.19. */
function oidText(octets: Uint8Array): string {
  const parts: bigint[] = [];
  let part = 0n;
  for (const octet of octets.subarray(0, 64)) {
    part = part * 128n + BigInt(octet & 0x7f);
    if (octet & 0x80) continue;
    if (parts.length > 0) parts.push(part);
    else {
      const first = part < 80n ? part / 40n : 2n;
      parts.push(first, part - 40n * first);
    }
    part = 0n;
  }
  const dotted = parts.join('.');
  const name = NAMES.get(dotted);
  return name === undefined ? dotted : `${dotted} (${name})`;
}
