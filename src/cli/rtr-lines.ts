import { toHex } from '../bytes/index.js';
import { formatAsn, formatPrefix } from '../inet/index.js';
import type { PayloadDiff, PayloadSet, Payloads } from '../payload/index.js';
import { type PayloadChanges, vrpsOf } from '../rtr/index.js';

/** A payload as text and as an object for JSON. */
interface Line {
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

/** The lines of a difference: `-` only in the first set, `+` only in the second; a differing ASPA is both. */
export function* diffLines(first: PayloadSet, { announced, withdrawn }: PayloadDiff): Generator<Line> {
  const replaced = announced.aspas.map(({ customer }) => customer);
  const aspas = [...withdrawn.aspas, ...replaced].flatMap((customer) => first.aspas.get(customer) ?? []);
  yield* signed('-', { ...withdrawn, aspas });
  yield* signed('+', announced);
}

function* signed(sign: '+' | '-', payloads: Payloads): Generator<Line> {
  const change = sign === '+' ? 'announce' : 'withdraw';
  for (const { text, value } of payloadLines(payloads)) {
    yield { text: `${sign} ${text}`, value: { change, ...value } };
  }
}
