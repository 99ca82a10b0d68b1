import fc from 'fast-check';
import {
  ALL_KINDS,
  changesOver,
  countPayloads,
  createKeyedStore,
  createPayloadSet,
  type FiltersOf,
  forKinds,
  type KeyedStore,
  type KindTable,
  type KindTypes,
  PAYLOAD_KINDS,
  type PayloadsOf,
  type PayloadTypes,
  type SetOf,
  setsOver,
} from 'pathsec/payload';
import { describe, expect, it } from 'vitest';
import { COLLECTED, Collector } from '../../src/rpki/collector.js';
import { JSON_KINDS } from '../../src/rpki/json/json-kinds.js';
import type { JsonKind, JsonKinds } from '../../src/rpki/json/json-row.js';
import { JsonScanner } from '../../src/rpki/json/json-scanner.js';
import { readJsonOf } from '../../src/rpki/json/read-json.js';
import { wholeText } from '../../src/rpki/json/steps.js';
import { jsonPieces } from '../../src/rpki/json/write-json.js';
import { UNSAID } from '../../src/rpki/said.js';
import { BIRD_KINDS } from '../../src/rpki/text/bird-writer.js';
import { type TextKinds, textPieces } from '../../src/rpki/text/text-kind.js';
import { leftOutBy, type SaidKinds, saidInJson } from '../../src/rpki/written-formats.js';
import { keyedKind } from '../../src/rtr/keyed-kind.js';
import type { ResponseContext, RtrTypes } from '../../src/rtr/kind.js';
import { type RtrTable, rtrOver } from '../../src/rtr/over-kinds.js';
import { readHeader } from '../../src/rtr/pdu/header.js';
import { RTR_KINDS, type RtrPayloadTypes } from '../../src/rtr/rtr-kinds.js';
import { HashedMap, SeededHash } from '../../src/tables/index.js';
import { arbitraryVrp, spokenLists } from './arbitrary-payloads.js';

/** A kind that no specification knows: what an AS says about itself. All of it is its identity, as RTR wants it. */
interface Motto {
  readonly asn: number;
  readonly letter: number;
}

type MottoTypes = KindTypes<Motto, Motto, KeyedStore<Motto, Motto>>;

interface Types extends PayloadTypes {
  readonly mottos: MottoTypes;
}

const newMap = <T>(hash: SeededHash) =>
  new HashedMap<Motto, T>({
    hash: ({ asn, letter }) => hash.five(asn, letter, 0, 0, 0, 7),
    equal: (a, b) => a.asn === b.asn && a.letter === b.letter,
  });
const compare = (a: Motto, b: Motto): number => a.asn - b.asn || a.letter - b.letter;

/** The one file of a new kind: its store and its row. */
const TABLE: KindTable<Types> = {
  ...PAYLOAD_KINDS,
  mottos: {
    one: 'motto',
    many: 'mottos',
    joins: false,
    identity: (motto) => motto,
    createStore: (mottos = [], { seed }) => {
      const hash = new SeededHash(seed);
      return createKeyedStore<Motto, Motto>(
        {
          list: 'mottos',
          shape: 'mottos {asn, letter}',
          check: () => {},
          checkIdentity: () => {},
          identity: (motto) => motto,
          equal: () => true,
          compare,
          announced: (motto) => motto,
          union: (parts) => parts.at(-1) as Motto,
        },
        <T>() => newMap<T>(hash),
        mottos,
      );
    },
  },
};

/** Its row for JSON: rpki-client is made to know it, Routinator is not. */
const MOTTO_JSON: JsonKind<Motto> = {
  lists: ['mottos'],
  alike: {},
  known: ['letter'],
  routinatorOnly: {},
  read: ({ asn, letter }) => ({ asn: Number(asn), letter: Number(letter) }),
  rpkiClient: { list: 'mottos', record: ({ asn, letter }) => ({ asn, letter }) },
  routinator: UNSAID,
};
const JSON_TABLE: JsonKinds<Types> = { ...JSON_KINDS, mottos: MOTTO_JSON };

