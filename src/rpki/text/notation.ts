import { DecodeError, quoted } from '../../bytes/index.js';
import {
  type Asn,
  distinctAsns,
  formatPrefix,
  type Prefix,
  parseAsn,
  parsePrefix,
} from '../../inet/index.js';
import type { AspaPayload, Vrp } from '../../payload/index.js';
import { readAspa } from '../json/aspa-record.js';
import { readMaxLength } from '../json/max-length.js';

// The notations of draft-ietf-sidrops-vrp-notation and draft-ietf-sidrops-aspa-notation. Texts in the grammars of
// both are of either case (RFC 5234 §2.3).

const SEPARATOR = ' => ';
const VRP_PREFIX = /^([^-]*)(?:-(0|[1-9][0-9]{0,2}))?$/;
const ASN = /^AS(?:0|[1-9][0-9]{0,9})$/i;

/**
 * The VRP of a notation, `192.0.2.0/24-25 => AS64496` (draft-ietf-sidrops-vrp-notation §3); without a max-length it is
 * the length of the prefix.
 *
 * @throws {DecodeError} `notation-syntax`, `asn-syntax`, `asn-range`, `prefix-*` or `max-length-range`, with the part that is
 * wrong as the field.
 * @example
 * parseVrpNotation('2001:db8::/32-48 => AS64496'); // { prefix, maxLength: 48, asn: 64496 }
 */
export function parseVrpNotation(text: string): Vrp {
  return readVrpNotation(text, parsePrefix);
}

/** As {@link parseVrpNotation}; the prefix is read by `scan`, and the result may share its octets. */
export function readVrpNotation(text: string, scan: (text: string, field?: string) => Prefix): Vrp {
  const [left, right] = halvesOf(text);
  const [, prefixText = '', maxText] = VRP_PREFIX.exec(left) ?? [];
  if (prefixText === '') {
    throw new DecodeError(
      'notation-syntax',
      `${quoted(left.slice(0, 60))} is not PREFIX or PREFIX-MAXLENGTH`,
      {
        field: 'vrp-prefix',
      },
    );
  }
  const prefix = scan(prefixText, 'vrp-prefix');
  const maxLength = readMaxLength(maxText === undefined ? undefined : Number(maxText), prefix, 'max-length');
  return { prefix, maxLength, asn: parseNotedAs(right, 'origin-asn') };
}

/** A VRP as `192.0.2.0/24-25 => AS64496` (vrp-notation §3); a maxLength that is the length of the prefix is left out. */
export function formatVrpNotation({ prefix, maxLength, asn }: Vrp): string {
  const longer = maxLength === prefix.length ? '' : `-${maxLength}`;
  return `${formatPrefix(prefix)}${longer}${SEPARATOR}AS${asn}`;
}

/**
 * The ASPA of a notation, `AS64496 => AS64498, AS64499` or with the providers in brackets, then also over several lines
 * (draft-ietf-sidrops-aspa-notation §3). Providers may stand in any order, which the draft wants of a reader; one that
 * stands there twice, or is the customer, is refused (docs/decisions/rpki-files.md D-notation-strict).
 *
 * @throws {DecodeError} `notation-syntax`, `asn-syntax`, `asn-range`, `aspa-customer-zero`, `aspa-own-provider` or
 * `aspa-provider-twice`, with the part that is wrong as the field.
 * @example
 * parseAspaNotation('AS64496 => [AS64499, AS64498]'); // { customer: 64496, providers: [64499, 64498] }
 */
export function parseAspaNotation(text: string): AspaPayload {
  const [left, right] = halvesOf(text);
  const customer = parseNotedAs(left, 'customer-asid');
  const isOpen = right.startsWith('[');
  if (isOpen !== right.endsWith(']')) {
    throw new DecodeError('notation-syntax', 'a list of providers stands in both brackets or in none', {
      field: 'providers',
    });
  }
  const list = isOpen ? right.slice(1, -1) : right;
  const blanks = isOpen ? ' \t\r\n' : ' \t';
  const providers = list.split(',').map((item) => parseNotedAs(trimmed(item, blanks), 'providers'));
  if (providers.includes(customer)) {
    throw new DecodeError('aspa-own-provider', `AS ${customer} is among its own providers`, {
      field: 'providers',
    });
  }
  if (distinctAsns(providers).length !== providers.length) {
    throw new DecodeError('aspa-provider-twice', `a provider of AS ${customer} stands there twice`, {
      field: 'providers',
    });
  }
  return readAspa({ customer, providers });
}

/** An ASPA as `AS64496 => AS64498, AS64499`, the providers in ascending order as aspa-notation §3 wants of a writer. */
export function formatAspaNotation({ customer, providers }: AspaPayload): string {
  const ascending = [...providers].sort((a, b) => a - b);
  return `AS${customer}${SEPARATOR}${ascending.map((asn) => `AS${asn}`).join(', ')}`;
}

function halvesOf(text: string): [left: string, right: string] {
  const at = text.indexOf(SEPARATOR);
  if (at >= 0) return [text.slice(0, at), text.slice(at + SEPARATOR.length)];
  throw new DecodeError('notation-syntax', `${quoted(text.slice(0, 60))} has no "${SEPARATOR}"`, {
    field: 'separator',
  });
}

/** The text without the given blanks around it. */
function trimmed(text: string, blanks: string): string {
  let [start, end] = [0, text.length];
  while (start < end && blanks.includes(text[start] as string)) start++;
  while (start < end && blanks.includes(text[end - 1] as string)) end--;
  return text.slice(start, end);
}

/** Only asplain behind `AS` is a number here (§3.4 of the ASPA draft, §3.2 of the other). */
export function parseNotedAs(text: string, field: string): Asn {
  if (ASN.test(text)) return parseAsn(text, field);
  throw new DecodeError('asn-syntax', `${quoted(text.slice(0, 60))} is not of the form AS64496`, { field });
}
