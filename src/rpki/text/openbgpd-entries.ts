import { DecodeError } from '../../bytes/index.js';
import { type Prefix, parseAsn } from '../../inet/index.js';
import type { AspaPayload, Vrp } from '../../payload/index.js';
import { readAspa } from '../json/aspa-record.js';
import { readMaxLength } from '../json/max-length.js';

/**
 * `customer-as A [expires T] provider-as { B [inet|inet6] ... }`. The families are ignored
 * (docs/decisions/rpki-files.md D-openbgpd-families).
 *
 * @throws {DecodeError} `openbgpd-syntax` or the code of the part that is wrong.
 */
export function readAspaEntry(tokens: readonly string[]): AspaPayload {
  const rest = [...tokens];
  expectWord(rest, 'customer-as');
  const customer = parseAsn(rest.shift(), 'customer-as');
  const expires = optionalNumber(rest, 'expires');
  expectWord(rest, 'provider-as');
  if (rest[0] !== '{' || rest.at(-1) !== '}')
    throw new DecodeError('openbgpd-syntax', 'providers stand in braces');
  const list = rest.slice(1, -1);
  const providers = list.filter((token, i) => i === 0 || (token !== 'inet' && token !== 'inet6'));
  return { ...readAspa({ customer, providers }), ...(expires === undefined ? {} : { expires }) };
}

/**
 * `PREFIX [maxlen N] source-as A [expires T]`.
 *
 * @throws {DecodeError} `openbgpd-syntax` or the code of the part that is wrong.
 */
export function readRoaEntry(tokens: readonly string[], scan: (text: string) => Prefix): Vrp {
  const rest = [...tokens];
  const prefix = scan(rest.shift() ?? '');
  const maxLength = readMaxLength(optionalNumber(rest, 'maxlen'), prefix);
  expectWord(rest, 'source-as');
  const asn = parseAsn(rest.shift(), 'source-as');
  const expires = optionalNumber(rest, 'expires');
  if (rest.length > 0) throw new DecodeError('openbgpd-syntax', 'more words after the entry');
  return { prefix, maxLength, asn, ...(expires === undefined ? {} : { expires }) };
}

function expectWord(rest: string[], word: string): void {
  if (rest.shift() !== word) throw new DecodeError('openbgpd-syntax', `expected ${word}`);
}

function optionalNumber(rest: string[], word: string): number | undefined {
  if (rest[0] !== word) return undefined;
  rest.shift();
  const number = rest.shift() ?? '';
  if (!/^[0-9]{1,15}$/.test(number)) throw new DecodeError('openbgpd-syntax', `${word} needs a number`);
  return Number(number);
}
