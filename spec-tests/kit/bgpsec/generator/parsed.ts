import { type BgpsecPath, decodeUpdate } from 'pathsec/bgp';
import { fromHex, toHex } from 'pathsec/bytes';
import { formatPrefix } from 'pathsec/inet';
import type { Fields, VectorCase, VectorGroup } from '../../../../src/conformance/vector.js';
import { hops } from './notation.js';
import { type KeyText, keysOf } from './receive-rows.js';
import { announced, LOCAL, pathOf, publicKey } from './world.js';

/** Groups of `verify-update` in which the signatures decide. */
const DECIDED =
  /^(RFC 8608|Signed paths|Prefixes|A confederation|AS migration|Keys|One and two|One bit|Signed by|Encoding)/;

/** Requirements that values can show as well as a whole UPDATE. */
const SHOWN =
  /^!?(rfc8608:|rfc8205:(3\.1:(unassigned-flags-ignored|flags-covered)|4\.2:|4\.3:(skip-flagged|members-not-verified)|5\.2:(?!check-)))/;

/** The questions of `verify-signatures` that are those of `verify-update` without the UPDATE. */
export function parsedGroups(received: readonly VectorGroup[]): VectorGroup[] {
  const seen = new Set<string>();
  return received
    .filter(({ title }) => DECIDED.test(title))
    .map(({ title, shared = {}, cases }) => ({
      title: `Values: ${title}`,
      shared: { op: 'verify-signatures', keys: shared.keys ?? [] },
      cases: cases
        .flatMap((one) => parsedCase(shared, one))
        .filter(({ input }) => seen.size < seen.add(JSON.stringify(input)).size),
    }));
}

/** A path as its values: `securePath` and `signatureBlocks`. */
export function valuesOf({ segments, blocks }: BgpsecPath) {
  return {
    securePath: segments.map(({ pCount, flags, asn }) => ({ pCount, flags, asn })),
    signatureBlocks: blocks.map(({ suite, signatures }) => ({
      algorithmSuite: suite,
      signatures: signatures.map((one) => ({ ski: toHex(one.ski), signature: toHex(one.signature) })),
    })),
  };
}

/** The same question without its UPDATE; none where the UPDATE is refused, or has no path. */
function parsedCase(shared: Fields, one: VectorCase): VectorCase[] {
  const { message, session, keys, suites, attributeType } = { ...shared, ...one.input };
  const { verdict } = one.expected;
  if (verdict !== 'valid' && verdict !== 'not-valid' && verdict !== 'unsigned') return [];
  const { localAs = 0, confederation } = session as Fields;
  const { bgpsecPath, mpReach } = decodeUpdate(fromHex(String(message)), {
    printedBgpsecType: attributeType === 30,
  }).values;
  const prefix = mpReach?.nlri?.[0]?.prefix;
  if (bgpsecPath === undefined || mpReach === undefined || prefix === undefined) return [];
  const field = toHex(mpReach.field);
  const clean = toHex(prefix.octets.subarray(0, Math.ceil(prefix.length / 8)));
  const { reason = '', octetsHashed, digests } = one.detail ?? {};
  const shown = (one.requirements ?? []).filter((citation) => SHOWN.test(citation));
  return [
    {
      ...one,
      id: one.id.replace('/', '/signatures-'),
      title: one.title.replace(': with the assigned type code 33', ''),
      requirements: shown.length > 0 ? shown : ['rfc8205:5.2:equivalent-algorithm'],
      input: {
        ...valuesOf(bgpsecPath),
        target: localAs,
        prefix: formatPrefix(prefix),
        ...(mpReach.safi !== 1 && { safi: mpReach.safi }),
        ...(field.slice(2) !== clean && { nlri: field }),
        ...(keys !== shared.keys && { keys: keys ?? [] }),
        ...(suites && { suites }),
        ...((confederation as Fields | undefined)?.verifyMembers === false && { verifyMembers: false }),
      },
      detail: { reason, ...(octetsHashed && { octetsHashed }), ...(digests && { digests }) },
    },
  ];
}

/** A question of values: what is signed, and what of it is asked (`facts/README.md`). */
export interface ValuesRow {
  readonly name: string;
  readonly title: string;
  readonly verdict: string;
  readonly requirements: readonly string[];
  readonly path?: string;
  readonly signed?: { readonly prefix?: string; readonly safi?: number };
  readonly segments?: string;
  readonly signatures?: string;
  readonly second?: { readonly suite?: number; readonly signatures?: string };
  readonly blocks?: number;
  readonly prefix?: string;
  readonly safi?: number;
  readonly target?: number;
  readonly keys?: readonly KeyText[];
  readonly suites?: readonly number[];
}

const PREFIX = '192.0.2.0/24';

/** What an UPDATE of the other cases does not say, or cannot. */
export function valuesGroup(rows: readonly ValuesRow[]): VectorGroup {
  return {
    title: 'Values that no UPDATE of the other cases has',
    shared: {
      op: 'verify-signatures',
      keys: [64496, 64497, 64499].map((asn) => publicKey(asn)),
      target: LOCAL,
      prefix: PREFIX,
    },
    cases: rows.map(valuesCase),
  };
}

/** Members of a list by their numbers, the first is 1. */
export function picked<T>(list: readonly T[], numbers: string | undefined): T[] {
  if (numbers === undefined) return [...list];
  return numbers
    .split(' ')
    .filter((word) => word !== '')
    .flatMap((word) => list.slice(Number(word) - 1, Number(word)));
}

function valuesCase(row: ValuesRow): VectorCase {
  const { name, title, requirements, prefix, safi, target, keys, suites } = row;
  const [verdict = '', reason = 'ok'] = row.verdict.split(': ');
  return {
    id: `bgpsec/signatures-${name}`,
    title,
    sections: ['RFC 8205 §5.2'],
    requirements,
    flags: suites?.includes(0xf7) ? ['two-suites'] : [],
    input: {
      ...valuesOf(changedPath(row)),
      ...(prefix !== undefined && { prefix }),
      ...(safi !== undefined && { safi }),
      ...(target !== undefined && { target }),
      ...(keys && { keys: keys.flatMap(keysOf) }),
      ...(suites && { suites }),
    },
    expected: { verdict },
    detail: { reason },
  };
}

function changedPath({
  path = '64499 64497 64496',
  signed = {},
  second,
  blocks,
  ...row
}: ValuesRow): BgpsecPath {
  const { prefix = row.prefix, safi = row.safi } = signed;
  const made = pathOf(hops(path).reverse(), LOCAL, announced(prefix, safi), [1, 0xf7]);
  const [first, other] = made.blocks;
  if (first === undefined || other === undefined) throw new Error(`${row.name}: not two blocks`);
  const list = [
    { suite: 1, signatures: picked(first.signatures, row.signatures) },
    ...(second === undefined
      ? []
      : [{ suite: second.suite ?? 0xf7, signatures: picked(other.signatures, second.signatures) }]),
    { suite: 0xf8, signatures: other.signatures },
  ];
  return {
    segments: picked(made.segments, row.segments),
    blocks: list.slice(0, blocks ?? list.length - 1),
  };
}
