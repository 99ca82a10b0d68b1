import { DecodeError } from '../../bytes/index.js';
import { formatPrefix, type Prefix, parseAsn } from '../../inet/index.js';
import type { PrefixListPayload } from '../../payload/index.js';
import { UNSAID } from '../said.js';
import type { JsonKind } from './json-row.js';
import { type JsonObject, readExpires, readTa } from './members.js';
import { createSpellingCheck, EXPIRES_ALIKE } from './spellings.js';

const checkSpellings = createSpellingCheck({
  read: [['asn'], ['prefixes'], ['expires'], ['ta']],
  alike: { ...EXPIRES_ALIKE, asid: 'asn', originas: 'asn', prefixlist: 'prefixes' },
});

/**
 * A signed prefix list as a JSON object of `prefixLists[]`, whose form is of this project
 * (docs/decisions/rpki-files.md D-json-prefix-lists).
 *
 * @throws {DecodeError} with a code for the member that is wrong.
 */
export function readPrefixList(record: JsonObject, scan: (text: string) => Prefix): PrefixListPayload {
  checkSpellings(record);
  const asn = parseAsn(record.asn);
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

/** Signed prefix lists in JSON. NON-SPEC: no relying party writes them as payloads, so the form is our own. */
export const PREFIX_LIST_JSON: JsonKind<PrefixListPayload> = {
  lists: ['prefixLists'],
  alike: { spls: 'prefixLists', vsps: 'prefixLists', signedprefixlists: 'prefixLists' },
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
