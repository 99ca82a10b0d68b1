import { toHex } from '../../bytes/index.js';
import { formatAsn, formatPrefix } from '../../inet/index.js';
import type { PayloadSet, Payloads } from '../../payload/index.js';
import { type PayloadChanges, vrpsOf } from '../../rtr/index.js';

/** A payload as text and as an object for JSON. */
export interface Line {
  readonly text: string;
  readonly value: object;
}

/** One line per payload, in the order given. */
export function* payloadLines(payloads: Payloads): Generator<Line> {
  for (const { prefix, maxLength, asn } of payloads.vrps) {
    const text = formatPrefix(prefix);
    yield {
      text: `vrp ${text}-${maxLength} ${formatAsn(asn)}`,
      value: { type: 'vrp', prefix: text, maxLength, asn },
    };
  }
  for (const { asn, ski, spki } of payloads.routerKeys) {
    yield {
      text: `router-key ${formatAsn(asn)} ${toHex(ski)} ${toHex(spki)}`,
      value: { type: 'router-key', asn, ski: toHex(ski), spki: toHex(spki) },
    };
  }
  for (const { customer, providers } of payloads.aspas) {
    yield {
      text: `aspa ${formatAsn(customer)} ${providers.map(formatAsn).join(' ')}`,
      value: { type: 'aspa', customer, providers },
    };
  }
}

/** All payloads of a set, sorted. */
export function sortedPayloads({ vrps, aspas, routerKeys }: PayloadSet): Payloads {
  return { vrps: vrps.sorted(), aspas: aspas.sorted(), routerKeys: routerKeys.sorted() };
}

/** The lines of changes, `+` announced and `-` withdrawn; a replaced ASPA is both. */
export function* changeLines(changes: PayloadChanges): Generator<Line> {
  const { announced, withdrawn, announcedKeys, withdrawnKeys, aspas } = changes;
  yield* signed('-', {
    vrps: vrpsOf(withdrawn),
    routerKeys: withdrawnKeys,
    aspas: aspas.flatMap(({ before }) => before ?? []),
  });
  yield* signed('+', {
    vrps: vrpsOf(announced),
    routerKeys: announcedKeys,
    aspas: aspas.flatMap(({ after }) => after ?? []),
  });
}

/** The lines with their ends, as text or JSON. */
export function* lineTexts(lines: Iterable<Line>, json = false): Generator<string> {
  for (const { text, value } of lines) yield `${json ? JSON.stringify(value) : text}\n`;
}

/** The lines of payloads that come (`+`) or go (`-`). */
export function* signed(sign: '+' | '-', payloads: Payloads): Generator<Line> {
  const change = sign === '+' ? 'announce' : 'withdraw';
  for (const { text, value } of payloadLines(payloads)) {
    yield { text: `${sign} ${text}`, value: { change, ...value } };
  }
}
