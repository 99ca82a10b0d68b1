import { formatPrefix } from 'pathsec/inet';
import {
  ALL_KINDS,
  forKinds,
  type PayloadKind,
  type PayloadSet,
  type PayloadTypes,
  sortedPayloads,
  type ValueOf,
} from 'pathsec/payload';

const hex = (octets: Uint8Array): string =>
  [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join('');

const notes = ({ expires, ta }: { expires?: number; ta?: string }): string => {
  return expires === undefined && ta === undefined ? '' : ` <${expires ?? ''},${ta ?? ''}>`;
};

/** A payload of each kind as a short text. A kind that is forgotten here does not compile. */
const TEXTS: { readonly [K in PayloadKind]: (value: ValueOf<PayloadTypes[K]>) => string } = {
  vrps: (vrp) => `${formatPrefix(vrp.prefix)}-${vrp.maxLength} ${vrp.asn}${notes(vrp)}`,
  routerKeys: (key) => `${key.asn} ${hex(key.ski)} ${hex(key.spki)}${notes(key)}`,
  aspas: (aspa) => {
    const providers = aspa.providers.map((asn) => {
      const limit = aspa.afiLimits?.get(asn);
      return limit === undefined ? `${asn}` : `${asn}/${limit}`;
    });
    return `${aspa.customer}: ${providers.join(' ')}${notes(aspa)}`;
  },
  asras: (asra) => `${asra.asn}/${asra.subcategory}: ${asra.neighbors.join(' ')}${notes(asra)}`,
  prefixLists: (list) => `${list.asn}: ${list.prefixes.map(formatPrefix).join(' ')}${notes(list)}`,
};

/** Texts by kind; prefix lists and ASRAs, which only our own JSON has, where there are any. */
type Content = Record<Exclude<PayloadKind, 'prefixLists' | 'asras'>, string[]> & {
  prefixLists?: string[];
  asras?: string[];
};

/** The payloads of a set as short texts, ordered; notes in angle brackets where there are any. */
export function contentOf(set: PayloadSet): Content {
  const sorted = sortedPayloads(set);
  const { prefixLists, asras, ...others } = forKinds<Record<PayloadKind, string[]>>(ALL_KINDS, (kind) =>
    [...(sorted[kind] as Iterable<never>)].map(TEXTS[kind]),
  );
  return {
    ...others,
    ...(prefixLists.length > 0 && { prefixLists }),
    ...(asras.length > 0 && { asras }),
  };
}
