import { DecodeError, requireUniqueNames } from '../../bytes/index.js';
import { requireText } from '../../inet/index.js';
import { JsonScanner, TOO_LONG } from './json-scanner.js';
import { type Steps, wholeText } from './steps.js';

/**
 * Reads a whole JSON text that may not repeat a member name in any object (RFC 8259 §4, docs/decisions/rpki-files.md
 * D-json-duplicate-names). Objects have no prototype; 64 levels at most.
 *
 * @throws {DecodeError} `json-*`, or `duplicate-name` with the offset behind the second one.
 */
export function parseStrictJson(text: string): unknown {
  requireText(text, 'the JSON text');
  const scanner = new JsonScanner(text);
  const value = wholeText(readValue(scanner, 0));
  if (!scanner.atEnd()) {
    throw new DecodeError('json-syntax', 'more text after the value', { field: 'json', offset: scanner.at });
  }
  requireUniqueNames(text);
  return value;
}

const DEEPEST = 64;

function* readValue(scanner: JsonScanner, depth: number): Steps<unknown> {
  if (depth > DEEPEST) {
    throw new DecodeError('json-depth', `more than ${DEEPEST} levels`, { field: 'json', offset: scanner.at });
  }
  if (scanner.atArray()) {
    const list: unknown[] = [];
    yield* scanner.elements(function* () {
      list.push(yield* readValue(scanner, depth + 1));
    });
    return list;
  }
  if (!scanner.atObject()) {
    const value = yield* scanner.value();
    if (value !== TOO_LONG) return value;
    throw new DecodeError('record-length', 'a value of more than 16 Mi characters', { field: 'json' });
  }
  const object: Record<string, unknown> = Object.create(null);
  yield* scanner.members(function* (name) {
    object[name] = yield* readValue(scanner, depth + 1);
  });
  return object;
}
