import { DecodeError } from '../../bytes/index.js';
import { formatPrefix, isAsn, type Prefix, parseAsn } from '../../inet/index.js';
import type { Vrp } from '../../payload/index.js';
import type { JsonKind } from './json-row.js';
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

/**
 * A maxLength: absent means the prefix length (RFC 9582 §4.3.2.2), else it lies between that and the address length.
 *
 * @throws {DecodeError} `max-length-syntax` or `max-length-range`.
 */
export function readMaxLength(value: unknown, prefix: Prefix, field = 'maxLength'): number {
  if (value === undefined) return prefix.length;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new DecodeError('max-length-syntax', 'a maxLength is a whole number', { field });
  }
  const bits = 8 * prefix.octets.length;
  if (value < prefix.length || value > bits) {
    const message = `maxLength ${value} is not in ${prefix.length}..${bits}`;
    throw new DecodeError('max-length-range', message, { field });
  }
  return value;
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
