import { toHex } from '../../bytes/index.js';
import { formatAsn, formatPrefix } from '../../inet/index.js';
import {
  ALL_KINDS,
  type PayloadKind,
  type Payloads,
  type PayloadTypes,
  type ValueOf,
} from '../../payload/index.js';
import { listsOfChanges, type PayloadChanges } from '../../rtr/index.js';

/** A payload as text and as an object for JSON. */
export interface Line {
  readonly text: string;
  readonly value: object;
}

/** The line of a payload of each kind. */
const LINES: { readonly [K in PayloadKind]: (payload: ValueOf<PayloadTypes[K]>) => Line } = {
  vrps: ({ prefix, maxLength, asn }) => {
    const text = formatPrefix(prefix);
    return {
      text: `vrp ${text}-${maxLength} ${formatAsn(asn)}`,
      value: { type: 'vrp', prefix: text, maxLength, asn },
    };
  },
  routerKeys: ({ asn, ski, spki }) => ({
    text: `router-key ${formatAsn(asn)} ${toHex(ski)} ${toHex(spki)}`,
    value: { type: 'router-key', asn, ski: toHex(ski), spki: toHex(spki) },
  }),
  aspas: ({ customer, providers }) => ({
    text: `aspa ${formatAsn(customer)} ${providers.map(formatAsn).join(' ')}`,
    value: { type: 'aspa', customer, providers },
  }),
  asras: ({ asn, subcategory, neighbors }) => ({
    text: `asra ${formatAsn(asn)} ${subcategory} ${neighbors.map(formatAsn).join(' ')}`,
    value: { type: 'asra', asn, subcategory, neighbors },
  }),
  prefixLists: ({ asn, prefixes }) => {
    const texts = prefixes.map(formatPrefix);
    return {
      text: ['prefix-list', formatAsn(asn), ...texts].join(' '),
      value: { type: 'prefix-list', asn, prefixes: texts },
    };
  },
};

/** One line per payload, in the order given. */
export function* payloadLines(payloads: Partial<Payloads>): Generator<Line> {
  for (const kind of ALL_KINDS) yield* linesOfKind(kind, payloads);
}

function* linesOfKind<K extends PayloadKind>(
  kind: K,
  payloads: { readonly [P in K]?: Iterable<ValueOf<PayloadTypes[P]>> },
): Generator<Line> {
  const line: (payload: ValueOf<PayloadTypes[K]>) => Line = LINES[kind];
  for (const payload of payloads[kind] ?? []) yield line(payload);
}

/** The lines of changes, `+` announced and `-` withdrawn; a replaced ASPA is both. */
export function* changeLines(changes: PayloadChanges): Generator<Line> {
  const { announced, gone } = listsOfChanges(changes);
  yield* signed('-', gone);
  yield* signed('+', announced);
}

/** The lines with their ends, as text or JSON. */
export function* lineTexts(lines: Iterable<Line>, json = false): Generator<string> {
  for (const { text, value } of lines) yield `${json ? JSON.stringify(value) : text}\n`;
}

/** The lines of payloads that come (`+`) or go (`-`). */
export function* signed(sign: '+' | '-', payloads: Partial<Payloads>): Generator<Line> {
  const change = sign === '+' ? 'announce' : 'withdraw';
  for (const { text, value } of payloadLines(payloads)) {
    yield { text: `${sign} ${text}`, value: { change, ...value } };
  }
}
