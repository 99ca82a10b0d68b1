import { DecodeError } from '../../bytes/index.js';
import type { PayloadKind, PayloadTypes, RouterKey, ValueOf, Vrp } from '../../payload/index.js';
import type { ExaminedObject } from './examined-object.js';

/** Validated payloads of one object. */
export type ObjectPayloads = { readonly [K in PayloadKind]: readonly ValueOf<PayloadTypes[K]>[] };

/** Of none of the kinds. */
export const NO_PAYLOADS: ObjectPayloads = {
  vrps: [],
  routerKeys: [],
  aspas: [],
  prefixLists: [],
  asras: [],
};

/**
 * What the object would contribute if it were valid: VRPs of a ROA, the payload of an ASPA or ASRA object or of a signed
 * prefix list, one router key per ASN of a router certificate (at most `maxAsns`,
 * docs/decisions/rpki-objects.md D-router-certificate-range). `expires` is the end of the certificate's validity; that of its
 * issuers, which may come before, is known to `examineObject`.
 */
export function payloadsOf(object: ExaminedObject, maxAsns = 10_000): ObjectPayloads {
  if (object.type === 'aspa' && object.content) {
    const { customer, providers } = object.content;
    return {
      ...NO_PAYLOADS,
      aspas: [{ customer, providers, expires: object.envelope.certificate.notAfter }],
    };
  }
  if (object.type === 'asra' && object.content) {
    const { signer: asn, subcategory, neighbors } = object.content;
    if (subcategory !== 1 && subcategory !== 2 && subcategory !== 3) return NO_PAYLOADS;
    const { notAfter: expires } = object.envelope.certificate;
    return { ...NO_PAYLOADS, asras: [{ asn, subcategory, neighbors, expires }] };
  }
  if (object.type === 'roa' && object.content) {
    const { asn, families } = object.content;
    const expires = object.envelope.certificate.notAfter;
    const vrps = families.flatMap(({ prefixes }) =>
      prefixes.map(
        ({ prefix, maxLength }): Vrp => ({ prefix, maxLength: maxLength ?? prefix.length, asn, expires }),
      ),
    );
    return { ...NO_PAYLOADS, vrps };
  }
  if (object.type === 'prefix-list' && object.content) {
    const { asn, families } = object.content;
    const expires = object.envelope.certificate.notAfter;
    const prefixes = families.flatMap((family) => family.prefixes);
    return { ...NO_PAYLOADS, prefixLists: [{ asn, prefixes, expires }] };
  }
  if (object.type === 'router-certificate') {
    const { asIdentifiers, ski, spki, notAfter } = object.certificate;
    const asnum = asIdentifiers?.asnum;
    if (ski === undefined || asnum === undefined || asnum === 'inherit') return NO_PAYLOADS;
    const count = asnum.reduce((sum, { min, max }) => sum + Number(max - min) + 1, 0);
    if (count > maxAsns)
      throw new DecodeError('router-certificate-range', `${count} ASNs in one router certificate`);
    const routerKeys = asnum.flatMap(({ min, max }) =>
      Array.from(
        { length: Number(max - min) + 1 },
        (_, i): RouterKey => ({ asn: Number(min) + i, ski, spki, expires: notAfter }),
      ),
    );
    return { ...NO_PAYLOADS, routerKeys };
  }
  return NO_PAYLOADS;
}
