import { DecodeError } from '../../bytes/index.js';
import type { Members } from '../../questions/index.js';

/**
 * The members of a query; an empty one, as a form sends it, is absent.
 *
 * @throws {DecodeError} `member-twice` for a name that is there more than once.
 */
export function queryMembers(query: URLSearchParams): Members {
  const names = [...query.keys()];
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new DecodeError('member-twice', 'this is given twice', { field: twice });
  return Object.fromEntries([...query].map(([name, value]) => [name, value === '' ? undefined : value]));
}
