import { DecodeError } from '../../bytes/index.js';
import { type Asn, parseAsn } from '../../inet/index.js';
import type { Collector } from '../collector.js';
import { readAspa } from '../json/aspa-record.js';
import { readMaxLength } from '../json/max-length.js';
import type { PayloadFile } from '../payload-file.js';
import { createPrefixScanner } from '../scan-prefix.js';

// A statement stands on one line here, with single blanks.
const ASPA = /^route aspa ([^ ]+) (?:transit|providers? ([0-9., ]+))$/;
const ROA = /^route ([^ ]+) max ([0-9]{1,3}) as ([^ ]+)$/;

/** Words of one statement, which stand in memory together: room for a million providers. */
const LONGEST = 1 << 21;

/** Whether the line may begin a BIRD configuration with static ASPA or ROA routes. */
export function isBird(line: string): boolean {
  return /^(?:route\s|(?:roa4|roa6|aspa)\s+table\s|protocol\s+static\b|\/\*)/.test(line);
}

/**
 * Reads the `route aspa` and ROA `route` statements of a BIRD 2.16 configuration; statements of other kinds are passed
 * over, other routes reported and skipped.
 *
 * @throws {DecodeError} `bird-truncated` when the text ends inside a statement or comment, `entry-length` for a statement
 * without end.
 */
export function readBird(text: string, collector: Collector): PayloadFile {
  const scan = createPrefixScanner();
  for (const { statement, number } of statementsOf(text)) {
    if (!statement.startsWith('route ')) continue;
    try {
      const aspa = ASPA.exec(statement);
      const roa = aspa ? null : ROA.exec(statement);
      if (aspa) {
        collector.add(
          'aspas',
          readAspa({ customer: parseAsn(aspa[1]), providers: providersOf(aspa[2]) }),
          'line',
          number,
        );
      } else if (roa) {
        const prefix = scan(roa[1] as string);
        const maxLength = readMaxLength(Number(roa[2]), prefix);
        collector.add('vrps', { prefix, maxLength, asn: parseAsn(roa[3]) }, 'line', number);
      } else {
        throw new DecodeError('bird-route', 'neither an ASPA nor a ROA route');
      }
    } catch (error) {
      collector.skip(error, 'line', number);
    }
  }
  return collector.finish('bird');
}

/** `transit` stands for AS 0: a transit-free network, without providers. */
function providersOf(list: string | undefined): Asn[] {
  if (list === undefined) return [0];
  return list.split(',').map((item) => parseAsn(item.trim(), 'providers'));
}

/** Statements between semicolons and braces, comments gone and blanks single, with the line each begins on. */
function* statementsOf(text: string): IterableIterator<{ statement: string; number: number }> {
  let words: string[] = [];
  let number = 1;
  let begun = 1;
  for (const [part] of text.matchAll(
    /#[^\n]*|\/\*[\s\S]*?\*\/|\/\*|[;{}\n]|[^\s;{}#/]+(?:\/(?!\*)[^\s;{}#/]*)*|\//g,
  )) {
    if (part === '/*') throw cutOff(number);
    if (part === ';' || part === '{' || part === '}') {
      yield { statement: words.join(' '), number: begun };
      words = [];
    } else if (part === '\n' || part.startsWith('#') || part.startsWith('/*')) {
      for (let at = part.indexOf('\n'); at >= 0; at = part.indexOf('\n', at + 1)) number++;
    } else {
      if (words.length === 0) begun = number;
      words.push(part);
      if (words.length > LONGEST || part.length > 8 * LONGEST) {
        const field = `line[${begun}]`;
        throw new DecodeError('entry-length', `a statement of more than ${LONGEST} words`, { field });
      }
    }
  }
  if (words.length > 0) throw cutOff(begun);
}

function cutOff(line: number): DecodeError {
  return new DecodeError('bird-truncated', 'the text ends inside a statement', { field: `line[${line}]` });
}
