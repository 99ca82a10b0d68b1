import { toHex } from '../../bytes/index.js';
import { formatPrefix } from '../../inet/index.js';
import type { PayloadSet } from '../../payload/index.js';
import { toBase64, toBase64Url } from '../octet-text.js';
import { formatTime } from '../time-text.js';

/** What a writer cannot know by itself. */
export interface WriteOptions {
  /** The time to state as that of making, seconds since 1970 UTC; nothing is stated without it. */
  readonly now?: number;
}

/**
 * JSON as rpki-client 8.5 and later writes it, which most routers' tools read. Ordered, so that equal sets give equal
 * texts; `expires` and `ta` only where known. Limits of a provider to one family have no place in it and are left out.
 * NON-SPEC: a dialect of rpki-client.
 */
export function writeRpkiClientJson(payloads: PayloadSet, options: WriteOptions = {}): string {
  return [...rpkiClientJsonPieces(payloads, options)].join('');
}

/** NON-SPEC: the text of {@link writeRpkiClientJson} in pieces; as a whole it can be longer than a string may be. */
export function rpkiClientJsonPieces(
  payloads: PayloadSet,
  options: WriteOptions = {},
): IterableIterator<string> {
  const { vrps, aspas, routerKeys } = payloads;
  const metadata = {
    ...(options.now === undefined ? {} : { buildtime: formatTime(options.now) }),
    bgpsec_pubkeys: routerKeys.size,
    vrps: vrps.size,
    uniquevrps: vrps.size,
    vaps: aspas.size,
    uniquevaps: aspas.size,
  };
  const lists: [string, Iterable<object>][] = [
    [
      'roas',
      map(vrps.sorted(), ({ asn, prefix, maxLength, ta, expires }) => {
        return { asn, prefix: formatPrefix(prefix), maxLength, ta, expires };
      }),
    ],
    [
      'bgpsec_keys',
      map(routerKeys.sorted(), ({ asn, ski, spki, ta, expires }) => {
        return { asn, ski: toHex(ski).toUpperCase(), pubkey: toBase64(spki), ta, expires };
      }),
    ],
    [
      'aspas',
      map(aspas.sorted(), ({ customer, expires, providers }) => {
        return { customer_asid: customer, expires, providers };
      }),
    ],
  ];
  return document(metadata, lists);
}

/**
 * JSON as Routinator's `json` format has it; ordered. Routinator knows no `expires` there; "N/A" is no trust anchor.
 * NON-SPEC: a dialect of Routinator.
 */
export function writeRoutinatorJson(payloads: PayloadSet, options: WriteOptions = {}): string {
  return [...routinatorJsonPieces(payloads, options)].join('');
}

/** NON-SPEC: the text of {@link writeRoutinatorJson} in pieces. */
export function routinatorJsonPieces(
  payloads: PayloadSet,
  options: WriteOptions = {},
): IterableIterator<string> {
  const { now } = options;
  const metadata = now === undefined ? {} : { generated: now, generatedTime: formatTime(now) };
  const lists: [string, Iterable<object>][] = [
    [
      'roas',
      map(payloads.vrps.sorted(), ({ asn, prefix, maxLength, ta = 'N/A' }) => {
        return { asn: `AS${asn}`, prefix: formatPrefix(prefix), maxLength, ta };
      }),
    ],
    [
      'routerKeys',
      map(payloads.routerKeys.sorted(), ({ asn, ski, spki, ta = 'N/A' }) => {
        return { asn: `AS${asn}`, SKI: toHex(ski).toUpperCase(), routerPublicKey: toBase64Url(spki), ta };
      }),
    ],
    [
      'aspas',
      map(payloads.aspas.sorted(), ({ customer, providers, ta = 'N/A' }) => {
        return { customer: `AS${customer}`, providers: providers.map((asn) => `AS${asn}`), ta };
      }),
    ],
  ];
  return document(metadata, lists);
}

/** One record per line. */
function* document(
  metadata: object,
  lists: readonly (readonly [string, Iterable<object>])[],
): IterableIterator<string> {
  yield `{\n\t"metadata": ${JSON.stringify(metadata)}`;
  for (const [name, records] of lists) {
    yield `,\n\t${JSON.stringify(name)}: [`;
    let separator = '\n\t\t';
    for (const record of records) {
      yield separator + JSON.stringify(record);
      separator = ',\n\t\t';
    }
    yield separator.startsWith(',') ? '\n\t]' : ']';
  }
  yield '\n}\n';
}

function* map<T>(items: Iterable<T>, convert: (item: T) => object): IterableIterator<object> {
  for (const item of items) yield convert(item);
}
