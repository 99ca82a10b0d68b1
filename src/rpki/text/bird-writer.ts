import { AFI_IPV4, type Afi, formatPrefix } from '../../inet/index.js';
import type { AspaPayload, KindStore, PayloadSet, PayloadTypes, Vrp } from '../../payload/index.js';
import { UNSAID } from '../said.js';
import { type TextKinds, textPieces } from './text-kind.js';

/**
 * Tables and static protocols for a BIRD 2.16 configuration, ordered: `ROAS4`, `ROAS6`, and `ASPAS` where there are any,
 * since older releases refuse the statement. Router keys have no place there. NON-SPEC: a dialect of BIRD.
 */
export function writeBird(payloads: PayloadSet): string {
  return [...birdPieces(payloads)].join('');
}

/** NON-SPEC: the text of {@link writeBird} line by line. */
export function birdPieces(payloads: PayloadSet): IterableIterator<string> {
  return textPieces(BIRD_KINDS, payloads);
}

/** How BIRD says each kind of payload. */
export const BIRD_KINDS: TextKinds<PayloadTypes> = {
  vrps: { lines: vrpLines },
  routerKeys: UNSAID,
  aspas: { lines: aspaLines },
  prefixLists: UNSAID,
  asras: UNSAID,
};

function* vrpLines(vrps: KindStore<Vrp, never>): IterableIterator<string> {
  yield tableStart('4');
  let family: Afi = AFI_IPV4;
  for (const { prefix, maxLength, asn } of vrps.sorted()) {
    // IPv4 comes first.
    if (prefix.afi !== family) yield `}\n\n${tableStart('6')}`;
    family = prefix.afi;
    yield `\troute ${formatPrefix(prefix)} max ${maxLength} as ${asn};\n`;
  }
  if (family === AFI_IPV4) yield `}\n\n${tableStart('6')}`;
  yield '}\n';
}

function* aspaLines(aspas: KindStore<AspaPayload, never>): IterableIterator<string> {
  if (aspas.size === 0) return;
  yield '\naspa table ASPAS;\n\nprotocol static {\n\taspa { table ASPAS; };\n';
  for (const { customer, providers } of aspas.sorted()) {
    yield `\troute aspa ${customer} providers ${providers.join(', ')};\n`;
  }
  yield '}\n';
}

function tableStart(digit: '4' | '6'): string {
  return `roa${digit} table ROAS${digit};\n\nprotocol static {\n\troa${digit} { table ROAS${digit}; };\n`;
}
