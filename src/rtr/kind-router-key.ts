import { compareOctets } from '../bytes/index.js';
import { createRouterKeyMap, type RouterKey, type RouterKeyMap, SKI_LENGTH } from '../payload/index.js';
import { type KeyedChanges, keyedKind } from './keyed-kind.js';
import type { RtrTypes } from './kind.js';
import { MAX_PDU_LENGTH } from './pdu/format.js';
import { PDU_TYPE } from './pdu/header.js';
import { decodeCheckedPdu, encodePdu } from './pdu/pdu.js';

/** The longest key that a Router Key PDU holds (8210bis §5.1, §5.11). */
const MAX_SPKI_LENGTH = MAX_PDU_LENGTH - 32;

/** Router keys in RTR. */
export type RouterKeyTypes = RtrTypes<RouterKey, RouterKeyMap<RouterKey>, KeyedChanges<RouterKey>>;

/** A key is a handful of objects, which cost more than their octets when these are few (D-rtr-payload-units). */
const unitsOfKey = (spkiLength: number): number => 16 + Math.ceil(spkiLength / 12);

/** Router keys: Router Key PDUs (8210bis §5.11). */
export const ROUTER_KEY_KIND = keyedKind<RouterKey>({
  what: 'router key',
  since: 1,
  pduType: PDU_TYPE.routerKey,
  newMap: createRouterKeyMap,
  check({ ski, spki }) {
    if (ski.length === SKI_LENGTH && spki.length > 0 && spki.length <= MAX_SPKI_LENGTH) return;
    throw new RangeError(`a router key with an SKI of ${ski.length} and a key of ${spki.length} octets`);
  },
  compare: compareOnWire,
  units: ({ spki }) => unitsOfKey(spki.length),
  unitsOfPdu: (length) => unitsOfKey(length - 32),
  encode: (announce, key, { version }) => encodePdu({ type: 'router-key', announce, key }, version),
  decode(header, octets, start, options) {
    const pdu = decodeCheckedPdu(header, octets, start, options);
    if (pdu.type !== 'router-key') throw new TypeError(`a ${pdu.type} PDU is no router key`);
    return { announce: pdu.announce, value: pdu.key };
  },
});

/** 8210bis §11.2.2: by SKI, SPKI length, SPKI, then ASN, all ascending. */
function compareOnWire(a: RouterKey, b: RouterKey): number {
  return (
    compareOctets(a.ski, b.ski) ||
    a.spki.length - b.spki.length ||
    compareOctets(a.spki, b.spki) ||
    a.asn - b.asn
  );
}
