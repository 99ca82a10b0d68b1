import { DecodeError } from '../bytes/index.js';
import { type Asn, MAX_ASN } from './asn.js';

// NON-SPEC: files of AS relationships as CAIDA publishes them, https://publicdata.caida.org/datasets/as-relationships/

/** What a comment names: tier 1, or Internet exchanges that stand in paths as ASes. */
export interface AsRelationshipNote {
  readonly what: 'clique' | 'exchanges';
  readonly asns: readonly Asn[];
}

const NOTE = /^#\s*(?:(?:input|inferred) (clique)(?::|\s|$)|IXP ASes:)\s*(.*)$/;
const RELATION = /^-?[0-2]$/;

/**
 * Reads a line of AS relationships: serial 1, `174|64496|-1` and `174|3356|0`, serial 2, which says after a further bar where it
 * is from, or with blanks in place of the bars. The relation is 0 for peers; what 1 and -1 mean, and whether there is a 2,
 * is for who knows where the file is from.
 *
 * @throws {DecodeError} `as-rel-syntax`, `as-rel-relation` for a relation that is none of -2..2, `asn-range`.
 */
export function parseAsRelationship(line: string, field = 'line'): readonly [Asn, Asn, relation: number] {
  const columns = line.includes('|') ? line.split('|') : line.split(/\s+/);
  const [first, second, relation] = columns;
  if (first === undefined || second === undefined || relation === undefined || columns.length > 4)
    throw new DecodeError('as-rel-syntax', 'expected PROVIDER|CUSTOMER|-1 or PEER|PEER|0', { field });
  const [from, to] = [asnOf(first, field), asnOf(second, field)];
  if (RELATION.test(relation)) return [from, to, Number(relation) + 0]; // not -0
  throw new DecodeError('as-rel-relation', 'a relation is -1, 0 or 1', { field });
}

/**
 * What a comment of such a file names; undefined for any other comment.
 *
 * @throws {DecodeError} `as-rel-syntax`, `asn-range` for an ASN that is none.
 */
export function parseAsRelationshipNote(line: string, field = 'line'): AsRelationshipNote | undefined {
  const [note, clique, list = ''] = NOTE.exec(line) ?? [];
  if (note === undefined) return undefined;
  const words = list.split(/\s+/).filter((word) => word !== '');
  return {
    what: clique === undefined ? 'exchanges' : 'clique',
    asns: [...new Set(words.map((word) => asnOf(word, field)))],
  };
}

/** AS 0 has no relations (RFC 7607 §2). Written so that a million lines take no second. */
function asnOf(text: string, field: string): Asn {
  if (!/^[0-9]{1,10}$/.test(text))
    throw new DecodeError('as-rel-syntax', 'expected an ASN in decimals', { field });
  const asn = Number(text);
  if (asn >= 1 && asn <= MAX_ASN) return asn;
  throw new DecodeError('asn-range', `an ASN is 1 to ${MAX_ASN}`, { field });
}
