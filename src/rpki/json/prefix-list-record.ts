import { DecodeError } from '../../bytes/index.js';
import { formatPrefix, type Prefix, parseAsn } from '../../inet/index.js';
import type { PrefixListPayload } from '../../payload/index.js';
import { UNSAID } from '../said.js';
import type { JsonKind } from './json-row.js';
import { type JsonObject, oneOf, readExpires, readTa } from './members.js';
import { createSpellingCheck, EXPIRES_ALIKE } from './spellings.js';

/** Ours, and that of rpki-client. */
const ASN_NAMES = ['asn', 'origin_as'];

const checkSpellings = createSpellingCheck({
  read: [ASN_NAMES, ['prefixes'], ['expires'], ['ta']],
  alike: { ...EXPIRES_ALIKE, asid: 'asn', prefixlist: 'prefixes' },
});

/**
 * A signed prefix list as a JSON object of `prefixLists[]`, whose form is of this project, or of `signedprefixlists[]` of rpki-client
 * (docs/decisions/rpki-files.md D-json-prefix-lists).
 *
 * @throws {DecodeError} with a code for the member that is wrong.
 */
export function readPrefixList(record: JsonObject, scan: (text: string) => Prefix): PrefixListPayload {
  checkSpellings(record);
  const asn = parseAsn(oneOf(record, ASN_NAMES));
  if (asn === 0) throw new DecodeError('prefix-list-asn-zero', 'AS 0 originates nothing', { field: 'asn' });
  if (!Array.isArray(record.prefixes)) {
    throw new DecodeError('prefix-list-syntax', 'prefixes are an array', { field: 'prefixes' });
  }
  const prefixes = record.prefixes.map((text: unknown): Prefix => {
    if (typeof text !== 'string') {
      throw new DecodeError('prefix-syntax', 'a prefix is a text', { field: 'prefixes' });
    }
    const { afi, length, octets } = scan(text); // which may be read into the same octets again
    return { afi, length, octets: octets.slice() };
  });
  const expires = readExpires(record.expires);
  const ta = readTa(record.ta);
  return {
    asn,
    prefixes,
    ...(expires === undefined ? {} : { expires }),
    ...(ta === undefined ? {} : { ta }),
  };
}

/** Signed prefix lists in JSON. NON-SPEC: the form that is written is our own. */
export const PREFIX_LIST_JSON: JsonKind<PrefixListPayload> = {
  lists: ['prefixLists', 'signedprefixlists'],
  alike: { spls: 'prefixLists', vsps: 'prefixLists' },
  known: [], // `prefixes` is a member of records of routes too
  routinatorOnly: {},
  read: readPrefixList,
  rpkiClient: UNSAID,
  routinator: UNSAID,
  own: {
    list: 'prefixLists',
    record: ({ asn, prefixes, ta, expires }) => {
      return { asn, prefixes: prefixes.map(formatPrefix), ta, expires };
    },
  },
};
