import { DecodeError } from '../bytes/index.js';
import { type Asn, parseAsn, requireIterable, requireText } from '../inet/index.js';
import {
  AS_CONFED_SEQUENCE,
  AS_CONFED_SET,
  AS_SEQUENCE,
  AS_SET,
  type AsPath,
  type AsPathSegment,
  type SegmentType,
} from './as-path.js';

/** NON-SPEC: brackets of segment types in text, as bgpdump and most looking glasses write them. */
const BRACKETS: Readonly<Record<SegmentType, readonly [open: string, between: string, close: string]>> = {
  [AS_SET]: ['{', ',', '}'],
  [AS_SEQUENCE]: ['', ' ', ''],
  [AS_CONFED_SEQUENCE]: ['(', ' ', ')'],
  [AS_CONFED_SET]: ['[', ',', ']'],
};
const OPENING: Readonly<Record<string, { readonly type: SegmentType; readonly close: string }>> = {
  '{': { type: AS_SET, close: '}' },
  '(': { type: AS_CONFED_SEQUENCE, close: ')' },
  '[': { type: AS_CONFED_SET, close: ']' },
};

/**
 * Text of a path in wire order: `64496 {64497,64498} (64500 64501) [64502]`. Adjacent AS_SEQUENCE segments print as
 * one; an empty path is an empty text. NON-SPEC: a text form for the segments of RFC 4271 §4.3.
 */
export function formatAsPath(path: AsPath): string {
  requireIterable(path, 'the path', 'a list of segments (parseAsPath reads text)');
  let text = '';
  for (const { type, asns } of path) {
    const [open, between, close] = BRACKETS[type];
    text += `${text === '' ? '' : ' '}${open}${asns.join(between)}${close}`;
  }
  return text;
}

/**
 * The path of a text in wire order, neighbour first: ASNs separated by blanks; `{}` AS_SET, `()` AS_CONFED_SEQUENCE,
 * `[]` AS_CONFED_SET, inside which a comma may stand between two ASNs. ASNs as `parseAsn` reads them. Brackets around
 * nothing and places without an ASN are malformed (docs/decisions/bgp.md D-as-path-text-places).
 * NON-SPEC: a text form for the segments of RFC 4271 §4.3.
 *
 * @throws {DecodeError} `as-path-syntax`, `as-path-segment-empty`, `asn-syntax`, `asn-range`; the offset counts
 * characters.
 */
export function parseAsPath(text: string, field = 'as-path'): AsPath {
  requireText(text, field);
  const segments: AsPathSegment[] = [];
  // Inside brackets: what closes them, and whether an ASN stands before the place that is read.
  let open: { asns: Asn[]; close: string; filled: boolean } | undefined;
  let sequence: Asn[] | undefined;
  const token = /[\s]+|,|[{}()[\]]|[^\s,{}()[\]]+/g;
  for (const match of text.matchAll(token)) {
    const item = match[0];
    const offset = match.index;
    const opening = OPENING[item];
    if (/^\s/.test(item)) continue;
    if (open && item === ',') {
      if (!open.filled) throw emptyPlace(item, field, offset);
      open.filled = false;
    } else if (opening && !open) {
      open = { asns: [], close: opening.close, filled: false };
      segments.push({ type: opening.type, asns: open.asns });
      sequence = undefined;
    } else if (item === open?.close) {
      if (open.asns.length === 0) {
        throw new DecodeError('as-path-segment-empty', 'a segment without ASNs', { field, offset });
      }
      if (!open.filled) throw emptyPlace(item, field, offset);
      open = undefined;
    } else if (/^[,{}()[\]]$/.test(item)) {
      throw new DecodeError('as-path-syntax', `unexpected ${item}`, { field, offset });
    } else if (open) {
      open.asns.push(readAsn(item, field, offset));
      open.filled = true;
    } else {
      if (!sequence) {
        sequence = [];
        segments.push({ type: AS_SEQUENCE, asns: sequence });
      }
      sequence.push(readAsn(item, field, offset));
    }
  }
  if (open) throw new DecodeError('as-path-syntax', `no ${open.close}`, { field, offset: text.length });
  return segments;
}

function emptyPlace(before: string, field: string, offset: number): DecodeError {
  return new DecodeError('as-path-syntax', `no ASN before ${before}`, { field, offset });
}

function readAsn(text: string, field: string, offset: number): Asn {
  try {
    return parseAsn(text, field);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new DecodeError(error.code, `${JSON.stringify(text.slice(0, 40))} is not an ASN`, {
      field,
      offset,
    });
  }
}

/**
 * The path of a JSON array in wire order, `[64496, [64497, 64498]]`: a nested array is an AS_SET. Such an array does
 * not tell where a segment ends, so neighbouring ASNs become one AS_SEQUENCE.
 * NON-SPEC: a JSON form for the segments of RFC 4271 §4.3.
 *
 * @throws {DecodeError} `as-path-syntax`, `as-path-segment-empty`, `asn-syntax`, `asn-range`; the field names the place.
 */
export function parseAsPathJson(value: unknown, field = 'as-path'): AsPath {
  if (!Array.isArray(value)) throw new DecodeError('as-path-syntax', 'a path is an array', { field });
  const segments: AsPathSegment[] = [];
  let sequence: Asn[] | undefined;
  for (const [i, item] of value.entries()) {
    if (Array.isArray(item)) {
      if (item.length === 0) {
        throw new DecodeError('as-path-segment-empty', 'a set without ASNs', { field: `${field}[${i}]` });
      }
      segments.push({ type: AS_SET, asns: item.map((asn, k) => parseAsn(asn, `${field}[${i}][${k}]`)) });
      sequence = undefined;
      continue;
    }
    if (!sequence) {
      sequence = [];
      segments.push({ type: AS_SEQUENCE, asns: sequence });
    }
    sequence.push(parseAsn(item, `${field}[${i}]`));
  }
  return segments;
}
