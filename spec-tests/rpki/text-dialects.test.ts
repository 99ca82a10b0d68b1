import fc from 'fast-check';
import { DecodeError } from 'pathsec/bytes';
import { readAsRelationships, readPayloads } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { contentOf } from './content.js';

const none = { vrps: [], aspas: [], routerKeys: [] };
const codes = (text: string): string[] => {
  return readPayloads(text).problems.listed.map(({ code, index }) => `${code}@${index}`);
};

describe('OpenBGPD sets', () => {
  it('are read in all their spellings', () => {
    const file = readPayloads(`# made by hand
roa-set {
	192.0.2.0/24 maxlen 25 source-as 64496 expires 1900000000
	2001:db8::/32 source-as 1.10	# asdot
}
aspa-set {
	customer-as 64496 expires 1900000000 provider-as { 64498, 64499 }
	customer-as 64497 provider-as { 64498 inet
		64499 inet6
		64500 }
	customer-as 174 provider-as { 0 }
}
aspa-set { customer-as 64497 provider-as { 1 } customer-as 1.1 provider-as { 0.5 } }
`);
    expect(file.dialect).toBe('openbgpd');
    expect(file.problems.count).toBe(0);
    expect(contentOf(file)).toEqual({
      vrps: ['192.0.2.0/24-25 64496 <1900000000,>', '2001:db8::/32-32 65546'],
      aspas: ['174: 0', '64496: 64498 64499 <1900000000,>', '64497: 1 64498 64499 64500', '65537: 5'],
      routerKeys: [],
    });
  });

  it('have bad entries reported by line and skipped', () => {
    const text = `aspa-set {
	customer-as 0 provider-as { 1 }
	customer-as 2 provider-as { }
	customer-as 3 provider-as { 1 x }
	customer-as 4 provider-as 1
	customer-as 5 expires soon provider-as { 1 }
	customer-as 6 { 1 }
	customer-as 7 provider-as { inet }
	junk
	customer-as 8 provider-as { 9 }
}
AS 65000
roa-set {
	192.0.2.1/24 source-as 1
	192.0.2.0/24 maxlen 23 source-as 1
	192.0.2.0/24 1
	192.0.2.0/24 source-as 1 2
	192.0.2.0/25 source-as 1
}`;
    expect(contentOf(readPayloads(text))).toEqual({ ...none, vrps: ['192.0.2.0/25-25 1'], aspas: ['8: 9'] });
    expect(codes(text)).toEqual([
      'aspa-customer-zero@2',
      'aspa-no-providers@3',
      'asn-syntax@4',
      'openbgpd-syntax@5',
      'openbgpd-syntax@6',
      'openbgpd-syntax@7',
      'openbgpd-syntax@8',
      'openbgpd-syntax@12',
      'prefix-host-bits@14',
      'max-length-range@15',
      'openbgpd-syntax@16',
      'openbgpd-syntax@17',
    ]);
  });

  it.each([
    'aspa-set {',
    'aspa-set { customer-as 1 provider-as { 2 }',
    'roa-set',
    'aspa-set { customer-as 1 {',
  ])('cut off are refused whole: %s', (text) => {
    expect(() => readPayloads(text)).toThrow(expect.objectContaining({ code: 'openbgpd-truncated' }));
  });
});

describe('BIRD routes', () => {
  it('are read among other statements and comments', () => {
    const file = readPayloads(`roa4 table ROAS4; roa6 table ROAS6;
aspa table ASPAS;
/* two lines
   route aspa 1 providers 2; */
protocol static {
  roa4 { table ROAS4; };
  route 192.0.2.0/24 max 25 as 64496; route 2001:db8::/32 max 48 as 64497; # route 10.0.0.0/8 max 8 as 1;
}
protocol static { aspa { table ASPAS; }; route aspa 64496 providers 64498, 64499; route aspa 174 transit;
  route aspa
    64497 provider 1; }
`);
    expect(file.dialect).toBe('bird');
    expect(file.problems.count).toBe(0);
    expect(contentOf(file)).toEqual({
      vrps: ['192.0.2.0/24-25 64496', '2001:db8::/32-48 64497'],
      aspas: ['174: 0', '64496: 64498 64499', '64497: 1'],
      routerKeys: [],
    });
  });

  it('of other kinds are reported by line and skipped', () => {
    const text = `route aspa 1 providers 2;
route aspa 0 providers 2;
route aspa 3 providers;
route aspa 3 providers 4,,5;
route 192.0.2.0/24 blackhole;
route 192.0.2.0/24 max 20 as 1;`;
    expect(contentOf(readPayloads(text)).aspas).toEqual(['1: 2']);
    expect(codes(text)).toEqual([
      'aspa-customer-zero@2',
      'bird-route@3',
      'asn-syntax@4',
      'bird-route@5',
      'max-length-range@6',
    ]);
  });

  it.each(['route aspa 1 providers 2', 'route aspa 1 providers 2; /* open'])(
    'cut off are refused: %s',
    (text) => {
      expect(() => readPayloads(text)).toThrow(expect.objectContaining({ code: 'bird-truncated' }));
    },
  );
});

