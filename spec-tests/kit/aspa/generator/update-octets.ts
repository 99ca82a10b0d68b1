import { toHex } from '../../../../src/bytes/index.js';
import { parsePrefix } from '../../../../src/inet/index.js';
import { path } from '../../../aspa/notation.js';

/** What an UPDATE holds; paths in the notation of the facts. */
export interface UpdateParts {
  readonly asnSize?: number;
  /**
   * `internal`: the UPDATE carries LOCAL_PREF (RFC 4271 §5.1.5); `confed-external`: it need not (docs/decisions/conformance.md
   * D-vectors-confederation-local-pref).
   */
  readonly session?: string;
  readonly asPath?: string;
  readonly as4Path?: string;
  readonly aggregator?: number;
  readonly as4Aggregator?: number;
  readonly withdrawn?: readonly string[];
  readonly nlri?: readonly string[];
  /** AFI, SAFI, and prefixes or the field in hexadecimal. */
  readonly mp?: readonly [number, number, readonly string[] | string];
}

const hex = (value: number, octets: number): string => value.toString(16).padStart(2 * octets, '0');

/** An UPDATE message (RFC 4271 §4.3, RFC 4760 §3, RFC 6793 §3) in hexadecimal. */
export function updateHex(parts: UpdateParts): string {
  const size = parts.asnSize ?? 4;
  const nlri = prefixes(parts.nlri ?? []);
  const withdrawn = prefixes(parts.withdrawn ?? []);
  const attributes = [
    mpReach(parts),
    parts.asPath === undefined
      ? ''
      : attribute('40', 1, '00') + attribute('40', 2, pathHex(parts.asPath, size)),
    nlri === '' ? '' : attribute('40', 3, 'c0000202'),
    parts.session === 'internal' ? attribute('40', 5, hex(100, 4)) : '',
    parts.aggregator === undefined ? '' : attribute('c0', 7, `${hex(parts.aggregator, size)}c0000201`),
    parts.as4Path === undefined ? '' : attribute('c0', 17, pathHex(parts.as4Path, 4)),
    parts.as4Aggregator === undefined ? '' : attribute('c0', 18, `${hex(parts.as4Aggregator, 4)}c0000201`),
  ].join('');
  const body = `${sized(withdrawn, 2)}${sized(attributes, 2)}${nlri}`;
  return `${'ff'.repeat(16)}${hex(19 + body.length / 2, 2)}02${body}`;
}

function sized(content: string, octets: number): string {
  return hex(content.length / 2, octets) + content;
}

function attribute(flags: string, code: number, value: string): string {
  return `${flags}${hex(code, 1)}${sized(value, 1)}`;
}

function pathHex(text: string, size: number): string {
  return path(text)
    .map(
      ({ type, asns }) =>
        `${hex(type, 1)}${hex(asns.length, 1)}${asns.map((asn) => hex(asn, size)).join('')}`,
    )
    .join('');
}

function mpReach({ mp }: UpdateParts): string {
  if (mp === undefined) return '';
  const [afi, safi, field] = mp;
  const nextHop =
    afi === 2 ? `20010db8${'00'.repeat(11)}01` : safi === 128 ? `${'00'.repeat(8)}c0000202` : 'c0000202';
  const routes = typeof field === 'string' ? field : prefixes(field);
  return attribute('80', 14, `${hex(afi, 2)}${hex(safi, 1)}${sized(nextHop, 1)}00${routes}`);
}

function prefixes(list: readonly string[]): string {
  return list
    .map((text) => {
      const { length, octets } = parsePrefix(text);
      return hex(length, 1) + toHex(octets.subarray(0, Math.ceil(length / 8)));
    })
    .join('');
}
