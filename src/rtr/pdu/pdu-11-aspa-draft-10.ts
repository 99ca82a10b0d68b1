import type { Reader, Writer } from '../../bytes/index.js';
import { AFI_IPV4, AFI_IPV6, type Afi, type Asn } from '../../inet/index.js';
import { ERROR_CODE } from './error-code.js';
import { PDU_TYPE, writeHeader } from './header.js';
import { RtrError } from './rtr-error.js';

/** ASPA in the layout of 8210bis-10 to -13: one PDU per customer and address family. */
export interface AspaDraft10Pdu {
  readonly type: 'aspa-8210bis-10';
  readonly announce: boolean;
  readonly afi: Afi;
  readonly customer: Asn;
  /** As sent; that layout demanded no order. */
  readonly providers: readonly Asn[];
}

/** Writes the whole PDU: zero, length, flags, AFI flags (0 IPv4, 1 IPv6), count, customer, providers. */
export function encodeAspaDraft10(writer: Writer, version: number, pdu: AspaDraft10Pdu): void {
  writeHeader(writer, version, PDU_TYPE.aspa, 0, 16 + 4 * pdu.providers.length);
  writer.u8(pdu.announce ? 1 : 0, 'flags').u8(pdu.afi === AFI_IPV6 ? 1 : 0, 'afi');
  writer.u16(pdu.providers.length, 'provider-count').u32(pdu.customer, 'customer');
  for (const provider of pdu.providers) writer.u32(provider, 'provider');
}

/**
 * Reads the body that follows a checked header. Withdrawals may list providers in this layout.
 *
 * @throws {RtrError} error 0: `rtr-aspa-count`, `rtr-aspa-customer`; error 9: `rtr-aspa-empty`.
 */
export function decodeAspaDraft10(body: Reader): AspaDraft10Pdu {
  const announce = (body.u8('flags') & 1) === 1;
  const afi = (body.u8('afi') & 1) === 1 ? AFI_IPV6 : AFI_IPV4;
  const count = body.u16('provider-count');
  const customer = body.u32('customer');
  if (4 * count !== body.remaining) {
    throw new RtrError(ERROR_CODE.corruptData, 'rtr-aspa-count', `${count} providers do not fill the PDU`, {
      field: 'provider-count',
    });
  }
  if (customer === 0) {
    throw new RtrError(ERROR_CODE.corruptData, 'rtr-aspa-customer', 'AS 0 cannot be a customer', {
      field: 'customer',
    });
  }
  if (announce && count === 0) {
    throw new RtrError(
      ERROR_CODE.aspaProviderListError,
      'rtr-aspa-empty',
      'an announcement lists providers',
      {
        field: 'provider-count',
      },
    );
  }
  const providers = Array.from({ length: count }, () => body.u32('provider'));
  return { type: 'aspa-8210bis-10', announce, afi, customer, providers };
}
