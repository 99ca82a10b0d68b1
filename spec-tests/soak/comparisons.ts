import { createAspaTable, fastVerifyAsPath, type NeighborRole, verifyAsPath } from 'pathsec/aspa';
import type { AsPath, SegmentType } from 'pathsec/bgp';
import { createNobleEngine, generateRouterKey } from 'pathsec/bgpsec';
import { formatPrefix, makePrefix, type Prefix } from 'pathsec/inet';
import { createOpensslEngine } from 'pathsec/node';
import { createVrpStore } from 'pathsec/payload';
import { explainOrigin, validateOrigin } from 'pathsec/rov';
import { seededRandom } from 'pathsec/tables';
import { kit, tableOf, verify } from '../kit/aspa/mutants/kit.js';
import { rovKit } from '../kit/rov/mutants/mutants.js';

/** Cases of one comparison, and how many of them the readings answered differently. */
export interface Comparison {
  readonly name: string;
  readonly cases: number;
  readonly differences: number;
  /** The first difference, as text. */
  readonly first?: string;
}

type Random = (below: number) => number;
const source = (seed: number): Random => {
  const random = seededRandom(seed);
  return (below) => Math.floor(random() * below);
};

/** Two or more readings over so many cases; `ask` makes a case and gives what each reading answers. */
function compare(
  name: string,
  cases: number,
  ask: () => { readonly answers: readonly unknown[]; readonly question: () => unknown },
): Comparison {
  let differences = 0;
  let first: string | undefined;
  for (let i = 0; i < cases; i++) {
    const { answers, question } = ask();
    if (answers.every((answer) => answer === answers[0])) continue;
    differences++;
    first ??= JSON.stringify({ answers, question: question() });
  }
  return { name, cases, differences, ...(first !== undefined && { first }) };
}

const ROLES: readonly NeighborRole[] = ['customer', 'provider', 'peer', 'rs', 'rs-client'];
/** Few ASes, so that hops meet attestations; some at the borders of 16, 31 and 32 bits. */
const ASES = [
  1, 2, 3, 4, 5, 23_456, 65_535, 65_536, 2_147_483_647, 2_147_483_648, 4_294_967_294, 4_294_967_295,
];

/** ASPA verification (draft-28 §5.5, §5.6): fast, literal, and the kit of the tests that was written apart. */
export function compareAspa(cases: number, seed: number): Comparison {
  const random = source(seed);
  const pick = (): number => ASES[random(ASES.length)] as number;
  const world = () => {
    const aspas = Array.from({ length: random(ASES.length) }, () => ({
      customer: pick(),
      providers: random(12) === 0 ? [0] : Array.from({ length: 1 + random(4) }, pick),
    }));
    return { aspas, table: createAspaTable(aspas), entries: tableOf(kit, aspas) };
  };
  let { aspas, table, entries } = world();
  let used = 0;
  return compare('ASPA: fast, literal, second reading', cases, () => {
    if (++used % 100 === 0) ({ aspas, table, entries } = world());
    const asPath: AsPath = Array.from({ length: random(40) === 0 ? 0 : 1 + random(2) }, () => ({
      type: (random(30) === 0 ? 1 + random(4) : 2) as SegmentType,
      asns: Array.from({ length: 1 + random(7) }, pick),
    }));
    const neighborRole = ROLES[random(ROLES.length)] as NeighborRole;
    const neighborAs = random(10) === 0 ? pick() : (asPath[0]?.asns[0] ?? pick());
    const input = { asPath, neighborAs, neighborRole };
    const shown = { aspas, ...input };
    return {
      answers: [
        fastVerifyAsPath(table, input),
        verifyAsPath(table, input).outcome,
        verify(kit, entries, input).outcome,
      ],
      question: () => shown,
    };
  });
}

/** A prefix from a small corner of the address space, so that VRPs cover and differ. */
function cornerPrefix(random: Random): Prefix {
  const octets = new Uint8Array(random(3) === 0 ? 16 : 4);
  const afi = octets.length === 4 ? 1 : 2;
  octets.set(afi === 1 ? [192, 0, random(4), random(256)] : [0x20, 0x01, 0x0d, 0xb8, random(4), random(256)]);
  return makePrefix(afi, octets, (afi === 1 ? 18 : 30) + random(afi === 1 ? 15 : 20));
}

/** Origin validation (RFC 6811 §2): fast, with evidence, and the small validator of the tests over prefixes in text. */
export function compareOrigins(cases: number, seed: number): Comparison {
  const random = source(seed);
  const world = () => {
    const vrps = Array.from({ length: 1 + random(12) }, () => {
      const prefix = cornerPrefix(random);
      return {
        prefix,
        maxLength: Math.min(8 * prefix.octets.length, prefix.length + random(6)),
        asn: random(5),
      };
    });
    const store = createVrpStore(vrps);
    const texts = vrps.map(({ prefix, ...rest }) => ({ prefix: formatPrefix(prefix), ...rest }));
    return { store, texts };
  };
  let { store, texts } = world();
  let used = 0;
  return compare('ROV: fast, with evidence, second reading', cases, () => {
    if (++used % 100 === 0) ({ store, texts } = world());
    const prefix = cornerPrefix(random);
    const origin = random(8) === 0 ? undefined : random(5);
    const request = {
      id: 'rov/x',
      suite: 'rov',
      op: 'validate-origin',
      vrps: texts,
      prefix: formatPrefix(prefix),
      origin: origin ?? null,
    } as const;
    return {
      answers: [
        validateOrigin(store, prefix, origin),
        explainOrigin(store, prefix, origin).validity,
        rovKit.answer(request).validity,
      ],
      question: () => request,
    };
  });
}

/** Signatures that are good, damaged, or over damaged octets (RFC 8608 §2.1): noble beside OpenSSL. */
export function compareSignatures(cases: number, seed: number): Comparison {
  const random = source(seed);
  const [noble, openssl] = [createNobleEngine(), createOpensslEngine()];
  const keys = Array.from({ length: 4 }, (_, i) => generateRouterKey(new Uint8Array(48).fill(i + 1)));
  return compare('P-256 signatures: noble, OpenSSL', cases, () => {
    const key = keys[random(keys.length)] as (typeof keys)[number];
    const octets = Uint8Array.from({ length: 60 }, () => random(256));
    const signature = new Uint8Array(openssl.sign(key, octets));
    const kind = random(4);
    if (kind === 1) signature[random(signature.length)] = random(256);
    if (kind === 2) octets[random(octets.length)] = random(256);
    const given = kind === 3 ? signature.subarray(0, random(signature.length)) : signature;
    return {
      answers: [noble, openssl].map((engine) => engine.verify(key.spki, octets, given)),
      question: () => ({ kind, octets: [...octets], signature: [...given] }),
    };
  });
}
