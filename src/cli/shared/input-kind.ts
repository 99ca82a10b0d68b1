import { type InputKind, inputKindOf } from '../../node/input-kind.js';
import { beginningOf, foreignKindOf } from '../../unpack/index.js';

type Sentences<Holds extends InputKind['holds']> = Readonly<Record<Holds, (text: string) => string>>;

/** What to say of something else that stands where routes belong. */
const NOT_ROUTES: Sentences<Exclude<InputKind['holds'], 'routes'>> = {
  payloads: (text) => `this is a file of ${text}, no routes; payloads go behind --rpki`,
  'local exceptions': (text) => `this is a file of ${text}, no routes; exceptions go behind --slurm`,
  'AS relationships': (text) => `this is a file of ${text}, no routes`,
  'partial results': (text) =>
    `this is a file of ${text}, no routes; "pathsec audit merge" makes a report of it`,
  'a signed object': (text) => `this looks like ${text}, not like routes`,
};

/**
 * What stands in an input of routes that holds none, as a sentence; undefined where nothing is known against it. JSON that
 * begins with a lone bracket is a document of many lines: its lists of numbers would else be read as paths.
 */
export function notRoutes(head: Uint8Array): string | undefined {
  const kind = inputKindOf(head);
  if (kind?.holds === 'routes') return undefined;
  if (kind !== undefined) return NOT_ROUTES[kind.holds](kind.text);
  if (foreignKindOf(head) !== undefined)
    return `this is not like routes: it begins with ${beginningOf(head)}`;
  return /^\s*[[{]\s*$/m.test(new TextDecoder().decode(head).trimStart().split('\n', 1)[0] ?? '')
    ? 'this is JSON of several lines; of JSON only messages and tables are read, one a line'
    : undefined;
}

/** What stands in a file of payloads that holds none, as a sentence; undefined where the reader knows more. */
export function notPayloads(head: Uint8Array): string | undefined {
  const kind = inputKindOf(head);
  if (kind?.holds === 'AS relationships')
    return `this is a file of ${kind.text}, no payloads; "pathsec rpki convert --as-rel" makes ASPAs of it`;
  if (kind?.holds === 'routes' || kind?.holds === 'partial results')
    return `this is a file of ${kind.text}, no payloads`;
  if (kind?.holds === 'a signed object')
    return `this looks like ${kind.text}; "pathsec rpki show --payloads" makes payloads of it`;
  if (kind !== undefined || head.length === 0) return undefined;
  const begins = beginningOf(head);
  const isText = begins.startsWith('"');
  return foreignKindOf(head) === undefined && isText
    ? undefined
    : `this is not like payloads: it begins with ${begins}`;
}

/** What stands in a file of AS relationships that holds none, as a sentence; undefined where the reader knows more. */
export function notRelationships(head: Uint8Array): string | undefined {
  const kind = inputKindOf(head);
  if (kind === undefined || kind.holds === 'AS relationships') return undefined;
  return `this is a file of ${kind.text}, no AS relationships`;
}

/** What stands in a file of local exceptions that is none, as a sentence; undefined where nothing is known against it. */
export function notExceptions(text: string): string | undefined {
  const kind = inputKindOf(new TextEncoder().encode(text.slice(0, 1 << 14)));
  if (kind === undefined || kind.holds === 'local exceptions') return undefined;
  const is = kind.holds === 'a signed object' ? 'this looks like' : 'this is a file of';
  return `${is} ${kind.text}, no local exceptions`;
}
