import type { ClientState } from './client-state.js';
import { ERROR_CODE } from './error-code.js';
import { PDU_TYPE } from './header.js';
import type { PayloadStore } from './payload-store.js';
import { decodePdu } from './pdu.js';
import { RtrError } from './rtr-error.js';
import { takeAspa, takeRouterKey, takeVrp } from './transaction.js';
import { IPV4_WORDS, IPV6_WORDS, recordOfIpv4Pdu, recordOfIpv6Pdu } from './vrp-record.js';

/** Whether the PDU type carries payload (8210bis-26 §2). */
export function isPayloadType(type: number): boolean {
  return (
    type === PDU_TYPE.ipv4Prefix ||
    type === PDU_TYPE.ipv6Prefix ||
    type === PDU_TYPE.routerKey ||
    type === PDU_TYPE.aspa
  );
}

/** Octets of PDU that one unit of `maxPayloads` stands for (docs/decisions.md D-rtr-payload-units). */
const UNIT = 32;

/** The units that a store counts for. */
export function unitsOf(store: PayloadStore): number {
  let units = store.vrps.ipv4.size + store.vrps.ipv6.size;
  for (const key of store.keys.values()) units += Math.ceil((UNIT + key.spki.length) / UNIT);
  for (const { providers } of store.aspas.values()) {
    units += Math.ceil((12 + 4 * (providers?.length ?? 0)) / UNIT);
  }
  return units;
}

/** Takes one payload PDU into the transaction. `scratch` has room for six words. Throws `RtrError`. */
export function receivePayload(
  state: ClientState,
  octets: Uint8Array,
  start: number,
  end: number,
  scratch: Uint32Array,
): void {
  const { transaction, orderCheck, options } = state;
  const type = octets[start + 1] as number;
  if (state.expect !== 'data') {
    throw new RtrError(ERROR_CODE.corruptData, 'rtr-out-of-place', `PDU type ${type} outside a response`);
  }
  if (!transaction) return; // a change of data that has expired
  transaction.units += Math.ceil((end - start) / UNIT);
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
    receiveOther(state, octets.subarray(start, end), type);
  }
  if (options.order === 'error' && orderCheck && orderCheck.violations > 0) {
    throw new RtrError(ERROR_CODE.orderingError, 'rtr-order', 'payload PDU out of order');
  }
}

/** Router keys and ASPAs: few enough to be decoded into objects. */
function receiveOther(state: ClientState, octets: Uint8Array, type: number): void {
  const { transaction, orderCheck, options } = state;
  const { aspaLayout, zeroProvider, limits } = options;
  const { pdu } = decodePdu(octets, { aspaLayout, zeroProvider });
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
