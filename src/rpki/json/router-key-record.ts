import { DecodeError, toHex } from '../../bytes/index.js';
import { parseAsn } from '../../inet/index.js';
import type { RouterKey } from '../../payload/index.js';
import { readKey, readSki, toBase64, toBase64Url } from '../octet-text.js';
import type { JsonKind } from './json-row.js';
import { type JsonObject, oneOf, readExpires, readTa } from './members.js';
import { readSourceExpiry } from './source-expiry.js';
import { createSpellingCheck, EXPIRES_ALIKE } from './spellings.js';

const SKI_NAMES = ['ski', 'SKI'];
const KEY_NAMES = ['pubkey', 'routerPublicKey'];

const checkSpellings = createSpellingCheck({
  read: [['asn'], SKI_NAMES, KEY_NAMES, ['expires'], ['source'], ['ta']],
  alike: { ...EXPIRES_ALIKE, asid: 'asn', publickey: 'pubkey', spki: 'pubkey' },
});

/**
 * A router key as a JSON object of `bgpsec_keys[]` or `routerKeys[]`.
 *
 * @throws {DecodeError} with a code for the member that is wrong.
 */
export function readRouterKey(record: JsonObject): RouterKey {
  checkSpellings(record);
  const asn = parseAsn(record.asn);
  if (asn === 0) throw new DecodeError('router-key-asn-zero', 'AS 0 has no routers', { field: 'asn' });
  const ski = readSki(oneOf(record, SKI_NAMES));
  const spki = readKey(oneOf(record, KEY_NAMES));
  const expires =
    record.source === undefined ? readExpires(record.expires) : readSourceExpiry(record.source, 'last');
  const ta = readTa(record.ta);
  return {
    asn,
    ski,
    spki,
    ...(expires === undefined ? {} : { expires }),
    ...(ta === undefined ? {} : { ta }),
  };
}

/** Router keys in the JSON of relying parties. NON-SPEC: dialects of rpki-client and Routinator. */
export const ROUTER_KEY_JSON: JsonKind<RouterKey> = {
  lists: ['bgpsec_keys', 'routerKeys'],
  alike: { bgpsecpubkeys: 'bgpsec_keys' },
  known: SKI_NAMES,
  routinatorOnly: { list: 'routerKeys' },
  read: readRouterKey,
  rpkiClient: {
    list: 'bgpsec_keys',
    record: ({ asn, ski, spki, ta, expires }) => {
      return { asn, ski: toHex(ski).toUpperCase(), pubkey: toBase64(spki), ta, expires };
    },
  },
  routinator: {
    list: 'routerKeys',
    record: ({ asn, ski, spki, ta = 'N/A' }) => {
      return { asn: `AS${asn}`, SKI: toHex(ski).toUpperCase(), routerPublicKey: toBase64Url(spki), ta };
    },
  },
};
