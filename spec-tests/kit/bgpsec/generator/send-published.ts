import { answerBgpsec } from '../../../../src/conformance/answer-bgpsec.js';
import type { VectorCase, VectorGroup } from '../../../../src/conformance/vector.js';
import rfc from '../facts/rfc8608.json' with { type: 'json' };
import { hops } from './notation.js';
import { external, type Fields } from './world.js';

const ATTRIBUTES = [
  { flags: 0x40, type: 1, value: '02' },
  { flags: 0x80, type: 4, value: '00000000' },
];

/** Appendix A: the origin's signature alone, and the whole UPDATE of the second AS, with the k that is printed. */
export function publishedGroup(): VectorGroup {
  const cases = rfc.updates.flatMap(({ id, message, nextHop, prefix, signatures: [newest, oldest] }) => {
    const [first, second] = rfc.keys;
    if (!newest || !oldest || !first || !second) throw new Error(id);
    const question = (route: Fields, by: typeof newest, { asn, scalar, ski }: typeof first): Fields => ({
      nextHop,
      attributes: ATTRIBUTES,
      ...route,
      speaker: { asn },
      keys: [{ asn, scalar, ski }],
      peer: { peerAs: by.targetAs, kind: 'external', bgpsec: true },
      nonces: [{ asn, suite: 1, k: rfc.k }],
    });
    const published = (
      name: string,
      title: string,
      input: Fields,
      path: string,
      by: typeof newest,
    ): VectorCase => ({
      id: `bgpsec/send-${id}-${name}`,
      title: `${id}: ${title}`,
      sections: [`RFC ${id.slice(3, 7)} Appendix A`, 'RFC 8205 §4.2'],
      requirements: ['rfc8205:4.2:octet-order', 'rfc8205:4.2:digest-and-sign', 'rfc8608:2.2.1:ecdsa-p256'],
      flags: ['published'],
      input,
      expected: {
        outcome: 'signed',
        securePath: hops(path),
        suites: [1],
        toSign: [{ asn: by.signerAs, target: by.targetAs, suite: 1, digest: by.digest }],
      },
      detail: { octetsToSign: [by.octets], signatures: [by.signature] },
    });
    const begun = question({ op: 'originate', prefix }, oldest, first);
    const answer = answerBgpsec({ ...begun, id, suite: 'bgpsec', op: 'originate' });
    const session = external(second.asn, first.asn);
    const onward = question({ op: 'forward', message: answer.message ?? null, session }, newest, second);
    const encoding = { attributesFirst: true, attributeType: 30, extendedLength: true };
    const transit = published(
      'transit',
      'AS 65536 to AS 65537, the UPDATE as printed',
      { ...onward, encoding },
      '65536 64496',
      newest,
    );
    return [
      published('origin', 'AS 64496 to AS 65536', begun, '64496', oldest),
      { ...transit, detail: { ...transit.detail, message } },
    ];
  });
  return { title: 'RFC 8608 and RFC 8208, Appendix A, with the printed k', cases };
}
