import { DecodeError } from '../../bytes/index.js';
import { formatPrefix, isAsn, type Prefix, parseAsn } from '../../inet/index.js';
import type { Vrp } from '../../payload/index.js';
import type { JsonKind } from './json-row.js';
import { readMaxLength } from './max-length.js';
import { type JsonObject, oneOf, readExpires, readTa } from './members.js';
import { createPlainVrpReader } from './plain-vrp.js';
import { readSourceExpiry } from './source-expiry.js';
import { createSpellingCheck, EXPIRES_ALIKE } from './spellings.js';
import { vrpOf } from './vrp-of.js';

/** How the ASN and maxLength of a VRP are spelled: in `roas[]`, and in filemode's `vrps[]`. */
const ASN_NAMES = ['asn', 'asid'];
const MAX_LENGTH_NAMES = ['maxLength', 'maxlen'];

const checkSpellings = createSpellingCheck({
  read: [ASN_NAMES, ['prefix'], MAX_LENGTH_NAMES, ['expires'], ['source'], ['ta']],
  alike: {
    ...EXPIRES_ALIKE,
    originas: 'asn',
    originasn: 'asn',
    ipprefix: 'prefix',
    maxprefixlength: 'maxLength',
    maxprefixlen: 'maxLength',
    maximumlength: 'maxLength',
  },
});

/**
 * A VRP as a JSON object. `scan` reads the prefix; the result may share its octets.
 *
 * @throws {DecodeError} with a code for the member that is wrong.
 */
export function readVrp(record: JsonObject, scan: (text: string) => Prefix): Vrp {
  checkSpellings(record);
  const { prefix: text } = record;
  if (typeof text !== 'string')
    throw new DecodeError('prefix-syntax', 'a prefix is a text', { field: 'prefix' });
  const number = record.asn ?? oneOf(record, ASN_NAMES);
  const asn = isAsn(number) ? number : parseAsn(number);
  const prefix = scan(text);
  const maxLength = readMaxLength(record.maxLength ?? oneOf(record, MAX_LENGTH_NAMES), prefix);
  const expires =
    record.source === undefined ? readExpires(record.expires) : readSourceExpiry(record.source, 'last');
  const ta = readTa(record.ta);
  return vrpOf(prefix, maxLength, asn, expires, ta);
}

/** VRPs in the JSON of relying parties. NON-SPEC: dialects of rpki-client and Routinator. */
export const VRP_JSON: JsonKind<Vrp> = {
  lists: ['roas'],
  alike: { vrps: 'roas', roa: 'roas' },
  known: ['prefix'],
  routinatorOnly: {},
  read: readVrp,
  createPlainReader: createPlainVrpReader,
  rpkiClient: {
    list: 'roas',
    record: ({ asn, prefix, maxLength, ta, expires }) => {
      return { asn, prefix: formatPrefix(prefix), maxLength, ta, expires };
    },
  },
  routinator: {
    list: 'roas',
    record: ({ asn, prefix, maxLength, ta = 'N/A' }) => {
      return { asn: `AS${asn}`, prefix: formatPrefix(prefix), maxLength, ta };
    },
  },
};
