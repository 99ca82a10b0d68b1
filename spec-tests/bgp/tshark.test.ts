import {
  type Capability,
  type DescribedOctets,
  describeMessage,
  encodeBgpsecPath,
  encodeMessage,
  makeOpen,
  pathAttribute,
  type SignatureSegment,
} from 'pathsec/bgp';
import { toHex } from 'pathsec/bytes';
import { expect, it } from 'vitest';
import { describeWithProgram } from '../support.js';
import { type DissectedField, dissect } from './tshark-support.js';
import { AS_PATH, attribute, hex, MP_REACH, ORIGIN, updateOf } from './wire-support.js';

/** Our names of leaves beside those of tshark (4.0). */
const BGPSEC_FIELDS: Readonly<Record<string, string>> = {
  'Secure_Path Length': 'sp.length',
  pCount: 'sps.pcount',
  Flags: 'sps.flags',
  'AS Number': 'sps.as',
  'Signature_Block Length': 'sb.length',
  'Algorithm Suite Identifier': 'sb.algo_id',
  'Subject Key Identifier': 'ss.ski',
  'Signature Length': 'ss.length',
  Signature: 'ss.sig',
};

function leaves(node: DescribedOctets): DescribedOctets[] {
  return node.children.length === 0 ? [node] : node.children.flatMap(leaves);
}

function find(node: DescribedOctets, name: string): DescribedOctets[] {
  return node.name === name ? [node] : node.children.flatMap((child) => find(child, name));
}

/** Our leaves of BGPsec_PATH as tshark would list them. */
function ours(octets: Uint8Array): DissectedField[] {
  const values = find(describeMessage(octets).tree, 'bgpsec-path');
  return values.flatMap(leaves).flatMap(({ name, offset, length }) => {
    const field = BGPSEC_FIELDS[name];
    if (field === undefined) return [];
    return { name: field, offset, length, octets: toHex(octets.subarray(offset, offset + length)) };
  });
}

const segment = (seed: number, length: number): SignatureSegment => ({
  ski: new Uint8Array(20).fill(seed),
  signature: new Uint8Array(length).fill(seed + 1),
});

describeWithProgram('what tshark reads in our messages', 'tshark', () => {
  it('BGPsec_PATH: the same fields at the same offsets', () => {
    const messages = [
      { hops: [{ pCount: 1, flags: 0, asn: 64496 }], suites: [1] },
      {
        hops: [
          { pCount: 255, flags: 0x80, asn: 4_200_000_000 },
          { pCount: 0, flags: 0x80, asn: 65536 },
          { pCount: 3, flags: 0, asn: 64496 },
        ],
        suites: [1, 0xf7],
      },
      { hops: Array.from({ length: 30 }, (_, i) => ({ pCount: 1, flags: 0, asn: 64496 + i })), suites: [1] },
    ].map(({ hops, suites }) => {
      const blocks = suites.map((suite) => ({
        suite,
        signatures: hops.map((_, i) => segment(suite + i, 70 + (i % 3))),
      }));
      return updateOf([MP_REACH, ORIGIN, pathAttribute(33, encodeBgpsecPath({ segments: hops, blocks }))]);
    });
    const theirs = dissect(messages).map((fields) =>
      fields
        .filter(({ name }) => name.startsWith('bgp.update.path_attribute.bgpsec.'))
        .map((field) => ({ ...field, name: field.name.replace('bgp.update.path_attribute.bgpsec.', '') })),
    );
    // tshark 4.0 stops after the first Signature_Block: 21 of 32 fields of the second message.
    expect(theirs).toEqual(messages.map((message, i) => ours(message).slice(0, theirs[i]?.length)));
    expect(theirs.map((fields) => fields.length)).toEqual([9, expect.toBeOneOf([21, 32]), 183]);
    expect(messages.map((message) => ours(message).length)).toEqual([9, 32, 183]);
  });

  it('capability 7: version, direction, family', () => {
    const capabilities = [
      { name: 'bgpsec', version: 0, direction: 'send', afi: 1, unassigned: 0 },
      { name: 'bgpsec', version: 0, direction: 'receive', afi: 1, unassigned: 0 },
      { name: 'bgpsec', version: 0, direction: 'send', afi: 2, unassigned: 0 },
      { name: 'bgpsec', version: 3, direction: 'receive', afi: 2, unassigned: 0 },
    ] as const satisfies readonly Capability[];
    const octets = encodeMessage(makeOpen(4_200_000_000, 0xc0000201, capabilities));
    const [fields = []] = dissect([octets]);
    const values = (name: string): number[] =>
      fields
        .filter((field) => field.name === `bgp.cap.${name}`)
        .map((field) => Number.parseInt(field.octets, 16));
    expect(values('bgpsec.version')).toEqual([0, 0, 0, 3]);
    expect(values('bgpsec.sendreceive')).toEqual([1, 0, 1, 0]);
    expect(values('bgpsec.afi')).toEqual([1, 1, 2, 2]);
    expect(values('4as')).toEqual([4_200_000_000]);
    const places = find(describeMessage(octets).tree, 'Capability Value').slice(1);
    expect(fields.filter(({ name }) => name === 'bgp.cap.bgpsec.flags').map(({ offset }) => offset)).toEqual(
      places.map(({ offset }) => offset),
    );
  });

  it('lengths and types of the attributes of a plain UPDATE', () => {
    const octets = updateOf(
      [ORIGIN, AS_PATH, attribute(0x40, 3, 'c0000201'), attribute(0xc0, 35, '0000fbf0')],
      { nlri: '18c00002' },
    );
    const [fields = []] = dissect([octets]);
    const codes = fields.filter(({ name }) => name === 'bgp.update.path_attribute.type_code');
    expect(codes.map((field) => hex(field.octets)[0])).toEqual([1, 2, 3, 35]);
    const described = find(describeMessage(octets).tree, 'Attribute Type Code');
    expect(codes.map(({ offset }) => offset)).toEqual(described.map(({ offset }) => offset));
  });
});
