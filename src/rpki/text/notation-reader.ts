import { DecodeError } from '../../bytes/index.js';
import type { Collector } from '../collector.js';
import type { PayloadDialect, PayloadFile } from '../payload-file.js';
import { createPrefixScanner } from '../scan-prefix.js';
import { linesOf } from './lines.js';
import { parseAspaNotation, readVrpNotation } from './notation.js';

/** Characters of one notation: room for a million providers. */
const LONGEST = 1 << 24;

const BEGINNING = /^(?:AS[0-9]{1,10} => (?:\[|AS[0-9])|[0-9a-f.:]+\/[0-9]{1,3}(?:-[0-9]{1,3})? => AS[0-9])/i;

/** Whether the line begins a file of VRP or ASPA notations. */
export function isNotation(line: string): boolean {
  return BEGINNING.test(line);
}

/**
 * Reads VRP and ASPA notations, one a line; a list of providers in brackets may go over several. A file may hold both; its
 * dialect is that of the first. Blank lines and lines that begin with `#` say nothing
 * (docs/decisions/rpki-files.md D-notation-strict).
 *
 * @throws {DecodeError} `notation-truncated` when the text ends inside brackets, `entry-length` for brackets without end.
 */
export function readNotation(text: string, collector: Collector): PayloadFile {
  const scan = createPrefixScanner();
  let dialect: PayloadDialect | undefined;
  let held: string[] = []; // of brackets that are open
  let length = 0;
  let begun = 0;
  for (const { line, number } of linesOf(text)) {
    if (line === '' || line.startsWith('#')) continue;
    if (held.length > 0 && line.includes('=>')) {
      const fault = new DecodeError('notation-syntax', 'the brackets do not close before the next notation');
      collector.skip(fault, 'line', begun);
      held = [];
    }
    if (held.length === 0) [begun, length] = [number, 0];
    held.push(line);
    length += line.length;
    if (length > LONGEST) {
      throw new DecodeError('entry-length', `a notation of more than ${LONGEST} characters`, {
        field: `line[${begun}]`,
      });
    }
    const isOpen = held.length > 1 || line.includes('[');
    if (isOpen && !line.endsWith(']')) continue;
    const isAspa = /^AS/i.test(held[0] as string);
    dialect ??= isAspa ? 'aspa-notation' : 'vrp-notation';
    try {
      if (isAspa) collector.add('aspas', parseAspaNotation(held.join('\n')), 'line', begun);
      else collector.add('vrps', readVrpNotation(held.join('\n'), scan), 'line', begun);
    } catch (error) {
      collector.skip(error, 'line', begun);
    }
    held = [];
  }
  if (held.length > 0) {
    throw new DecodeError('notation-truncated', 'the text ends inside a list of providers', {
      field: `line[${begun}]`,
    });
  }
  return collector.finish(dialect ?? 'aspa-notation');
}
