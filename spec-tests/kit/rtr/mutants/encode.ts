import { toHex } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import type { Parts } from './parts.js';
import { type Dialect, NUMBER, type Pdu } from './pdu.js';

const u16 = (value: number): string => value.toString(16).padStart(4, '0');
const u32 = (value: number): string => value.toString(16).padStart(8, '0');
const u8 = (value: number): string => value.toString(16).padStart(2, '0');

/** The octets of a PDU, in hexadecimal; `undefined` for one that must not be sent. */
export function encodePdu(parts: Parts, pdu: Pdu, version: number, dialect: Dialect): string | undefined {
  const type = NUMBER[pdu.type];
  if ((type === 9 && version === 0) || (type === 11 && version < 2)) return undefined;
  const frame = (x: number, body: string): string => {
    return u8(version) + u8(type) + u16(x) + u32(8 + body.length / 2) + body;
  };
  const flags = (announce: boolean): number => (parts.flagsOf(0x0100) === 1 ? 0x0100 : 1) * Number(announce);
  switch (pdu.type) {
    case 'serial-notify':
    case 'serial-query':
      return frame(pdu.sessionId, u32(pdu.serial));
    case 'reset-query':
    case 'cache-reset':
      return frame(0, '');
    case 'cache-response':
      return frame(pdu.sessionId, '');
    case 'ipv4-prefix':
    case 'ipv6-prefix': {
      const { octets, length } = parsePrefix(pdu.prefix);
      if ((octets.length === 4) !== (type === 4)) return undefined;
      if (!parts.lengthsFit(length, pdu.maxLength, 8 * octets.length)) return undefined;
      const head = u8(Number(pdu.announce)) + u8(length) + u8(pdu.maxLength);
      return frame(0, `${head}00${toHex(octets)}${u32(pdu.asn)}`);
    }
    case 'end-of-data': {
      const { refresh, retry, expire } = pdu;
      if (version === 0) return frame(pdu.sessionId, u32(pdu.serial));
      if (refresh === undefined || retry === undefined || expire === undefined) return undefined;
      return frame(pdu.sessionId, u32(pdu.serial) + u32(refresh) + u32(retry) + u32(expire));
    }
    case 'router-key':
      if (pdu.ski.length !== 40 || pdu.spki === '' || pdu.asn === 0) return undefined;
      return frame(flags(pdu.announce), pdu.ski + u32(pdu.asn) + pdu.spki);
    case 'error-report': {
      const text = toHex(new TextEncoder().encode(pdu.text));
      const enclosed = u32(pdu.erroneousPdu.length / 2) + pdu.erroneousPdu;
      return frame(pdu.errorCode, enclosed + u32(text.length / 2) + text);
    }
    case 'aspa': {
      const list = pdu.providers.map(u32).join('');
      if (dialect === '8210bis-10') {
        const head = u8(Number(pdu.announce)) + u8((pdu.afi ?? 1) - 1) + u16(pdu.providers.length);
        return frame(0, head + u32(pdu.customer) + list);
      }
      try {
        parts.checkAspa(pdu.announce, pdu);
      } catch {
        return undefined;
      }
      return frame(flags(pdu.announce), u32(pdu.customer) + list);
    }
  }
}

/** As {@link encodePdu}, without asking whether the PDU may be sent. */
export function writeAspa(parts: Parts, announce: boolean, customer: number, providers: readonly number[]) {
  const unjudged: Parts = { ...parts, checkAspa: () => {} };
  return encodePdu(unjudged, { type: 'aspa', announce, customer, providers }, 2, 'current') ?? '';
}