describe('CSV', () => {
  it.each([
    ['Routinator csv', 'ASN,IP Prefix,Max Length,Trust Anchor\r\nAS1,192.0.2.0/24,25,ripe\r\n', '<,ripe>'],
    [
      'Routinator csvext',
      'URI,ASN,IP Prefix,Max Length,Not Before,Not After\nrsync://a/b,AS1,192.0.2.0/24,25,1970-01-01 00:00:00,1970-01-01 00:01:40\n',
      '<100,>',
    ],
    [
      'rpki-client csv',
      'ASN,IP Prefix,Max Length,Trust Anchor,Expires\nAS1,192.0.2.0/24,25,ripe,100\n',
      '<100,ripe>',
    ],
  ])('%s', (_, text, notes) => {
    const file = readPayloads(text);
    expect(file.dialect).toBe('routinator-csv');
    expect(contentOf(file)).toEqual({ ...none, vrps: [`192.0.2.0/24-25 1 ${notes}`] });
    expect(file.problems.count).toBe(0);
  });

  it.each([
    [
      'Routinator csvcompat',
      'routinator-csv',
      '"ASN","IP Prefix","Max Length","Trust Anchor"\n"1","192.0.2.0/24","25","ripe"\n',
      '<,ripe>',
    ],
    [
      'quoted rows under a plain header',
      'routinator-csv',
      'ASN,IP Prefix,Max Length,Trust Anchor\r\n"AS1","192.0.2.0/24","25","a, ""b"""\r\n',
      '<,a, "b">',
    ],
    ['FORT', 'fort-csv', 'ASN,Prefix,Max prefix length\nAS1,192.0.2.0/24,25\n', ''],
    [
      'other order, blanks, and columns of the writer',
      'routinator-csv',
      'Note, Max Length, IP Prefix, ASN\n"x",25, 192.0.2.0/24 ,AS1\n',
      '',
    ],
    ['no header', 'csv', 'AS1,192.0.2.0/24,25,ripe\n', '<,ripe>'],
    [
      'no header, quoted, with an expiry',
      'csv',
      '# made by hand\n"1","192.0.2.0/24","25","N/A","100"\n',
      '<100,>',
    ],
    ['no header, and no more than a VRP', 'csv', '1,192.0.2.0/24,25\n', ''],
  ])('%s', (_, dialect, text, notes) => {
    const file = readPayloads(text);
    expect([file.dialect, file.problems.count]).toEqual([dialect, 0]);
    expect(contentOf(file).vrps).toEqual([`192.0.2.0/24-25 1${notes === '' ? '' : ` ${notes}`}`]);
  });

  it.each([
    'ASN,IP Prefix',
    'ASN,IP Prefix,Prefix,Max Length',
    '"ASN,IP Prefix,Max Length',
    'ASN;IP Prefix;Max Length',
    'AS1,192.0.2.0/24',
    'AS1,192.0.2.0/24,x',
    '192.0.2.0/24,AS1,24',
  ])('%s is no beginning of one', (line) => {
    expect(() => readPayloads(`${line}\n`)).toThrow(expect.objectContaining({ code: 'unknown-dialect' }));
  });

  it('without header has other rows reported', () => {
    const text =
      'AS1,192.0.2.0/24,24\nAS1,192.0.2.0/24\nAS1,192.0.2.0/24,24,a,5,6\nASN,IP Prefix,Max Length\n';
    expect(codes(text)).toEqual(['csv-columns@2', 'csv-columns@3', 'prefix-syntax@4']);
  });

  it('is read back whatever stands in quotes', () => {
    const field = fc.string().filter((text) => !/[\n\r]/.test(text));
    fc.assert(
      fc.property(
        field.filter((ta) => ta !== 'N/A' && ta !== ''),
        field,
        (ta, other) => {
          const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
          const file = readPayloads(
            `Other,Trust Anchor,ASN,IP Prefix,Max Length\n${quoted(other)},${quoted(ta)},1,10.0.0.0/8,9\n`,
          );
          expect(file.problems.listed).toEqual([]);
          expect([...file.vrps].map((vrp) => [vrp.asn, vrp.ta])).toEqual([[1, ta]]);
        },
      ),
    );
  });

  it('has bad lines reported and skipped', () => {
    const text = `ASN,IP Prefix,Max Length,Trust Anchor
AS1,192.0.2.0/24,24
ASx,192.0.2.0/24,24,ripe
AS1,192.0.2.0,24,ripe
AS1,192.0.2.0/24,024,ripe
AS1,192.0.2.0/24,33,ripe
AS1,192.0.2.0/24,N/A,N/A
"AS1,192.0.2.0/24,24,ripe
AS1,192.0.2.0/24,"24"5,ripe
`;
    expect(contentOf(readPayloads(text)).vrps).toEqual(['192.0.2.0/24-24 1']);
    expect(codes(text)).toEqual([
      'csv-columns@2',
      'asn-syntax@3',
      'prefix-syntax@4',
      'max-length-syntax@5',
      'max-length-range@6',
      'csv-quotes@8',
      'csv-quotes@9',
    ]);
  });
});

