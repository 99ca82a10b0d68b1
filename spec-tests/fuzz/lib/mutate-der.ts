import { join } from './mutate.js';
import { pick } from './random.js';
import type { Mutation, Random } from './target.js';

/** A value of ASN.1 in its encoding: what is constructed, and octets that hold one value, have parts. */
interface Node {
  identifier: number;
  content: Uint8Array;
  /** Octets before the first part: the count of unused bits of a BIT STRING. */
  lead: number;
  parts?: Node[];
}

const IDENTIFIERS = [
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x13, 0x16, 0x17, 0x18, 0x30, 0x31, 0xa0, 0xa1, 0x80, 0x9f,
  0x24,
];

/** Changes one value of a DER tree, and writes all lengths anew; octets that are no tree stay as they are. */
export const derMutation: Mutation = (octets, random, other) => {
  const tree = parse(octets);
  if (tree === undefined) return octets;
  const nodes = flatten(tree);
  const node = pick(nodes, random);
  const donor = random(2) === 0 ? (parse(other) ?? tree) : tree;
  change(node, pick(flatten(donor), random), random);
  return encode(tree);
};

function change(node: Node, donor: Node, random: Random): void {
  const { parts } = node;
  const choice = random(8);
  if (choice === 0) node.identifier = pick(IDENTIFIERS, random);
  else if (choice === 1) Object.assign(node, structuredClone(donor));
  else if (parts && parts.length > 0 && choice <= 5) {
    const at = random(parts.length);
    if (choice === 2) parts.splice(at, 1);
    else if (choice === 3) parts.splice(at, 0, structuredClone(parts[at] as Node));
    else if (choice === 4) parts.splice(at, 0, structuredClone(donor));
    else parts.reverse();
  } else {
    delete node.parts;
    node.content = contentOf(node.content, random);
  }
}

function contentOf(content: Uint8Array, random: Random): Uint8Array {
  const choice = random(6);
  if (choice === 0) return new Uint8Array(0);
  if (choice === 1) return Uint8Array.from({ length: 1 + random(24) }, () => random(256));
  if (choice === 2) return content.slice(0, random(content.length + 1));
  if (choice === 3) return join(content, Uint8Array.of(random(256)));
  if (choice === 4)
    return pick(
      [Uint8Array.of(0), Uint8Array.of(0xff), Uint8Array.of(0, 0x80), Uint8Array.of(1, 0, 0, 0, 0)],
      random,
    );
  const copy = content.slice();
  if (copy.length > 0) copy[random(copy.length)] = random(256);
  return copy;
}

function parse(octets: Uint8Array): Node | undefined {
  const [node] = list(octets, 0) ?? [];
  return node;
}

function list(octets: Uint8Array, depth: number): Node[] | undefined {
  const nodes: Node[] = [];
  for (let at = 0; at < octets.length; ) {
    const identifier = octets[at] as number;
    let length = octets[at + 1];
    if (length === undefined || (identifier & 0x1f) === 0x1f) return undefined;
    at += 2;
    if (length >= 0x80) {
      const width = length - 0x80;
      if (width === 0 || width > 3) return undefined;
      length = 0;
      for (let i = 0; i < width; i++) length = length * 256 + (octets[at++] ?? 0);
    }
    if (at + length > octets.length || depth > 30) return undefined;
    const content = octets.slice(at, at + length);
    const node: Node = { identifier, content, lead: 0 };
    // Extensions and signed content stand inside OCTET STRINGs, keys inside BIT STRINGs.
    if (identifier === 0x03 && content[1] === 0x30) node.lead = 1;
    const opens = (identifier & 0x20) !== 0 || node.lead === 1 || (identifier === 0x04 && length > 2);
    const parts = opens ? list(content.subarray(node.lead), depth + 1) : undefined;
    if (parts && parts.length > 0) node.parts = parts;
    nodes.push(node);
    at += length;
  }
  return nodes;
}

function flatten(node: Node): Node[] {
  return [node, ...(node.parts ?? []).flatMap(flatten)];
}

function encode({ identifier, content, lead, parts }: Node): Uint8Array {
  const body = parts ? join(content.subarray(0, lead), ...parts.map(encode)) : content;
  return join(Uint8Array.of(identifier, ...lengthOf(body.length)), body);
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return [0x80 + digits.length, ...digits];
}