/** Its row for RTR: a PDU of type 200 with the AS and the letter. */
const RTR_TABLE: RtrTable<RtrPayloadTypes & { readonly mottos: ReturnType<typeof mottoTypes> }> = {
  ...RTR_KINDS,
  mottos: mottoKind(),
};
function mottoKind() {
  return keyedKind<Motto>({
    what: 'motto',
    since: 2,
    pduType: 200,
    newMap,
    check: () => {},
    compare,
    units: () => 1,
    unitsOfPdu: () => 1,
    encode: (announce, { asn, letter }, { version }) => {
      const octets = new Uint8Array(14);
      octets.set([version, 200, announce ? 1 : 0, 0, 0, 0, 0, 14]);
      new DataView(octets.buffer).setUint32(8, asn);
      octets[12] = letter;
      return octets;
    },
    decode: (_header, octets, start) => ({
      announce: octets[start + 2] === 1,
      value: { asn: new DataView(octets.buffer).getUint32(start + 8), letter: octets[start + 12] as number },
    }),
  });
}
declare function mottoTypes(): {
  readonly value: Motto;
  readonly identity: Motto;
  readonly records: HashedMap<Motto, Motto>;
  readonly changes: { readonly announced: readonly Motto[]; readonly withdrawn: readonly Motto[] };
};

const sets = setsOver<Types>(TABLE);
const { diff, apply } = changesOver<Types>(TABLE);
const rtr = rtrOver(RTR_TABLE);

const mottos = fc.uniqueArray(
  fc.record({ asn: fc.integer({ min: 1, max: 6 }), letter: fc.integer({ min: 65, max: 70 }) }),
  { maxLength: 5, comparator: (a, b) => compare(a, b) === 0 },
);
const payloads: fc.Arbitrary<PayloadsOf<Types>> = fc
  .tuple(spokenLists(4, { vrps: arbitraryVrp() }), mottos) // without notes, which RTR does not carry
  .map(([lists, more]) => ({ ...lists, mottos: more }));
const mottosOf = ({ mottos }: SetOf<Types>): Motto[] => [...mottos.sorted()];
const content = (set: SetOf<Types>): unknown[] => Object.values(sets.sorted(set)).map((list) => [...list]);

