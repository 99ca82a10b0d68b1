import type { Reader, Writer } from '../../bytes/index.js';
import type { Asn } from '../../inet/index.js';
import { ERROR_CODE } from './error-code.js';
import type { RtrFaultCode } from './fault-codes.js';
import { MAX_PDU_LENGTH } from './format.js';
import { PDU_TYPE, writeHeader } from './header.js';
import { RtrError } from './rtr-error.js';

/** ASPA (8210bis §5.12; version 2): the providers of one customer, or the removal of its record. */
export interface AspaPdu {
  readonly type: 'aspa';
  readonly announce: boolean;
  readonly customer: Asn;
  /** Strictly ascending; empty in a withdrawal; 0 only alone. */
  readonly providers: readonly Asn[];
}

/** The largest provider list that one PDU of 65,535 octets holds. */
export const MAX_ASPA_PROVIDERS = Math.floor((MAX_PDU_LENGTH - 12) / 4);

/** Writes the whole PDU as given, even a wrong one: what a cache may send is for {@link aspaFault} to say. */
export function encodeAspa(writer: Writer, version: number, pdu: AspaPdu): void {
  writeHeader(writer, version, PDU_TYPE.aspa, pdu.announce ? 0x0100 : 0, 12 + 4 * pdu.providers.length);
  writer.u32(pdu.customer, 'customer');
  for (const provider of pdu.providers) writer.u32(provider, 'provider');
}

/**
 * Reads the body that follows a checked header, and judges it.
 *
 * @param zero what becomes of 0 among other providers: `error` as §5.12 demands, or `drop` for the caches that follow
 * an earlier draft and send it.
 * @throws {RtrError} as {@link aspaFault} finds; `rtr-aspa-old-layout` (error 9) for what reads as the layout of
 * 8210bis-10.
 */
export function decodeAspa(x: number, body: Reader, zero: 'error' | 'drop' = 'error'): AspaPdu {
  const announce = (x & 0x0100) !== 0;
  if (!announce && looksLikeOldLayout(body)) {
    throw new RtrError(
      ERROR_CODE.aspaProviderListError,
      'rtr-aspa-old-layout',
      'the ASPA PDU has the layout of 8210bis-10 to -13, this session speaks that of -14 and later',
      { field: 'providers' },
    );
  }
  const customer = body.u32('customer');
  let providers = Array.from({ length: body.remaining >> 2 }, () => body.u32('provider'));
  if (zero === 'drop' && announce && providers.length > 1) providers = providers.filter((asn) => asn !== 0);
  const pdu: AspaPdu = { type: 'aspa', announce, customer, providers };
  const fault = aspaFault(pdu);
  if (fault) throw fault;
  return pdu;
}

/** What 8210bis §5.12 forbids in an ASPA PDU; undefined when nothing is wrong. */
export function aspaFault(pdu: AspaPdu): RtrError | undefined {
  const list = (code: RtrFaultCode, message: string): RtrError =>
    new RtrError(ERROR_CODE.aspaProviderListError, code, message, { field: 'providers' });
  const { customer, providers } = pdu;
  // The text has no rule for customer 0: docs/decisions/rtr.md D-rtr-aspa-customer-zero.
  if (customer === 0) {
    return new RtrError(ERROR_CODE.corruptData, 'rtr-aspa-customer', 'AS 0 cannot be a customer', {
      field: 'customer',
    });
  }
  if (!pdu.announce) {
    // docs/decisions/rtr.md D-rtr-aspa-withdrawal-providers.
    return providers.length > 0 ? list('rtr-aspa-withdrawal', 'a withdrawal lists no providers') : undefined;
  }
  if (providers.length === 0) return list('rtr-aspa-empty', 'an announcement lists at least one provider');
  if (providers.length > 1 && providers.includes(0)) {
    return list('rtr-aspa-zero', 'AS 0 stands among other providers');
  }
  for (let i = 1; i < providers.length; i++) {
    if ((providers[i - 1] as number) >= (providers[i] as number)) {
      return list('rtr-aspa-order', `provider ${i + 1} is not above the one before it`);
    }
  }
  return undefined;
}

/** Whether a withdrawal reads as the older layout: flags 0 or 1, AFI 0 or 1, and a count that fills the PDU. */
function looksLikeOldLayout(body: Reader): boolean {
  const { octets, offset, remaining } = body;
  if (remaining < 8) return false;
  const flags = octets[offset] as number;
  const afi = octets[offset + 1] as number;
  const count = ((octets[offset + 2] as number) << 8) | (octets[offset + 3] as number);
  return flags <= 1 && afi <= 1 && 8 + 4 * count === remaining;
}
