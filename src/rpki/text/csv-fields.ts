import { DecodeError } from '../../bytes/index.js';

/** No row of VRPs comes near; split, a line takes many times its length. */
const LONGEST = 1 << 16;

/**
 * The fields of one line of CSV (RFC 4180 §2): in double quotes or not, a quote inside quotes doubled. Blanks around a
 * field are dropped; a field does not go over the end of a line.
 *
 * @throws {DecodeError} `csv-quotes` where quotes do not enclose a whole field; `line-length` above 65,536 characters.
 */
export function fieldsOf(line: string): string[] {
  if (line.length > LONGEST) throw new DecodeError('line-length', `a line of ${line.length} characters`);
  if (!line.includes('"')) return line.split(',').map((field) => field.trim());
  const fields: string[] = [];
  const field = /\s*(?:"((?:[^"]|"")*)"|([^",]*))\s*(,|$)/y;
  for (let more = true; more; ) {
    const match = field.exec(line);
    if (!match) throw new DecodeError('csv-quotes', 'quotes do not enclose a whole field');
    const [, quoted, plain = '', end] = match;
    fields.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
    more = end === ',';
  }
  return fields;
}
