import { DecodeError, toHex } from '../bytes/index.js';
import { member, readOctets } from '../questions/index.js';
import { decodePdu, ERROR_CODE, encodePdu, RtrError } from '../rtr/index.js';
import { answerReceive } from './answer-rtr-receive.js';
import { answerRespond, RESPOND_MEMBERS } from './answer-rtr-respond.js';
import { type Answer, answerBy, type Operation } from './request.js';
import { pduFields, readDialect, readPdu, readVersion } from './rtr-pdu-fields.js';
import type { Request } from './vector.js';

const OPERATIONS: Readonly<Record<string, Operation<[], Answer>>> = {
  'decode-pdu': { members: ['octets', 'version', 'dialect'], answer: answerDecode },
  'encode-pdu': { members: ['pdu', 'version', 'dialect'], answer: answerEncode },
  receive: { members: ['version', 'lowestVersion', 'dialect', 'steps'], answer: answerReceive },
  respond: { members: RESPOND_MEMBERS, answer: answerRespond },
};

/**
 * Answers a request of the suite `rtr`: `decode-pdu` and `encode-pdu` (RFC 6810, RFC 8210, 8210bis §5), `receive` as
 * a router and `respond` as a cache.
 *
 * @throws {RequestError} for a malformed request.
 */
export function answerRtr(request: Request): Answer {
  return answerBy(OPERATIONS, request);
}

/** One whole PDU in a session whose version is agreed upon. */
function answerDecode(request: Request): Answer {
  const octets = readOctets(member(request, 'octets'));
  const negotiated = readVersion(member(request, 'version'));
  const aspaLayout = readDialect(request);
  try {
    const { version, pdu } = decodePdu(octets, { aspaLayout });
    if (version !== negotiated) return refusal(ERROR_CODE.unexpectedProtocolVersion, 'rtr-version');
    return { outcome: 'ok', pdu: pduFields(pdu) };
  } catch (error) {
    if (!(error instanceof RtrError)) throw error;
    // In a session of an agreed version every other one is unexpected, also one that does not exist (§7).
    const otherVersion = octets.length >= 8 && octets[0] !== negotiated;
    return refusal(otherVersion ? ERROR_CODE.unexpectedProtocolVersion : error.errorCode, error.code);
  }
}

function refusal(errorCode: number, reason: string): Answer {
  return { outcome: 'error', errorCode, reason };
}

/** The octets of a PDU, or `refused` for one that the version lacks or that no conforming party may send. */
function answerEncode(request: Request): Answer {
  const version = readVersion(member(request, 'version'));
  const aspaLayout = readDialect(request);
  const pdu = readPdu(member(request, 'pdu'), aspaLayout);
  let octets: Uint8Array;
  try {
    octets = encodePdu(pdu, version);
    // The encoder writes what it is given, so that faults can be shown; the decoder says what may be sent.
    decodePdu(octets, { aspaLayout });
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError || error instanceof DecodeError) {
      return { outcome: 'refused', reason: error.message };
    }
    throw error;
  }
  return { outcome: 'ok', octets: toHex(octets) };
}
