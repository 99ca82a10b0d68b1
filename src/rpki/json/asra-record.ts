import { DecodeError } from '../../bytes/index.js';
import { distinctAsns, parseAsn } from '../../inet/index.js';
import type { AsraPayload } from '../../payload/index.js';
import { UNSAID } from '../said.js';
import type { JsonKind } from './json-row.js';
import { type JsonObject, readExpires, readTa } from './members.js';
import { createSpellingCheck, EXPIRES_ALIKE } from './spellings.js';

const checkSpellings = createSpellingCheck({
  read: [['asn'], ['subcategory'], ['neighbors'], ['expires'], ['ta']],
  alike: {
    ...EXPIRES_ALIKE,
    asid: 'asn',
    signer: 'asn',
    signerasid: 'asn',
    asrasubcategory: 'subcategory',
    neighbours: 'neighbors',
    relationships: 'neighbors',
  },
});

/**
 * An ASRA as a JSON object of `asras[]`: `{"asn", "subcategory", "neighbors"}`. The subcategory is a number that
 * asra-profile §3.3 assigns.
 *
 * @throws {DecodeError} with a code for the member that is wrong.
 */
export function readAsra(record: JsonObject): AsraPayload {
  checkSpellings(record);
  const asn = parseAsn(record.asn);
  if (asn === 0) throw new DecodeError('asra-signer-zero', 'AS 0 signs no ASRA', { field: 'asn' });
  const { subcategory } = record;
  if (subcategory !== 1 && subcategory !== 2 && subcategory !== 3) {
    throw new DecodeError('asra-subcategory', 'a subcategory is 1, 2 or 3', { field: 'subcategory' });
  }
  const list = record.neighbors;
  if (!Array.isArray(list) || list.length === 0) {
    throw new DecodeError('asra-neighbors', 'neighbors are an array of at least one AS, 0 alone for none', {
      field: 'neighbors',
    });
  }
  const neighbors = distinctAsns(list.map((one) => parseAsn(one, 'neighbors')));
  const expires = readExpires(record.expires);
  const ta = readTa(record.ta);
  return {
    asn,
    subcategory,
    neighbors,
    ...(expires === undefined ? {} : { expires }),
    ...(ta === undefined ? {} : { ta }),
  };
}

/**
 * ASRAs in JSON. NON-SPEC: no relying party writes any, and no draft says how; the list is ours, added to the dialect of
 * rpki-client as `--to json` has it (docs/decisions/rpki-files.md D-asra-json).
 */
export const ASRA_JSON: JsonKind<AsraPayload> = {
  lists: ['asras'],
  alike: { asra: 'asras' },
  known: ['subcategory'],
  routinatorOnly: {},
  read: readAsra,
  rpkiClient: UNSAID,
  routinator: UNSAID,
  own: {
    list: 'asras',
    record: ({ asn, subcategory, neighbors, ta, expires }) => ({ asn, subcategory, neighbors, ta, expires }),
  },
};
