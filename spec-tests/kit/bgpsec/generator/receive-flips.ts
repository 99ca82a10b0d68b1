import type { VectorGroup } from '../../../../src/conformance/vector.js';
import { type VerifyRow, verifyGroup } from './cases.js';
import { shared } from './receive-paths.js';
import { MIDDLE, ORIGIN, origin, PEER, patched, pathAttributeOf, pathOf, reach, update } from './world.js';

/** One bit of each field of a message of three hops. */
export function flipGroup(): VectorGroup {
  const path = pathOf([ORIGIN, MIDDLE, PEER]);
  const attribute = pathAttributeOf(path);
  const { value } = attribute;
  const flip = (at: number, bit: number): Uint8Array =>
    update([reach(), origin, { ...attribute, value: patched(value, at, (value[at] ?? 0) ^ bit) }]);
  const sizes = (path.blocks[0]?.signatures ?? []).map(({ signature }) => signature.length);
  const rows: VerifyRow[] = [];
  const add = (name: string, title: string, message: Uint8Array, verdict: string, reason: string): void => {
    rows.push([
      `flip-${name}`,
      title,
      ['RFC 8205 §4.2', 'RFC 8205 §5.2 step 3'],
      message,
      verdict,
      reason,
      { detail: false },
    ]);
  };
  const names = ['newest', 'middle', 'origin'];
  for (const [i, name] of names.entries()) {
    const at = 2 + 6 * i;
    add(`pcount-${name}`, `pCount of the ${name} segment`, flip(at, 2), 'not-valid', 'signature-mismatch');
    add(
      `flags-${name}`,
      `an unassigned flag of the ${name} segment`,
      flip(at + 1, 1),
      'not-valid',
      'signature-mismatch',
    );
    if (i > 0)
      add(
        `as-${name}`,
        `AS number of the ${name} segment`,
        flip(at + 5, 0x40),
        'not-valid',
        'signature-mismatch',
      );
  }
  add('suite', 'suite 1 becomes 3: nothing that is supported', flip(22, 2), 'unsigned', 'no-supported-suite');
  let at = 23;
  for (const [i, name] of names.entries()) {
    const size = sizes[i] ?? 0;
    const early = i === 0 ? 'router-key-missing' : 'signature-mismatch';
    add(`ski-${name}`, `SKI of the ${name} signature`, flip(at + 7, 1), 'not-valid', early);
    add(`r-${name}`, `r of the ${name} signature`, flip(at + 22 + 10, 1), 'not-valid', 'signature-mismatch');
    add(
      `s-${name}`,
      `s of the ${name} signature`,
      flip(at + 22 + size - 1, 1),
      'not-valid',
      'signature-mismatch',
    );
    at += 22 + size;
  }
  const other = (list: Parameters<typeof update>[0]): Uint8Array => update(list);
  add(
    'prefix',
    'the prefix',
    other([reach('18c00003'), origin, attribute]),
    'not-valid',
    'signature-mismatch',
  );
  add(
    'prefix-length',
    'the prefix length',
    other([reach('17c00002'), origin, attribute]),
    'not-valid',
    'signature-mismatch',
  );
  add(
    'more-specific',
    'a more specific prefix',
    other([reach('19c0000200'), origin, attribute]),
    'not-valid',
    'signature-mismatch',
  );
  add(
    'origin-attribute',
    'ORIGIN, which no signature covers',
    other([reach(), { ...origin, value: Uint8Array.of(1) }, attribute]),
    'valid',
    'ok',
  );
  const nextHop = patched(reach().value, 7, 0x77);
  add(
    'next-hop',
    'the next hop, which no signature covers',
    other([{ ...reach(), value: nextHop }, origin, attribute]),
    'valid',
    'ok',
  );
  return verifyGroup('One bit changed in each field', shared, rows);
}