describe('NIST BGP-SRx script', () => {
  it('is read', () => {
    const text =
      '# test\naddASPA 0 64496 64498 64499\naddASPA 0 174 0\naddASPA 1 2 3\nadd 192.0.2.0\naddASPA 0 5\n';
    const file = readPayloads(text);
    expect(file.dialect).toBe('srx-script');
    expect(contentOf(file).aspas).toEqual(['174: 0', '64496: 64498 64499']);
    expect(codes(text)).toEqual(['srx-syntax@4', 'srx-syntax@5', 'aspa-no-providers@6']);
  });
});

describe('AS relationships', () => {
  const serial1 = '# inferred clique: 1 2\n1|2|0\n1|3|-1\n2|3|-1\n3|4|-1\n5|4|0\n';

  it('become the ASPAs that all would publish', () => {
    const { aspas, clique, providerLinks, peerLinks, problems } = readAsRelationships(serial1, -1);
    expect(
      [...aspas.sorted()].map(({ customer, providers }) => `${customer}: ${providers.join(' ')}`),
    ).toEqual(['1: 0', '2: 0', '3: 1 2', '4: 3', '5: 0']);
    expect(clique).toEqual([1, 2]);
    expect([providerLinks, peerLinks, problems.count]).toEqual([3, 2, 0]);
  });

  it('of the opposite sign are turned round, and of serial-2 the source is ignored', () => {
    const opposite = serial1.replaceAll('|-1', '|1|bgp').replaceAll('|0', '|0|mlp');
    expect([...readAsRelationships(opposite, 1).aspas.sorted()]).toEqual([
      ...readAsRelationships(serial1, -1).aspas.sorted(),
    ]);
    expect([...readAsRelationships('1|3|-1', 1).aspas.sorted()]).toEqual([
      { customer: 1, providers: [3] },
      { customer: 3, providers: [0] },
    ]);
  });

  it('have bad lines reported; without any line that is one they are refused', () => {
    const { problems, aspas } = readAsRelationships('1|2|-1\n1|2\n0|2|-1\n1|x|0\n1|2|2\n1|2|7\n', -1);
    expect(problems.listed.map(({ code, index }) => `${code}@${index}`)).toEqual([
      'as-rel-syntax@2',
      'asn-range@3',
      'as-rel-syntax@4',
      'as-rel-relation@5',
      'as-rel-relation@6',
    ]);
    expect(aspas.size).toBe(2);
    expect(() => readAsRelationships('# nothing\n', -1)).toThrow(DecodeError);
    expect(() => readAsRelationships('1|2|-1\nx', -1, { strict: true })).toThrow(DecodeError);
  });
});
