import { toHex } from 'pathsec/bytes';
import { answerBgpsec } from '../../../../src/conformance/answer-bgpsec.js';
import type { Fields, Request, VectorCase, VectorGroup } from '../../../../src/conformance/vector.js';
import rfc from '../facts/rfc8608.json' with { type: 'json' };
import { hops } from './notation.js';
import { picked, valuesOf } from './parsed.js';
import { privateKey } from './send-request.js';
import { nonceOf } from './send-signed.js';
import { announced, keyOf, LOCAL, pathOf } from './world.js';

/** A question of `sign` (`facts/README.md`). */
export interface SignRow {
  readonly name: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly path: string;
  readonly signatures?: string;
  readonly segment?: string;
  readonly target?: number;
  readonly prefix?: string;
  readonly safi?: number;
  readonly nlri?: string;
  readonly suite?: number;
  readonly suites?: readonly number[];
  readonly key?: {
    readonly asn?: number;
    readonly suite?: number;
    readonly certifiedAsns?: readonly number[];
  };
  readonly refused?: string;
  /** Asked a second time with the nonce of RFC 6979. */
  readonly nonce?: boolean;
}

const SHARED: Fields = {
  op: 'sign',
  segment: { asn: LOCAL },
  target: 64505,
  prefix: '192.0.2.0/24',
  key: privateKey(LOCAL),
};

/** The questions of `sign`. */
export function signGroup(rows: readonly SignRow[]): VectorGroup {
  const cases = [
    ...rfc.updates.filter(({ id }) => id.startsWith('rfc8608')).flatMap(publishedCases),
    ...rows.flatMap((row) => (row.nonce ? [signedCase(row), withNonce(signedCase(row))] : [signedCase(row)])),
  ];
  return { title: 'One signature more for a path', shared: SHARED, cases };
}

function inputOf(row: SignRow): Fields {
  const { path, segment, suite, key, prefix, safi, target, nlri, suites } = row;
  return {
    ...(path !== '' && received(row)),
    ...(segment !== undefined && { segment: hops(segment)[0] ?? {} }),
    ...(suite !== undefined && { algorithmSuite: suite }),
    ...(key && { key: privateKey({ asn: LOCAL, ...key }) }),
    ...(prefix !== undefined && { prefix }),
    ...(safi !== undefined && { safi }),
    ...(target !== undefined && { target }),
    ...(nlri !== undefined && { nlri }),
    ...(suites && { suites }),
  };
}

/** The path so far. */
function received({ path, prefix, safi, suite, signatures }: SignRow): Fields {
  const made = pathOf(hops(path).reverse(), LOCAL, announced(prefix, safi), [suite === 0xf7 ? suite : 1]);
  const { securePath, signatureBlocks } = valuesOf(made);
  const list = signatureBlocks[0]?.signatures ?? [];
  const unsigned = { ski: '00'.repeat(20), signature: '' };
  return {
    securePath,
    signatures: picked([...list, unsigned], signatures ?? list.map((_, i) => i + 1).join(' ')),
  };
}

const answered = (input: Fields): Fields =>
  answerBgpsec({ ...SHARED, ...input, id: '', suite: 'bgpsec' } as Request);

function signedCase(row: SignRow): VectorCase {
  const { name, refused, requirements, title } = row;
  const input = inputOf(row);
  const { digest = '', octetsToSign = '' } = refused === undefined ? answered(input) : {};
  const { ski, spki } = keyOf(LOCAL);
  const signature = { over: octetsToSign, spki: toHex(spki) };
  return {
    id: `bgpsec/sign-${name}`,
    title,
    sections: ['RFC 8205 §4.2'],
    requirements,
    flags: row.suite === 0xf7 ? ['two-suites'] : [],
    input,
    ...(refused === undefined
      ? { expected: { outcome: 'signed', ski: toHex(ski), signature }, detail: { octetsToSign, digest } }
      : { expected: { outcome: 'refused' }, detail: { reason: refused } }),
  };
}

/** The same with the nonce of RFC 6979, and the signature that it gives. */
function withNonce(one: VectorCase): VectorCase {
  const { octetsToSign = '', signature = '' } = answered(one.input);
  const nonce = nonceOf(keyOf(LOCAL).scalar(), String(octetsToSign), String(signature));
  return {
    ...one,
    id: `${one.id}-nonce`,
    title: `${one.title}, with a nonce`,
    sections: [...one.sections, 'RFC 6979 §3.2'],
    flags: [...one.flags, 'nonce'],
    input: { ...one.input, nonce },
    expected: { ...one.expected, signature },
  };
}

/** RFC 8608 Appendix A: both signatures with the k that is printed. */
function publishedCases({ id, prefix, signatures }: (typeof rfc.updates)[number]): VectorCase[] {
  const [first, second] = rfc.keys;
  const [newest, oldest] = signatures;
  if (!first || !second || !newest || !oldest) throw new Error(id);
  const one = (
    name: string,
    { asn, scalar, ski }: typeof first,
    by: typeof newest,
    so: Fields,
  ): VectorCase => ({
    id: `bgpsec/sign-${id}-${name}`,
    title: `${id}: the signature of AS ${asn}`,
    sections: ['RFC 8608 Appendix A', 'RFC 8205 §4.2'],
    requirements: ['rfc8608:2.2.1:ecdsa-p256', 'rfc8608:2.2.1:sha-256', 'rfc8608:4:update-signature'],
    flags: ['published', 'nonce'],
    input: { ...so, segment: { asn }, target: by.targetAs, prefix, key: { asn, scalar, ski }, nonce: rfc.k },
    expected: { outcome: 'signed', ski, signature: by.signature },
    detail: { octetsToSign: by.octets, digest: by.digest },
  });
  const securePath = [{ pCount: 1, flags: 0, asn: first.asn }];
  const received = { securePath, signatures: [{ ski: first.ski, signature: oldest.signature }] };
  return [one('origin', first, oldest, {}), one('transit', second, newest, received)];
}
