import { DecodeError } from '../../bytes/index.js';
import type { Collector } from '../collector.js';
import { type JsonScanner, TOO_LONG } from './json-scanner.js';
import { isJsonObject, type JsonObject } from './members.js';
import type { Steps } from './steps.js';

/** Takes records of the plain form. */
export interface PlainTaker {
  /** Where the record that begins at `at` ends; -1 for one that it leaves to others. */
  read(octets: Uint8Array, at: number): number;
  /** Takes the record that was read last. */
  take(list: string, index: number): void;
}

/**
 * Passes an array of records; `read` gets each and throws a `DecodeError` for one that is to be reported and skipped.
 * A record with a repeated member name is skipped too: readers differ in which of the two they take (RFC 8259 §4;
 * docs/decisions/rpki-files.md D-json-duplicate-names). `plain` is asked first, and takes what it reads by itself.
 */
export function* readRecords(
  scanner: JsonScanner,
  collector: Pick<Collector, 'problems' | 'skip'>,
  list: string,
  read: (record: JsonObject, index: number) => void,
  plain?: PlainTaker,
): Steps<void> {
  if (!scanner.atArray()) {
    yield* scanner.value();
    collector.problems.report('list-syntax', `${list} is not an array`, list);
    return;
  }
  const take = (record: unknown, index: number): void => {
    try {
      if (record === TOO_LONG)
        throw new DecodeError('record-length', 'a record of more than 16 Mi characters');
      if (!isJsonObject(record)) throw new DecodeError('record-syntax', 'a record is an object');
      if (scanner.names !== Object.keys(record).length) {
        throw new DecodeError('duplicate-name', 'a member name stands twice in the record');
      }
      read(record, index);
    } catch (error) {
      collector.skip(error, list, index);
    }
  };
  const takeLater = function* (index: number): Steps<void> {
    take(yield* scanner.value(), index);
  };
  yield* scanner.elements((index) => {
    if (plain !== undefined) {
      let next = index;
      const taken = scanner.takeRun(plain.read, () => plain.take(list, next++));
      if (taken > 0) return taken;
    }
    if (!scanner.hasValue()) return takeLater(index);
    take(scanner.parse(), index);
    return 1;
  });
}

/** Passes the next value over. */
export function* skipValue(scanner: JsonScanner): Steps<void> {
  yield* scanner.value();
}
