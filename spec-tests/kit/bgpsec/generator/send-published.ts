import { answerBgpsec } from '../../../../src/conformance/answer-bgpsec.js';
import type { Request, VectorCase, VectorGroup } from '../../../../src/conformance/vector.js';
import rfc from '../facts/rfc8608.json' with { type: 'json' };
import { to } from './send-shared.js';
import { external, type Fields } from './world.js';

/** Appendix A: the origin's signature alone, and the whole UPDATE of the second AS, with the k that is printed. */
export function publishedGroup(): VectorGroup {
  const cases = rfc.updates.flatMap((example): VectorCase[] => {
    const [newest, oldest] = example.signatures;
    const [first, second] = rfc.keys;
    if (!newest || !oldest || !first || !second) throw new Error(example.id);
    const attributes = [
      { flags: 0x40, type: 1, value: '02' },
      { flags: 0x80, type: 4, value: '00000000' },
    ];
    const key = ({ asn, scalar, ski }: typeof first): Fields => ({ asn, scalar, ski });
    const nonces = (asn: number): Fields[] => [{ asn, suite: 1, k: rfc.k }];
    const common = { nextHop: example.nextHop, attributes };
    const originate: Fields = {
      ...common,
      op: 'originate',
      prefix: example.prefix,
      speaker: { asn: first.asn },
      keys: [key(first)],
      peer: to(second.asn),
      nonces: nonces(first.asn),
    };
    const begun = answerBgpsec({ id: '', suite: 'bgpsec', ...originate } as Request);
    const forward: Fields = {
      ...common,
      op: 'forward',
      message: begun.message ?? null,
      session: external(second.asn, first.asn),
      speaker: { asn: second.asn },
      keys: [key(second)],
      peer: to(65537),
      nonces: nonces(second.asn),
      encoding: { attributesFirst: true, attributeType: 30, extendedLength: true },
    };
    const segment = (asn: number): Fields => ({ pCount: 1, flags: 0, asn });
    const signed = (one: typeof newest): Fields => ({
      asn: one.signerAs,
      target: one.targetAs,
      suite: 1,
      digest: one.digest,
    });
    const one = (
      name: string,
      title: string,
      input: Fields,
      path: readonly Fields[],
      by: typeof newest,
      detail: Fields,
    ): VectorCase => ({
      id: `bgpsec/send-${example.id}-${name}`,
      title: `${example.id}: ${title}`,
      sections: [`RFC ${example.id.slice(3, 7)} Appendix A`, 'RFC 8205 §4.2'],
      flags: ['published'],
      input,
      expected: { outcome: 'signed', securePath: [...path], suites: [1], toSign: [signed(by)] },
      detail: { octetsToSign: [by.octets], signatures: [by.signature], ...detail },
    });
    return [
      one('origin', 'AS 64496 to AS 65536', originate, [segment(64496)], oldest, {}),
      one(
        'transit',
        'AS 65536 to AS 65537, the UPDATE as printed',
        forward,
        [segment(65536), segment(64496)],
        newest,
        { message: example.message },
      ),
    ];
  });
  return { title: 'RFC 8608 and RFC 8208, Appendix A, with the printed k', cases };
}
