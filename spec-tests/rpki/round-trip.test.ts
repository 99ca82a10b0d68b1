import fc from 'fast-check';
import {
  ALL_KINDS,
  createPayloadSet,
  forKinds,
  type PayloadKind,
  type PayloadSet,
  type Payloads,
} from 'pathsec/payload';
import {
  readPayloads,
  writeBird,
  writeOpenBgpd,
  writeOwnJson,
  writeRoutinatorJson,
  writeRpkiClientJson,
} from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import {
  arbitraryAspa,
  arbitraryLists,
  arbitraryPrefixList,
  arbitraryRouterKey,
} from '../payload/arbitrary-payloads.js';
import { contentOf } from './content.js';

const noted = <T extends object>(items: fc.Arbitrary<T>): fc.Arbitrary<T> => {
  const expires = fc.option(fc.nat({ max: 2 ** 33 }));
  return fc.tuple(items, expires).map(([item, end]) => (end === null ? item : { ...item, expires: end }));
};
const lists = arbitraryLists(8, {
  aspas: noted(arbitraryAspa),
  routerKeys: noted(arbitraryRouterKey),
  prefixLists: noted(arbitraryPrefixList),
});

type Part = 'expires' | 'ta' | 'as-trans' | PayloadKind;

/** The set as a dialect without the given parts can hold it. */
function without(set: PayloadSet, ...parts: Part[]): PayloadSet {
  const strip = <T extends { expires?: number; ta?: string }>(item: T): T => {
    const { expires, ta, ...rest } = item;
    return {
      ...rest,
      ...(expires === undefined || parts.includes('expires') ? {} : { expires }),
      ...(ta === undefined || parts.includes('ta') ? {} : { ta }),
    } as T;
  };
  const isSaid = (item: object): boolean =>
    !(parts.includes('as-trans') && 'customer' in item && item.customer === 23456);
  return createPayloadSet(
    forKinds<Payloads>(ALL_KINDS, (kind) => {
      const held: Iterable<{ expires?: number; ta?: string }> = parts.includes(kind) ? [] : set[kind];
      return [...held].filter(isSaid).map(strip) as never; // of its kind
    }),
  );
}

describe('what is written is read back, and equal sets give equal texts', () => {
  const rows: [string, string, (set: PayloadSet) => string, Part[]][] = [
    ['our own JSON', 'rpki-client', writeOwnJson, []],
    ['rpki-client JSON', 'rpki-client', writeRpkiClientJson, ['prefixLists', 'asras']],
    ['Routinator JSON', 'routinator', writeRoutinatorJson, ['expires', 'prefixLists', 'asras']],
    ['OpenBGPD', 'openbgpd', writeOpenBgpd, ['ta', 'routerKeys', 'as-trans', 'prefixLists', 'asras']],
    ['BIRD', 'bird', writeBird, ['expires', 'ta', 'routerKeys', 'prefixLists', 'asras']],
  ];

  it.each(rows)('%s', (_, dialect, write, lost) => {
    fc.assert(
      fc.property(lists, (payloads) => {
        const set = createPayloadSet(payloads);
        const text = write(set);
        const back = readPayloads(text, { strict: true });
        expect(back.dialect).toBe(dialect);
        expect(contentOf(back)).toEqual(contentOf(without(set, ...lost)));
        const reordered = createPayloadSet(
          forKinds<Payloads>(ALL_KINDS, (kind) => payloads[kind].toReversed() as never), // of its kind
        );
        expect(write(reordered)).toBe(text);
      }),
    );
  });

  it('bgpd refuses customer 23456, so OpenBGPD text leaves it out and says so', () => {
    const text = writeOpenBgpd(createPayloadSet({ aspas: [{ customer: 23456, providers: [1] }] }));
    expect(text).toContain('# customer 23456 left out');
    expect(readPayloads(text).aspas.size).toBe(0);
  });
});

