import type { Reader, Writer } from '../../bytes/index.js';
import type { RouterKey } from '../../payload/index.js';
import { ERROR_CODE } from './error-code.js';
import { PDU_TYPE, writeHeader } from './header.js';
import { RtrError } from './rtr-error.js';

/** Router Key (8210bis §5.11; version 1 on): announces or withdraws one key of one AS. */
export interface RouterKeyPdu {
  readonly type: 'router-key';
  readonly announce: boolean;
  readonly key: RouterKey;
}

/** Writes the whole PDU. Throws `RangeError` for an SKI that has not 20 octets, or an empty key. */
export function encodeRouterKey(writer: Writer, version: number, pdu: RouterKeyPdu): void {
  const { ski, asn, spki } = pdu.key;
  if (ski.length !== 20) throw new RangeError(`an SKI has 20 octets, not ${ski.length}`);
  if (spki.length === 0) throw new RangeError('a router key has a SubjectPublicKeyInfo');
  writeHeader(writer, version, PDU_TYPE.routerKey, pdu.announce ? 0x0100 : 0, 32 + spki.length);
  writer.bytes(ski).u32(asn, 'asn').bytes(spki);
}

/**
 * Reads the body that follows a checked header. The key is not parsed: this protocol transports it, and whoever uses
 * it judges it.
 *
 * @throws {RtrError} error 0: `rtr-router-key-as` for AS 0, of which no router is (docs/decisions/rtr.md
 * D-rtr-router-key-zero).
 */
export function decodeRouterKey(x: number, body: Reader): RouterKeyPdu {
  const ski = body.bytes(20, 'ski').slice();
  const asn = body.u32('asn');
  if (asn === 0) {
    throw new RtrError(ERROR_CODE.corruptData, 'rtr-router-key-as', 'AS 0 has no routers', { field: 'asn' });
  }
  const spki = body.bytes(body.remaining, 'spki').slice();
  return { type: 'router-key', announce: (x & 0x0100) !== 0, key: { asn, ski, spki } };
}
