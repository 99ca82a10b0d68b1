import {
  type Announced,
  type Attribute,
  type Block,
  type Path,
  type Reading,
  reset,
  withdraw,
} from './question.js';

/** Prefixes of a field; what does not fit resets the session (RFC 7606 §5.3). */
export function readPrefixes(field: Buffer, afi: number, safi: number): Announced[] {
  const prefixes: Announced[] = [];
  for (let at = 0; at < field.length; ) {
    const length = field.readUInt8(at);
    const size = Math.ceil(length / 8);
    reset(length > (afi === 1 ? 32 : 128) || at + 1 + size > field.length);
    prefixes.push({ afi, safi, length, octets: field.subarray(at + 1, at + 1 + size) });
    at += 1 + size;
  }
  return prefixes;
}

/** Header, lengths, and the attributes as far as they can be read (RFC 4271 §4.3, RFC 7606 §3 b and §4). */
export function readMessage(message: Buffer, limit: number): Reading {
  reset(message.length > limit || message.readUInt16BE(16) !== message.length);
  reset(message.subarray(0, 16).some((octet) => octet !== 0xff));
  const withdrawnSize = message.readUInt16BE(19);
  reset(withdrawnSize + 23 > message.length);
  const start = 23 + withdrawnSize;
  const end = start + message.readUInt16BE(start - 2);
  reset(end > message.length);
  readPrefixes(message.subarray(21, 21 + withdrawnSize), 1, 1);
  const nlri = readPrefixes(message.subarray(end), 1, 1);
  const attributes: Attribute[] = [];
  let at = start;
  while (at < end) {
    if (at + 3 > end) return { attributes, cut: true, nlri };
    const flags = message.readUInt8(at);
    const head = flags & 0x10 ? 4 : 3;
    if (at + head > end) return { attributes, cut: true, nlri };
    const size = head === 4 ? message.readUInt16BE(at + 2) : message.readUInt8(at + 2);
    if (at + head + size > end) return { attributes, cut: true, nlri };
    attributes.push({
      flags,
      code: message.readUInt8(at + 1),
      value: message.subarray(at + head, at + head + size),
    });
    at += head + size;
  }
  return { attributes, cut: false, nlri };
}

/** MP_REACH_NLRI (RFC 4760 §3); `prefixes` is absent for families whose NLRI this reader does not know. */
export function readReach(value: Buffer): {
  readonly afi: number;
  readonly safi: number;
  readonly field: Buffer;
  readonly prefixes?: readonly Announced[];
} {
  reset(value.length < 5);
  const afi = value.readUInt16BE(0);
  const safi = value.readUInt8(2);
  const hop = value.readUInt8(3);
  reset(5 + hop > value.length);
  const field = value.subarray(5 + hop);
  if (afi !== 1 && afi !== 2) return { afi, safi, field };
  // RFC 2545 §3; RFC 8950 §3 lets IPv4 routes have the next hops of IPv6 ones.
  reset(hop !== 16 && hop !== 32 && !(afi === 1 && hop === 4));
  return { afi, safi, field, prefixes: readPrefixes(field, afi, safi) };
}

/** How the kit may depart from RFC 8205 §3 in reading the attribute. */
export interface PathRules {
  readonly emptyPath: boolean;
  readonly thirdBlock: boolean;
  /** Whether the Signature Segments of a block of this suite are read. */
  readsBlock(suite: number, supported: readonly number[]): boolean;
}

/** The value of BGPsec_PATH (RFC 8205 §3); syntax alone. */
export function readPath(value: Buffer, rules: PathRules, supported: readonly number[]): Path {
  withdraw(value.length < 2);
  const size = value.readUInt16BE(0);
  withdraw(size < 2 || (size - 2) % 6 !== 0 || size > value.length || (size === 2 && !rules.emptyPath));
  const segments = [];
  for (let at = 2; at < size; at += 6) {
    segments.push({
      pCount: value.readUInt8(at),
      flags: value.readUInt8(at + 1),
      asn: value.readUInt32BE(at + 2),
    });
  }
  const blocks: Block[] = [];
  let at = size;
  withdraw(at === value.length);
  while (at < value.length) {
    if (blocks.length === 2 && rules.thirdBlock) break;
    withdraw(blocks.length === 2 || at + 3 > value.length);
    const end = at + value.readUInt16BE(at);
    withdraw(end < at + 3 || end > value.length);
    const suite = value.readUInt8(at + 2);
    blocks.push(
      rules.readsBlock(suite, supported)
        ? readBlock(value, at + 3, end, suite)
        : { suite, signatures: segments.map(() => ({ ski: Buffer.alloc(20), signature: Buffer.alloc(0) })) },
    );
    at = end;
  }
  return { segments, blocks };
}

function readBlock(value: Buffer, start: number, end: number, suite: number): Block {
  const signatures = [];
  for (let at = start; at < end; ) {
    withdraw(at + 22 > end);
    const next = at + 22 + value.readUInt16BE(at + 20);
    withdraw(next > end);
    signatures.push({ ski: value.subarray(at, at + 20), signature: value.subarray(at + 22, next) });
    at = next;
  }
  return { suite, signatures };
}
