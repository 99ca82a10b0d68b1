import { fromHex } from 'pathsec/bytes';
import { type RespondInput, respond } from './cache.js';
import { decodePdu, headerOf, judgeHeader } from './decode.js';
import { encodePdu } from './encode.js';
import type { Parts } from './parts.js';
import { type Dialect, Fault, type Pdu } from './pdu.js';
import { receive, type Step } from './router.js';

/** The requests of suite `rtr` that the small implementation knows. */
export type RtrRequest =
  | {
      readonly op: 'decode-pdu';
      readonly octets: string;
      readonly version: number;
      readonly dialect?: Dialect;
    }
  | { readonly op: 'encode-pdu'; readonly pdu: Pdu; readonly version: number; readonly dialect?: Dialect }
  | {
      readonly op: 'receive';
      readonly version?: number;
      readonly lowestVersion?: number;
      readonly dialect?: Dialect;
      readonly steps: readonly Step[];
    }
  | ({ readonly op: 'respond' } & RespondInput);

/** What an implementation of these parts answers. */
export function answer(parts: Parts, request: RtrRequest): object {
  switch (request.op) {
    case 'decode-pdu':
      return decode(parts, fromHex(request.octets), request.version, request.dialect ?? 'current');
    case 'encode-pdu': {
      const octets = encodePdu(parts, request.pdu, request.version, request.dialect ?? 'current');
      return octets === undefined ? { outcome: 'refused' } : { outcome: 'ok', octets };
    }
    case 'receive':
      return receive(parts, request);
    case 'respond':
      return respond(parts, request);
  }
}

function decode(parts: Parts, octets: Uint8Array, version: number, dialect: Dialect): object {
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