describe('the written texts themselves', () => {
  const set = createPayloadSet(
    readPayloads(`{"roas":[{"asn":64496,"prefix":"192.0.2.0/24","maxLength":25,"ta":"ripe","expires":9},
      {"asn":1,"prefix":"2001:db8::/32"}],
      "bgpsec_keys":[{"asn":2,"ski":"${'ab'.repeat(20)}","pubkey":"+/8="}],
      "aspas":[{"customer_asid":64496,"providers":[64499,64498],"expires":8},{"customer_asid":174,"providers":[0]}]}`),
  );

  it('rpki-client JSON', () => {
    expect(writeRpkiClientJson(set, { now: 1789516800 })).toBe(`{
	"metadata": {"buildtime":"2026-09-16T00:00:00Z","bgpsec_pubkeys":1,"vrps":2,"uniquevrps":2,"vaps":2,"uniquevaps":2},
	"roas": [
		{"asn":64496,"prefix":"192.0.2.0/24","maxLength":25,"ta":"ripe","expires":9},
		{"asn":1,"prefix":"2001:db8::/32","maxLength":32}
	],
	"bgpsec_keys": [
		{"asn":2,"ski":"${'AB'.repeat(20)}","pubkey":"+/8="}
	],
	"aspas": [
		{"customer_asid":174,"providers":[0]},
		{"customer_asid":64496,"expires":8,"providers":[64498,64499]}
	]
}
`);
  });

  it('Routinator JSON', () => {
    expect(writeRoutinatorJson(set, { now: 1789516800 })).toBe(`{
	"metadata": {"generated":1789516800,"generatedTime":"2026-09-16T00:00:00Z"},
	"roas": [
		{"asn":"AS64496","prefix":"192.0.2.0/24","maxLength":25,"ta":"ripe"},
		{"asn":"AS1","prefix":"2001:db8::/32","maxLength":32,"ta":"N/A"}
	],
	"routerKeys": [
		{"asn":"AS2","SKI":"${'AB'.repeat(20)}","routerPublicKey":"-_8","ta":"N/A"}
	],
	"aspas": [
		{"customer":"AS174","providers":["AS0"],"ta":"N/A"},
		{"customer":"AS64496","providers":["AS64498","AS64499"],"ta":"N/A"}
	]
}
`);
  });

  it('our own JSON, which is rpki-client JSON where no other kind is there', () => {
    expect(writeOwnJson(set)).toBe(writeRpkiClientJson(set));
    const lists = readPayloads(
      '{"prefixLists":[{"asn":"AS64496","prefixes":["2001:db8::/32","192.0.2.0/24"],"expires":7},{"asn":64497,"prefixes":[]}]}',
    );
    expect(writeOwnJson(lists).split('\t"aspas": []')[1]).toBe(`,
	"prefixLists": [
		{"asn":64496,"prefixes":["192.0.2.0/24","2001:db8::/32"],"expires":7},
		{"asn":64497,"prefixes":[]}
	]
}
`);
  });

  it('OpenBGPD', () => {
    expect(writeOpenBgpd(set)).toBe(`roa-set {
	192.0.2.0/24 maxlen 25 source-as 64496 expires 9
	2001:db8::/32 source-as 1
}

aspa-set {
	customer-as 174 provider-as { 0 }
	customer-as 64496 expires 8 provider-as { 64498, 64499 }
}
`);
  });

  it('BIRD', () => {
    expect(writeBird(set)).toBe(`roa4 table ROAS4;

protocol static {
	roa4 { table ROAS4; };
	route 192.0.2.0/24 max 25 as 64496;
}

roa6 table ROAS6;

protocol static {
	roa6 { table ROAS6; };
	route 2001:db8::/32 max 32 as 1;
}

aspa table ASPAS;

protocol static {
	aspa { table ASPAS; };
	route aspa 174 providers 0;
	route aspa 64496 providers 64498, 64499;
}
`);
  });
});
