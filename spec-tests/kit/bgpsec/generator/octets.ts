import { toHex } from 'pathsec/bytes';
import type { Fields, VectorCase, VectorGroup } from '../../../../src/conformance/vector.js';
import table from '../facts/octets.json' with { type: 'json' };
import rfc from '../facts/rfc8608.json' with { type: 'json' };
import { bgpsecKit } from '../mutants/mutants.js';
import { asPathOf, hops } from './notation.js';
import { announced, LOCAL, pathOf } from './world.js';

/** The octets to be hashed alone, and the reconstruction of AS_PATH alone: the rows of `../facts/octets.json`. */
export function octetGroups(): VectorGroup[] {
  return [
    {
      title: 'Octets to be hashed',
      shared: { op: 'octets-to-hash' },
      cases: [...published(), ...table.octets.cases.map(hashed)],
    },
    {
      title: 'Reconstruction of AS_PATH',
      shared: { op: 'reconstruct-as-path' },
      cases: table.rebuilt.map(rebuilt),
    },
  ];
}

/** RFC 8608 and RFC 8208, Appendix A. */
function published(): VectorCase[] {
  return rfc.updates.map(({ id, prefix, signatures: [newest, oldest] }) => {
    if (newest === undefined || oldest === undefined) throw new Error(id);
    const path = [
      { pCount: 1, flags: 0, asn: 65536 },
      { pCount: 1, flags: 0, asn: 64496, ski: rfc.keys[0]?.ski ?? '', signature: oldest.signature },
    ];
    return {
      ...hashCase(id, `${id}, as printed`, { target: 65537, path, algorithmSuite: 1, safi: 1, prefix }),
      flags: ['published'],
      expected: { octetsHashed: [newest.octets, oldest.octets], digests: [newest.digest, oldest.digest] },
    };
  });
}

function hashed(row: (typeof table.octets.cases)[number]): VectorCase {
  const { name, path, prefix = '192.0.2.0/24', requirements, safi = 1, suite = 1, title } = row;
  const made = pathOf(hops(path).reverse(), LOCAL, announced(prefix, safi), [suite]);
  const signed = made.segments.map(({ pCount, flags, asn }, i): Fields => {
    const one = made.blocks[0]?.signatures[i];
    const own = i > 0 && one ? { ski: toHex(one.ski), signature: toHex(one.signature) } : {};
    return { pCount, flags, asn, ...own };
  });
  const input = { target: LOCAL, path: signed, algorithmSuite: suite, safi, prefix };
  return hashCase(name, title, input, requirements);
}

function hashCase(name: string, title: string, input: Fields, more: readonly string[] = []): VectorCase {
  const id = `bgpsec/octets-${name}`;
  const expected = bgpsecKit.answer({ ...input, id, suite: 'bgpsec', op: 'octets-to-hash' });
  return {
    id,
    title,
    sections: ['RFC 8205 §4.2', 'RFC 8205 §5.2 step 3'],
    requirements: [...table.octets.requirements, ...more],
    flags: [],
    input,
    expected,
  };
}

function rebuilt(each: (typeof table.rebuilt)[number]): VectorCase {
  const { asPath, length, name, orAsPath, path, ...row } = each;
  const why = 'RFC 4271 §5.1.2 lets a speaker open a new segment before the one at hand is full';
  const expected = (text: string): Fields => ({ asPath: asPathOf(text), pathLength: length });
  return {
    id: `bgpsec/rebuilt-${name}`,
    ...row,
    sections: ['RFC 8205 §4.4'],
    flags: [],
    input: { securePath: hops(path) },
    expected: expected(asPath),
    ...(orAsPath !== undefined && { acceptable: [{ expected: expected(orAsPath), why }] }),
  };
}
