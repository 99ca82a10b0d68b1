import { AS_TRANS, formatPrefix } from '../../inet/index.js';
import type { AspaPayload, KindStore, PayloadSet, PayloadTypes, Vrp } from '../../payload/index.js';
import { UNSAID } from '../said.js';
import { type TextKinds, textPieces } from './text-kind.js';

/**
 * A `roa-set` for an OpenBGPD configuration, ordered, and an `aspa-set` where there are any ASPAs, since releases before 8
 * refuse the word. Router keys have no place there. bgpd refuses a whole file with customer 23456 (AS_TRANS) in it, so that
 * one stays out, with a comment (docs/decisions/rpki-files.md D-openbgpd-as-trans).
 */
export function writeOpenBgpd(payloads: PayloadSet): string {
  return [...openBgpdPieces(payloads)].join('');
}

/** NON-SPEC: the text of {@link writeOpenBgpd} line by line. */
export function openBgpdPieces(payloads: PayloadSet): IterableIterator<string> {
  return textPieces(OPENBGPD_KINDS, payloads);
}

/** How OpenBGPD says each kind of payload. */
export const OPENBGPD_KINDS: TextKinds<PayloadTypes> = {
  vrps: { lines: vrpLines },
  routerKeys: UNSAID,
  aspas: {
    lines: aspaLines,
    leavesOut: ({ customer }) => (customer === AS_TRANS ? `bgpd refuses customer ${AS_TRANS}` : undefined),
  },
  prefixLists: UNSAID,
  asras: UNSAID,
};

function* vrpLines(vrps: KindStore<Vrp, never>): IterableIterator<string> {
  yield 'roa-set {\n';
  for (const { prefix, maxLength, asn, expires } of vrps.sorted()) {
    const longer = maxLength === prefix.length ? '' : ` maxlen ${maxLength}`;
    const until = expires === undefined ? '' : ` expires ${expires}`;
    yield `\t${formatPrefix(prefix)}${longer} source-as ${asn}${until}\n`;
  }
  yield '}\n';
}

function* aspaLines(aspas: KindStore<AspaPayload, never>): IterableIterator<string> {
  if (aspas.size === 0) return;
  yield '\naspa-set {\n';
  for (const { customer, providers, expires } of aspas.sorted()) {
    if (customer === AS_TRANS) {
      yield `\t# customer ${AS_TRANS} left out: bgpd refuses it\n`;
      continue;
    }
    const until = expires === undefined ? '' : ` expires ${expires}`;
    yield `\tcustomer-as ${customer}${until} provider-as { ${providers.join(', ')} }\n`;
  }
  yield '}\n';
}
