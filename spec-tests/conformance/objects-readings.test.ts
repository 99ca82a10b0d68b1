import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerObjects } from '../../src/conformance/answer-objects.js';
import type { Fields, Request } from '../../src/conformance/vector.js';
import { CONTENT, signedObject } from '../kit/objects/generator/builder.js';
import {
  certificate,
  KEYS,
  SHA256_WITH_RSA,
  TIME,
  TRUST_ANCHOR,
} from '../kit/objects/generator/certificate.js';
import { crlOctets } from '../kit/objects/generator/crl.js';
import { bitString, context, NULL, oid, seq, tlv } from '../kit/objects/generator/der.js';
import { readValue, type Value } from '../kit/objects/mutants/der.js';
import { objectsKit } from '../kit/objects/mutants/mutants.js';

// The product reads objects with libraries, the second implementation of the kit with a reader of its own.

/** A value that can be changed. */
interface Node {
  tag: number;
  body: Buffer;
  readonly parts: Node[];
}

const nodeOf = ({ tag, body, parts }: Value): Node => ({ tag, body, parts: parts.map(nodeOf) });
const octetsOf = ({ tag, body, parts }: Node): Buffer =>
  parts.length === 0 ? tlv(tag, body) : tlv(tag, ...parts.map(octetsOf));
const withInner = (node: Node): Node[] => [node, ...node.parts.flatMap(withInner)];

const TAGS = [1, 2, 3, 4, 5, 6, 12, 19, 22, 23, 24, 0x30, 0x31, 0x80, 0x81, 0x86, 0xa0, 0xa1, 0xa3];

/** Changes one value somewhere: its members, its tag, its octets. The lengths around it stay right. */
function damaged(octets: Buffer, choice: (below: number) => number): Buffer {
  const root = nodeOf(readValue(octets, { der: true }));
  const all = withInner(root);
  const at = <T>(list: readonly T[]): T => list[choice(list.length)] as T;
  const node = at(all);
  const { parts, body } = node;
  const place = choice(parts.length + 1);
  const changes = [
    () => {
      node.tag = at(TAGS);
    },
    () => {
      node.body = at([
        Buffer.concat([Buffer.of(choice(2) * 255), body]),
        body.subarray(0, -1),
        Buffer.from(at(all).body),
        Buffer.from(body.map((octet) => octet ^ (choice(8) === 0 ? 1 << choice(8) : 0))),
      ]);
    },
    () => parts.splice(place, 1),
    () => parts.splice(place, 0, nodeOf(readValue(octetsOf(at(all)), { der: true }))),
    () => parts.reverse(),
  ];
  at(changes)();
  return octetsOf(root);
}

const hex = (octets: Buffer): string => octets.toString('hex');
const ALGORITHM = seq(oid(SHA256_WITH_RSA), NULL);
/** What the trust anchor makes of octets that it signs. */
const issued = (signed: Buffer): Buffer => seq(signed, ALGORITHM, bitString(KEYS.ta.sign(signed)));
const signedPart = (octets: Buffer): Buffer =>
  octetsOf(nodeOf(readValue(octets, { der: true })).parts[0] ?? { tag: 5, body: Buffer.alloc(0), parts: [] });

const OBJECT = hex(signedObject());
const shared = { id: 'objects/x', suite: 'objects', issuer: hex(TRUST_ANCHOR), time: TIME } as const;
const verify = (fields: Fields): Request => ({
  ...shared,
  op: 'verify-aspa-object',
  object: OBJECT,
  crl: hex(crlOctets({ revoked: [3] })),
  ...fields,
});

type Damage = (octets: Buffer) => Buffer;
const KINDS: Readonly<Record<string, (damage: Damage) => Request>> = {
  contents: (damage) => ({
    id: 'objects/x',
    suite: 'objects',
    op: 'decode-aspa-content',
    content: hex(damage(CONTENT)),
  }),
  'certificates that are signed': (damage) => {
    const ee = issued(damage(signedPart(certificate({}, 64496))));
    return verify({ object: hex(signedObject({ certificates: () => context(0, ee) })) });
  },
  'CRLs that are signed': (damage) =>
    verify({ crl: hex(issued(damage(signedPart(crlOctets({ revoked: [7] }))))) }),
  'signed attributes': (damage) =>
    verify({
      object: hex(
        signedObject({
          attributeOrder: ([first = NULL, ...rest]) => [damage(first), ...rest].toSorted(Buffer.compare),
        }),
      ),
    }),
  envelopes: (damage) => verify({ object: hex(damage(Buffer.from(OBJECT, 'hex'))) }),
};

describe('two readings of objects', () => {
  it.each(Object.entries(KINDS))('agree on %s, however damaged', async (_, make) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), async (choices) => {
        let next = 0;
        const request = make((octets) => damaged(octets, (below) => (choices[next++ % 12] ?? 0) % below));
        const { findings, ...answer } = await answerObjects(request);
        expect([answer, findings]).toEqual([objectsKit.answer(request), findings]);
      }),
      { numRuns: 100 },
    );
  });

  it('agree on the objects that they start from', async () => {
    expect(objectsKit.answer(verify({}))).toMatchObject({ outcome: 'valid' });
    expect(await answerObjects(verify({}))).toMatchObject({ outcome: 'valid' });
  });
});
