import {
  type Members,
  member,
  optional,
  readFlag,
  readList,
  readNumber,
  readOctets,
} from 'pathsec/questions';
import type { Fields, Request } from '../../../../src/conformance/vector.js';
import { UNSUPPORTED } from '../../mutant.js';
import { readText } from '../../read.js';
import { respond } from './cache.js';
import { decodePdu, headerOf, judgeHeader } from './decode.js';
import { encodePdu } from './encode.js';
import type { Parts } from './parts.js';
import { type Dialect, Fault } from './pdu.js';
import { readDialect, readPayloads, readPdu, readStep, readTiming } from './request.js';
import { receive } from './router.js';

const numberOr = (request: Members, name: string, fallback: number): number =>
  optional(member(request, name), readNumber, fallback);

const OPERATIONS: Readonly<Record<string, (parts: Parts, request: Members) => Fields>> = {
  'decode-pdu': (parts, request) =>
    decode(
      parts,
      readOctets(member(request, 'octets')),
      readNumber(member(request, 'version')),
      readDialect(request),
    ),
  'encode-pdu'(parts, request) {
    const version = readNumber(member(request, 'version'));
    const octets = encodePdu(parts, readPdu(member(request, 'pdu')), version, readDialect(request));
    return octets === undefined ? { outcome: 'refused' } : { outcome: 'ok', octets };
  },
  receive: (parts, request) =>
    receive(parts, {
      version: numberOr(request, 'version', 2),
      lowestVersion: numberOr(request, 'lowestVersion', 0),
      dialect: readDialect(request),
      steps: readList(member(request, 'steps'), readStep),
    }),
  respond: (parts, request) =>
    respond(parts, {
      highestVersion: numberOr(request, 'highestVersion', 2),
      lowestVersion: numberOr(request, 'lowestVersion', 0),
      sessionId: readNumber(member(request, 'sessionId')),
      serial: readNumber(member(request, 'serial')),
      timing: optional(member(request, 'timing'), readTiming, { refresh: 3600, retry: 600, expire: 7200 }),
      states: readList(member(request, 'states'), readPayloads),
      known: optional(member(request, 'known'), readFlag, true),
      queries: readList(member(request, 'queries'), readText),
    }),
};

/** What an implementation of these parts answers to a request of the suite `rtr`. */
export function answerWith(parts: Parts, request: Request): Fields {
  return OPERATIONS[request.op]?.(parts, request) ?? UNSUPPORTED;
}

function decode(parts: Parts, octets: Uint8Array, version: number, dialect: Dialect): Fields {
  try {
    if (octets.length < 8) throw new Fault(0);
    const header = headerOf(octets);
    if (!parts.versionFits(version, header.version)) throw new Fault(8);
    judgeHeader(parts, header, version, dialect);
    if (header.length !== octets.length) throw new Fault(0);
    return { outcome: 'ok', pdu: decodePdu(parts, octets, dialect) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { outcome: 'error', errorCode: error.errorCode };
  }
}
