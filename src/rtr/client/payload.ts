import type { PayloadStore } from '../payload-store.js';
import { ERROR_CODE } from '../pdu/error-code.js';
import { PDU_TYPE, type RtrHeader } from '../pdu/header.js';
import { decodeCheckedPdu } from '../pdu/pdu.js';
import { RtrError } from '../pdu/rtr-error.js';
import { IPV4_WORDS, IPV6_WORDS, recordOfIpv4Pdu, recordOfIpv6Pdu } from '../vrp-record.js';
import type { ClientState } from './state.js';
import { takeAspa, takeRouterKey, takeVrp } from './transaction.js';

/** Whether the PDU type carries payload (8210bis-26 §2). */
export function isPayloadType(type: number): boolean {
  return (
    type === PDU_TYPE.ipv4Prefix ||
    type === PDU_TYPE.ipv6Prefix ||
    type === PDU_TYPE.routerKey ||
    type === PDU_TYPE.aspa
  );
}

/**
 * Units of `maxPayloads` by what is kept in memory, a VRP being one (docs/decisions/rtr.md D-rtr-payload-units): a key
 * or an ASPA is a handful of objects, which cost more than their octets when these are few.
 */
const unitsOfKey = (spkiLength: number): number => 16 + Math.ceil(spkiLength / 12);
const unitsOfAspa = (providers: number): number => 3 + Math.ceil(providers / 4);

/** The units of a payload PDU of `type` with `length` octets. */
function unitsOfPdu(type: number, length: number): number {
  if (type === PDU_TYPE.routerKey) return unitsOfKey(length - 32);
  return type === PDU_TYPE.aspa ? unitsOfAspa((length - 12) / 4) : 1;
}

/** The units that a store counts for. */
export function unitsOf(store: PayloadStore): number {
  let units = store.vrps.ipv4.size + store.vrps.ipv6.size;
  for (const { spki } of store.keys.values()) units += unitsOfKey(spki.length);
  for (const { providers } of store.aspas.values()) units += unitsOfAspa(providers?.length ?? 0);
  return units;
}

/** Takes one payload PDU into the transaction. `scratch` has room for six words. Throws `RtrError`. */
export function receivePayload(
  state: ClientState,
  header: RtrHeader,
  octets: Uint8Array,
  start: number,
  scratch: Uint32Array,
): void {
  const { transaction, orderCheck, options } = state;
  const { type } = header;
  if (state.expect !== 'data') {
    throw new RtrError(ERROR_CODE.corruptData, 'rtr-out-of-place', `PDU type ${type} outside a response`);
  }
  if (!transaction) return; // a change of data that has expired
  transaction.units += unitsOfPdu(type, header.length);
  if (transaction.units + state.baseUnits > options.limits.maxPayloads) {
    throw new RtrError(
      ERROR_CODE.internalError,
      'rtr-too-many-payloads',
      `more than ${options.limits.maxPayloads} payloads`,
    );
  }
  if (type === PDU_TYPE.ipv4Prefix) {
    const announce = recordOfIpv4Pdu(octets, start, scratch);
    takeVrp(transaction, 'ipv4', announce, scratch);
    orderCheck?.prefix(type, announce, scratch, IPV4_WORDS);
  } else if (type === PDU_TYPE.ipv6Prefix) {
    const announce = recordOfIpv6Pdu(octets, start, scratch);
    takeVrp(transaction, 'ipv6', announce, scratch);
    orderCheck?.prefix(type, announce, scratch, IPV6_WORDS);
  } else {
    receiveOther(state, header, octets, start);
  }
  if (options.order === 'error' && orderCheck && orderCheck.violations > 0) {
    throw new RtrError(ERROR_CODE.orderingError, 'rtr-order', 'payload PDU out of order');
  }
}

/** Router keys and ASPAs: few enough to be decoded into objects. */
function receiveOther(state: ClientState, header: RtrHeader, octets: Uint8Array, start: number): void {
  const { transaction, orderCheck, options } = state;
  const { aspaLayout, zeroProvider, limits } = options;
  const pdu = decodeCheckedPdu(header, octets, start, { aspaLayout, zeroProvider });
  const { type } = header;
  if (!transaction) return;
  if (pdu.type === 'router-key') {
    takeRouterKey(transaction, pdu.announce, pdu.key);
    orderCheck?.routerKey(type, pdu.announce, pdu.key);
  } else if (pdu.type === 'aspa' || pdu.type === 'aspa-8210bis-10') {
    const { customer, announce } = pdu;
    // A list beyond the limit is remembered without its content, so that its withdrawal is no error.
    const providers = pdu.providers.length > limits.maxProviders ? undefined : pdu.providers;
    const record = pdu.type === 'aspa' ? { customer, providers } : { customer, providers, limit: pdu.afi };
    takeAspa(transaction, announce, record);
    orderCheck?.aspa(type, announce, customer);
  }
}
