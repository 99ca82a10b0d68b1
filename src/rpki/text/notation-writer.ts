import type { PayloadSet, PayloadTypes } from '../../payload/index.js';
import { UNSAID } from '../said.js';
import { formatAspaNotation, formatVrpNotation } from './notation.js';
import { type TextKinds, textPieces } from './text-kind.js';

/** VRPs in the notation of draft-ietf-sidrops-vrp-notation §3, ordered, one a line. ASPAs and router keys have no place in it. */
export function writeVrpNotation(payloads: PayloadSet): string {
  return [...vrpNotationPieces(payloads)].join('');
}

/** NON-SPEC: the text of {@link writeVrpNotation} line by line. */
export function vrpNotationPieces(payloads: PayloadSet): IterableIterator<string> {
  return textPieces(VRP_NOTATION_KINDS, payloads);
}

/** ASPAs in the notation of draft-ietf-sidrops-aspa-notation §3, ordered, one a line. VRPs and router keys have no place in it. */
export function writeAspaNotation(payloads: PayloadSet): string {
  return [...aspaNotationPieces(payloads)].join('');
}

/** NON-SPEC: the text of {@link writeAspaNotation} line by line. */
export function aspaNotationPieces(payloads: PayloadSet): IterableIterator<string> {
  return textPieces(ASPA_NOTATION_KINDS, payloads);
}

/** What the notation of VRPs says of each kind of payload. */
export const VRP_NOTATION_KINDS: TextKinds<PayloadTypes> = {
  vrps: { lines: (vrps) => linesWith(vrps.sorted(), formatVrpNotation) },
  routerKeys: UNSAID,
  aspas: UNSAID,
  prefixLists: UNSAID,
  asras: UNSAID,
};

/** What the notation of ASPAs says of each kind of payload. */
export const ASPA_NOTATION_KINDS: TextKinds<PayloadTypes> = {
  vrps: UNSAID,
  routerKeys: UNSAID,
  aspas: { lines: (aspas) => linesWith(aspas.sorted(), formatAspaNotation) },
  prefixLists: UNSAID,
  asras: UNSAID,
};

function* linesWith<V>(values: Iterable<V>, format: (value: V) => string): IterableIterator<string> {
  for (const value of values) yield `${format(value)}\n`;
}
