import { formatPrefix } from 'pathsec/inet';
import type { PayloadSet } from 'pathsec/payload';

const hex = (octets: Uint8Array): string =>
  [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join('');

/** The payloads of a set as short texts, ordered; notes in angle brackets where there are any. */
export function contentOf(set: PayloadSet): { vrps: string[]; aspas: string[]; routerKeys: string[] } {
  const notes = ({ expires, ta }: { expires?: number; ta?: string }): string => {
    return expires === undefined && ta === undefined ? '' : ` <${expires ?? ''},${ta ?? ''}>`;
  };
  return {
    vrps: [...set.vrps.sorted()].map((vrp) => {
      return `${formatPrefix(vrp.prefix)}-${vrp.maxLength} ${vrp.asn}${notes(vrp)}`;
    }),
    aspas: [...set.aspas.sorted()].map((aspa) => {
      const providers = aspa.providers.map((asn) => {
        const limit = aspa.afiLimits?.get(asn);
        return limit === undefined ? `${asn}` : `${asn}/${limit}`;
      });
      return `${aspa.customer}: ${providers.join(' ')}${notes(aspa)}`;
    }),
    routerKeys: [...set.routerKeys.sorted()].map((key) => {
      return `${key.asn} ${hex(key.ski)} ${hex(key.spki)}${notes(key)}`;
    }),
  };
}
