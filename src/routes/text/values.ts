import { type AsPath, parseAsPath } from '../../bgp/index.js';
import { DecodeError, ownText } from '../../bytes/index.js';
import { type Asn, parseAddress, parseAsn } from '../../inet/index.js';
import type { Peer } from '../element.js';
import { NO_OCTETS } from '../emitter.js';

const MAX_KEPT = 1 << 16;

/** Readers of the values that repeat from line to line; equal texts give the same object. */
export interface TextValues {
  /** @throws {DecodeError} `as-path-cut` for a path that bgpdump cut short, and as `parseAsPath`. */
  path(text: string): AsPath;
  /** @throws {DecodeError} `address-syntax`, `asn-syntax`, `asn-range`. An empty address stands for an unknown one. */
  peer(address: string, asn: string): Peer;
}

/** {@link TextValues} that keep at most 65,536 paths and peers each and then start anew. */
export function createTextValues(): TextValues {
  return {
    path: remember((text) => {
      if (text.endsWith('...'))
        throw new DecodeError('as-path-cut', 'the path ends in "..."', { field: 'as-path' });
      return parseAsPath(text);
    }),
    peer: (() => {
      const find = remember((key): Peer => {
        const [address, asn] = key.split('|') as [string, string];
        return {
          address: address === '' ? NO_OCTETS : parseAddress(address, 'peer'),
          asn: parseAsn(asn, 'peer-as'),
        };
      });
      return (address: string, asn: string) => find(`${address}|${asn}`);
    })(),
  };
}

function remember<T>(make: (key: string) => T): (key: string) => T {
  const kept = new Map<string, T>();
  return (key) => {
    let value = kept.get(key);
    if (value === undefined) {
      value = make(key);
      if (kept.size >= MAX_KEPT) kept.clear();
      kept.set(ownText(key), value); // the key is a piece of a line
    }
    return value;
  };
}

/** Whole seconds and microseconds of a number or text of seconds, up to 2^32 - 1. @throws {DecodeError} `time-syntax`. */
export function parseTime(
  value: string | number,
  field = 'time',
): { readonly time: number; readonly microseconds: number | undefined } {
  const match = /^([0-9]{1,10})(?:\.([0-9]+))?$/.exec(String(value));
  const time = Number(match?.[1]);
  if (!match || time > 0xffff_ffff) {
    throw new DecodeError('time-syntax', `${JSON.stringify(value).slice(0, 40)} is not a time`, { field });
  }
  const fraction = match[2];
  if (fraction === undefined) return { time, microseconds: undefined };
  return { time, microseconds: Number(fraction.slice(0, 6).padEnd(6, '0')) };
}

/** A number of at most `max` in decimal digits. @throws {DecodeError} `number-syntax`. */
export function parseNumber(text: string | undefined, max: number, field: string): number {
  if (text === undefined || !/^[0-9]{1,10}$/.test(text) || Number(text) > max) {
    throw new DecodeError('number-syntax', `${JSON.stringify(text ?? '').slice(0, 40)} is not in 0..${max}`, {
      field,
    });
  }
  return Number(text);
}

/** The AS number of a peer as JSON has it, a number or a text, as text. @throws {DecodeError} `asn-syntax`, `asn-range`. */
export function asnText(value: unknown, field: string): string {
  const asn: Asn = parseAsn(value, field);
  return String(asn);
}