describe('a kind of payload that is added as a row', () => {
  it('is united, counted, filtered and chained', () => {
    const first = sets.create({ mottos: [{ asn: 2, letter: 66 }] });
    sets.unite(first, { mottos: [{ asn: 1, letter: 65 }] });
    expect(mottosOf(first)).toEqual([
      { asn: 1, letter: 65 },
      { asn: 2, letter: 66 },
    ]);
    expect(sets.count(first)).toEqual({ ...countPayloads(createPayloadSet()), mottos: 2 });
    const keep = <T>(one: T): T => one;
    const filters = forKinds<FiltersOf<PayloadTypes>>(ALL_KINDS, () => keep);
    const left = sets.filter(first, {
      ...filters,
      mottos: (one) => (one.asn === 1 ? undefined : one),
    });
    expect([...left.mottos]).toEqual([{ asn: 2, letter: 66 }]);
    expect([...sets.chain([first, left]).mottos]).toHaveLength(3);
  });

  it('is in differences, and they turn one set into the other', () => {
    fc.assert(
      fc.property(payloads, payloads, (one, other) => {
        const [before, after] = [sets.create(one), sets.create(other)];
        const changes = diff(before, after);
        apply(before, changes);
        expect(content(before)).toEqual(content(after));
      }),
    );
    const [before, after] = [
      sets.create({
        mottos: [
          { asn: 1, letter: 65 },
          { asn: 2, letter: 65 },
        ],
      }),
      sets.create({ mottos: [{ asn: 2, letter: 66 }] }),
    ];
    const { announced, withdrawn } = diff(before, after);
    expect(announced.mottos).toEqual([{ asn: 2, letter: 66 }]);
    expect(withdrawn.mottos).toEqual([
      { asn: 1, letter: 65 },
      { asn: 2, letter: 65 },
    ]);
  });

  it('survives JSON', () => {
    const collected = { table: TABLE, warnings: COLLECTED.warnings };
    fc.assert(
      fc.property(payloads, (one) => {
        const set = sets.create(one);
        const text = [...jsonPieces(JSON_TABLE, 'rpkiClient', {}, set)].join('');
        const collector = new Collector<Types>(collected, {});
        const read = wholeText(readJsonOf<Types>(JSON_TABLE, new JsonScanner(text), collector));
        expect(read.problems.count).toBe(0);
        expect(mottosOf(read)).toEqual(mottosOf(set));
        expect([...read.vrps.sorted()]).toEqual([...set.vrps.sorted()]);
      }),
    );
  });

  it('survives RTR, whole and as changes', () => {
    const hash = new SeededHash();
    const context: ResponseContext = {
      hash,
      maxProviders: 10_000,
      version: 2,
      aspaLayout: 'current',
      zeroProvider: 'error',
      reset: false,
      order: undefined,
    };
    const format = { version: 2, aspaLayout: 'current' } as const;
    fc.assert(
      fc.property(payloads, payloads, (one, other) => {
        const [before, after] = [rtr.load(one, hash), rtr.load(other, hash)];
        const changes = rtr.diff(before, after, 10_000);
        const router = rtr.create(hash);
        for (const step of [rtr.everything(before), changes]) {
          const encoded = rtr.encode(step, format);
          const octets = new Uint8Array(encoded.length);
          encoded.write(octets, 0);
          const transaction = rtr.begin(router, context);
          for (let at = 0; at < octets.length; at += readHeader(octets, at).length) {
            const header = readHeader(octets, at);
            expect(rtr.isPayload(header.type)).toBe(true);
            transaction.take(header, octets, at);
          }
          const { changes: taken } = transaction.commit(router);
          expect(rtr.count(taken)).toBe(rtr.count(step));
        }
        expect(rtr.count(rtr.diff(router, after, 10_000))).toBe(0);
        expect([...rtr.payloads(router, 10_000).mottos]).toHaveLength([...other.mottos].length);
        const merged = rtr.merge([changes, rtr.diff(after, before, 10_000)], hash);
        expect(rtr.count(merged)).toBe(0);
        rtr.apply(after, rtr.diff(after, before, 10_000));
        expect(rtr.count(rtr.diff(after, before, 10_000))).toBe(0);
        const held = sets.create(one);
        apply(held, rtr.lists(changes));
        expect(content(held)).toEqual(content(sets.create(other)));
      }),
    );
  });

  it('is told where a format has no words for it, and written where it has', () => {
    const set = sets.create({
      mottos: [
        { asn: 1, letter: 65 },
        { asn: 2, letter: 65 },
      ],
    });
    const bird: TextKinds<Types> = { ...BIRD_KINDS, mottos: UNSAID };
    const why = 'the format has no words for them';
    expect(leftOutBy<Types>(TABLE, bird, set)).toEqual([{ count: 2, what: 'mottos', why }]);
    expect(leftOutBy<Types>(TABLE, saidInJson<Types>(JSON_TABLE, 'routinator'), set)).toEqual([
      { count: 2, what: 'mottos', why },
    ]);
    expect(leftOutBy<Types>(TABLE, saidInJson<Types>(JSON_TABLE, 'rpkiClient'), set)).toEqual([]);
    const said: TextKinds<Types> = {
      ...BIRD_KINDS,
      mottos: { lines: (mottos) => [...mottos.sorted()].map(({ asn }) => `# motto of ${asn}\n`) },
    };
    expect(leftOutBy<Types>(TABLE, said, set)).toEqual([]);
    expect([...textPieces<Types>(said, set)].slice(-2)).toEqual(['# motto of 1\n', '# motto of 2\n']);
  });
});

describe('a table that lacks a kind', () => {
  it('does not compile', () => {
    // @ts-expect-error: `mottos` is missing
    const kinds: KindTable<Types> = PAYLOAD_KINDS;
    // @ts-expect-error: `mottos` is missing
    const json: JsonKinds<Types> = JSON_KINDS;
    // @ts-expect-error: `mottos` is missing
    const text: TextKinds<Types> = BIRD_KINDS;
    // @ts-expect-error: `mottos` is missing
    const said: SaidKinds<Types> = BIRD_KINDS;
    // @ts-expect-error: a set that is told to withdraw an AS, and an RTR row that withdraws whole mottos
    const byAs: RtrTable<{ mottos: RtrTypes<Motto, unknown, unknown, number> }> = { mottos: mottoKind() };
    // @ts-expect-error: `mottos` is missing
    const inRtr: typeof RTR_TABLE = RTR_KINDS;
    const { aspas: _, ...withoutAspas } = PAYLOAD_KINDS;
    // @ts-expect-error: `aspas` is missing
    const real: KindTable<PayloadTypes> = withoutAspas;
    expect([kinds, json, text, said, inRtr, real].every((table) => !('mottos' in table))).toBe(true);
    expect(byAs.mottos.since).toBe(2);
  });
});
