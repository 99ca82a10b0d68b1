import type { VectorCase, VectorGroup } from '../../../../src/conformance/vector.js';
import table from '../facts/keys.json' with { type: 'json' };

const NAMES = new Map(Object.entries(table.names));
const { requirements, sections } = table;

/** Public keys, usable and not (RFC 8608 §3.1): the rows of `../facts/keys.json`. */
export function keyGroups(): VectorGroup[] {
  const cases = table.cases.map(({ name, title, shows, spki, ski, fault, flags = [] }): VectorCase => {
    const words = spki.split(' ').map((word) => NAMES.get(word) ?? word);
    return {
      id: `bgpsec/import-${name}`,
      title,
      sections,
      requirements: requirements[shows as keyof typeof requirements],
      flags,
      input: { spki: words.join('') },
      expected: { usable: ski !== undefined },
      detail: ski === undefined ? { fault: fault ?? '' } : { ski },
    };
  });
  return [{ title: 'Public keys of routers', shared: { op: 'import-key' }, cases }];
}
