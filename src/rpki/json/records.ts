import { DecodeError } from '../../bytes/index.js';
import type { Collector } from '../collector.js';
import { type JsonScanner, type Steps, TOO_LONG } from './json-scanner.js';
import { isJsonObject, type JsonObject } from './members.js';

/**
 * Passes an array of records; `read` gets each and throws a `DecodeError` for one that is to be reported and skipped.
 * A record with a repeated member name is skipped too: readers differ in which of the two they take (RFC 8259 §4;
 * docs/decisions/rpki-files.md D-json-duplicate-names).
 */
export function* readRecords(
  scanner: JsonScanner,
  collector: Pick<Collector, 'problems' | 'skip'>,
  list: string,
  read: (record: JsonObject, index: number) => void,
): Steps<void> {
  if (!scanner.atArray()) {
    scanner.parse();
    collector.problems.report('list-syntax', `${list} is not an array`, list);
    return;
  }
  yield* scanner.elements((index) => {
    const record = scanner.parse();
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
    return undefined;
  });
}
