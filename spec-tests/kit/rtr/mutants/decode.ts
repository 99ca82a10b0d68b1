import { toHex } from 'pathsec/bytes';
import { formatAddress } from 'pathsec/inet';
import type { Parts } from './parts.js';
import { type Dialect, Fault, type Pdu } from './pdu.js';

export interface Header {
  readonly version: number;
  readonly type: number;
  readonly length: number;
}

/** Version, type and length of what begins with eight octets. */
export function headerOf(octets: Uint8Array): Header {
  const view = viewOf(octets);
  return { version: view.getUint8(0), type: view.getUint8(1), length: view.getUint32(4) };
}

/** Error 5 for a type that the version lacks, error 0 for a length that the type cannot have. */
export function judgeHeader(parts: Parts, { type, length }: Header, version: number, dialect: Dialect): void {
  const known = type <= 8 ? type !== 5 : type === 10 || (type === 9 && version >= 1);
  if (!known && !(type === 11 && version === 2)) throw new Fault(5);
  if (!parts.pduLengthFits(type, length, version)) throw new Fault(0);
  if (type === 11 && dialect === '8210bis-10' && length < 16) throw new Fault(0);
}

/** One whole PDU with a header that is judged already; where a mutant reads beyond its end, that is error 0. */
export function decodePdu(parts: Parts, octets: Uint8Array, dialect: Dialect): Pdu {
  try {
    return readPdu(parts, octets, dialect);
  } catch (error) {
    throw error instanceof RangeError ? new Fault(0) : error;
  }
}

function readPdu(parts: Parts, octets: Uint8Array, dialect: Dialect): Pdu {
  const view = viewOf(octets);
  const x = view.getUint16(2);
  switch (view.getUint8(1)) {
    case 0:
      return { type: 'serial-notify', sessionId: x, serial: view.getUint32(8) };
    case 1:
      return { type: 'serial-query', sessionId: x, serial: view.getUint32(8) };
    case 2:
      parts.checkZero(x);
      return { type: 'reset-query' };
    case 3:
      return { type: 'cache-response', sessionId: x };
    case 4:
      return prefixPdu(parts, view, x, 4);
    case 6:
      return prefixPdu(parts, view, x, 16);
    case 7: {
      const head = { type: 'end-of-data', sessionId: x, serial: view.getUint32(8) } as const;
      if (octets.length === 12) return head;
      return { ...head, refresh: view.getUint32(12), retry: view.getUint32(16), expire: view.getUint32(20) };
    }
    case 8:
      parts.checkZero(x);
      return { type: 'cache-reset' };
    case 9: {
      const announce = parts.announces(parts.flagsOf(x));
      const asn = parts.asn(view, 28);
      if (asn === 0) throw new Fault(0);
      const [ski, spki] = [toHex(octets.subarray(8, 28)), toHex(octets.subarray(32))];
      return { type: 'router-key', announce, asn, ski, spki };
    }
    case 10:
      return errorReport(octets, view, x);
    default:
      return parts.aspaLayout(octets, dialect) === 'current' ? aspa(parts, view, x) : oldAspa(parts, view);
  }
}

function prefixPdu(parts: Parts, view: DataView, x: number, octets: 4 | 16): Pdu {
  parts.checkZero(x);
  parts.checkZero(view.getUint8(11));
  const length = view.getUint8(9);
  const maxLength = view.getUint8(10);
  if (!parts.lengthsFit(length, maxLength, 8 * octets)) throw new Fault(0);
  const address = new Uint8Array(view.buffer, view.byteOffset + 12, octets);
  if (!parts.passesHostBits(view.getUint8(0)) && hasHostBits(address, length)) throw new Fault(0);
  return {
    type: octets === 4 ? 'ipv4-prefix' : 'ipv6-prefix',
    announce: parts.announces(view.getUint8(8)),
    prefix: `${formatAddress(parts.address(address, length))}/${length}`,
    maxLength,
    asn: parts.asn(view, 12 + octets),
  };
}

function hasHostBits(address: Uint8Array, length: number): boolean {
  return [...address].some((octet, i) => (octet << Math.min(8, Math.max(0, length - 8 * i))) % 256 !== 0);
}

function errorReport(octets: Uint8Array, view: DataView, errorCode: number): Pdu {
  const enclosed = view.getUint32(8);
  if (enclosed > octets.length - 16) throw new Fault(0);
  if (view.getUint32(12 + enclosed) !== octets.length - 16 - enclosed) throw new Fault(0);
  return {
    type: 'error-report',
    errorCode,
    erroneousPdu: toHex(octets.subarray(12, 12 + enclosed)),
    text: new TextDecoder().decode(octets.subarray(16 + enclosed)),
  };
}

function aspa(parts: Parts, view: DataView, x: number): Pdu {
  const announce = parts.announces(parts.flagsOf(x));
  const providers = Array.from({ length: (view.byteLength - 12) >> 2 }, (_, i) =>
    parts.asn(view, 12 + 4 * i),
  );
  const record = { customer: parts.asn(view, 8), providers };
  parts.checkAspa(announce, record);
  return { type: 'aspa', announce, ...record };
}

/** The layout of 8210bis-10: flags, address family and count stand where the customer stands today. */
function oldAspa(parts: Parts, view: DataView): Pdu {
  const announce = parts.announces(view.getUint8(8));
  const count = view.getUint16(10);
  const customer = parts.asn(view, 12);
  if (16 + 4 * count !== view.byteLength || customer === 0) throw new Fault(0);
  if (announce && count === 0) throw new Fault(9);
  const providers = Array.from({ length: count }, (_, i) => parts.asn(view, 16 + 4 * i));
  return { type: 'aspa', announce, afi: (view.getUint8(9) & 1) + 1, customer, providers };
}

function viewOf(octets: Uint8Array): DataView {
  return new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
}
